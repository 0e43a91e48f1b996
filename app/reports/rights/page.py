"""For any account and any thing: what is allowed, and why; for a thing alone, to whom.

What a reader cannot see does not exist here either: the account asked about and the thing are
both loaded as the one who asks, so an administrator of accounts learns of no dossier and no case.
"""

from __future__ import annotations

from collections.abc import Sequence

from litestar import Response, get

from app.accounts import policy as accounts_policy
from app.kernel.abilities import Ability, ability
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible
from app.reports.rights import asking, words
from app.reports.rights.kinds import GENERAL, KINDS, SINGLE
from app.reports.rights.thing import Question, Thing
from app.web.render import AnyRequest, page
from app.web.session import Now, SignedIn


@get("/rights")
async def rights_page(request: AnyRequest, actor: SignedIn, now: Now) -> Response[str]:
    asked = asking.read(request)
    context: dict[str, object] = {"subject": None, "thing": None, "people": (), "found": ()}
    context |= {"abilities": (), "general": ()}
    missing = False
    try:
        subject, people = await asking.whom(asked, actor, now)
        thing, asked, found = await asking.what(asked, Question(actor, asked.id, now))
        context |= {"subject": subject, "thing": thing, "people": people, "found": found}
        if subject and thing:
            context["abilities"] = await _weighed(thing, subject)
        elif subject and not found and not asked.kind:
            context["general"] = await _everything(subject, Question(actor, 0, now))
    except NotVisible:
        missing = True
    return page(
        request,
        "reports/rights.html",
        status=404 if missing else 200,
        missing=missing,
        say=words,
        **context,
        asked=asked,
        single=[(key, kind.label) for key, kind in SINGLE.items()],
        general_kinds=[(key, kind.label) for key, kind in GENERAL.items()],
        kind=KINDS.get(asked.kind),
        may_choose=accounts_policy.may_ask_about(actor, 0),
    )


async def _weighed(thing: Thing, subject: Actor) -> Sequence[Ability]:
    return [await ability(act, subject) for act in thing.acts]


async def _everything(
    subject: Actor, question: Question
) -> Sequence[tuple[str, Sequence[Ability]]]:
    """What needs no single thing, by kind."""
    return [
        (kind.label, await _weighed(await kind.load(question), subject))
        for kind in GENERAL.values()
    ]


ROUTES = (rights_page,)
