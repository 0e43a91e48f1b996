"""The demo world's units and people as plain facts; a later step writes them to tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.kernel.period import Period

# The Law on the Organization of People's Procuracies of 2014 took effect on this day. The demo
# opens its books here; it does not claim that a unit was founded then.
BOOKS_OPEN = date(2015, 6, 1)
LAST_OLD_DAY = date(2025, 6, 30)
REORGANIZED_ON = date(2025, 7, 1)


class UnitKind(StrEnum):
    SUPREME = "supreme"
    CENTRAL = "central"
    HIGH = "high"
    PROVINCE = "province"
    DISTRICT = "district"
    REGIONAL = "regional"
    ROOM = "room"


class EventKind(StrEnum):
    MERGE = "merge"
    REPLACE = "replace"
    """One unit took the place of one other."""
    RENAME = "rename"
    UNCHANGED = "unchanged"


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


class StaffCategory(StrEnum):
    """Glossary 98, and the contract worker (người lao động) of the seed."""

    CADRE = "cadre"
    CIVIL_SERVANT = "civil_servant"
    PUBLIC_EMPLOYEE = "public_employee"
    CONTRACT_WORKER = "contract_worker"


class Level(StrEnum):
    """Yearly classification, from hoàn thành xuất sắc to không hoàn thành nhiệm vụ."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class NameVersion:
    name: str
    period: Period


@dataclass(frozen=True, slots=True)
class Placement:
    """Under which parent unit, and when."""

    parent: str
    period: Period


@dataclass(frozen=True, slots=True)
class Unit:
    key: str
    kind: UnitKind
    names: tuple[NameVersion, ...]
    placements: tuple[Placement, ...]
    founded_on: date
    dissolved_on: date | None = None
    """The last day the unit existed."""
    predecessors: tuple[str, ...] = ()
    illustrative: bool = False

    def exists_on(self, day: date) -> bool:
        return day in Period(self.founded_on, self.dissolved_on)

    def parent_on(self, day: date) -> str | None:
        return next((p.parent for p in self.placements if day in p.period), None)


@dataclass(frozen=True, slots=True)
class UnitEvent:
    """What a reorganisation did: `sources` became `target` on `on` (its first day)."""

    kind: EventKind
    on: date
    sources: tuple[str, ...]
    target: str


@dataclass(frozen=True, slots=True)
class Posting:
    unit: str
    post: str
    main: bool
    period: Period


@dataclass(frozen=True, slots=True)
class Classification:
    year: int
    level: Level


@dataclass(frozen=True, slots=True)
class Person:
    key: str
    staff_code: str
    name: str
    name_as_typed: str
    """What came in; two are typed decomposed (NFD). `name` is always composed (NFC)."""
    sex: Sex
    ethnicity: str
    category: StaffCategory
    born_on: date
    recruited_on: date
    postings: tuple[Posting, ...]
    classifications: tuple[Classification, ...]

    def unit_on(self, day: date) -> str | None:
        return next((p.unit for p in self.postings if p.main and day in p.period), None)

    def post_on(self, day: date) -> str | None:
        return next((p.post for p in self.postings if p.main and day in p.period), None)
