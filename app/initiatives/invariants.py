"""What must not exist among initiatives."""

from __future__ import annotations

from app.initiatives.tables import Initiative


async def broken_shares_that_are_not_a_hundred() -> list[str]:
    """The authors' shares of an initiative."""
    return await _named("""
        SELECT i.code AS what FROM initiative i LEFT JOIN initiative_author a ON a.initiative = i.id
        GROUP BY i.code HAVING coalesce(sum(a.share), 0) <> 100
    """)


async def broken_recognition_before_use() -> list[str]:
    """NĐ 13/2012/NĐ-CP, điều 3: what is recognised has been applied."""
    return await _named("""
        SELECT i.code AS what FROM initiative_recognition r JOIN initiative i ON i.id = r.initiative
        WHERE r.recognised_on < i.applied_from
    """)


async def _named(sql: str) -> list[str]:
    """`sql` gives a text column `what`."""
    return [row["what"] for row in await Initiative.raw(sql)]
