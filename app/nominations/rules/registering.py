"""Đăng ký thi đua: who means to be nominated for what, in the registration days of a round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.kernel.period import Period, show_date
from app.kernel.refusal import N_, Refusal
from app.movement.rules import Calendar

LONGEST_GOAL = 1000
STATE_WORDS = {
    "open": N_("Đã đăng ký"),
    "nominated": N_("Đã lập đề nghị"),
    "withdrawn": N_("Đã rút"),
}


@dataclass(frozen=True, slots=True)
class RegistrationRow:
    """One line of the list. `nomination_id`: once the same nominee was nominated in the round."""

    id: int
    round_id: int
    subject: str
    person_id: int | None
    collective_id: int | None
    unit_id: int
    name: str
    post: str
    unit_name: str
    award_form_name: str
    goal: str
    by: str
    at: datetime
    withdrawn_at: datetime | None
    withdrawn_because: str
    nomination_id: int | None
    order_key: str

    @property
    def state(self) -> str:
        """One of STATE_WORDS."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "open" if self.nomination_id is None else "nominated"


def registration_days(calendar: Calendar) -> Period | None:
    first = calendar.registration_open_on
    return None if first is None else Period(first, calendar.registration_close_on)


def refuse_registering(days: Period | None, today: date) -> Refusal | None:
    """The first and the last day both count."""
    if days is None:
        return Refusal("registration-not-set", N_("Đợt xét không tổ chức đăng ký thi đua."))
    if today < days.first:
        return Refusal(
            "registration-not-open",
            N_("Đợt xét nhận đăng ký thi đua từ ngày {day}."),
            {"day": show_date(days.first)},
        )
    if today not in days and days.last is not None:
        return Refusal(
            "registration-closed",
            N_("Đã hết hạn đăng ký thi đua; hạn cuối là ngày {day}."),
            {"day": show_date(days.last)},
        )
    return None


def refuse_registered(names: Sequence[str]) -> Refusal | None:
    """`names`: those among the chosen ones who are registered in the round already."""
    if not names:
        return None
    return Refusal(
        "already-registered",
        N_("Đã đăng ký trong đợt xét này: {names}."),
        {"names": ", ".join(names)},
        "nominee",
    )


def refuse_withdrawing(row: RegistrationRow) -> Refusal | None:
    if row.withdrawn_at is not None:
        return Refusal("registration-withdrawn", N_("Đăng ký này đã được rút."))
    if row.nomination_id is not None:
        return Refusal(
            "registration-used", N_("Đã lập đề nghị từ đăng ký này nên không rút được nữa.")
        )
    return None


def refuse_using(row: RegistrationRow) -> Refusal | None:
    """Why no nomination is made from it; whether the round takes one is asked elsewhere."""
    if row.withdrawn_at is not None:
        return Refusal("registration-withdrawn", N_("Đăng ký này đã được rút."))
    if row.nomination_id is not None:
        return Refusal("registration-used", N_("Đã lập đề nghị từ đăng ký này."))
    return None
