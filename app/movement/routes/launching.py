"""Launch a movement and edit it, its legal sources and its yearly dates."""

from __future__ import annotations

from datetime import date

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.refusal import N_, NotVisible, Refused
from app.movement import actions, policy, queries
from app.movement.forms import planning as forms
from app.movement.routes.conflicts import differences
from app.movement.rules import CHANGED, MovementPlan
from app.organization.queries import find_unit, units_facts
from app.web.forms import Form
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect
HERE = "/movements/{movement_id:int}"

LABELS = {
    "code": N_("Mã phong trào"),
    "name": N_("Tên phong trào"),
    "plan": N_("Kế hoạch, văn bản phát động"),
    "launched_by": N_("Đơn vị phát động"),
    "launched_on": N_("Ngày phát động"),
    "ends_on": N_("Ngày kết thúc"),
    "parent": N_("Thuộc phong trào"),
    "summary": N_("Mục tiêu, nội dung chính"),
}


@get("/movements/new")
async def new_movement(request: AnyRequest, actor: SignedIn) -> Response[str]:
    _must_launch(actor)
    parent = request.query_params.get("parent", "")
    return await _form(request, Form({"parent": parent if parent.isascii() else ""}))


@post("/movements")
async def create_movement(request: AnyRequest, actor: SignedIn, now: Now) -> Answer:
    _must_launch(actor)
    form = Form(await request.form())
    plan = await _read(form, 0, actor)
    if plan is None:
        return await _form(request, form, status=422)
    try:
        movement_id = await actions.create_movement(plan, actor=actor, now=now)
    except Refused as error:
        form.errors[error.refusal.field_name or "name"] = error.refusal
        return await _form(request, form, status=422)
    return redirect(request, f"/movements/{movement_id}", N_("Đã lập phong trào."))


@get(f"{HERE}/edit")
async def movement_form(
    request: AnyRequest, actor: SignedIn, movement_id: FromPath[int]
) -> Response[str]:
    await _must_plan(movement_id, actor)
    return await _editor(request, movement_id)


@post(f"{HERE}/edit")
async def change_movement(
    request: AnyRequest, actor: SignedIn, now: Now, movement_id: FromPath[int]
) -> Answer:
    await _must_plan(movement_id, actor)
    form = Form(await request.form())
    plan = await _read(form, movement_id, actor)
    if plan is None:
        return await _editor(request, movement_id, form=form, status=422)
    try:
        await actions.change_movement(
            movement_id, plan, forms.read_version(form), actor=actor, now=now
        )
    except Refused as error:
        if error.refusal is CHANGED:
            return await _editor(request, movement_id, form=form, status=409)
        form.errors[error.refusal.field_name or "name"] = error.refusal
        return await _editor(request, movement_id, form=form, status=422)
    return redirect(request, f"/movements/{movement_id}", N_("Đã sửa phong trào."))


@post(f"{HERE}/sources")
async def cite_source(
    request: AnyRequest, actor: SignedIn, now: Now, movement_id: FromPath[int]
) -> Answer:
    await _must_plan(movement_id, actor)
    form = Form(await request.form())
    offered = {str(choice.id) for choice in await queries.source_choices(movement_id)}
    chosen = form.choice("source", offered)
    if form.errors:
        return await _editor(request, movement_id, source_form=form, status=422)
    await actions.cite_source(movement_id, int(chosen), actor=actor, now=now)
    return _edited(request, movement_id, "sources", N_("Đã thêm căn cứ."))


@post(f"{HERE}/new-sources")
async def add_source(
    request: AnyRequest, actor: SignedIn, now: Now, movement_id: FromPath[int]
) -> Answer:
    await _must_plan(movement_id, actor)
    form = Form(await request.form())
    source = forms.read_source(form)
    if source is None:
        return await _editor(request, movement_id, source_form=form, status=422)
    try:
        await actions.add_source(movement_id, source, actor=actor, now=now)
    except Refused as error:
        form.errors[error.refusal.field_name or "number"] = error.refusal
        return await _editor(request, movement_id, source_form=form, status=422)
    return _edited(request, movement_id, "sources", N_("Đã thêm văn bản vào danh mục và căn cứ."))


@post(f"{HERE}/sources/{{source_id:int}}/removal")
async def remove_source(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    movement_id: FromPath[int],
    source_id: FromPath[int],
) -> Redirect:
    if not 0 < source_id <= queries.LARGEST_ID:
        raise NotVisible
    await actions.remove_source(movement_id, source_id, actor=actor, now=now)
    return _edited(request, movement_id, "sources", N_("Đã bỏ căn cứ."))


@post(f"{HERE}/dates")
async def add_date(
    request: AnyRequest, actor: SignedIn, now: Now, movement_id: FromPath[int]
) -> Answer:
    await _must_plan(movement_id, actor)
    form = Form(await request.form())
    name = form.text("date_name", longest=forms.LONGEST_ROUND_NAME)
    month = form.integer("month", least=1, most=12)
    day = form.integer("day", least=1, most=31)
    if not form.errors:
        try:
            await actions.add_date(movement_id, name, month, day, actor=actor, now=now)
        except Refused as error:
            form.errors[error.refusal.field_name or "date_name"] = error.refusal
    if form.errors:
        return await _editor(request, movement_id, date_form=form, status=422)
    return _edited(request, movement_id, "dates", N_("Đã thêm mốc hằng năm."))


@post(f"{HERE}/dates/{{date_id:int}}/removal")
async def remove_date(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    movement_id: FromPath[int],
    date_id: FromPath[int],
) -> Redirect:
    if not 0 < date_id <= queries.LARGEST_ID:
        raise NotVisible
    await actions.remove_date(movement_id, date_id, actor=actor, now=now)
    return _edited(request, movement_id, "dates", N_("Đã bỏ mốc hằng năm."))


def _must_launch(actor: Actor) -> None:
    if not policy.may_launch(actor):
        raise NotVisible


async def _must_plan(movement_id: int, actor: Actor) -> None:
    stored = await queries.stored_movement(movement_id)
    if not policy.may_plan(actor, stored.plan.launched_by):
        raise NotVisible


async def _read(form: Form, movement_id: int, actor: Actor) -> MovementPlan | None:
    """None with a message beside the field; the unit is one that existed on the launch day.

    Its movements must be the actor's to plan.
    """
    parents = {m.id for m in await queries.movements() if m.id != movement_id}
    typed = forms.read_movement(form, parents)
    if typed is None:
        return None
    unit_id = await find_unit(typed.launched_by, typed.launched_on)
    if unit_id is None or not await _existed(unit_id, typed.launched_on):
        form.refuse(
            "launched_by",
            "unknown-unit",
            N_("Không tìm thấy đơn vị “{typed}” vào ngày phát động."),
            typed=typed.launched_by[:80],
        )
        return None
    if not policy.may_plan(actor, unit_id):
        form.refuse(
            "launched_by",
            "not-your-unit",
            N_("Ông/Bà không phải là Thư ký Hội đồng của đơn vị này."),
        )
        return None
    return typed.by(unit_id)


async def _existed(unit_id: int, day: date) -> bool:
    return day in (await units_facts([unit_id]))[unit_id].lifetime


def _edited(request: AnyRequest, movement_id: int, part: str, message: str) -> Redirect:
    return redirect(request, f"/movements/{movement_id}/edit#{part}", message)


async def _form(request: AnyRequest, form: Form, *, status: int = 200) -> Response[str]:
    return page(
        request,
        "movement/new.html",
        status=status,
        form=form,
        labels=LABELS,
        parents=[(str(m.id), m.name) for m in await queries.movements()],
    )


async def _editor(
    request: AnyRequest,
    movement_id: int,
    *,
    form: Form | None = None,
    source_form: Form | None = None,
    date_form: Form | None = None,
    status: int = 200,
) -> Response[str]:
    stored = await queries.stored_movement(movement_id)
    typed = forms.typed_movement(stored.plan, stored.launched_by_code)
    parents = [(str(m.id), m.name) for m in await queries.movements() if m.id != movement_id]
    changed = []
    if form is not None and status == 409:
        changed = differences(form, typed, LABELS, {"parent": dict(parents)})
    return page(
        request,
        "movement/edit.html",
        status=status,
        movement=await queries.movement(movement_id),
        version=stored.version,
        form=form or Form(typed),
        source_form=source_form or Form({}),
        date_form=date_form or Form({}),
        labels=LABELS,
        parents=parents,
        sources=[(str(c.id), c.label) for c in await queries.source_choices(movement_id)],
        conflict=CHANGED if status == 409 else None,
        changed=changed,
    )


ROUTES = (
    new_movement,
    create_movement,
    movement_form,
    change_movement,
    cite_source,
    add_source,
    remove_source,
    add_date,
    remove_date,
)
