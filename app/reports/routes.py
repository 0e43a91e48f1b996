from __future__ import annotations

from datetime import date, datetime

from litestar import Response, get
from litestar.params import FromPath

from app.certificates import queries as certificates
from app.council import queries as council
from app.decisions import queries as decisions
from app.kernel.period import today_in_vietnam
from app.movement import policy as movement_policy
from app.movement import queries as movement
from app.movement.rules import RoundFacts, refuse_opening
from app.nominations import queries as nominations
from app.nominations.rules import STATE_WORDS
from app.reports import queries
from app.reports.rules import Stage, pipeline
from app.scoring import queries as scoring
from app.web.render import AnyRequest, page
from app.web.session import Now, SignedIn


@get("/")
async def home(request: AnyRequest, actor: SignedIn, now: Now) -> Response[str]:
    waiting = [
        *await nominations.waiting(actor, now),
        *await scoring.waiting(actor, now),
        *await council.waiting(actor, now),
        *await decisions.waiting(actor, now),
        *await certificates.waiting(actor, now),
    ]
    # Undated work comes last; what is due first stands first.
    waiting.sort(key=lambda item: item.due or date.max)
    return page(
        request,
        "reports/home.html",
        waiting=waiting,
        own=await nominations.own(actor),
        movements=await movement.movements(),
        today=today_in_vietnam(now),
    )


@get("/rounds/{round_id:int}")
async def round_page(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    round_ = await movement.round_facts(round_id)
    milestones = await queries.milestones(round_id)
    may_open = movement_policy.may_open_round(actor)
    return page(
        request,
        "reports/round.html",
        round=round_,
        tab="overview",
        tabs=movement_policy.round_tabs(actor),
        stages=_stages(round_, milestones, now),
        counts=await nominations.counts(round_id, actor),
        state_words=STATE_WORDS,
        milestones=milestones,
        may_open=may_open,
        refusal=refuse_opening(round_) if may_open else None,
    )


def _stages(
    round_: RoundFacts, milestones: queries.RoundMilestones, now: datetime
) -> tuple[Stage, ...]:
    closes_on = round_.nominations.last if round_.nominations else None
    nominations_over = closes_on is not None and today_in_vietnam(now) > closes_on
    finished = (
        round_.opening is not None,
        round_.opening is not None and nominations_over,
        milestones.scoring_closed_at is not None,
        milestones.session_held_on is not None,
        milestones.decision_id is not None,
        milestones.certificates_done_at is not None,
    )
    days = (
        today_in_vietnam(round_.opening.at) if round_.opening else None,
        closes_on,
        round_.scoring_close_on,
        milestones.session_held_on or round_.session_on,
        None,
        None,
    )
    return pipeline(finished, days)


ROUTES = (home, round_page)
