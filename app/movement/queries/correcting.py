"""What was put right in the criteria of an open round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.movement.tables import CriteriaCorrection


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """`sha256`: of the canonical text of both sets from then on."""

    subject: str
    old_set: int
    old_version: int
    new_set: int
    new_version: int
    reason: str
    by: str
    at: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class CorrectionDraft:
    """A version copied from what an open round is judged by, not applied yet."""

    set_id: int
    subject: str
    name: str
    version: int


@dataclass(frozen=True, slots=True)
class Corrections:
    made: tuple[CorrectionLine, ...]
    drafts: tuple[CorrectionDraft, ...]
    newest: Mapping[str, int]


async def corrections_of(round_id: int) -> Corrections:
    """The newest first."""
    rows = await CriteriaCorrection.raw(
        "SELECT n.subject, k.old_set, o.version AS old_version, k.new_set,"
        " n.version AS new_version, k.reason, a.name AS by, k.at, k.criteria_sha256 AS sha256"
        " FROM criteria_correction k JOIN criteria_set o ON o.id = k.old_set"
        " JOIN criteria_set n ON n.id = k.new_set JOIN account a ON a.id = k.by"
        " WHERE k.round = {} ORDER BY k.id DESC",
        round_id,
    )
    sets = await CriteriaCorrection.raw(
        "SELECT s.id AS set_id, s.subject, s.name, s.version,"
        " p.id IS NOT NULL AND s.based_on IN (r.individual_set, r.collective_set)"
        " AND s.id NOT IN (r.individual_set, r.collective_set) AS draft FROM review_round r"
        " LEFT JOIN round_opening p ON p.round = r.id"
        " JOIN criteria_set s ON s.movement = r.movement WHERE r.id = {}"
        " ORDER BY s.subject, s.version DESC",
        round_id,
    )
    newest: dict[str, int] = {}
    for row in sets:
        newest.setdefault(row["subject"], row["version"])
    return Corrections(
        tuple(CorrectionLine(**row) for row in rows),
        tuple(
            CorrectionDraft(row["set_id"], row["subject"], row["name"], row["version"])
            for row in sets
            if row["draft"]
        ),
        newest,
    )
