"""What a council may not be founded with, and what a session may not report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.council.rules.facts import OFFICES, Seat
from app.council.rules.threshold import Share
from app.kernel.period import show_date
from app.kernel.refusal import N_, Refusal

NO_COUNCIL = Refusal(
    "no-council", N_("Không có Hội đồng nào hoạt động vào ngày này."), field_name="held_on"
)


def refuse_establishing(seats: Sequence[Seat]) -> Refusal | None:
    if len({seat.account_id for seat in seats}) != len(seats):
        return Refusal("member-twice", N_("Một thành viên được nêu hai lần."))
    if any(seat.office not in OFFICES for seat in seats):
        return Refusal("unknown-office", N_("Chức danh trong Hội đồng không hợp lệ."))
    if sum(seat.office == "chair" for seat in seats) != 1:
        return Refusal("not-one-chair", N_("Hội đồng phải có đúng một Chủ tịch."))
    return None


def refuse_recording(scoring_closed_on: date | None, *, recorded: bool) -> Refusal | None:
    """What stands in the way whatever the secretary types; decides whether there is a form."""
    if recorded:
        return Refusal("already-recorded", N_("Kết quả phiên họp đã được ghi nhận."))
    if scoring_closed_on is None:
        return Refusal(
            "scoring-not-closed", N_("Chưa chốt kết quả chấm điểm nên chưa ghi kết quả phiên họp.")
        )
    return None


def refuse_day(held_on: date, scoring_closed_on: date, today: date) -> Refusal | None:
    if held_on < scoring_closed_on:
        return Refusal(
            "before-scoring-closed",
            N_("Phiên họp phải diễn ra từ ngày chốt kết quả chấm điểm ({day}) trở đi."),
            {"day": show_date(scoring_closed_on)},
            "held_on",
        )
    if held_on > today:
        return Refusal(
            "in-the-future", N_("Ngày họp không được sau ngày hôm nay."), field_name="held_on"
        )
    return None


def refuse_attendance(present: int, total: int, quorum: Share) -> Refusal | None:
    """`total` is every member of the council on the day of the session."""
    if total == 0:
        return NO_COUNCIL
    if present > total:
        return Refusal(
            "more-than-members",
            N_("Hội đồng chỉ có {total} thành viên."),
            {"total": total},
            "members_present",
        )
    if not quorum.reached(present, total):
        return Refusal(
            "no-quorum",
            N_("Phiên họp cần ít nhất {needed}/{total} thành viên dự ({share})."),
            {"needed": quorum.least(total), "total": total, "share": str(quorum)},
            "members_present",
        )
    return None


def refuse_votes(agree: int, total: int) -> Refusal | None:
    """Absent members may vote in writing, so the bound is all members and not those present."""
    if not 0 <= agree <= total:
        return Refusal(
            "votes-above-total",
            N_("Số phiếu đồng ý phải từ 0 đến {total} (tổng số thành viên)."),
            {"total": total},
        )
    return None


def refuse_ballot(votes: Mapping[int, int], candidates: Sequence[int]) -> Refusal | None:
    """Each ranked candidate is voted on exactly once; nobody else is."""
    if set(votes) != set(candidates):
        return Refusal(
            "not-the-ranked",
            N_("Kết quả phải có số phiếu cho đúng và đủ các hồ sơ đã được xếp hạng."),
        )
    return None
