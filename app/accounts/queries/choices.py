"""What an administrator chooses from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from piccolo.querystring import QueryString

from app.accounts.queries.reach import Reach
from app.accounts.tables import Account
from app.organization.queries.asking import has_words, words

HITS = 20


@dataclass(frozen=True, slots=True)
class UnitChoice:
    id: int
    name: str
    parent_name: str | None


@dataclass(frozen=True, slots=True)
class PersonFound:
    id: int
    staff_code: str
    name: str
    has_account: bool


async def units_to_choose(
    units: Collection[int], search: str, today: date
) -> tuple[UnitChoice, ...]:
    """Units of today whose name has all the words or their beginnings.

    `HITS` and one more, to tell that there are more.
    """
    rows = await Account.raw(
        "SELECT v.unit AS id, v.name, (SELECT p.name FROM unit_version p WHERE p.unit = v.parent"
        " AND p.valid_from <= {} AND (p.valid_to IS NULL OR p.valid_to >= {}) LIMIT 1)"
        " AS parent_name FROM unit_version v WHERE v.unit = ANY({})"
        " AND v.valid_from <= {} AND (v.valid_to IS NULL OR v.valid_to >= {})"
        " AND {}"
        f' ORDER BY v.order_key COLLATE "C", v.unit LIMIT {HITS + 1}',
        today,
        today,
        list(units),
        today,
        today,
        has_words("v", words(search)) if search.strip() else QueryString("TRUE"),
    )
    return tuple(UnitChoice(**row) for row in rows)


async def person_by_code(code: str, reach: Reach) -> PersonFound | None:
    """A person posted today to a unit within reach; None for everybody else."""
    rows = await Account.raw(
        "SELECT p.id, p.staff_code, p.full_name AS name,"
        " EXISTS (SELECT 1 FROM account a WHERE a.person = p.id) AS has_account"
        " FROM person p WHERE upper(p.staff_code) = upper({}) AND ({} OR EXISTS (SELECT 1"
        " FROM posting g WHERE g.person = p.id AND g.unit = ANY({}) AND g.valid_from <= {}"
        " AND (g.valid_to IS NULL OR g.valid_to >= {})))",
        code.strip(),
        reach.whole,
        list(reach.units),
        reach.today,
        reach.today,
    )
    return PersonFound(**rows[0]) if rows else None
