"""Gather what the gates judge, for one nominee or for a whole round in as many statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from app.discipline.queries import cases_of
from app.eligibility.rules.facts import (
    INDIVIDUAL,
    EligibilityFacts,
    GateSettings,
    Membership,
    classified_years,
)
from app.initiatives.queries import initiatives_of
from app.initiatives.rules import InitiativeFacts
from app.kernel.period import Period
from app.organization.tables import Posting, YearlyClassification

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Nominee:
    """Whom a nomination names, and what the nomination itself brings along for the gates."""

    nomination_id: int
    subject: str
    person_id: int | None
    collective_id: int | None
    quantified_evidence: int
    attestations: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Measure:
    """How the round measures: kind of round, achievement window, frozen settings."""

    kind: str
    window: Period
    settings: GateSettings


@dataclass(frozen=True, slots=True)
class Collectives:
    """`units`: the collective and what lies below it; `members`: person -> when."""

    units: Mapping[int, frozenset[int]]
    members: Mapping[int, Mapping[int, Membership]]


async def facts_of(
    nominees: Sequence[Nominee], measure: Measure, on: date
) -> Mapping[int, EligibilityFacts]:
    """By nomination id. At most four statements, however many nominees there are."""
    own_people = {n.person_id for n in nominees if n.person_id is not None}
    collectives = await _collectives(
        {n.collective_id for n in nominees if n.collective_id is not None}, measure.window
    )
    members = {person for group in collectives.members.values() for person in group}
    years = classified_years(measure.kind, measure.window)
    levels = await _classifications(own_people, years)
    cases = _grouped((c.person_id, c) for c in await cases_of(own_people | members))
    initiatives = _Holders(
        await initiatives_of(
            person_ids=own_people | members,
            unit_ids={unit for units in collectives.units.values() for unit in units},
            period=measure.window,
        )
    )
    found = {}
    for n in nominees:
        units, group = _place(n, collectives)
        people = _people(n, group)
        found[n.nomination_id] = EligibilityFacts(
            subject=n.subject,
            window=measure.window,
            on=on,
            years=years,
            settings=measure.settings,
            quantified_evidence=n.quantified_evidence,
            attestations=n.attestations,
            initiatives=initiatives.held_by(people, units),
            classifications=levels.get(n.person_id or 0, {}),
            cases=tuple(case for person in people for case in cases.get(person, ())),
            members=group,
        )
    return found


class _Holders:
    """Looks initiatives up by author and by unit, each one once and in their order."""

    def __init__(self, initiatives: Sequence[InitiativeFacts]) -> None:
        self._initiatives = initiatives
        numbered = list(enumerate(initiatives))
        self._by_unit = _grouped((i.unit_id, n) for n, i in numbered)
        self._by_person = _grouped((a.person_id, n) for n, i in numbered for a in i.authors)

    def held_by(self, people: Iterable[int], units: Collection[int]) -> tuple[InitiativeFacts, ...]:
        numbers = {n for unit in units for n in self._by_unit.get(unit, ())}
        numbers |= {n for person in people for n in self._by_person.get(person, ())}
        return tuple(self._initiatives[n] for n in sorted(numbers))


def _place(
    nominee: Nominee, collectives: Collectives
) -> tuple[frozenset[int], Mapping[int, Membership]]:
    if nominee.subject == INDIVIDUAL or nominee.collective_id is None:
        return frozenset(), {}
    collective = nominee.collective_id
    return collectives.units[collective], collectives.members.get(collective, {})


def _people(nominee: Nominee, group: Mapping[int, Membership]) -> list[int]:
    return [nominee.person_id] if nominee.person_id is not None else sorted(group)


async def _collectives(ids: Collection[int], window: Period) -> Collectives:
    """Who was posted to each collective, or below it, at any time in the window.

    Their earlier postings to units it took over from come along: a violation before a merger
    was still a member's.
    """
    if not ids:
        return Collectives({}, {})
    rows = await Posting.raw(
        "WITH RECURSIVE own AS ("
        " SELECT id AS collective, id AS unit FROM unnest({}::int[]) AS id"
        " UNION SELECT o.collective, v.unit FROM unit_version v JOIN own o ON v.parent = o.unit"
        " WHERE v.valid_from <= {} AND (v.valid_to IS NULL OR v.valid_to >= {})),"
        " before AS ("
        " SELECT o.collective, s.predecessor AS unit"
        " FROM unit_succession s JOIN own o ON s.successor = o.unit"
        " UNION SELECT b.collective, x.unit FROM before b CROSS JOIN LATERAL ("
        " SELECT predecessor FROM unit_succession WHERE successor = b.unit"
        " UNION ALL SELECT unit FROM unit_version WHERE parent = b.unit) AS x (unit)),"
        " posted AS ("
        " SELECT o.*, true AS own, p.person, p.valid_from, p.valid_to"
        " FROM own o JOIN posting p ON p.unit = o.unit"
        " UNION ALL SELECT b.*, false, p.person, p.valid_from, p.valid_to"
        " FROM before b JOIN posting p ON p.unit = b.unit)"
        " SELECT collective, unit, true AS own, NULL::int AS person, NULL::date AS valid_from,"
        " NULL::date AS valid_to FROM own"
        " UNION ALL SELECT x.* FROM posted x WHERE EXISTS (SELECT FROM posted y"
        " WHERE y.own AND y.collective = x.collective AND y.person = x.person"
        " AND y.valid_from <= {} AND (y.valid_to IS NULL OR y.valid_to >= {}))",
        list(ids),
        window.last,
        window.first,
        window.last,
        window.first,
    )
    return Collectives(_units(rows), _members(rows))


def _units(rows: Sequence[dict[str, Any]]) -> dict[int, frozenset[int]]:
    units = _grouped((row["collective"], row["unit"]) for row in rows if row["person"] is None)
    return {collective: frozenset(found) for collective, found in units.items()}


def _members(rows: Sequence[dict[str, Any]]) -> dict[int, dict[int, Membership]]:
    periods = _grouped(
        (
            (row["collective"], row["person"]),
            (row["own"], Period(row["valid_from"], row["valid_to"])),
        )
        for row in rows
        if row["person"] is not None
    )
    members: dict[int, dict[int, Membership]] = defaultdict(dict)
    for (collective, person), found in periods.items():
        members[collective][person] = Membership(
            own=tuple(period for own, period in found if own),
            before=tuple(period for own, period in found if not own),
        )
    return members


async def _classifications(
    people: Collection[int], years: Sequence[int]
) -> dict[int, dict[int, str]]:
    if not people:
        return {}
    rows = await YearlyClassification.raw(
        "SELECT person, year, level FROM yearly_classification"
        " WHERE person = ANY({}) AND year = ANY({})",
        list(people),
        list(years),
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for row in rows:
        found[row["person"]][row["year"]] = row["level"]
    return found


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    groups: dict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
