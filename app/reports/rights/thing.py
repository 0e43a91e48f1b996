"""What the page can be asked about: a thing loaded as the one who asks, and its acts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from piccolo.querystring import QueryString
from piccolo.table import Table

from app.kernel.abilities import Act, Answers
from app.kernel.actor import Actor, Role
from app.kernel.period import today_in_vietnam
from app.kernel.vietnamese import search_key
from app.organization.queries import reach_of_each

HITS = 10


@dataclass(frozen=True, slots=True)
class Question:
    """`asker` wants to know about the thing `id` of a kind; 0 where a kind has no single ones."""

    asker: Actor
    id: int
    now: datetime

    @property
    def today(self) -> date:
        return today_in_vietnam(self.now)


@dataclass(frozen=True, slots=True)
class Thing:
    """`people` and `accounts`: whose own affair it is. `url`: its page, else empty."""

    name: str
    note: str
    acts: tuple[Act, ...]
    people: frozenset[int] = frozenset()
    accounts: frozenset[int] = frozenset()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    id: int
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Kind:
    """`load` raises NotVisible for what the asker cannot open, `find` leaves it out: to this page
    it does not exist. Without `find` the kind is about what does not exist yet.
    """

    label: str
    load: Callable[[Question], Awaitable[Thing]]
    find: Callable[[str, Question], Awaitable[Sequence[Hit]]] | None = None


Registry = Mapping[str, Kind]


def own(*ids: int | None) -> frozenset[int]:
    return frozenset(found for found in ids if found is not None)


def everybody(_: Actor) -> bool:
    return True


def with_words(rows: Iterable[Hit], text: str) -> list[Hit]:
    """Of a short list: those whose name or note has every word typed, at its beginning."""
    words = search_key(text).split()
    return [
        row
        for row in rows
        if all(f" {word}" in f" {search_key(f'{row.name} {row.note}')}" for word in words)
    ][: HITS + 1]


def on_condition(
    table: type[Table], source: str, which: QueryString, condition: Callable[[Actor], QueryString]
) -> Answers:
    """The condition on which a row is loaded, asked of it for many actors in one statement.

    `source`: what follows FROM, with the aliases the condition speaks of.
    """

    async def answers(actors: Sequence[Actor]) -> Sequence[bool]:
        return await _asked(table, source, which, [condition(actor) for actor in actors])

    return answers


def on_reach(
    table: type[Table],
    source: str,
    which: QueryString,
    roles: Sequence[Role],
    condition: Callable[[Actor, frozenset[int]], QueryString],
) -> Answers:
    """The same where the condition speaks of how far roles reach back and ahead."""

    async def answers(actors: Sequence[Actor]) -> Sequence[bool]:
        reaches = await reach_of_each([actor.units_for(*roles) for actor in actors])
        asked = [condition(*pair) for pair in zip(actors, reaches, strict=True)]
        return await _asked(table, source, which, asked)

    return answers


def on_reaching(
    roles: Sequence[Role], unit_id: int, besides: Callable[[Actor], bool] = everybody
) -> Answers:
    """Whether these roles reach the unit, as it was and will be."""

    async def answers(actors: Sequence[Actor]) -> Sequence[bool]:
        reaches = await reach_of_each([actor.units_for(*roles) for actor in actors])
        return [
            unit_id in reach and besides(actor)
            for actor, reach in zip(actors, reaches, strict=True)
        ]

    return answers


async def _asked(
    table: type[Table], source: str, which: QueryString, conditions: Sequence[QueryString]
) -> Sequence[bool]:
    each = ", ".join(["({}) IS TRUE"] * len(conditions))
    rows = await table.raw(
        f"SELECT ARRAY[{each}] AS said FROM {source} WHERE {{}}", *conditions, which
    )
    return rows[0]["said"] if rows else [False] * len(conditions)
