from __future__ import annotations

from datetime import date

from litestar import Response, get
from litestar.params import FromPath

from app.accounts.queries import roles_of
from app.kernel.actor import ROLE_WORDS
from app.kernel.period import today_in_vietnam
from app.movement import policy as movement_policy
from app.movement import queries as movement
from app.movement.rules import (
    METHODS,
    ROUND_KINDS,
    STAGES,
    SUBJECT_WORDS,
    RoundFacts,
    countdown,
    fingerprint,
    proposed_protocol,
    refuse_opening,
    stage_days,
)
from app.nominations import queries as nominations
from app.nominations.rules import STATE_WORDS
from app.organization.rules import KINDS
from app.reminders import queries as reminders
from app.reminders.words import sentence
from app.reports import queries
from app.reports.duties import DUTIES
from app.reports.rules import Stage, by_role, pipeline
from app.web.render import AnyRequest, page
from app.web.session import Now, SignedIn


@get("/")
async def home(request: AnyRequest, actor: SignedIn, now: Now) -> Response[str]:
    today = today_in_vietnam(now)
    waiting = [
        *await reminders.work(actor, now),
        *await reminders.ending_stages(actor, today),
    ]
    # Undated work comes last; what is due first stands first.
    waiting.sort(key=lambda item: item.due or date.max)
    return page(
        request,
        "reports/home.html",
        waiting=waiting,
        sentence=sentence,
        roles=by_role(await roles_of([actor.account_id], on=today)),
        role_words=ROLE_WORDS,
        duties=DUTIES,
        own=await nominations.own(actor),
        rounds=await queries.running_rounds(today),
        movements=await movement.movements(),
        today=today,
    )


@get("/rounds/{round_id:int}")
async def round_page(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    round_ = await movement.round_facts(round_id)
    milestones = await queries.milestones(round_id)
    may_open = movement_policy.may_open_round(actor, round_.unit_id)
    today = today_in_vietnam(now)
    protocol = (
        round_.opening.protocol
        if round_.opening
        else proposed_protocol(round_.proposed, round_.sets)
    )
    return page(
        request,
        "reports/round.html",
        round=round_,
        tab="overview",
        tabs=movement_policy.round_tabs(actor, round_.unit_id),
        stages=_stages(round_, milestones, today),
        counts=await nominations.counts(round_id, actor),
        state_words=STATE_WORDS,
        milestones=milestones,
        may_open=may_open,
        refusal=refuse_opening(round_) if may_open else None,
        corrections=await movement.corrections_of(round_id),
        may_correct=movement_policy.may_build_criteria(actor, round_.unit_id)
        and milestones.scoring_opened_at is None,
        may_plan=movement_policy.may_plan(actor, round_.unit_id),
        calendar_stages=[(day, countdown(day, today)) for day in stage_days(round_.calendar)],
        plan=STAGES,
        extensions=await movement.extensions(round_id),
        protocol=protocol,
        sha256=fingerprint(protocol),
        unit_kinds=KINDS,
        subjects=SUBJECT_WORDS,
        round_kinds=ROUND_KINDS,
        methods=METHODS,
    )


def _stages(
    round_: RoundFacts, milestones: queries.RoundMilestones, today: date
) -> tuple[Stage, ...]:
    return pipeline(
        round_.calendar,
        milestones.finished_stages(),
        opened_on=today_in_vietnam(round_.opening.at) if round_.opening else None,
        issued=milestones.certificates_done_at is not None,
        today=today,
    )


ROUTES = (home, round_page)
