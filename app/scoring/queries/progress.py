"""How many sheets are done: counts, never marks."""

from __future__ import annotations

from app.movement.rules import SUBJECTS, RoundFacts
from app.scoring.queries.desk import CANDIDATES
from app.scoring.queries.sheets import OWN_SHEET
from app.scoring.rules.progress import MemberProgress, Progress
from app.scoring.tables import PanelMember, ScoreSheet

# Marks of a complete sheet, given as (individual, collective).
_NEEDED = "CASE n.subject WHEN 'individual' THEN {}::bigint ELSE {}::bigint END"


async def own_progress(round_: RoundFacts, member: int) -> dict[str, Progress]:
    """By subject, for both subjects; a subject without candidates has a total of 0."""
    rows = await ScoreSheet.raw(
        "SELECT n.subject, count(*) FILTER (WHERE rc.id IS NULL) AS total,"
        " count(rc.id) AS recused, count(*) FILTER"
        " (WHERE rc.id IS NULL"
        f" AND (SELECT count(*) FROM mark m WHERE m.sheet = s.id) >= {_NEEDED}) AS complete"
        f" FROM {CANDIDATES}{OWN_SHEET}"
        " WHERE n.round = {} GROUP BY n.subject",
        *_needed(round_),
        member,
        member,
        round_.id,
    )
    found = {
        row["subject"]: Progress(row["total"], row["complete"], row["recused"]) for row in rows
    }
    return {subject: found.get(subject, Progress(0, 0)) for subject in round_.sets}


async def panel_progress(round_: RoundFacts) -> tuple[MemberProgress, ...]:
    """By label, in the order of the labels; for whoever runs the scoring."""
    rows = await PanelMember.raw(
        "SELECT pm.label, count(n.id) FILTER (WHERE rc.id IS NULL) AS total,"
        f" count(rc.id) AS recused, count(n.id) FILTER"
        f" (WHERE rc.id IS NULL AND coalesce(k.marks, 0) >= {_NEEDED}) AS complete"
        f" FROM panel_member pm LEFT JOIN ({CANDIDATES}) ON n.round = pm.round"
        " LEFT JOIN score_sheet s ON s.nomination = n.id AND s.member = pm.id"
        " LEFT JOIN (SELECT sheet, count(*) AS marks FROM mark GROUP BY sheet) k ON k.sheet = s.id"
        " LEFT JOIN recusal rc ON rc.nomination = n.id AND rc.member = pm.id"
        " WHERE pm.round = {} GROUP BY pm.id ORDER BY length(pm.label), pm.label",
        *_needed(round_),
        round_.id,
    )
    return tuple(
        MemberProgress(row["label"], Progress(row["total"], row["complete"], row["recused"]))
        for row in rows
    )


def _needed(round_: RoundFacts) -> tuple[int, int]:
    """A round still being prepared has no criteria sets, and no sheets to count either."""
    found = (round_.sets.get(subject) for subject in SUBJECTS)
    individual, collective = (len(own.marked) if own else 0 for own in found)
    return individual, collective
