"""The criteria builder: forms that write, for whoever may build."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Protocol

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.indicators import registered
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement import policy
from app.movement.actions import building as actions
from app.movement.forms.building import (
    BAND_ROWS,
    STEP_ROWS,
    parse_criterion,
    parse_new_set,
    parse_seen,
    parse_set,
    values_of,
)
from app.movement.queries import movement
from app.movement.queries.criteria import CriteriaSetPage, criteria_set, source_choices
from app.movement.routes.criteria import common, list_page, set_page
from app.movement.rules import CriterionFacts
from app.movement.rules.building import CriterionDraft, criterion_from, refuse_building
from app.movement.rules.comparing import FIELD_WORDS, FieldChange, field_changes
from app.movement.rules.measuring import DIRECTIONS, FUNCTIONS, to_text
from app.web.forms import Form
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn


class _Write(Protocol):
    async def __call__(self, draft: CriterionDraft, seen: int) -> None: ...


@post("/movements/{movement_id:int}/criteria")
async def create(
    request: AnyRequest, actor: SignedIn, now: Now, movement_id: FromPath[int]
) -> Response[str] | Redirect:
    _must_build(actor, (await movement(movement_id)).unit_id)
    form = Form(await request.form())
    new = parse_new_set(form)
    if new is None:
        return await list_page(request, actor, movement_id, form, 422)
    try:
        set_id = await actions.create_set(
            movement_id, new.subject, new.name, new.origin, new.newest, actor=actor, now=now
        )
    except Refused as error:
        form.errors[error.refusal.field_name or "origin"] = error.refusal
        status = 422 if error.refusal.field_name else 409
        return await list_page(request, actor, movement_id, form, status)
    return redirect(request, f"/criteria-sets/{set_id}", N_("Đã lập phiên bản mới."))


@post("/criteria-sets/{set_id:int}")
async def describe(
    request: AnyRequest, actor: SignedIn, now: Now, set_id: FromPath[int]
) -> Response[str] | Redirect:
    _must_build(actor, (await criteria_set(set_id)).unit_id)
    form = Form(await request.form())
    typed = parse_set(form)
    if typed is None:
        found = await criteria_set(set_id)
        return await set_page(request, actor, found, now, form=form, status=422)
    name, note = typed
    try:
        await actions.describe_set(set_id, name, note, parse_seen(form), actor=actor, now=now)
    except Refused as error:
        found = await criteria_set(set_id)
        return await set_page(
            request, actor, found, now, form=form, refusal=error.refusal, status=409
        )
    return redirect(request, f"/criteria-sets/{set_id}", N_("Đã lưu tên và ghi chú."))


@post("/criteria-sets/{set_id:int}/deletion")
async def discard(
    request: AnyRequest, actor: SignedIn, now: Now, set_id: FromPath[int]
) -> Response[str] | Redirect:
    form = Form(await request.form())
    try:
        movement_id = await actions.discard_set(set_id, parse_seen(form), actor=actor, now=now)
    except Refused as error:
        return await _set_refused(request, actor, now, set_id, error.refusal)
    return redirect(request, f"/movements/{movement_id}/criteria", N_("Đã xóa phiên bản."))


@get("/criteria-sets/{set_id:int}/criteria/new")
async def new_criterion(
    request: AnyRequest, actor: SignedIn, set_id: FromPath[int]
) -> Response[str]:
    found = await criteria_set(set_id)
    _must_build(actor, found.unit_id)
    return await _form_page(request, actor, found, None, Form({}))


@post("/criteria-sets/{set_id:int}/criteria")
async def add_criterion(
    request: AnyRequest, actor: SignedIn, now: Now, set_id: FromPath[int]
) -> Response[str] | Redirect:
    async def write(draft: CriterionDraft, seen: int) -> None:
        await actions.add_criterion(set_id, draft, seen, actor=actor, now=now)

    return await _written(request, actor, set_id, None, write)


@get("/criteria-sets/{set_id:int}/criteria/{criterion_id:int}")
async def criterion_page(
    request: AnyRequest, actor: SignedIn, set_id: FromPath[int], criterion_id: FromPath[int]
) -> Response[str]:
    found = await criteria_set(set_id)
    _must_build(actor, found.unit_id)
    stored = _criterion(found, criterion_id)
    if stored is None:
        raise NotVisible
    sources = {choice.number: choice.id for choice in await source_choices()}
    form = Form(values_of(stored, sources.get(stored.source)))
    return await _form_page(request, actor, found, criterion_id, form)


@post("/criteria-sets/{set_id:int}/criteria/{criterion_id:int}")
async def change_criterion(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    set_id: FromPath[int],
    criterion_id: FromPath[int],
) -> Response[str] | Redirect:
    async def write(draft: CriterionDraft, seen: int) -> None:
        await actions.change_criterion(set_id, criterion_id, draft, seen, actor=actor, now=now)

    return await _written(request, actor, set_id, criterion_id, write)


@post("/criteria-sets/{set_id:int}/criteria/{criterion_id:int}/deletion")
async def remove_criterion(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    set_id: FromPath[int],
    criterion_id: FromPath[int],
) -> Response[str] | Redirect:
    form = Form(await request.form())
    try:
        await actions.remove_criterion(set_id, criterion_id, parse_seen(form), actor=actor, now=now)
    except Refused as error:
        return await _set_refused(request, actor, now, set_id, error.refusal)
    return redirect(request, f"/criteria-sets/{set_id}", N_("Đã xóa tiêu chí."))


@post("/criteria-sets/{set_id:int}/criteria/{criterion_id:int}/move")
async def move_criterion(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    set_id: FromPath[int],
    criterion_id: FromPath[int],
) -> Response[str] | Redirect:
    form = Form(await request.form())
    by = -1 if form.values.get("direction") == "up" else 1
    try:
        await actions.move_criterion(
            set_id, criterion_id, by, parse_seen(form), actor=actor, now=now
        )
    except Refused as error:
        return await _set_refused(request, actor, now, set_id, error.refusal)
    return redirect(request, f"/criteria-sets/{set_id}#criterion-{criterion_id}")


def _must_build(actor: Actor, unit_id: int) -> None:
    if not policy.may_build_criteria(actor, unit_id):
        raise NotVisible


async def _written(
    request: AnyRequest, actor: Actor, set_id: int, criterion_id: int | None, write: _Write
) -> Response[str] | Redirect:
    found = await criteria_set(set_id)
    _must_build(actor, found.unit_id)
    form = Form(await request.form())
    draft = parse_criterion(form)
    if draft is None:
        return await _form_page(request, actor, found, criterion_id, form, status=422)
    try:
        await write(draft, parse_seen(form))
    except Refused as error:
        # What somebody else saved meanwhile is what is shown beside the text that was typed.
        found = await criteria_set(set_id)
        if error.refusal.field_name:
            form.errors[error.refusal.field_name] = error.refusal
            return await _form_page(request, actor, found, criterion_id, form, status=422)
        return await _form_page(
            request, actor, found, criterion_id, form, draft=draft, refusal=error.refusal
        )
    return redirect(request, f"/criteria-sets/{set_id}", N_("Đã lưu tiêu chí."))


async def _set_refused(
    request: AnyRequest, actor: Actor, now: datetime, set_id: int, refusal: Refusal
) -> Response[str]:
    found = await criteria_set(set_id)
    return await set_page(request, actor, found, now, status=409, refusal=refusal)


async def _form_page(
    request: AnyRequest,
    actor: Actor,
    found: CriteriaSetPage,
    criterion_id: int | None,
    form: Form,
    *,
    draft: CriterionDraft | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    """`refusal` with its `draft`: somebody else changed the set meanwhile."""
    stored = _criterion(found, criterion_id)
    frozen = refuse_building(found.use)
    if refusal is not None or (frozen is not None and status == 200):
        status = 409
    subject = found.facts.subject
    return page(
        request,
        "movement/criteria/form.html",
        status=status,
        **common(actor, found, "criteria"),
        # Deleted in another window: what was typed may still be saved, as a new one.
        criterion_id=criterion_id if stored is not None else None,
        deleted=criterion_id is not None and stored is None,
        form=form,
        refusal=refusal or frozen,
        stale=refusal is not None and refusal.code == "criteria-changed",
        differences=_differences(stored, draft),
        field_words=FIELD_WORDS,
        sources=await source_choices(),
        choices=[known for known in registered().values() if subject in known.subjects],
        functions=FUNCTIONS,
        directions=DIRECTIONS,
        band_rows=BAND_ROWS,
        step_rows=STEP_ROWS,
        taken=found.facts.total - ((stored.max_points if stored else None) or Decimal(0)),
    )


def _criterion(found: CriteriaSetPage, criterion_id: int | None) -> CriterionFacts | None:
    return next((c for c in found.facts.criteria if c.id == criterion_id), None)


def _differences(
    stored: CriterionFacts | None, draft: CriterionDraft | None
) -> tuple[FieldChange, ...]:
    """From what is stored now to what was typed; the source is compared by its form alone."""
    if stored is None or draft is None:
        return ()
    typed = criterion_from(draft, to_text(draft.function) if draft.function else None)
    changes = field_changes(stored, typed)
    return tuple(change for change in changes if change.field != "source")


ROUTES = (
    create,
    describe,
    discard,
    new_criterion,
    add_criterion,
    criterion_page,
    change_criterion,
    remove_criterion,
    move_criterion,
)
