"""What must not exist in the register. Cases are named by their number alone."""

from __future__ import annotations

from app.discipline.tables import DisciplineCase


async def broken_case_both_decided_and_dropped() -> list[str]:
    return await _named("""
        SELECT 'case ' || id AS what FROM discipline_case
        WHERE decided_on IS NOT NULL AND closed_on IS NOT NULL AND closed_on <> decided_on
    """)


async def broken_violation_after_its_case() -> list[str]:
    return await _named("""
        SELECT 'case ' || id AS what FROM discipline_case WHERE violated_on > opened_on
    """)


async def _named(sql: str) -> list[str]:
    """`sql` gives a text column `what`."""
    return [row["what"] for row in await DisciplineCase.raw(sql)]
