"""What must not exist in the live data, each as one query that returns the offending rows."""

from __future__ import annotations

from app.audit.queries import broken_chain
from app.movement.tables import ReviewRound

# name -> SQL with one text column `what`.
QUERIES = {
    "decision-without-council-result": """
        SELECT n.code AS what FROM decision_item i JOIN nomination n ON n.id = i.nomination
        LEFT JOIN council_result r ON r.nomination = n.id
        WHERE r.id IS NULL OR NOT r.approved""",
    "council-result-without-frozen-ranking": """
        SELECT n.code AS what FROM council_result c JOIN nomination n ON n.id = c.nomination
        LEFT JOIN ranking k ON k.round = n.round AND k.subject = n.subject WHERE k.id IS NULL""",
    "scoring-without-frozen-protocol": """
        SELECT r.code AS what FROM scoring_opening s JOIN review_round r ON r.id = s.round
        LEFT JOIN round_opening o ON o.round = r.id WHERE o.id IS NULL""",
    "award-in-spite-of-a-gate": """
        SELECT n.code AS what FROM decision_item i JOIN nomination n ON n.id = i.nomination
        LEFT JOIN gate_check g ON g.nomination = n.id
        WHERE g.outcome IS DISTINCT FROM 'pass'""",
    "score-sheet-of-a-recused-member": """
        SELECT n.code AS what FROM score_sheet s
        JOIN recusal r ON r.member = s.member AND r.nomination = s.nomination
        JOIN nomination n ON n.id = s.nomination
        WHERE EXISTS (SELECT 1 FROM mark m WHERE m.sheet = s.id)""",
    "mark-above-its-maximum": """
        SELECT n.code || ' ' || c.code AS what FROM mark m JOIN criterion c ON c.id = m.criterion
        JOIN score_sheet s ON s.id = m.sheet JOIN nomination n ON n.id = s.nomination
        WHERE c.max_points IS NULL OR m.points > c.max_points""",
    "mark-on-a-criterion-of-another-set": """
        SELECT n.code || ' ' || c.code AS what FROM mark m JOIN criterion c ON c.id = m.criterion
        JOIN score_sheet s ON s.id = m.sheet JOIN nomination n ON n.id = s.nomination
        JOIN review_round r ON r.id = n.round
        WHERE c.criteria_set <> CASE n.subject WHEN 'individual' THEN r.individual_set
            ELSE r.collective_set END""",
    "gap-in-the-register": """
        SELECT series AS what FROM certificate GROUP BY series
        HAVING count(*) <> max(number) OR min(number) <> 1""",
    "finished-issue-with-a-missing-file": """
        SELECT c.register_number AS what FROM certificate c JOIN issue_batch b ON b.id = c.batch
        WHERE b.state = 'done' AND c.file IS NULL""",
    "initiative-shares-not-a-hundred": """
        SELECT i.code AS what FROM initiative i JOIN initiative_author a ON a.initiative = i.id
        GROUP BY i.code HAVING sum(a.share) <> 100""",
    "overlapping-unit-versions": """
        SELECT u.code AS what FROM unit_version a JOIN unit_version b
        ON a.unit = b.unit AND a.id < b.id JOIN unit u ON u.id = a.unit
        WHERE a.valid_from <= coalesce(b.valid_to, 'infinity')
        AND b.valid_from <= coalesce(a.valid_to, 'infinity')""",
}


async def broken() -> list[str]:
    """One line for each thing that must not exist: the invariant's name and what breaks it."""
    lines = [
        f"{name}: {row['what']}"
        for name, sql in QUERIES.items()
        for row in await ReviewRound.raw(sql)
    ]
    first = await broken_chain()
    if first is not None:
        lines.append(f"log-chain: entry {first}")
    return lines
