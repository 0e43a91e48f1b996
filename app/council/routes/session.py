from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.council import actions, forms, policy, queries
from app.council.rules import NO_COUNCIL, CouncilFacts, refuse_recording, share
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement.policy import round_tabs
from app.movement.queries import round_facts
from app.movement.rules import RoundFacts
from app.scoring import actions as scoring
from app.scoring import queries as scoring_queries
from app.scoring.rules.stages import refuse_opening
from app.web.forms import LARGEST_INTEGER, Form
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that comes back: what was typed, and a refusal that belongs to no field."""

    form: Form
    refusal: Refusal | None = None


@get("/rounds/{round_id:int}/council-session")
async def council_session(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    round_ = await round_facts(round_id)
    if not policy.may_see_council(actor, round_.unit_id):
        raise NotVisible
    if (record := await queries.record(round_)).session is None:
        return await _unrecorded(request, actor, now, round_, record)
    return page(
        request,
        "council/result.html",
        round=round_,
        tab="council",
        tabs=round_tabs(actor, round_.unit_id),
        session=record.session,
        results=await queries.results(round_id),
        approval=_share(round_, "approval"),
    )


@post("/rounds/{round_id:int}/council-session")
async def record_result(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str] | Redirect:
    round_ = await round_facts(round_id)
    if not policy.may_record_result(actor, round_.unit_id):
        raise NotVisible
    form = Form(await request.form())
    held_on = form.day("held_on")
    council = await queries.members(round_id, held_on or today_in_vietnam(now))
    candidates = [candidate.nomination_id for candidate in await queries.ranked(round_id)]
    total = len(council.members) if council else LARGEST_INTEGER
    meeting = forms.read_meeting(form, candidates, total)
    if meeting is None:
        return await _again(request, actor, now, round_, Typed(form), status=422)
    try:
        await actions.record_result(
            round_id,
            meeting.held_on,
            meeting.members_present,
            meeting.minutes_number,
            meeting.votes,
            meeting.notes,
            actor=actor,
            now=now,
        )
    except Refused as error:
        if name := error.refusal.field_name:
            form.errors[name] = error.refusal
            return await _again(request, actor, now, round_, Typed(form), status=422)
        return await _again(request, actor, now, round_, Typed(form, error.refusal), status=409)
    return redirect(
        request, f"/rounds/{round_id}/council-session", N_("Đã ghi nhận kết quả phiên họp.")
    )


@post("/rounds/{round_id:int}/scoring-opening")
async def open_scoring(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Redirect:
    if not policy.may_record_result(actor, (await round_facts(round_id)).unit_id):
        raise NotVisible
    council = await queries.members(round_id, today_in_vietnam(now))
    if council is None:
        raise Refused(NO_COUNCIL)
    accounts = [member.account_id for member in council.members]
    await scoring.open_scoring(round_id, accounts, actor=actor, now=now)
    return redirect(
        request,
        f"/rounds/{round_id}/ranking",
        N_("Đã mở chấm điểm; điều kiện của các hồ sơ đã được chốt."),
    )


async def _again(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    round_: RoundFacts,
    typed: Typed,
    *,
    status: int,
) -> Response[str]:
    record = await queries.record(round_)
    return await _unrecorded(request, actor, now, round_, record, typed=typed, status=status)


async def _unrecorded(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    round_: RoundFacts,
    record: queries.CouncilRecord,
    *,
    typed: Typed | None = None,
    status: int = 200,
) -> Response[str]:
    today = today_in_vietnam(now)
    council = await queries.members(round_.id, today)
    closed_at = record.stage.closed_at
    no_form = refuse_recording(
        today_in_vietnam(closed_at) if closed_at else None, recorded=record.session is not None
    )
    may_record = policy.may_record_result(actor, round_.unit_id)
    shows_form = may_record and (no_form is None or typed is not None)
    return page(
        request,
        "council/session.html",
        status=status,
        round=round_,
        tab="council",
        tabs=round_tabs(actor, round_.unit_id),
        stage=record.stage,
        council=council,
        may_record=may_record,
        no_opening=NO_COUNCIL
        if council is None
        else refuse_opening(
            round_,
            record.stage,
            _accounts(council),
            today,
            await scoring_queries.not_frozen(round_),
        ),
        outstanding=await scoring_queries.outstanding(round_)
        if may_record and record.stage.opened_at is None and round_.opening is not None
        else None,
        candidates=await queries.ranked(round_.id) if shows_form else (),
        form=(typed.form if typed else _blank(round_)) if shows_form else None,
        refusal=typed.refusal if typed else None,
        quorum=_share(round_, "quorum"),
        approval=_share(round_, "approval"),
    )


def _blank(round_: RoundFacts) -> Form:
    return Form({"held_on": round_.session_on.isoformat() if round_.session_on else ""})


def _accounts(council: CouncilFacts) -> list[int]:
    return [member.account_id for member in council.members]


def _share(round_: RoundFacts, name: str) -> object:
    return share(round_.opening.protocol, name) if round_.opening else None


ROUTES = (council_session, record_result, open_scoring)
