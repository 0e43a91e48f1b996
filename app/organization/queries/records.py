"""Records of one person, for who keeps them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.kernel.period import Period
from app.kernel.refusal import NotVisible
from app.organization.queries.asking import LARGEST_ID, seen_through
from app.organization.rules import PersonRecord
from app.organization.tables import Person

_STATEMENTS = {
    "postings": "SELECT id, post AS text, valid_from, valid_to, unit AS unit_id, is_main"
    " FROM posting WHERE person = {} ORDER BY valid_from, id",
    "classifications": "SELECT id, level AS text, make_date(year, 1, 1) AS valid_from,"
    " make_date(year, 12, 31) AS valid_to FROM yearly_classification WHERE person = {}"
    " ORDER BY year",
    "pipeline": "SELECT id, post AS text, valid_from, valid_to FROM leadership_pipeline"
    " WHERE person = {} ORDER BY valid_from, id",
    "absences": "SELECT id, reason AS text, valid_from, valid_to FROM long_absence"
    " WHERE person = {} ORDER BY valid_from, id",
}
_TABLES = {
    "postings": "posting",
    "classifications": "yearly_classification",
    "pipeline": "leadership_pipeline",
    "absences": "long_absence",
}


@dataclass(frozen=True, slots=True)
class KeptPerson:
    id: int
    staff_code: str
    full_name: str


async def kept_person(person_id: int, reach: Collection[int], today: date) -> KeptPerson:
    """Somebody a role with this `reach` keeps the records of, else NotVisible."""
    if not 0 < person_id <= LARGEST_ID:
        raise NotVisible
    rows = await Person.raw(
        "SELECT p.id, p.staff_code, p.full_name FROM person p WHERE p.id = {} AND {}",
        person_id,
        seen_through(reach, today),
    )
    if not rows:
        raise NotVisible
    return KeptPerson(**rows[0])


async def lock_records(person_id: int, kind: str) -> None:
    """Inside a transaction: wait for an import under way, then for whoever writes about them."""
    await Person.raw(f"LOCK TABLE {_TABLES[kind]} IN ROW EXCLUSIVE MODE")
    await Person.raw("SELECT 1 FROM person WHERE id = {} FOR UPDATE", person_id)


async def records_of(person_id: int, kind: str) -> tuple[PersonRecord, ...]:
    """Oldest first."""
    return tuple(_record(row) for row in await Person.raw(_STATEMENTS[kind], person_id))


def _record(row: dict[str, Any]) -> PersonRecord:
    period = Period(row.pop("valid_from"), row.pop("valid_to"))
    return PersonRecord(period=period, **row)
