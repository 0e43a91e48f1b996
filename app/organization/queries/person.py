"""One person over time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.kernel.period import Period
from app.kernel.refusal import NotVisible
from app.organization.queries.asking import LARGEST_ID, seen_through
from app.organization.tables import Person, Posting


@dataclass(frozen=True, slots=True)
class PostingLine:
    """`unit_name`: on the posting's last day so far; `former_name`: on its first, if another."""

    id: int
    unit_id: int
    unit_name: str
    former_name: str
    post: str
    is_main: bool
    period: Period


@dataclass(frozen=True, slots=True)
class Record:
    """A classification (`text` is its level), a place in the pipeline or a long absence."""

    id: int
    text: str
    period: Period


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """`birth_date` is for the page's policy to show or not. Lists are newest first."""

    id: int
    staff_code: str
    full_name: str
    sex: str
    ethnicity: str
    staff_category: str
    birth_date: date
    recruited_on: date
    postings: tuple[PostingLine, ...]
    classifications: tuple[Record, ...]
    pipeline: tuple[Record, ...]
    absences: tuple[Record, ...]

    def unit_ids(self, today: date) -> frozenset[int]:
        """Where the person is, or else last was."""
        here = {line.unit_id for line in self.postings if today in line.period}
        return frozenset(here or {line.unit_id for line in self.postings[:1]})


async def person_sheet(
    person_id: int, *, own_id: int | None, reach: Collection[int], today: date
) -> PersonSheet:
    """NotVisible unless it is the reader or somebody a reader with this `reach` sees."""
    if not 0 < person_id <= LARGEST_ID:
        raise NotVisible
    rows = await Person.raw(
        "SELECT p.id, p.staff_code, p.full_name, p.sex, p.ethnicity, p.staff_category,"
        " p.birth_date, p.recruited_on FROM person p WHERE p.id = {} AND (p.id = {} OR {})",
        person_id,
        own_id,
        seen_through(reach, today),
    )
    if not rows:
        raise NotVisible
    records = await _records(person_id)
    return PersonSheet(
        **rows[0],
        postings=await _postings(person_id, today),
        classifications=_of(records, "classifications"),
        pipeline=_of(records, "pipeline"),
        absences=_of(records, "absences"),
    )


async def _postings(person_id: int, today: date) -> tuple[PostingLine, ...]:
    rows = await Posting.raw(
        "SELECT q.id, q.unit, q.post, q.is_main, q.valid_from, q.valid_to,"
        " coalesce(last.name, first.name, '') AS unit_name,"
        " CASE WHEN first.name <> last.name THEN first.name ELSE '' END AS former_name"
        " FROM posting q LEFT JOIN LATERAL (SELECT v.name FROM unit_version v"
        " WHERE v.unit = q.unit AND v.valid_from <= q.valid_from"
        " ORDER BY v.valid_from DESC LIMIT 1) first ON true"
        " LEFT JOIN LATERAL (SELECT v.name FROM unit_version v WHERE v.unit = q.unit"
        " AND v.valid_from <= greatest(q.valid_from, least(q.valid_to, {}::date))"
        " ORDER BY v.valid_from DESC LIMIT 1) last ON true WHERE q.person = {}"
        " ORDER BY coalesce(q.valid_to, 'infinity') DESC, q.valid_from DESC,"
        " q.is_main DESC, q.id",
        today,
        person_id,
    )
    return tuple(
        PostingLine(
            row["id"],
            row["unit"],
            row["unit_name"],
            row["former_name"] or "",
            row["post"],
            row["is_main"],
            Period(row["valid_from"], row["valid_to"]),
        )
        for row in rows
    )


async def _records(person_id: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await Person.raw(
        "SELECT 'classifications' AS what, id, level AS text, make_date(year, 1, 1) AS valid_from,"
        " make_date(year, 12, 31) AS valid_to FROM yearly_classification WHERE person = {}"
        " UNION ALL SELECT 'pipeline', id, post, valid_from, valid_to FROM leadership_pipeline"
        " WHERE person = {} UNION ALL SELECT 'absences', id, reason, valid_from, valid_to"
        " FROM long_absence WHERE person = {} ORDER BY valid_from DESC, text",
        person_id,
        person_id,
        person_id,
    )
    return rows


def _of(rows: list[dict[str, Any]], what: str) -> tuple[Record, ...]:
    return tuple(
        Record(row["id"], row["text"], Period(row["valid_from"], row["valid_to"]))
        for row in rows
        if row["what"] == what
    )
