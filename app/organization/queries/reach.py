"""How far a role over units reaches back and ahead."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.organization.tables import Unit


async def reach(unit_ids: Collection[int]) -> frozenset[int]:
    """The units, those they took over from, and all that lie or last lay below any of them.

    A role covers what exists today. Whoever is over the merged unit also answers for the history
    of those it came from, and prepares units that begin next month.
    """
    return (await reach_of_each([unit_ids]))[0]


async def reach_of_each(sets: Sequence[Collection[int]]) -> tuple[frozenset[int], ...]:
    """`reach` of many sets in one statement, in their order."""
    wanted = sorted({(place, unit) for place, units in enumerate(sets) for unit in units})
    if not wanted:
        return (frozenset(),) * len(sets)
    rows = await Unit.raw(
        "WITH RECURSIVE reached AS ("
        "SELECT * FROM unnest({}::int[], {}::int[]) AS x (place, id) UNION"
        " SELECT r.place, f.id FROM reached r CROSS JOIN LATERAL ("
        " SELECT v.unit AS id FROM unit_version v WHERE v.parent = r.id AND NOT EXISTS ("
        " SELECT FROM unit_version n WHERE n.unit = v.unit AND n.valid_from > v.valid_from)"
        " UNION ALL SELECT s.predecessor FROM unit_succession s WHERE s.successor = r.id"
        " OFFSET 0) f) SELECT place, array_agg(id) AS ids FROM reached GROUP BY place",
        [place for place, _ in wanted],
        [unit for _, unit in wanted],
    )
    found = {row["place"]: frozenset(row["ids"]) for row in rows}
    return tuple(found.get(place, frozenset()) for place in range(len(sets)))
