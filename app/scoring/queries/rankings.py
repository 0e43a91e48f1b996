"""The frozen rankings, what they are made from, and who took no part."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.eligibility.rules import from_document
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible
from app.kernel.verdict import Outcome, Verdict
from app.movement.rules import CriteriaSetFacts, RoundFacts
from app.scoring import policy
from app.scoring.queries.annual import cited_results, phase_of
from app.scoring.queries.desk import CANDIDATES, stage
from app.scoring.rules.export import MarkGiven, PanelRecord
from app.scoring.tables import PanelMember, Ranking, Recusal, ScoreSheet
from app.web.paging import Cursor, PageOf

BARRED_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class StoredRanking:
    """`result` is a thidua-ranking/1 document exactly as frozen: canonical JSON."""

    input_sha256: str
    result: str

    def document(self) -> Mapping[str, Any]:
        document: Mapping[str, Any] = json.loads(self.result)
        return document


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ranked nomination as the ranking names it."""

    id: int
    code: str
    subject: str
    name: str
    post: str
    unit_name: str
    order_key: str


@dataclass(frozen=True, slots=True)
class Barred:
    """A submitted nomination that took no part; `gates` are those that did not pass."""

    id: int
    code: str
    name: str
    unit_name: str
    order_key: str
    outcome: str
    gates: Mapping[str, Verdict]


async def rankings(round_id: int) -> dict[str, StoredRanking]:
    """By subject; empty until scoring is closed. Callers have asked `policy.may_see_ranking`."""
    rows = await Ranking.raw(
        "SELECT subject, input_sha256, result FROM ranking WHERE round = {}", round_id
    )
    return {row["subject"]: StoredRanking(row["input_sha256"], row["result"]) for row in rows}


async def export(round_: RoundFacts, subject: str, actor: Actor) -> bytes:
    """The stored input document as it was hashed; NotVisible before closing."""
    if not policy.may_see_ranking(actor, round_.unit_id, await stage(round_)):
        raise NotVisible
    rows = await Ranking.raw(
        "SELECT input FROM ranking WHERE round = {} AND subject = {}", round_.id, subject
    )
    if not rows:
        raise NotVisible
    return str(rows[0]["input"]).encode()


async def named(round_id: int, codes: Collection[str]) -> dict[str, Candidate]:
    rows = await Ranking.raw(
        "SELECT id, code, subject, name, post, unit_name, order_key FROM nomination"
        " WHERE round = {} AND code = ANY({})",
        round_id,
        list(codes),
    )
    return {row["code"]: Candidate(**row) for row in rows}


async def barred(
    round_id: int, subject: str, after: Cursor | None = None, limit: int = BARRED_PER_PAGE
) -> PageOf[Barred]:
    """Those whose gates failed or were still open when scoring opened, in the order of names."""
    rows = await Ranking.raw(
        "SELECT n.id, n.code, n.name, n.unit_name, n.order_key, g.outcome, g.verdicts"
        " FROM nomination n JOIN gate_check g ON g.nomination = n.id AND g.outcome <> 'pass'"
        " WHERE n.round = {} AND n.subject = {}"
        ' AND (n.order_key COLLATE "C", n.id) > ({}, {})'
        ' ORDER BY n.order_key COLLATE "C", n.id LIMIT {}',
        round_id,
        subject,
        after.key if after else "",
        after.id if after else 0,
        limit + 1,
    )
    found = tuple(
        Barred(
            row["id"],
            row["code"],
            row["name"],
            row["unit_name"],
            row["order_key"],
            row["outcome"],
            _not_passed(row["verdicts"]),
        )
        for row in rows[:limit]
    )
    last = found[-1] if len(rows) > limit else None
    return PageOf(found, Cursor(last.order_key, last.id) if last else None)


def _not_passed(document: str) -> dict[str, Verdict]:
    verdicts = from_document(document)
    return {gate: v for gate, v in verdicts.items() if v.outcome is not Outcome.PASS}


async def unmeasured(
    criteria: CriteriaSetFacts, nomination_ids: Collection[int]
) -> dict[int, tuple[str, ...]]:
    """By nomination, the criteria for which there was nothing to measure; only those with any."""
    if not criteria.measured:
        return {}
    rows = await Ranking.raw(
        "SELECT v.nomination, array_agg(c.code ORDER BY c.position) AS codes"
        " FROM measured_value v JOIN criterion c ON c.id = v.criterion"
        " WHERE v.nomination = ANY({}) AND v.points IS NULL GROUP BY v.nomination",
        list(nomination_ids),
    )
    return {row["nomination"]: tuple(row["codes"]) for row in rows}


async def panel_records(round_: RoundFacts) -> dict[str, PanelRecord]:
    """All that the panel left behind, by subject; only for the action that freezes it."""
    round_id = round_.id
    members = await PanelMember.raw("SELECT label FROM panel_member WHERE round = {}", round_id)
    subjects = await PanelMember.raw(
        f"SELECT n.id, n.code, n.subject FROM {CANDIDATES} WHERE n.round = {{}}", round_id
    )
    recusals = await Recusal.raw(
        "SELECT pm.label, n.code, n.subject FROM recusal rc"
        " JOIN panel_member pm ON pm.id = rc.member JOIN nomination n ON n.id = rc.nomination"
        " WHERE pm.round = {}",
        round_id,
    )
    marks = await ScoreSheet.raw(
        "SELECT pm.label, n.code, n.subject, c.code AS criterion, m.points FROM mark m"
        " JOIN score_sheet s ON s.id = m.sheet JOIN panel_member pm ON pm.id = s.member"
        " JOIN nomination n ON n.id = s.nomination JOIN criterion c ON c.id = m.criterion"
        " WHERE pm.round = {}",
        round_id,
    )
    measured: dict[str, dict[str, Decimal]] = {}
    for row in await ScoreSheet.raw(
        "SELECT n.code, c.code AS criterion, v.points FROM measured_value v"
        " JOIN nomination n ON n.id = v.nomination JOIN criterion c ON c.id = v.criterion"
        " WHERE n.round = {} AND v.points IS NOT NULL",
        round_id,
    ):
        measured.setdefault(row["code"], {})[row["criterion"]] = row["points"]
    annual = await _annual(round_, {row["id"]: row["code"] for row in subjects})
    return {
        subject: PanelRecord(
            [row["label"] for row in members],
            [row["code"] for row in subjects if row["subject"] == subject],
            {(row["label"], row["code"]) for row in recusals if row["subject"] == subject},
            [
                MarkGiven(row["label"], row["code"], row["criterion"], row["points"])
                for row in marks
                if row["subject"] == subject
            ],
            measured,
            annual,
        )
        for subject in dict.fromkeys(row["subject"] for row in subjects)
    }


async def _annual(round_: RoundFacts, codes: Mapping[int, str]) -> dict[str, Decimal] | None:
    if not phase_of(round_):
        return None
    cited = await cited_results(round_, codes)
    return {codes[id_]: own.value for id_, own in cited.items() if own.value is not None}
