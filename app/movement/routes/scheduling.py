"""The days of a round, and more days for a stage that was announced."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refused
from app.movement import actions, policy, queries
from app.movement.forms import scheduling as forms
from app.movement.forms.planning import read_version
from app.movement.routes.conflicts import differences
from app.movement.rules import (
    CHANGED,
    COLUMNS,
    STAGES,
    RoundFacts,
    announced,
    calendar_errors,
    countdown,
    offered_days,
    stage_days,
)
from app.web.forms import Form
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect
HERE = "/rounds/{round_id:int}"

LABELS = {
    "registration_open_on": N_("Đăng ký thi đua: từ ngày"),
    "registration_close_on": N_("Đăng ký thi đua: đến hết ngày"),
    "nominations_open_on": N_("Tự chấm điểm và đề nghị: từ ngày"),
    "nominations_close_on": N_("Tự chấm điểm và đề nghị: đến hết ngày"),
    "endorsement_close_on": N_("Các cấp xác nhận và trình: đến hết ngày"),
    "appraisal_close_on": N_("Thẩm định: đến hết ngày"),
    "scoring_close_on": N_("Chấm điểm: đến hết ngày"),
    "session_on": N_("Ngày họp Hội đồng"),
    "comment_open_on": N_("Lấy ý kiến công khai: từ ngày"),
    "comment_close_on": N_("Lấy ý kiến công khai: đến hết ngày"),
    "decision_on": N_("Ngày ban hành quyết định"),
}


@get(f"{HERE}/calendar")
async def calendar_page(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    return await _page(request, await _round(round_id, actor), now)


@post(f"{HERE}/calendar")
async def set_calendar(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Answer:
    round_ = await _round(round_id, actor)
    form = Form(await request.form())
    calendar = forms.read_calendar(form, round_.calendar, _announced(round_, now))
    if calendar is not None:
        form.errors |= calendar_errors(calendar, round_.achievements.first)
    if calendar is None or form.errors:
        return await _page(request, round_, now, form=form, status=422)
    try:
        await actions.set_calendar(round_id, calendar, read_version(form), actor=actor, now=now)
    except Refused as error:
        if error.refusal is CHANGED:
            # Loaded anew: the form that comes back fits what is stored now.
            fresh = await queries.round_facts(round_id)
            return await _page(request, fresh, now, form=form, status=409)
        raise
    return redirect(request, f"/rounds/{round_id}#calendar", N_("Đã lưu lịch của đợt xét."))


@post(f"{HERE}/extensions")
async def extend_stage(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Answer:
    round_ = await _round(round_id, actor)
    form = Form(await request.form())
    asked = forms.read_extension(form)
    if asked is None:
        return await _page(request, round_, now, extension=form, status=422)
    try:
        await actions.extend_stage(
            round_id,
            asked.stage,
            asked.new_last,
            asked.reason,
            move_following=asked.move_following,
            actor=actor,
            now=now,
        )
    except Refused as error:
        if error.refusal.field_name is None:
            form.errors["stage"] = error.refusal
        else:
            form.errors[error.refusal.field_name] = error.refusal
        offered = None
        if error.refusal.code == "overtakes":
            offered = asked.stage, asked.new_last
        return await _page(request, round_, now, extension=form, offered=offered, status=422)
    return redirect(request, f"/rounds/{round_id}#calendar", N_("Đã gia hạn."))


async def _round(round_id: int, actor: Actor) -> RoundFacts:
    round_ = await queries.round_facts(round_id)
    if not policy.may_plan(actor, round_.unit_id):
        raise NotVisible
    return round_


def _announced(round_: RoundFacts, now: datetime) -> list[str]:
    fixed = announced(round_.calendar, today_in_vietnam(now), opened=round_.opening is not None)
    return [name for name in COLUMNS if name in fixed]


async def _page(
    request: AnyRequest,
    round_: RoundFacts,
    now: datetime,
    *,
    form: Form | None = None,
    extension: Form | None = None,
    offered: tuple[str, date] | None = None,
    status: int = 200,
) -> Response[str]:
    today = today_in_vietnam(now)
    stored = forms.typed_calendar(round_.calendar)
    fixed = _announced(round_, now)
    conflict = form is not None and status == 409
    moved: Mapping[str, date] = {}
    if offered is not None:
        stage, new_last = offered
        old_last = getattr(round_.calendar, STAGES[stage].last)
        moved = offered_days(round_.calendar, stage, new_last - old_last)
    shown = {name: label for name, label in LABELS.items() if name not in fixed}
    return page(
        request,
        "movement/calendar.html",
        status=status,
        round=round_,
        finished=await queries.finished_stages(round_.id),
        calendar_stages=[(day, countdown(day, today)) for day in stage_days(round_.calendar)],
        plan=STAGES,
        labels=LABELS,
        announced=fixed,
        form=form or Form(stored),
        extension=extension or Form({}),
        moved=moved,
        extensions=await queries.extensions(round_.id),
        conflict=CHANGED if conflict else None,
        changed=differences(form, stored, shown) if form is not None and conflict else [],
    )


ROUTES = (calendar_page, set_calendar, extend_stage)
