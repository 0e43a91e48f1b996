"""A sector of full size, written by the database itself: it takes seconds, not minutes."""

from __future__ import annotations

from datetime import date

from app.organization.tables import Person

UNITS = 1_500
FAMILIES = ("nguyen", "tran", "le", "pham", "hoang", "dang", "bui", "do", "ngo", "ly")
GIVEN = ("an", "binh", "chi", "dung", "em", "giang", "ha", "khanh", "lan", "minh", "nga", "oanh")


async def gather(root: int, people: int, units: int = UNITS) -> None:
    """Below `root`: 40 provinces with rooms and regional units, each renamed once on 1 July 2025.

    `people` with five postings for every two of them; the rare name is `Ly Hiem N`, one in 400.
    """
    await Person.raw(
        "INSERT INTO unit (code, kind, founded_on) SELECT 'c-' || n,"
        " CASE WHEN n <= 40 THEN 'province' ELSE 'room' END, '2015-06-01'"
        " FROM generate_series(1, {}) n",
        units,
    )
    await Person.raw(
        "INSERT INTO unit_version (unit, name, search_key, order_key, parent, valid_from, valid_to)"
        " SELECT u.id, k.name, k.name, k.name, CASE WHEN n <= 40 THEN {} ELSE (SELECT id FROM unit"
        " WHERE code = 'c-' || (n % 40 + 1)) END, p.first, p.last FROM (SELECT id,"
        " substr(code, 3)::int AS n FROM unit WHERE code LIKE 'c-%') u CROSS JOIN (VALUES"
        " ('2015-06-01'::date, '2025-06-30'::date, 'cu'), ('2025-07-01', NULL, 'moi'))"
        " p (first, last, word) CROSS JOIN LATERAL (SELECT 'phong so ' || n || ' ' || p.word AS"
        " name) k",
        root,
    )
    await Person.raw(
        "INSERT INTO person (staff_code, full_name, search_key, order_key, birth_date, sex,"
        " ethnicity, staff_category, recruited_on) SELECT 'C' || n, k.name, lower(k.name),"
        " split_part(lower(k.name), ' ', 3) || '|' || n, '1985-01-01',"
        " CASE WHEN n % 2 = 0 THEN 'male' ELSE 'female' END, 'Kinh', 'civil_servant', '2010-01-01'"
        " FROM generate_series(1, {}) n CROSS JOIN LATERAL (SELECT CASE WHEN n % 400 = 0"
        " THEN 'Ly Hiem N' || n ELSE ({}::text[])[n % 10 + 1] || ' van ' ||"
        " ({}::text[])[n % 12 + 1] END AS name) k",
        people,
        list(FAMILIES),
        list(GIVEN),
    )
    for first, last, shift, share in (
        ("2015-06-01", "2019-12-31", 7, 2),
        ("2020-01-01", "2025-06-30", 3, 1),
        ("2025-07-01", None, 0, 1),
    ):
        await Person.raw(
            "INSERT INTO posting (person, unit, post, valid_from, valid_to) SELECT p.id, u.id,"
            " 'Chuyên viên', {}::date, {}::date FROM (SELECT id, substr(staff_code, 2)::int AS n"
            " FROM person WHERE staff_code LIKE 'C%') p JOIN unit u"
            " ON u.code = 'c-' || ((p.n + {}) % {} + 1) WHERE p.n % {} = 0",
            _day(first),
            _day(last),
            shift,
            units,
            share,
        )
    # What autovacuum does some minutes after such an import: new words leave the pending list.
    for table in ("person", "posting", "unit", "unit_version"):
        await Person.raw(f"VACUUM (ANALYZE) {table}")


def _day(text: str | None) -> date | None:

    return date.fromisoformat(text) if text else None
