"""The score sheet of a member: one grid, each row a form of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refused
from app.movement.policy import round_tabs
from app.movement.queries import round_facts
from app.movement.rules import SUBJECTS
from app.scoring import actions, forms, policy, queries
from app.scoring.grid import RowView, invalid_row, refused_row, stored_row
from app.scoring.queries import OwnSheet
from app.scoring.routes.showing import Place, answer_with, one_row, whole_grid
from app.web.forms import Form
from app.web.paging import cursor_from
from app.web.render import AnyRequest, htmx, page, redirect
from app.web.session import Now, SignedIn


@get("/rounds/{round_id:int}/score-sheet")
async def score_sheet(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    round_ = await round_facts(round_id)
    desk = await queries.desk(round_, actor)
    if desk.member is None:
        if not policy.may_score(actor, round_.unit_id):
            raise NotVisible
        return page(
            request,
            "scoring/no_sheet.html",
            round=round_,
            tab="scoring",
            tabs=round_tabs(actor, round_.unit_id),
            stage=desk.stage,
        )
    asked = request.query_params
    subject = asked.get("subject", "")
    place = Place(
        subject if subject in SUBJECTS else SUBJECTS[0],
        asked.get("show") == "left",
        _cursor(asked.get("after", "")),
    )
    return await whole_grid(request, actor, now, round_, desk, place)


@get("/nominations/{nomination_id:int}/sheet")
async def stored_sheet(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Response[str] | Redirect:
    """What is stored now, for a member who gives up what was typed."""
    own = await queries.own_sheet(nomination_id, actor)
    if not htmx(request):
        return Redirect(Place(own.row.subject).path(own.round.id), status_code=303)
    return await one_row(request, own, _stored(own, now), Place(own.row.subject))


@post("/nominations/{nomination_id:int}/sheet")
async def save_sheet(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Response[str] | Redirect:
    own = await queries.own_sheet(nomination_id, actor)
    form = Form(await request.form())
    criteria = own.round.sets[own.row.subject].marked
    marks = forms.read_marks(form, criteria)
    version = forms.read_version(form)
    typed = {code: form.values[code].strip() for code in marks}
    if form.errors:
        view = invalid_row(own.row, typed, form.errors)
        return await answer_with(request, actor, now, own, view, _place(own, form), status=422)
    try:
        await actions.save_marks(nomination_id, marks, version, actor=actor, now=now)
    except Refused as error:
        # Another tab may have saved meanwhile: show what is stored now beside what was typed.
        own = await queries.own_sheet(nomination_id, actor)
        view = refused_row(own.row, typed, marks, error.refusal)
        return await answer_with(request, actor, now, own, view, _place(own, form), status=409)
    if not htmx(request):
        return _back(request, own, form, N_("Đã lưu."))
    own = await queries.own_sheet(nomination_id, actor)
    return await one_row(request, own, _stored(own, now), _place(own, form))


@post("/nominations/{nomination_id:int}/recusal")
async def recuse(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Response[str] | Redirect:
    own = await queries.own_sheet(nomination_id, actor)
    form = Form(await request.form())
    reason = forms.read_reason(form)
    if form.errors:
        view = replace(
            _stored(own, now),
            reason=form.values.get("reason", ""),
            reason_error=form.errors["reason"],
        )
        return await answer_with(request, actor, now, own, view, _place(own, form), status=422)
    try:
        await actions.recuse(nomination_id, reason, actor=actor, now=now)
    except Refused as error:
        own = await queries.own_sheet(nomination_id, actor)
        view = replace(_stored(own, now), reason=reason, reason_error=error.refusal)
        return await answer_with(request, actor, now, own, view, _place(own, form), status=409)
    return _back(request, own, form, N_("Đã ghi nhận Ông/Bà không tham gia chấm hồ sơ này."))


def _stored(own: OwnSheet, now: datetime) -> RowView:
    criteria = own.round.sets[own.row.subject].marked
    return stored_row(own.row, own.stage, criteria, today_in_vietnam(now))


def _place(own: OwnSheet, form: Form) -> Place:
    after = _cursor(form.values.get("after", ""))
    return Place(own.row.subject, form.values.get("show") == "left", after)


def _cursor(text: str) -> str:
    """Written anew, so that nothing but a cursor ever gets into an address."""
    return str(cursor_from(text) or "")


def _back(request: AnyRequest, own: OwnSheet, form: Form, said: str) -> Redirect:
    path = _place(own, form).path(own.round.id)
    return redirect(request, f"{path}#row-{own.row.nomination_id}", said)


ROUTES = (score_sheet, stored_sheet, save_sheet, recuse)
