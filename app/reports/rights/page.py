"""For any account and any kind of thing: what is allowed, and why.

What a reader cannot see does not exist here either: the account asked about and the thing are
both loaded as the one who asks.
"""

from __future__ import annotations

from datetime import datetime

from litestar import Response, get

from app.accounts import policy as accounts_policy
from app.accounts import queries as accounts
from app.accounts.rules import HeldRole
from app.kernel.abilities import Ability, Question
from app.kernel.actor import ROLE_WORDS, Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible
from app.reports.rights.kinds import KINDS
from app.web.render import AnyRequest, page
from app.web.session import Now, SignedIn


@get("/rights")
async def rights_page(request: AnyRequest, actor: SignedIn, now: Now) -> Response[str]:
    asked = {
        name: request.query_params.get(name, "").replace("\x00", "").strip()[:60]
        for name in ("account", "kind", "code")
    }
    kind = KINDS.get(asked["kind"])
    abilities: tuple[Ability, ...] = ()
    held: tuple[HeldRole, ...] = ()
    found = True
    subject = actor
    try:
        subject = await _subject(asked["account"], actor, now)
        held = await accounts.roles_of([subject.account_id], on=today_in_vietnam(now))
        if kind is not None and (asked["code"] or not kind.by_code):
            question = Question(actor, subject, asked["code"], now)
            abilities = await kind.explain(question)
    except NotVisible:
        found = False
    return page(
        request,
        "reports/rights.html",
        status=200 if found else 404,
        kinds=[(key, each.label) for key, each in KINDS.items()],
        asked=asked,
        chosen=kind,
        subject=subject if found else None,
        abilities=abilities,
        held=held,
        role_words=ROLE_WORDS,
        may_choose=accounts_policy.may_ask_about(actor, 0),
    )


async def _subject(login: str, asker: Actor, now: datetime) -> Actor:
    """The actor behind the login as they stand today, if the asker may ask about them."""
    if not login:
        return asker
    reach = await accounts.reach_of(asker, today_in_vietnam(now), auditor_too=True)
    try:
        found = await accounts.account_by_login(login, reach)
    except NotVisible:
        # Everybody may ask about themselves, also by name.
        subject = await _by_login(login, now)
        if subject.account_id != asker.account_id:
            raise
        return asker
    if not accounts_policy.may_ask_about(asker, found.id):
        raise NotVisible
    return await accounts.actor_of(found.id, "", now)


async def _by_login(login: str, now: datetime) -> Actor:
    try:
        return await accounts.actor_for_login(login, now)
    except LookupError:
        raise NotVisible from None


ROUTES = (rights_page,)
