"""What somebody may do with something, and why: found by asking the policies themselves.

A policy answers yes or no for an actor. Asked again for the same person with one role at a time,
it tells which role gave the yes, or which would; so no list of roles is written down twice.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.kernel.actor import Actor, Holding, Role, Used
from app.kernel.refusal import Refusal

Answers = Callable[[Sequence[Actor]], Awaitable[Sequence[bool]]]


def _never(_: Actor) -> Refusal | None:
    return None


def _told(_: Actor) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done. `name` is a gettext id; `answers` asks the policy, or the
    condition on which things are loaded, for many actors at once.

    `over`: the units a role would have to cover to be of use, none when it is of use anywhere.
    `holds_up`: why somebody whose role would do cannot do it now. `untold`: of which subjects
    the asker is not told so, because of what it rests on.
    """

    name: str
    answers: Answers
    over: frozenset[int] = frozenset()
    holds_up: Callable[[Actor], Refusal | None] = _never
    untold: Callable[[Actor], bool] = _told


@dataclass(frozen=True, slots=True)
class Ability:
    """Why it is allowed: to `everybody`, because it is the person's `own`, or by `given_by`.

    Why not: no role of `would_give` is held, or `refusal` holds it up for now. `untold`: there may
    be such a refusal, and the asker is not told.
    """

    name: str
    allowed: bool
    everybody: bool = False
    own: bool = False
    given_by: tuple[Holding, ...] = ()
    would_give: tuple[Role, ...] = ()
    refusal: Refusal | None = None
    untold: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """One act and what was found for each subject, in their order.

    `roles`: those that would do, whoever held them.
    """

    everybody: bool
    roles: tuple[Role, ...]
    abilities: tuple[Ability, ...] = field(default=())


def act(
    name: str,
    may: Callable[[Actor], bool],
    *,
    over: frozenset[int] = frozenset(),
    refusal: Refusal | None = None,
    depends: bool = False,
) -> Act:
    """Of a policy that needs nothing but the actor; `depends`: also on what only doing it shows."""

    async def answers(actors: Sequence[Actor]) -> Sequence[bool]:
        return [may(actor) for actor in actors]

    return Act(name, answers, over, lambda _: refusal, lambda _: depends and refusal is None)


async def weigh(asked: Act, subjects: Sequence[Actor]) -> Weighed:
    """All of them in one question to the policy, however many there are."""
    top = subjects[0].top if subjects else frozenset()
    nobody = Actor(0, None, "", top=top)
    actors = [nobody, *(replace(nobody, units={role: asked.over}) for role in Role)]
    for subject in subjects:
        actors += [subject, _only(subject), *(_only(subject, held) for held in subject.holdings)]
    said = iter(await asked.answers(actors))
    everybody = next(said)
    roles = tuple(
        role for role, gives in zip(Role, [next(said) for _ in Role], strict=True) if gives
    )
    found = tuple(_ability(asked, subject, everybody, roles, said) for subject in subjects)
    return Weighed(everybody, roles, found)


async def ability(asked: Act, subject: Actor) -> Ability:
    return (await weigh(asked, [subject])).abilities[0]


def _ability(
    asked: Act, subject: Actor, everybody: bool, roles: tuple[Role, ...], said: Iterator[bool]
) -> Ability:
    held, own = next(said), next(said)
    given_by = tuple(each for each in subject.holdings if next(said))
    if everybody or own:
        given_by = ()
    elif held and not given_by:
        # No single one is enough: they do it together.
        given_by = tuple(each for each in subject.holdings if each.role in roles)
    untold = held and asked.untold(subject)
    # What nobody may do now is held up whatever the role.
    refusal = asked.holds_up(subject) if (held or not roles) and not untold else None
    return Ability(
        asked.name,
        allowed=held and refusal is None,
        everybody=everybody,
        own=own and not everybody,
        given_by=given_by,
        would_give=() if held else roles,
        refusal=refusal,
        untold=untold,
    )


def _only(subject: Actor, *held: Holding) -> Actor:
    """The same person with these roles and no other."""
    return replace(
        subject,
        units={each.role: each.covers for each in held},
        holdings=held,
        used=Used(),
    )
