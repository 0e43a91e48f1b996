"""The units that take part: a list for everybody, joining and leaving for who plans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.period import show_date, today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refused
from app.movement import actions, policy, queries
from app.organization.queries import find_unit, search_units
from app.organization.queries.tree import UnitRow
from app.sheets.answers import MOST_ROWS, sheet_answer, whole
from app.web.forms import Form
from app.web.i18n import gettext
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect
HERE = "/movements/{movement_id:int}/units"
LONGEST_UNIT = 300
MOST_OFFERED = 20
_HEAD = (N_("Mã đơn vị"), N_("Đơn vị"), N_("Tham gia từ ngày"), N_("Đến ngày"))


@get(HERE)
async def unit_list(
    request: AnyRequest, actor: SignedIn, now: Now, movement_id: FromPath[int]
) -> Response[str]:
    return await _page(request, actor, now, movement_id)


@get([f"{HERE}/export.csv", f"{HERE}/export.xlsx"])
async def units_export(
    request: AnyRequest, actor: SignedIn, movement_id: FromPath[int]
) -> Response[bytes]:
    await queries.stored_movement(movement_id)
    found = await queries.joined_units(movement_id, search=_asked(request), limit=MOST_ROWS)
    rows = [(row.code, row.name, row.joined_on, row.left_on) for row in whole(found)]
    return await sheet_answer(request, N_("Đơn vị tham gia"), "don-vi-tham-gia", _HEAD, rows)


@post(HERE)
async def join_unit(
    request: AnyRequest, actor: SignedIn, now: Now, movement_id: FromPath[int]
) -> Answer:
    await _must_plan(movement_id, actor)
    form = Form(await request.form())
    typed = form.text("unit", longest=LONGEST_UNIT)
    day = form.day("joined_on")
    if day is None or form.errors:
        return await _page(request, actor, now, movement_id, form=form, status=422)
    # Of several units whose names have the typed words one was picked, by its code.
    unit_id = await find_unit(form.values.get("picked") or typed, day)
    if unit_id is None:
        found = (await search_units(typed, day, limit=MOST_OFFERED)).rows
        message = (
            N_("Chưa rõ “{typed}” là đơn vị nào; vui lòng chọn bên dưới.")
            if found
            else N_("Không tìm thấy đơn vị “{typed}”.")
        )
        form.refuse("unit", "unknown-unit", message, typed=typed[:80])
        return await _page(request, actor, now, movement_id, form=form, offered=found, status=422)
    try:
        joined = await actions.join_unit(
            movement_id,
            unit_id,
            day,
            with_children=form.values.get("with_children") == "yes",
            actor=actor,
            now=now,
        )
    except Refused as error:
        form.errors[error.refusal.field_name or "unit"] = error.refusal
        return await _page(request, actor, now, movement_id, form=form, status=422)
    message = gettext(N_("Đã ghi {n} đơn vị tham gia."), n=joined)
    return redirect(request, f"/movements/{movement_id}/units", message)


@post(f"{HERE}/{{membership_id:int}}/end")
async def end_membership(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    movement_id: FromPath[int],
    membership_id: FromPath[int],
) -> Answer:
    await _must_plan(movement_id, actor)
    await queries.membership(movement_id, membership_id)
    form = Form(await request.form())
    day = form.day("left_on")
    if day is not None:
        try:
            await actions.end_membership(movement_id, membership_id, day, actor=actor, now=now)
        except Refused as error:
            form.errors["left_on"] = error.refusal
    if form.errors:
        return await _page(
            request, actor, now, movement_id, ending=(membership_id, form), status=422
        )
    return redirect(request, f"/movements/{movement_id}/units", N_("Đã ghi đơn vị thôi tham gia."))


async def _must_plan(movement_id: int, actor: Actor) -> None:
    stored = await queries.stored_movement(movement_id)
    if not policy.may_plan(actor, stored.plan.launched_by):
        raise NotVisible


def _asked(request: AnyRequest) -> str:
    return request.query_params.get("q", "").replace("\x00", "")[:100]


async def _page(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    movement_id: int,
    *,
    form: Form | None = None,
    offered: Sequence[UnitRow] = (),
    ending: tuple[int, Form] | None = None,
    status: int = 200,
) -> Response[str]:
    movement = await queries.movement(movement_id)
    search = _asked(request)
    cursor = cursor_from(request.query_params.get("after", ""))
    found = await queries.joined_units(movement_id, search=search, cursor=cursor)
    today = today_in_vietnam(now)
    here = f"/movements/{movement_id}/units"
    query = urlencode({"q": search}) if search else ""
    following = urlencode({"q": search, "after": str(found.next)}) if found.next else ""
    return page(
        request,
        "movement/units.html",
        status=status,
        movement=movement,
        joined=await queries.joined_count(movement_id, today),
        rows=found.rows,
        search=search,
        query=query,
        next_url=f"{here}?{following}" if following else None,
        first_url=(f"{here}?{query}" if query else here) if cursor else None,
        may_plan=policy.may_plan(actor, movement.unit_id),
        offered=offered,
        form=form or Form({"joined_on": show_date(max(today, movement.launched_on))}),
        ending=ending[0] if ending else 0,
        ending_form=ending[1] if ending else Form({"left_on": show_date(today)}),
    )


ROUTES = (unit_list, units_export, join_unit, end_membership)
