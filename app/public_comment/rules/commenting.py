"""What the public may send, how fast, and how the office answers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.kernel.period import show_date
from app.kernel.refusal import N_, Refusal
from app.public_comment.rules.publishing import Publication

CONCLUSIONS = {
    "founded": N_("Có cơ sở"),
    "partly_founded": N_("Có cơ sở một phần"),
    "unfounded": N_("Không có cơ sở"),
    "forwarded": N_("Chuyển cơ quan có thẩm quyền"),
}
# An office may share one address, so it is not a single person's pace.
PACE = timedelta(minutes=10)
MOST_OF_ADDRESS = 10
MOST_OF_LIST = 200


@dataclass(frozen=True, slots=True)
class NewComment:
    """`about`: a position in the list, None for all of it. `author`, `contact`: if they wish."""

    about: int | None
    author: str
    contact: str
    text: str


def refuse_comment(publication: Publication, today: date) -> Refusal | None:
    """The last day counts to its end."""
    state = publication.state(today)
    if state == "withdrawn":
        return Refusal(
            "withdrawn", N_("Danh sách đã được thu hồi nên phản ánh này chưa được ghi nhận.")
        )
    if state == "running":
        return None
    return Refusal(
        "closed",
        N_("Đã hết thời gian tiếp nhận (hết ngày {day}) nên phản ánh này chưa được ghi nhận."),
        {"day": show_date(publication.last_on)},
    )


def refuse_pace(of_address: int, of_list: int) -> Refusal | None:
    """Counts of the last `PACE`."""
    if of_address < MOST_OF_ADDRESS and of_list < MOST_OF_LIST:
        return None
    return Refusal(
        "too-many",
        N_("Có quá nhiều phản ánh được gửi cùng lúc. Vui lòng gửi lại sau {minutes} phút."),
        {"minutes": int(PACE.total_seconds() // 60)},
    )


def refuse_handling(conclusion: str | None) -> Refusal | None:
    """`conclusion`: the one recorded already."""
    if conclusion is not None:
        return Refusal("already-handled", N_("Phản ánh này đã có kết quả xử lý."))
    return None
