"""Who may see a thing and act on it, and why: accounts the asker sees, by login."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from litestar import Response, get
from litestar.params import FromPath

from app.accounts import policy
from app.accounts import queries as accounts
from app.accounts.queries import Called, Concerned
from app.kernel.abilities import Ability, Act, Weighed, weigh
from app.kernel.actor import Role
from app.kernel.refusal import N_, NotVisible
from app.reports.rights import words
from app.reports.rights.kinds import SINGLE
from app.reports.rights.thing import Kind, Question, Thing
from app.sheets.answers import sheet_answer, whole
from app.web.i18n import gettext
from app.web.paging import Cursor, PageOf, cursor_from
from app.web.render import AnyRequest, page
from app.web.session import Now, SignedIn

ROWS = 50
MOST = 1000  # of one sheet: each row asks many policies
_HEAD = (
    N_("Tên đăng nhập"),
    N_("Họ và tên"),
    N_("Việc"),
    N_("Được phép"),
    N_("Vì sao"),
)


@dataclass(frozen=True, slots=True)
class Holder:
    """An account and what it may do with the thing, or could but for a condition."""

    account: Called
    abilities: Sequence[Ability]


@get("/rights/{thing:str}/{thing_id:int}")
async def people_page(
    request: AnyRequest, actor: SignedIn, now: Now, thing: FromPath[str], thing_id: FromPath[int]
) -> Response[str]:
    question = Question(actor, thing_id, now)
    kind, found = await _thing(thing, question)
    cursor = cursor_from(request.query_params.get("after", ""))
    holders, common = await _holders(found, question, cursor, ROWS)
    here = f"/rights/{thing}/{thing_id}"
    return page(
        request,
        "reports/rights_people.html",
        thing=found,
        kind=kind,
        common=common,
        holders=holders.rows,
        grouped=words.grouped,
        say=words,
        here=here,
        query=f"kind={thing}&id={thing_id}",
        next_url=f"{here}?after={holders.next}" if holders.next else None,
        first_url=here if cursor else None,
    )


@get(
    [
        "/rights/{thing:str}/{thing_id:int}/export.csv",
        "/rights/{thing:str}/{thing_id:int}/export.xlsx",
    ]
)
async def people_export(
    request: AnyRequest, actor: SignedIn, now: Now, thing: FromPath[str], thing_id: FromPath[int]
) -> Response[bytes]:
    question = Question(actor, thing_id, now)
    _, found = await _thing(thing, question)
    holders, _ = await _holders(found, question, None, MOST)
    rows = [
        (
            holder.account.login,
            holder.account.name,
            gettext(each.name),
            gettext(N_("Có") if each.allowed else N_("Không")),
            words.why(each),
        )
        for holder in whole(holders, MOST)
        for each in holder.abilities
    ]
    return await sheet_answer(request, N_("Ai được làm gì"), "quyen", _HEAD, rows)


async def _thing(name: str, question: Question) -> tuple[Kind, Thing]:
    """For who may ask about others; as loaded by them."""
    kind = SINGLE.get(name)
    if kind is None or not policy.may_ask_about(question.asker, -1):
        raise NotVisible
    return kind, await kind.load(question)


async def _holders(
    thing: Thing, question: Question, cursor: Cursor | None, limit: int
) -> tuple[PageOf[Holder], Sequence[str]]:
    """With what everybody may do. A fixed number of statements, whoever is on the page."""
    reach = await accounts.reach_of(question.asker, question.today, auditor_too=True)
    bare = [await weigh(act, [question.asker]) for act in thing.acts]
    concerned = _concerned(thing, list(zip(thing.acts, bare, strict=True)))
    found = await accounts.concerned_page(concerned, reach, cursor=cursor, limit=limit)
    actors = await accounts.actors_of([each.row() for each in found.rows], question.now)
    weighed = [
        await weigh(act, actors)
        for act, own in zip(thing.acts, bare, strict=True)
        if not own.everybody
    ]
    holders = (
        Holder(account, abilities)
        for place, account in enumerate(found.rows)
        if (abilities := [of.abilities[place] for of in weighed if _counts(of.abilities[place])])
    )
    common = [act.name for act, own in zip(thing.acts, bare, strict=True) if own.everybody]
    return PageOf(tuple(holders), found.next), common


def _counts(found: Ability) -> bool:
    """Worth a line: allowed, or held up for somebody whose role or own affair it is."""
    return found.allowed or found.own or bool(found.given_by)


def _concerned(thing: Thing, weighed: Sequence[tuple[Act, Weighed]]) -> Concerned:
    over: set[Role] = set()
    anywhere: set[Role] = set()
    units: set[int] = set()
    for act, found in weighed:
        if found.everybody:
            continue
        if act.over:
            over |= set(found.roles)
            units |= act.over
        else:
            anywhere |= set(found.roles)
    return Concerned(over, units, anywhere, thing.people, thing.accounts)


ROUTES = (people_page, people_export)
