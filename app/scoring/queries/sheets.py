"""The sheets of one member: no other reader gets a mark out of here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible, Refusal
from app.movement.queries import LARGEST_ID, round_facts
from app.movement.rules import RoundFacts
from app.scoring import policy
from app.scoring.queries.desk import CANDIDATES, stage
from app.scoring.rules.sheets import (
    NO_CANDIDATE,
    NO_SEAT,
    MeasuredMark,
    Sheet,
    SheetRow,
    refuse_sheet,
)
from app.scoring.rules.stages import Stage, refuse_scoring
from app.scoring.tables import PanelMember, ScoreSheet
from app.web.paging import Cursor, PageOf

ROWS_PER_PAGE = 50

OWN_SHEET = (
    " LEFT JOIN score_sheet s ON s.nomination = n.id AND s.member = {}"
    " LEFT JOIN recusal rc ON rc.nomination = n.id AND rc.member = {}"
)
_MARKS = (
    "(SELECT json_object_agg(c.code, m.points::text) FROM mark m"
    " JOIN criterion c ON c.id = m.criterion WHERE m.sheet = s.id)"
)
_MEASURED = (
    "(SELECT json_object_agg(c.code, json_build_array(v.value::text, v.points::text)"
    " ORDER BY c.position) FROM measured_value v"
    " JOIN criterion c ON c.id = v.criterion WHERE v.nomination = n.id)"
)


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A member's own row with the round it belongs to and where its scoring stands."""

    round: RoundFacts
    stage: Stage
    member: int
    sheet_id: int | None
    row: SheetRow


async def sheet_page(
    round_: RoundFacts, member: int, subject: str, *, left_only: bool, after: Cursor | None
) -> PageOf[SheetRow]:
    """The member's own rows in the order of names; `left_only` leaves out what is done."""
    rows = await ScoreSheet.raw(
        f"SELECT n.id, n.code, n.subject, n.name, n.post, n.unit_name, n.order_key,"
        f" s.version, rc.reason, {_MARKS} AS marks, {_MEASURED} AS measured"
        f" FROM {CANDIDATES}{OWN_SHEET}"
        " WHERE n.round = {} AND n.subject = {}"
        ' AND (n.order_key COLLATE "C", n.id) > ({}, {})'
        " AND (NOT {} OR (rc.id IS NULL"
        " AND (SELECT count(*) FROM mark m WHERE m.sheet = s.id) < {}))"
        ' ORDER BY n.order_key COLLATE "C", n.id LIMIT {}',
        member,
        member,
        round_.id,
        subject,
        after.key if after else "",
        after.id if after else 0,
        left_only,
        len(round_.sets[subject].marked),
        ROWS_PER_PAGE + 1,
    )
    found = tuple(_row(row) for row in rows[:ROWS_PER_PAGE])
    last = found[-1] if len(rows) > ROWS_PER_PAGE else None
    return PageOf(found, Cursor(last.order_key, last.nomination_id) if last else None)


async def own_sheet(nomination_id: int, actor: Actor, *, lock: bool = False) -> OwnSheet:
    """The row of a member of the panel; NotVisible for everybody else and for no candidate.

    `lock` holds the member's own seat, so that two tabs of one member follow each other, and
    shares the opening, so that members never wait for each other but closing waits for all.
    """
    if not policy.scores_for(actor) or not 0 < nomination_id <= LARGEST_ID:
        raise NotVisible
    seats = await PanelMember.raw(
        f"SELECT pm.id, pm.round FROM {CANDIDATES}"
        " JOIN scoring_opening o ON o.round = n.round"
        " JOIN panel_member pm ON pm.round = n.round AND pm.account = {}"
        " WHERE n.id = {}" + (" FOR NO KEY UPDATE OF pm FOR SHARE OF o" if lock else ""),
        actor.account_id,
        nomination_id,
    )
    if not seats:
        raise NotVisible
    round_ = await round_facts(seats[0]["round"])
    if not policy.may_score(actor, round_.unit_id):
        raise NotVisible
    # Only now, with the locks held: what this statement sees nobody changes until the commit.
    rows = await ScoreSheet.raw(
        f"SELECT n.id, n.code, n.subject, n.name, n.post, n.unit_name, n.order_key,"
        f" s.id AS sheet_id, s.version, rc.reason, {_MARKS} AS marks, {_MEASURED} AS measured,"
        " o.at AS opened_at, cl.at AS closed_at"
        f" FROM nomination n{OWN_SHEET}"
        " JOIN scoring_opening o ON o.round = n.round"
        " LEFT JOIN scoring_closure cl ON cl.round = n.round WHERE n.id = {}",
        seats[0]["id"],
        seats[0]["id"],
        nomination_id,
    )
    row = rows[0]
    return OwnSheet(
        round_,
        Stage(round_.scoring_close_on, row["opened_at"], row["closed_at"]),
        seats[0]["id"],
        row["sheet_id"],
        _row(row),
    )


async def refusals_to_score(
    nomination_id: int, round_: RoundFacts, asker: Actor, today: date
) -> Callable[[Actor], Refusal | None]:
    """Why actors whose role would let them score cannot score this nomination today.

    Of a recusal only the member themselves is told: exports name recusals by label, so anybody
    else would learn which label, and so which marks, are this member's.
    """
    rows = await PanelMember.raw(
        "SELECT ARRAY(SELECT pm.account FROM panel_member pm WHERE pm.round = {}) AS seats,"
        f" EXISTS (SELECT FROM {CANDIDATES} WHERE n.id = {{}}) AS candidate",
        round_.id,
        nomination_id,
    )
    seats, now = frozenset(rows[0]["seats"]), await stage(round_)
    over = refuse_scoring(now, today)
    own = None
    if over is None and asker.account_id in seats:
        try:
            own = refuse_sheet((await own_sheet(nomination_id, asker)).row.sheet, now, today)
        except NotVisible:
            own = None  # no candidate, or no longer a member: both are said without the sheet

    def refuse(actor: Actor) -> Refusal | None:
        if over or actor.account_id not in seats:
            return over or NO_SEAT
        if not rows[0]["candidate"]:
            return NO_CANDIDATE
        return own if actor.account_id == asker.account_id else None

    return refuse


def _row(row: Mapping[str, Any]) -> SheetRow:
    marks = {code: Decimal(text) for code, text in json.loads(row["marks"] or "{}").items()}
    return SheetRow(
        row["id"],
        row["code"],
        row["subject"],
        row["name"],
        row["post"],
        row["unit_name"],
        row["order_key"],
        Sheet(row["version"] or 0, marks, row["reason"]),
        {
            code: MeasuredMark(*(None if text is None else Decimal(text) for text in pair))
            for code, pair in json.loads(row["measured"] or "{}").items()
        },
    )
