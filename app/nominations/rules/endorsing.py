"""When a level may send a list on, and when it may still take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.kernel.period import show_date
from app.kernel.refusal import N_, Refusal
from app.kernel.verdict import Outcome, Verdict
from app.movement.rules import Calendar
from app.nominations.rules.routing import SCORING_OPENED

# How many codes a message names before it only counts.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A dossier somebody means to endorse; `step` is the position of the level it waits at.

    `at_unit_id` None: it waits at no level. `returned`: it came back at least once, be it sent
    back, taken back with its list or let go on after a refusal.
    """

    id: int
    code: str
    at_unit_id: int | None
    step: int
    returned: bool


@dataclass(frozen=True, slots=True)
class ListLine:
    """One dossier in the order in which the level sends it on; `votes` agreed with it."""

    nomination_id: int
    votes: int | None


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """What a level looks at before it endorses. Totals are None where nobody gave points.

    `ready`: nothing the level could wait for, see `is_ready`.
    """

    id: int
    code: str
    subject: str
    name: str
    post: str
    unit_name: str
    outcome: Outcome
    ready: bool
    self_points: Decimal | None
    unit_points: Decimal | None
    agree_votes: int | None
    members_present: int | None
    returned: bool


def is_ready(verdicts: Mapping[str, Verdict]) -> bool:
    """G1 may still be open: the appraiser gives the word on it after all levels."""
    return all(
        verdict.outcome is Outcome.PASS or (gate == "G1" and verdict.outcome is Outcome.HOLD)
        for gate, verdict in verdicts.items()
    )


@dataclass(frozen=True, slots=True)
class Level:
    """A unit that endorses."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ListFacts:
    """One list a level sent on."""

    id: int
    round_id: int
    unit_id: int
    unit_name: str
    paper_number: str
    paper_on: date
    paper_name: str
    votes_total: int | None
    by: str
    at: datetime
    count: int
    undone_by: str
    undone_at: datetime | None


def refuse_endorsing_now(
    calendar: Calendar, scoring_opened: bool, today: date, *, returned: bool = False
) -> Refusal | None:
    """`returned` as of a Candidate: what came back late may still go up until appraisal ends."""
    if scoring_opened:
        return SCORING_OPENED
    last = calendar.appraisal_close_on if returned else calendar.endorsement_close_on
    if last is not None and today > last:
        return Refusal(
            "endorsement-closed",
            N_("Đã hết hạn trình danh sách (hết ngày {day})."),
            {"day": show_date(last)},
        )
    return None


def refuse_endorsing(
    candidates: Sequence[Candidate],
    lines: Sequence[ListLine],
    level_id: int,
    votes_total: int | None,
) -> Refusal | None:
    """`candidates`: what was found of `lines` under the lock, in any order."""
    if not lines:
        return Refusal("nothing-chosen", N_("Vui lòng chọn ít nhất một hồ sơ."))
    gone = [found.code for found in candidates if found.at_unit_id != level_id]
    if gone:
        return Refusal(
            "moved-meanwhile",
            N_("{n} hồ sơ không còn chờ ở cấp này ({codes}). Vui lòng xem lại danh sách."),
            {"n": len(gone), "codes": named(gone)},
        )
    if votes_total is not None and any((line.votes or 0) > votes_total for line in lines):
        return Refusal(
            "more-votes-than-voters",
            N_("Số phiếu đồng ý của một hồ sơ lớn hơn tổng số phiếu."),
            field_name="votes_total",
        )
    if votes_total is None and any(line.votes is not None for line in lines):
        return Refusal(
            "votes-without-total",
            N_("Vui lòng nhập tổng số phiếu vì đã ghi số phiếu của hồ sơ."),
            field_name="votes_total",
        )
    return None


def refuse_paper_day(on: date, opened_on: date, today: date) -> Refusal | None:
    """`opened_on`: of the round; before it nothing could be put on a list."""
    if opened_on <= on <= today:
        return None
    return Refusal(
        "paper-day",
        N_("Ngày tờ trình phải từ ngày mở đợt xét ({first}) đến hôm nay."),
        {"first": show_date(opened_on)},
        "paper_on",
    )


def refuse_late_ones(
    candidates: Sequence[Candidate], calendar: Calendar, scoring_opened: bool, today: date
) -> Refusal | None:
    """The first refusal among them; all others of the same kind have the same words."""
    for returned in {found.returned for found in candidates}:
        if refusal := refuse_endorsing_now(calendar, scoring_opened, today, returned=returned):
            return refusal
    return None


def refuse_undoing(sent: ListFacts, acted_on: Sequence[str]) -> Refusal | None:
    """`acted_on`: codes the next level or the office has touched since."""
    if sent.undone_at is not None:
        return Refusal("already-undone", N_("Danh sách này đã được rút lại."))
    if acted_on:
        return Refusal(
            "acted-on",
            N_("Cấp sau đã xử lý {n} hồ sơ của danh sách ({codes}) nên không rút lại được nữa."),
            {"n": len(acted_on), "codes": named(acted_on)},
        )
    return None


NOT_A_PDF = Refusal("not-a-pdf", N_("Tờ trình phải là tệp PDF."), field_name="paper")


def named(codes: Sequence[str]) -> str:
    return ", ".join(codes[:_NAMED]) + ("…" if len(codes) > _NAMED else "")
