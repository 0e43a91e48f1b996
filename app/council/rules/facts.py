"""Councils, sessions and votes as their readers know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

OFFICES = ("chair", "vice_chair", "member")


@dataclass(frozen=True, slots=True)
class PaperStyle:
    """The agency's papers: who heads it, its symbol (`VKSTC` in `01/QĐ-VKSTC`), where it sits."""

    head_title: str
    symbol: str
    place: str


@dataclass(frozen=True, slots=True)
class Seat:
    """`office` is one of OFFICES; members are listed and labelled in the order they are given."""

    account_id: int
    office: str = "member"


@dataclass(frozen=True, slots=True)
class MemberFacts:
    account_id: int
    name: str
    office: str
    position: int


@dataclass(frozen=True, slots=True)
class CouncilFacts:
    id: int
    name: str
    founding_paper: str
    members: tuple[MemberFacts, ...]


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    nomination_id: int
    code: str
    subject: str
    name: str
    post: str
    unit_name: str
    rank: int
    tied: bool


@dataclass(frozen=True, slots=True)
class VotedCandidate:
    candidate: RankedCandidate
    agree_votes: int
    approved: bool
    note: str


@dataclass(frozen=True, slots=True)
class SessionFacts:
    id: int
    council_name: str
    held_on: date
    members_total: int
    members_present: int
    minutes_number: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ApprovedNomination:
    nomination_id: int
    code: str
    subject: str
    name: str
    post: str
    unit_name: str
    agree_votes: int
    rank: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a secretary reports of one session. `votes` counts agreeing ballots, those given in
    writing included, by nomination."""

    held_on: date
    members_present: int
    minutes_number: str
    votes: Mapping[int, int]
    notes: Mapping[int, str] = field(default_factory=dict)
