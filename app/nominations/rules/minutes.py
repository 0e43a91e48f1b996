"""Biên bản bình xét: one meeting of one unit about its nominees, and the votes they got."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.kernel.period import Period, show_date
from app.kernel.refusal import N_, Refusal
from app.nominations.rules.achievements import CHANGED_MEANWHILE
from app.nominations.rules.facts import ENDED, Vote
from app.nominations.rules.refusing import refuse_nominating

LONGEST_DISCUSSION = 8000


@dataclass(frozen=True, slots=True)
class Nominee:
    """Who may stand in the minutes. `elsewhere`: counted in other minutes of the round already.

    `minutes_due`: until when appraisal waits for a correction, the day included.
    """

    id: int
    code: str
    subject: str
    name: str
    post: str
    unit_name: str
    stage: str
    minutes_due: date | None = None
    elsewhere: bool = False
    vote: Vote | None = None


@dataclass(frozen=True, slots=True)
class MinutesHead:
    """`place`: where they met. `locality`: what the paper is dated from; empty: left to the pen."""

    number: str
    held_on: date
    place: str
    chair: str
    secretary: str
    members_total: int
    members_present: int
    discussion: str
    locality: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """`nominees`: those with a vote that the reader sees. `whole`: no vote was left out."""

    id: int
    round_id: int
    round_name: str
    unit_id: int
    unit_name: str
    head: MinutesHead
    version: int
    by: str
    nominees: tuple[Nominee, ...]
    whole: bool
    window: Period
    nominations: Period | None


def may_recount(nominee: Nominee, nominations: Period | None, today: date) -> bool:
    """A draft in the nomination days, or what appraisal asked to be put right."""
    if nominee.stage in ENDED:
        return False
    if nominee.stage == "draft":
        return refuse_nominating(nominations, True, today) is None
    return nominee.minutes_due is not None and today <= nominee.minutes_due


def refuse_changing_minutes(
    nominees: Sequence[Nominee], nominations: Period | None, today: date
) -> Refusal | None:
    """`nominees`: who stands in the minutes, or could."""
    if any(may_recount(nominee, nominations, today) for nominee in nominees):
        return None
    if refusal := refuse_nominating(nominations, True, today):
        return refusal
    if not nominees:
        return Refusal("no-nominees", N_("Đơn vị không có đề nghị nào chờ ghi số phiếu."))
    return Refusal(
        "minutes-sent",
        N_("Các hồ sơ trong biên bản đã được nộp nên không sửa biên bản được nữa."),
    )


def refuse_minutes(
    head: MinutesHead,
    votes: Mapping[int, Vote],
    nominees: Sequence[Nominee],
    window: Period,
    nominations: Period | None,
    today: date,
) -> Refusal | None:
    """`votes` by nomination; `nominees` hold the votes as they are stored."""
    if refusal := refuse_changing_minutes(nominees, nominations, today):
        return refusal
    if head.members_present > head.members_total:
        return Refusal(
            "more-than-members",
            N_("Số người có mặt không được nhiều hơn tổng số."),
            field_name="members_present",
        )
    if not window.first <= head.held_on <= today:
        return Refusal(
            "held-outside",
            N_("Ngày họp phải từ ngày {first} đến hôm nay."),
            {"first": show_date(window.first)},
            "held_on",
        )
    known = {nominee.id: nominee for nominee in nominees}
    for nomination_id, vote in votes.items():
        nominee = known.get(nomination_id)
        if nominee is None or nominee.elsewhere:
            return Refusal(
                "counted-elsewhere",
                N_("Hồ sơ này đã có phiếu trong biên bản khác của đợt xét."),
                field_name=f"agree-{nomination_id}",
            )
        if vote.agree + vote.disagree > head.members_present:
            return Refusal(
                "more-votes-than-present",
                N_("Số phiếu không được nhiều hơn {n} người có mặt."),
                {"n": head.members_present},
                f"agree-{nomination_id}",
            )
    if not votes:
        return Refusal("no-votes", N_("Vui lòng ghi số phiếu của ít nhất một đối tượng."))
    for nominee in nominees:
        settled = not may_recount(nominee, nominations, today) and not nominee.elsewhere
        if settled and votes.get(nominee.id) != nominee.vote:
            return Refusal(
                "vote-settled",
                N_("Hồ sơ của {name} đã được nộp nên không sửa số phiếu được nữa."),
                {"name": nominee.name},
                f"agree-{nominee.id}",
            )
    return None


def refuse_version(stored: int, version: int) -> Refusal | None:
    return None if stored == version else CHANGED_MEANWHILE
