"""What must not exist in the register of certificates."""

from __future__ import annotations

from app.certificates.tables import Certificate


async def broken_gap_in_the_register() -> list[str]:
    return await _named("""
        SELECT c.series AS what FROM certificate c LEFT JOIN number_series s ON s.code = c.series
        GROUP BY c.series, s.last_number HAVING count(*) <> max(c.number) OR min(c.number) <> 1
         OR max(c.number) IS DISTINCT FROM s.last_number
    """)


async def broken_finished_issue_with_a_missing_file() -> list[str]:
    return await _named("""
        SELECT c.register_number AS what FROM certificate c JOIN issue_batch b ON b.id = c.batch
        WHERE b.state = 'done' AND c.file IS NULL
    """)


async def broken_certificate_of_another_decision() -> list[str]:
    return await _named("""
        SELECT c.register_number AS what FROM certificate c JOIN issue_batch b ON b.id = c.batch
        JOIN decision_item i ON i.id = c.item WHERE i.decision <> b.decision
    """)


async def broken_award_without_a_certificate() -> list[str]:
    """An issue enters every line of its annex into the register."""
    return await _named("""
        SELECT n.code AS what FROM issue_batch b JOIN decision_item i ON i.decision = b.decision
        JOIN nomination n ON n.id = i.nomination LEFT JOIN certificate c ON c.item = i.id
        WHERE c.id IS NULL
    """)


async def _named(sql: str) -> list[str]:
    """`sql` gives a text column `what`."""
    return [row["what"] for row in await Certificate.raw(sql)]
