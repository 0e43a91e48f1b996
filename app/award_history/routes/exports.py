"""The awards of one person or unit as their page shows them, as a file."""

from __future__ import annotations

from datetime import date

from litestar import Response, get
from litestar.params import FromPath

from app.award_history import queries
from app.award_history.routes.reading import keeps
from app.award_history.rules import METHODS, Holder
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_
from app.sheets.answers import sheet_answer
from app.web.i18n import gettext
from app.web.render import AnyRequest
from app.web.session import Now, SignedIn

_PERSON = "/people/{person_id:int}/awards"
_UNIT = "/units/{unit_id:int}/awards"
_HEAD = (
    N_("Tên"),
    N_("Hình thức khen thưởng"),
    N_("Loại hình"),
    N_("Số quyết định"),
    N_("Ngày quyết định"),
    N_("Cơ quan quyết định"),
    N_("Thành tích từ ngày"),
    N_("Thành tích đến ngày"),
    N_("Thành tích"),
    N_("Ghi chú"),
)


@get([f"{_PERSON}/export.csv", f"{_PERSON}/export.xlsx"])
async def person_export(
    request: AnyRequest, actor: SignedIn, now: Now, person_id: FromPath[int]
) -> Response[bytes]:
    today = today_in_vietnam(now)
    return await _answer(
        request, actor, today, await queries.person_holder(person_id, actor, today)
    )


@get([f"{_UNIT}/export.csv", f"{_UNIT}/export.xlsx"])
async def unit_export(
    request: AnyRequest, actor: SignedIn, now: Now, unit_id: FromPath[int]
) -> Response[bytes]:
    return await _answer(request, actor, today_in_vietnam(now), await queries.unit_holder(unit_id))


async def _answer(
    request: AnyRequest, actor: Actor, today: date, holder: Holder
) -> Response[bytes]:
    removed = await keeps(actor, holder, today)
    rows = [
        (
            award.holder_name,
            award.award_form,
            gettext(METHODS[award.method]),
            award.decision_number,
            award.decided_on,
            award.issuer,
            award.period.first if award.period else None,
            award.period.last if award.period else None,
            award.achievement,
            gettext(N_("Ghi nhầm")) if award.removal else "",
        )
        for award in await queries.awards_of_holder(holder, removed=removed)
    ]
    return await sheet_answer(request, N_("Lịch sử khen thưởng"), "khen-thuong", _HEAD, rows)


ROUTES = (person_export, unit_export)
