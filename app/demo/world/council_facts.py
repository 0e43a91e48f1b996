"""The council, what its members give, and who signs in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.kernel.actor import Role


class Seat(StrEnum):
    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class CouncilMember:
    code: str
    person: str
    seat: Seat


@dataclass(frozen=True, slots=True)
class Council:
    name: str
    members: tuple[CouncilMember, ...]
    secretary: str
    """Person key; takes the minutes and has no vote."""


@dataclass(frozen=True, slots=True)
class Recusal:
    member: str
    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mark:
    member: str
    subject: str
    criterion: str
    points: str


@dataclass(frozen=True, slots=True)
class VoteResult:
    """Out of all nine members; a recused member is `not_voting`."""

    subject: str
    agree: int
    against: int
    not_voting: int


@dataclass(frozen=True, slots=True)
class Grant:
    """`until`: its last day; the first is the unit's own, or the day the demo begins."""

    role: Role
    unit: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Account:
    login: str
    person: str
    grants: tuple[Grant, ...]
