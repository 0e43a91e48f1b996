from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from litestar import Response, get
from litestar.params import FromPath

from app.award_history import policy, queries, rules
from app.award_history.queries import Wanted
from app.award_history.rules import METHODS, Award, Holder
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible
from app.movement.rules import SUBJECT_WORDS
from app.organization.queries import reach
from app.sheets.answers import MOST_ROWS, sheet_answer, whole
from app.web.forms import Form
from app.web.i18n import gettext
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page
from app.web.session import Now, SignedIn

FILTERS = ("q", "method", "award_form", "year", "kind")
_HEAD = (
    N_("Loại đối tượng"),
    N_("Tên"),
    N_("Hình thức khen thưởng"),
    N_("Loại hình"),
    N_("Số quyết định"),
    N_("Ngày quyết định"),
    N_("Cơ quan quyết định"),
    N_("Thành tích từ ngày"),
    N_("Thành tích đến ngày"),
    N_("Thành tích"),
)


@get("/awards")
async def award_list(request: AnyRequest, actor: SignedIn, now: Now) -> Response[str]:
    if not policy.may_list(actor):
        raise NotVisible
    asked = _asked(request)
    cursor = cursor_from(request.query_params.get("after", ""))
    found = await queries.awards_page(
        _wanted(asked), reach=await _reach(actor), today=today_in_vietnam(now), cursor=cursor
    )
    query = _query(asked)
    following = urlencode({**_given(asked), "after": str(found.next)}) if found.next else ""
    return page(
        request,
        "award_history/list.html",
        rows=found.rows,
        asked=asked,
        query=query,
        award_forms=await queries.award_forms(),
        methods=METHODS,
        subject_words=SUBJECT_WORDS,
        next_url=f"/awards?{following}" if following else None,
        first_url=f"/awards?{query}" if cursor else None,
    )


@get(["/awards/export.csv", "/awards/export.xlsx"])
async def award_export(request: AnyRequest, actor: SignedIn, now: Now) -> Response[bytes]:
    if not policy.may_list(actor):
        raise NotVisible
    found = await queries.awards_page(
        _wanted(_asked(request)),
        reach=await _reach(actor),
        today=today_in_vietnam(now),
        limit=MOST_ROWS,
    )
    rows = [
        (
            gettext(SUBJECT_WORDS[award.subject]),
            award.holder_name,
            award.award_form,
            gettext(METHODS[award.method]),
            award.decision_number,
            award.decided_on,
            award.issuer,
            award.period.first if award.period else None,
            award.period.last if award.period else None,
            award.achievement,
        )
        for award in whole(found)
    ]
    return await sheet_answer(request, N_("Lịch sử khen thưởng"), "khen-thuong", _HEAD, rows)


@get("/awards/{award_id:int}")
async def award_page(
    request: AnyRequest, actor: SignedIn, now: Now, award_id: FromPath[int]
) -> Response[str]:
    return await show_award(request, actor, today_in_vietnam(now), award_id, Form({}))


@get("/people/{person_id:int}/awards")
async def awards_of_person(
    request: AnyRequest, actor: SignedIn, now: Now, person_id: FromPath[int]
) -> Response[str]:
    today = today_in_vietnam(now)
    return await _history(
        request, actor, today, await queries.person_holder(person_id, actor, today)
    )


@get("/units/{unit_id:int}/awards")
async def awards_of_unit(
    request: AnyRequest, actor: SignedIn, now: Now, unit_id: FromPath[int]
) -> Response[str]:
    return await _history(request, actor, today_in_vietnam(now), await queries.unit_holder(unit_id))


async def show_award(
    request: AnyRequest, actor: Actor, today: date, award_id: int, form: Form, *, status: int = 200
) -> Response[str]:
    award, kept = await queries.award(award_id, actor, today)
    return page(
        request,
        "award_history/award.html",
        status=status,
        award=award,
        methods=METHODS,
        may_remove=kept,
        refusal=rules.refuse_removal(award),
        form=form,
    )


async def _history(request: AnyRequest, actor: Actor, today: date, holder: Holder) -> Response[str]:
    """What was entered by mistake is shown to who keeps the history."""
    kept = await keeps(actor, holder, today)
    awards: tuple[Award, ...] = await queries.awards_of_holder(holder, removed=kept)
    return page(
        request,
        "award_history/holder.html",
        holder=holder,
        awards=awards,
        methods=METHODS,
        may_add=kept,
    )


async def keeps(actor: Actor, holder: Holder, today: date) -> bool:
    if not policy.may_keep(actor):
        return False
    try:
        await queries.kept_holder(holder.person_id, holder.unit_id, actor, today)
    except NotVisible:
        return False
    return True


async def _reach(actor: Actor) -> frozenset[int]:
    return await reach(actor.units_for(*policy.LISTS))


def _asked(request: AnyRequest) -> dict[str, str]:
    return {name: request.query_params.get(name, "").replace("\x00", "")[:100] for name in FILTERS}


def _wanted(asked: dict[str, str]) -> Wanted:
    return Wanted(
        asked["q"], asked["method"], asked["award_form"], asked["year"].strip(), asked["kind"]
    )


def _given(asked: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in asked.items() if value}


def _query(asked: dict[str, str]) -> str:
    return urlencode(_given(asked))


ROUTES = (award_list, award_export, award_page, awards_of_person, awards_of_unit)
