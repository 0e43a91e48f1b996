"""From a member's rows to the grid, whole or one row of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from litestar import Response

from app.kernel.actor import Actor
from app.kernel.indicators import registered
from app.kernel.period import today_in_vietnam
from app.movement.policy import round_tabs
from app.movement.rules import CriterionFacts, RoundFacts
from app.movement.rules.measuring import describe
from app.scoring import queries
from app.scoring.grid import RowView, stored_row
from app.scoring.queries import Desk, OwnSheet
from app.scoring.rules.stages import refuse_scoring
from app.web.paging import cursor_from
from app.web.render import AnyRequest, htmx, page


@dataclass(frozen=True, slots=True)
class Place:
    """Which part of the grid is on screen; it travels with every form of a reader without htmx."""

    subject: str
    left_only: bool = False
    after: str = ""

    def path(self, round_id: int) -> str:
        query = f"subject={self.subject}"
        query += "&show=left" if self.left_only else ""
        query += f"&after={self.after}" if self.after else ""
        return f"/rounds/{round_id}/score-sheet?{query}"


async def answer_with(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    own: OwnSheet,
    view: RowView,
    place: Place,
    *,
    status: int,
) -> Response[str]:
    if htmx(request):
        return await one_row(request, own, view, place, status=status)
    desk = Desk(own.stage, own.member)
    return await whole_grid(
        request, actor, now, own.round, desk, place, changed=view, status=status
    )


async def one_row(
    request: AnyRequest, own: OwnSheet, view: RowView, place: Place, *, status: int = 200
) -> Response[str]:
    progress = await queries.own_progress(own.round, own.member)
    return page(
        request,
        "scoring/_saved_row.html",
        status=status,
        view=view,
        criteria=own.round.sets[own.row.subject].scored,
        units=_units(own.round.sets[own.row.subject].measured),
        progress=progress[own.row.subject],
        place=place,
        round=own.round,
    )


async def whole_grid(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    round_: RoundFacts,
    desk: Desk,
    place: Place,
    *,
    changed: RowView | None = None,
    status: int = 200,
) -> Response[str]:
    assert desk.member is not None  # noqa: S101 - both callers have looked
    today = today_in_vietnam(now)
    criteria = round_.sets[place.subject].scored
    found = await queries.sheet_page(
        round_,
        desk.member,
        place.subject,
        left_only=place.left_only,
        after=cursor_from(place.after) if place.after else None,
    )
    marked = round_.sets[place.subject].marked
    views = [stored_row(row, desk.stage, marked, today) for row in found.rows]
    return page(
        request,
        "scoring/score_sheet.html",
        status=status,
        round=round_,
        tab="scoring",
        tabs=round_tabs(actor, round_.unit_id),
        stage=desk.stage,
        refusal=refuse_scoring(desk.stage, today),
        place=place,
        criteria=criteria,
        indicators=registered(),
        describe=describe,
        units=_units(round_.sets[place.subject].measured),
        views=_with(views, changed),
        next=replace(place, after=str(found.next)) if found.next else None,
        progress=await queries.own_progress(round_, desk.member),
        days_left=_days_left(desk, today),
    )


def _units(measured: Sequence[CriterionFacts]) -> dict[str, str]:
    """By criterion code; empty where an indicator has none or is gone."""
    known = registered()
    return {
        c.code: known[c.indicator].unit if c.indicator and c.indicator in known else ""
        for c in measured
    }


def _with(views: list[RowView], changed: RowView | None) -> list[RowView]:
    """The row that was just refused stands in its place, or first if it is on no page shown."""
    if changed is None:
        return views
    ids = [view.row.nomination_id for view in views]
    if changed.row.nomination_id not in ids:
        return [changed, *views]
    views[ids.index(changed.row.nomination_id)] = changed
    return views


def _days_left(desk: Desk, today: date) -> int | None:
    return (desk.stage.close_on - today).days if desk.stage.close_on else None
