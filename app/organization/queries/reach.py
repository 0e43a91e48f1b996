"""How far a role over units reaches back and ahead."""

from __future__ import annotations

from collections.abc import Collection

from app.organization.tables import Unit


async def reach(unit_ids: Collection[int]) -> frozenset[int]:
    """The units, those they took over from, and all that lie or last lay below any of them.

    A role covers what exists today. Whoever is over the merged unit also answers for the history
    of those it came from, and prepares units that begin next month.
    """
    if not unit_ids:
        return frozenset()
    rows = await Unit.raw(
        "WITH RECURSIVE reached AS (SELECT unnest({}::int[]) AS id UNION"
        " SELECT f.id FROM reached r CROSS JOIN LATERAL ("
        " SELECT v.unit AS id FROM unit_version v WHERE v.parent = r.id AND NOT EXISTS ("
        " SELECT FROM unit_version n WHERE n.unit = v.unit AND n.valid_from > v.valid_from)"
        " UNION ALL SELECT s.predecessor FROM unit_succession s WHERE s.successor = r.id"
        " OFFSET 0) f) SELECT id FROM reached",
        sorted(unit_ids),
    )
    return frozenset(row["id"] for row in rows)
