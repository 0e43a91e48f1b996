"""One case of the register, and what it is on a day: open, in force, or neither."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.kernel.refusal import N_, Refusal

KINDS = ("discipline", "investigation", "complaint")
# Abolished forms (NĐ 172/2025/NĐ-CP) stay valid history; only their dates decide.
FORM_WORDS = {
    "reprimand": N_("Khiển trách"),
    "warning": N_("Cảnh cáo"),
    "salary_step_reduction": N_("Hạ bậc lương"),
    "demotion": N_("Giáng chức"),
    "dismissal_from_post": N_("Cách chức"),
    "forced_resignation": N_("Buộc thôi việc"),
    "expulsion": N_("Khai trừ khỏi Đảng"),
}
KIND_WORDS = {
    "discipline": N_("Xem xét kỷ luật"),
    "investigation": N_("Điều tra, thanh tra, kiểm tra"),
    "complaint": N_("Khiếu nại, tố cáo"),
}


@dataclass(frozen=True, slots=True)
class DisciplineFacts:
    """`form` and `decided_on` come together; `served_until` None means no known end."""

    case_id: int
    person_id: int
    kind: str
    violated_on: date | None
    opened_on: date
    form: str | None = None
    decided_on: date | None = None
    served_until: date | None = None
    closed_on: date | None = None

    def decided_by(self, day: date) -> bool:
        return self.decided_on is not None and self.decided_on <= day

    def is_open_on(self, day: date) -> bool:
        """Under consideration that day; the day it is decided or closed it no longer is."""
        closed = self.closed_on is not None and self.closed_on <= day
        return self.opened_on <= day and not self.decided_by(day) and not closed

    def in_force_on(self, day: date) -> bool:
        """The last day of service still counts."""
        return self.decided_by(day) and (self.served_until is None or day <= self.served_until)

    @property
    def happened_on(self) -> date:
        """The day that decides whose member the person was: the violation, else the opening."""
        return self.violated_on or self.opened_on


def refuse_opening(violated_on: date | None, opened_on: date, today: date) -> Refusal | None:
    if opened_on > today:
        return Refusal("in-the-future", N_("Ngày bắt đầu xem xét không được sau hôm nay."))
    if violated_on is not None and violated_on > opened_on:
        return Refusal("dates-in-disorder", N_("Ngày vi phạm không được sau ngày bắt đầu xem xét."))
    return None


def refuse_decision(
    case: DisciplineFacts, form: str, decided_on: date, served_until: date | None, today: date
) -> Refusal | None:
    if refusal := _refuse_ended(case):
        return refusal
    if form not in FORM_WORDS:
        return Refusal("unknown-form", N_("Vui lòng chọn hình thức kỷ luật trong danh sách."))
    if decided_on > today:
        return Refusal("in-the-future", N_("Ngày quyết định không được sau hôm nay."))
    if decided_on < case.opened_on or (served_until is not None and served_until < decided_on):
        return Refusal(
            "dates-in-disorder",
            N_("Các ngày phải theo thứ tự: bắt đầu xem xét, quyết định, chấp hành xong."),
        )
    return None


def refuse_closing(case: DisciplineFacts, closed_on: date, today: date) -> Refusal | None:
    if refusal := _refuse_ended(case):
        return refusal
    if not case.opened_on <= closed_on <= today:
        return Refusal(
            "dates-in-disorder",
            N_("Ngày kết thúc phải từ ngày bắt đầu xem xét đến hôm nay."),
        )
    return None


def _refuse_ended(case: DisciplineFacts) -> Refusal | None:
    if case.decided_on is not None or case.closed_on is not None:
        return Refusal("case-ended", N_("Vụ việc này đã kết thúc."))
    return None
