"""What must not exist in the history of awards."""

from __future__ import annotations

from app.award_history.tables import AwardRecord


async def broken_award_removed_without_a_reason() -> list[str]:
    return await _named("""
        SELECT 'award ' || id AS what FROM award_record
        WHERE (removed_at IS NULL) <> (removed_by IS NULL)
         OR (removed_at IS NOT NULL AND removed_because = '')
    """)


async def broken_award_for_a_period_after_its_decision() -> list[str]:
    return await _named("""
        SELECT 'award ' || id AS what FROM award_record
        WHERE NOT from_decision AND period_from > decided_on
    """)


async def _named(sql: str) -> list[str]:
    """`sql` gives a text column `what`."""
    return [row["what"] for row in await AwardRecord.raw(sql)]
