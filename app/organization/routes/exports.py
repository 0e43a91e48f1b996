"""Units and people as they are shown, all pages of them, as a file."""

from __future__ import annotations

from litestar import Response, get
from litestar.params import FromPath

from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible
from app.organization import policy, queries
from app.organization.queries.tree import UnitRow
from app.organization.routes.asking import asked, day_asked, people_reach, people_wanted
from app.organization.routes.people import FILTERS
from app.organization.rules import CATEGORIES, KINDS, SEXES
from app.sheets.answers import MOST_ROWS, sheet_answer, whole
from app.web.i18n import gettext
from app.web.paging import PageOf
from app.web.render import AnyRequest
from app.web.session import Now, SignedIn

UNIT_HEAD = (
    N_("Mã đơn vị"),
    N_("Tên đơn vị"),
    N_("Loại đơn vị"),
    N_("Đơn vị cấp trên"),
    N_("Số đơn vị cấp dưới"),
)
PEOPLE_HEAD = (
    N_("Mã cán bộ"),
    N_("Họ và tên"),
    N_("Giới tính"),
    N_("Loại cán bộ"),
    N_("Chức vụ"),
    N_("Đơn vị"),
)


MEMBERS_HEAD = (N_("Mã cán bộ"), N_("Họ và tên"), N_("Chức vụ"), N_("Đơn vị"))
_UNIT = "/units/{unit_id:int}"


@get(["/units/export.csv", "/units/export.xlsx"])
async def units_export(request: AnyRequest, actor: SignedIn, now: Now) -> Response[bytes]:
    day, _ = day_asked(request, today_in_vietnam(now))
    search = asked(request, "q")["q"]
    if search.strip():
        found = await queries.search_units(search, day, limit=MOST_ROWS)
    else:
        found = await queries.children_page(None, day, limit=MOST_ROWS)
        if len(found.rows) == 1:
            found = await queries.children_page(found.rows[0].id, day, limit=MOST_ROWS)
    return await _units(request, N_("Danh sách đơn vị"), found)


@get([f"{_UNIT}/children/export.csv", f"{_UNIT}/children/export.xlsx"])
async def children_export(
    request: AnyRequest, actor: SignedIn, now: Now, unit_id: FromPath[int]
) -> Response[bytes]:
    day = (await queries.unit_sheet(unit_id)).facts.nearest(
        day_asked(request, today_in_vietnam(now))[0]
    )
    found = await queries.children_page(unit_id, day, limit=MOST_ROWS)
    return await _units(request, N_("Đơn vị trực thuộc"), found)


@get([f"{_UNIT}/members/export.csv", f"{_UNIT}/members/export.xlsx"])
async def members_export(
    request: AnyRequest, actor: SignedIn, now: Now, unit_id: FromPath[int]
) -> Response[bytes]:
    if not policy.may_list_people(actor):
        raise NotVisible
    today = today_in_vietnam(now)
    day = (await queries.unit_sheet(unit_id)).facts.nearest(day_asked(request, today)[0])
    found = await queries.members_page(
        unit_id, day, reach=await people_reach(actor), today=today, limit=MOST_ROWS
    )
    rows = [(row.staff_code, row.full_name, row.post, row.unit_name) for row in whole(found)]
    return await sheet_answer(request, N_("Người công tác"), "nguoi-cong-tac", MEMBERS_HEAD, rows)


@get(["/people/export.csv", "/people/export.xlsx"])
async def people_export(request: AnyRequest, actor: SignedIn, now: Now) -> Response[bytes]:
    if not policy.may_list_people(actor):
        raise NotVisible
    today = today_in_vietnam(now)
    found = await queries.people_page(
        await people_wanted(asked(request, *FILTERS), today),
        reach=await people_reach(actor),
        today=today,
        limit=MOST_ROWS,
    )
    rows = [
        (
            row.staff_code,
            row.full_name,
            gettext(SEXES.get(row.sex, row.sex)),
            gettext(CATEGORIES.get(row.staff_category, row.staff_category)),
            row.post,
            row.unit_name,
        )
        for row in whole(found)
    ]
    return await sheet_answer(request, N_("Danh sách cán bộ"), "can-bo", PEOPLE_HEAD, rows)


async def _units(request: AnyRequest, title: str, found: PageOf[UnitRow]) -> Response[bytes]:
    rows = [
        (row.code, row.name, gettext(KINDS.get(row.kind, row.kind)), row.parent_name, row.below)
        for row in whole(found)
    ]
    return await sheet_answer(request, title, "don-vi", UNIT_HEAD, rows)


ROUTES = (units_export, children_export, members_export, people_export)
