"""The frozen ranking, and before it, for whoever runs the scoring, how far the panel has come."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible
from app.movement.policy import round_tabs
from app.movement.queries import round_facts
from app.movement.rules import SUBJECTS, RoundFacts
from app.movement.rules.protocol import PHASE_RESULTS
from app.scoring import actions, policy, queries
from app.scoring.rules.progress import sheets_left
from app.scoring.rules.stages import refuse_closing
from app.scoring.rules.standing import standings, why_unranked
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

ROWS_PER_PAGE = 50


@get("/rounds/{round_id:int}/ranking")
async def ranking(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    round_ = await round_facts(round_id)
    if not policy.has_ranking_page(actor, round_.unit_id):
        raise NotVisible
    stage = await queries.stage(round_)
    context: dict[str, Any] = {
        "round": round_,
        "tab": "ranking",
        "tabs": round_tabs(actor, round_.unit_id),
        "stage": stage,
    }
    if policy.may_see_ranking(actor, round_.unit_id, stage):
        return page(
            request, "scoring/ranking.html", **context, **await _frozen(request, round_, actor)
        )
    may_close = policy.may_run_scoring(actor, round_.unit_id)
    panel = await queries.panel_progress(round_) if may_close else ()
    refusal = refuse_closing(stage, sheets_left(panel), today_in_vietnam(now))
    return page(
        request,
        "scoring/no_ranking.html",
        **context,
        panel=panel,
        may_close=may_close,
        refusal=refusal,
    )


async def _frozen(request: AnyRequest, round_: RoundFacts, actor: Actor) -> dict[str, Any]:
    asked = request.query_params
    subject = asked.get("subject", "")
    subject = subject if subject in SUBJECTS else SUBJECTS[0]
    found = await queries.rankings(round_.id)
    stored = found.get(subject)
    document = stored.document() if stored else {"rows": [], "warnings": [], "agreement": None}
    rows = standings(document)
    first = _position(asked.get("after", ""))
    shown = rows[first : first + ROWS_PER_PAGE]
    barred = await queries.barred(round_.id, subject, cursor_from(asked.get("barred", "")))
    assert round_.opening is not None  # noqa: S101 - nothing is ranked before the round opens
    names = await queries.named(round_.id, [row.code for row in shown])
    ids = [candidate.id for candidate in names.values()]
    return {
        "subject": subject,
        "protocol_sha256": document.get("protocol_sha256"),
        "input_sha256": document.get("input_sha256"),
        "rows": shown,
        "names": names,
        "unmeasured": await queries.unmeasured(round_.sets[subject], ids),
        "phase": queries.phase_of(round_),
        "phase_words": PHASE_RESULTS,
        "cited": await queries.cited_results(round_, ids),
        "next": first + ROWS_PER_PAGE if len(rows) > first + ROWS_PER_PAGE else None,
        "first": first,
        "barred": barred,
        "agreement": document["agreement"],
        "left_out": len(document["warnings"]),
        "min_members": round_.opening.protocol["min_members"],
        "why_unranked": why_unranked,
    }


def _position(text: str) -> int:
    """A frozen ranking never moves, so the position in it is as good as any key."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


@post("/rounds/{round_id:int}/scoring-closure")
async def close_scoring(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Redirect:
    await actions.close_scoring(round_id, actor=actor, now=now)
    return redirect(
        request, f"/rounds/{round_id}/ranking", N_("Đã chốt kết quả chấm điểm và xếp hạng.")
    )


ROUTES = (ranking, close_scoring)
