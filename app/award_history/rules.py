"""What an award in the history is, and why one is not taken in or taken out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.kernel.period import Period, show_date
from app.kernel.refusal import N_, Refusal
from app.kernel.vietnamese import search_key

# Loại hình khen thưởng (Luật Thi đua, khen thưởng 2022), as the statistical forms order them.
METHODS = {
    "merit": N_("Công trạng"),
    "thematic": N_("Phong trào thi đua, chuyên đề"),
    "sudden": N_("Đột xuất"),
    "contribution": N_("Quá trình cống hiến"),
    "seniority": N_("Niên hạn"),
    "external": N_("Đối ngoại"),
}
EARLIEST_YEAR = 1945


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose history it is; one of the two ids is set. `note`: staff code or unit code."""

    person_id: int | None
    unit_id: int | None
    name: str
    note: str

    @property
    def path(self) -> str:
        return f"/people/{self.person_id}" if self.person_id else f"/units/{self.unit_id}"


@dataclass(frozen=True, slots=True)
class Removal:
    by: str
    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class Award:
    """`holder_name`: a unit as it was called on the day of the decision; `worked_in`: the unit a
    person belonged to that day, as it was called then, None where the books do not know.

    `period`: the achievement period the decision names, None where it names none.
    """

    id: int
    person_id: int | None
    collective_id: int | None
    holder_name: str
    award_form: str
    method: str
    decision_number: str
    decided_on: date
    issuer: str
    period: Period | None
    achievement: str
    from_decision: bool
    worked_in: str | None = None
    removal: Removal | None = None

    @property
    def subject(self) -> str:
        return "individual" if self.person_id is not None else "collective"


@dataclass(frozen=True, slots=True)
class NewAward:
    award_form_id: int
    award_form: str
    method: str
    decision_number: str
    decided_on: date
    issuer: str
    period: Period | None
    achievement: str


@dataclass(frozen=True, slots=True)
class DecidedAward:
    """One line of a decision of this system: who, for which period and achievement."""

    person_id: int | None
    collective_id: int | None
    award_form_id: int
    method: str
    period: Period
    achievement: str


def refuse_award(new: NewAward, known: Iterable[Award], today: date) -> Refusal | None:
    """`known`: the holder's awards; one that was removed does not stand in the way."""
    if new.decided_on > today:
        return Refusal(
            "decided-in-future",
            N_("Ngày quyết định không được sau ngày hôm nay ({day})."),
            {"day": show_date(today)},
            "decided_on",
        )
    if new.period is not None and new.period.first > new.decided_on:
        return Refusal(
            "period-after-decision",
            N_("Thời kỳ thành tích phải bắt đầu trước ngày quyết định."),
            field_name="period_from",
        )
    if any(_same(new, award) for award in known if award.removal is None):
        return Refusal(
            "same-award",
            N_("Khen thưởng này đã có trong lịch sử (cùng hình thức, cùng số và ngày quyết định)."),
        )
    return None


def _same(new: NewAward, award: Award) -> bool:
    """Numbers are typed with and without marks and spaces; the day and the form tell the rest."""
    return (new.award_form, new.decided_on, search_key(new.decision_number)) == (
        award.award_form,
        award.decided_on,
        search_key(award.decision_number),
    )


def refuse_removal(award: Award) -> Refusal | None:
    if award.removal is not None:
        return Refusal("already-removed", N_("Khen thưởng này đã được đánh dấu ghi nhầm."))
    if award.from_decision:
        return Refusal(
            "from-decision",
            N_(
                "Khen thưởng này do một quyết định trong hệ thống ghi vào nên chỉ được sửa từ"
                " quyết định đó."
            ),
        )
    return None
