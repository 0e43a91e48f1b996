"""What must not exist among units and people, as lines that name it."""

from __future__ import annotations

from app.organization.tables import Unit


async def broken_unit_versions_overlapping() -> list[str]:
    """Two names or parents at once."""
    return await _named("""
        SELECT u.code AS what FROM unit_version a JOIN unit_version b
         ON a.unit = b.unit AND a.id < b.id JOIN unit u ON u.id = a.unit
        WHERE a.valid_from <= coalesce(b.valid_to, 'infinity')
         AND b.valid_from <= coalesce(a.valid_to, 'infinity')
    """)


async def broken_unit_version_outside_the_unit_s_life() -> list[str]:
    """A name before the unit was founded or after it ended."""
    return await _named("""
        SELECT u.code AS what FROM unit_version v JOIN unit u ON u.id = v.unit
        WHERE v.valid_from < u.founded_on OR coalesce(v.valid_to, 'infinity') > u.dissolved_on
    """)


async def broken_unit_below_one_that_is_gone() -> list[str]:
    """The parent ended before the version that names it does."""
    return await _named("""
        SELECT u.code AS what FROM unit_version v JOIN unit u ON u.id = v.unit
        JOIN unit p ON p.id = v.parent
        WHERE p.founded_on > v.valid_from OR p.dissolved_on < coalesce(v.valid_to, 'infinity')
    """)


async def broken_cycle_in_the_tree() -> list[str]:
    """A unit that lies below itself on the day one of its versions begins."""
    return await _named("""
        WITH RECURSIVE above (start, day, unit, depth) AS (
         SELECT v.unit, v.valid_from, v.parent, 1 FROM unit_version v WHERE v.parent IS NOT NULL
         UNION ALL
         SELECT a.start, a.day, v.parent, a.depth + 1 FROM above a JOIN unit_version v
         ON v.unit = a.unit AND v.valid_from <= a.day AND coalesce(v.valid_to, 'infinity') >= a.day
         WHERE v.parent IS NOT NULL AND a.unit <> a.start AND a.depth < 50)
        SELECT DISTINCT u.code AS what FROM above a JOIN unit u ON u.id = a.start
        WHERE a.unit = a.start
    """)


async def broken_two_main_posts_at_once() -> list[str]:
    """A person has one main post on a day."""
    return await _named("""
        SELECT DISTINCT p.staff_code AS what FROM posting a JOIN posting b
         ON a.person = b.person AND a.id < b.id AND a.is_main AND b.is_main
        JOIN person p ON p.id = a.person
        WHERE a.valid_from <= coalesce(b.valid_to, 'infinity')
         AND b.valid_from <= coalesce(a.valid_to, 'infinity')
    """)


async def broken_post_before_the_unit_was_founded() -> list[str]:
    return await _named("""
        SELECT p.staff_code || ' ' || u.code AS what FROM posting o JOIN unit u ON u.id = o.unit
        JOIN person p ON p.id = o.person WHERE o.valid_from < u.founded_on
    """)


async def broken_successor_of_itself() -> list[str]:
    """A unit that takes over from itself."""
    return await _named("""
        SELECT u.code AS what FROM unit_succession s JOIN unit u ON u.id = s.predecessor
        WHERE s.predecessor = s.successor
    """)


async def broken_predecessor_that_did_not_end_the_day_before() -> list[str]:
    """Of every event: what a unit was passes on the day after its last."""
    return await _named("""
        SELECT u.code AS what FROM unit_succession s JOIN unit u ON u.id = s.predecessor
        WHERE u.dissolved_on IS DISTINCT FROM s.happened_on - 1
    """)


async def broken_gap_in_a_unit_s_versions() -> list[str]:
    """A day of a unit's life without a name."""
    return await _named("""
        SELECT u.code AS what FROM unit u LEFT JOIN LATERAL (
         SELECT coalesce(range_agg(daterange(v.valid_from, v.valid_to, '[]')), datemultirange())
          AS days
         FROM unit_version v WHERE v.unit = u.id) v ON true
        WHERE NOT v.days @> daterange(u.founded_on, u.dissolved_on, '[]')
    """)


async def _named(sql: str) -> list[str]:
    """`sql` gives a text column `what`."""
    return [row["what"] for row in await Unit.raw(sql)]
