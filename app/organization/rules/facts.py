"""A unit as its dated versions: what it was called and whom it belonged to, from day to day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Version:
    name: str
    parent_id: int | None
    period: Period


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """`versions` oldest first, without gap or overlap from `founded_on` to `dissolved_on`.

    `dissolved_on` is the last day the unit existed.
    """

    id: int
    code: str
    kind: str
    founded_on: date
    dissolved_on: date | None
    versions: tuple[Version, ...]

    @property
    def latest(self) -> Version:
        return self.versions[-1]

    @property
    def lifetime(self) -> Period:
        return Period(self.founded_on, self.dissolved_on)

    def version_on(self, day: date) -> Version | None:
        return next((version for version in self.versions if day in version.period), None)

    def nearest(self, day: date) -> date:
        """`day`, or outside the unit's life the nearest day it had."""
        return max(self.founded_on, min(day, self.dissolved_on or day))


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit about to be founded."""

    code: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """`unit_id` belongs to `parent_id` during `period`: one edge of the tree."""

    unit_id: int
    parent_id: int
    period: Period
