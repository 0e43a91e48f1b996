from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_
from app.movement import actions, policy, queries
from app.movement.rules import ROUND_KINDS
from app.sheets.answers import sheet_answer
from app.web.i18n import gettext
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

_HEAD = (
    N_("Mã đợt"),
    N_("Đợt xét"),
    N_("Loại"),
    N_("Lập thành tích từ ngày"),
    N_("Lập thành tích đến ngày"),
    N_("Nhận hồ sơ từ ngày"),
    N_("Nhận hồ sơ đến ngày"),
    N_("Họp Hội đồng"),
    N_("Trạng thái"),
)

_MOVEMENTS_HEAD = (
    N_("Phong trào"),
    N_("Thuộc phong trào"),
    N_("Đơn vị phát động"),
    N_("Ngày phát động"),
    N_("Ngày kết thúc"),
    N_("Số đợt xét"),
)


@get("/movements")
async def movement_list(request: AnyRequest, actor: SignedIn) -> Response[str]:
    return page(
        request,
        "movement/list.html",
        movements=await queries.movements(),
        may_plan=policy.may_launch(actor),
    )


@get(["/movements/export.csv", "/movements/export.xlsx"])
async def movements_export(request: AnyRequest, actor: SignedIn) -> Response[bytes]:
    rows = (
        (line.name, line.parent, line.launched_by, line.launched_on, line.ends_on, line.rounds)
        for line in await queries.movements()
    )
    return await sheet_answer(
        request, N_("Phong trào thi đua"), "phong-trao", _MOVEMENTS_HEAD, rows
    )


@get("/movements/{movement_id:int}")
async def movement_page(
    request: AnyRequest, actor: SignedIn, now: Now, movement_id: FromPath[int]
) -> Response[str]:
    movement = await queries.movement(movement_id)
    return page(
        request,
        "movement/movement.html",
        movement=movement,
        joined=await queries.joined_count(movement_id, today_in_vietnam(now)),
        kinds=ROUND_KINDS,
        may_plan=policy.may_plan(actor, movement.unit_id),
        last_annual=next((r.id for r in movement.rounds if r.kind == "annual"), None),
        today=today_in_vietnam(now),
    )


@get(
    [
        "/movements/{movement_id:int}/rounds/export.csv",
        "/movements/{movement_id:int}/rounds/export.xlsx",
    ]
)
async def rounds_export(
    request: AnyRequest, actor: SignedIn, movement_id: FromPath[int]
) -> Response[bytes]:
    movement = await queries.movement(movement_id)
    rows = (
        (
            round_.code,
            round_.name,
            gettext(ROUND_KINDS[round_.kind]),
            round_.achievements.first,
            round_.achievements.last,
            round_.nominations.first if round_.nominations else None,
            round_.nominations.last if round_.nominations else None,
            round_.session_on,
            gettext(N_("Đã mở, tiêu chí đã chốt") if round_.opened else N_("Chưa mở")),
        )
        for round_ in movement.rounds
    )
    return await sheet_answer(request, N_("Các đợt xét khen thưởng"), "dot-xet", _HEAD, rows)


@post("/rounds/{round_id:int}/opening")
async def open_round(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Redirect:
    await actions.open_round(round_id, actor=actor, now=now)
    return redirect(
        request, f"/rounds/{round_id}", N_("Đã mở đợt xét; tiêu chí và quy tắc chấm đã được chốt.")
    )


ROUTES = (movement_list, movements_export, movement_page, rounds_export, open_round)
