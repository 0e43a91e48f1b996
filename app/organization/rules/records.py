"""What is recorded about a person with its dates, and why it cannot be recorded so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.kernel.period import Period, show_date
from app.kernel.refusal import N_, Refusal
from app.organization.rules.facts import UnitFacts

# In the order of the page.
RECORDS = {
    "postings": N_("Quá trình công tác"),
    "classifications": N_("Mức độ hoàn thành nhiệm vụ"),
    "pipeline": N_("Quy hoạch"),
    "absences": N_("Vắng mặt dài ngày"),
}
# Of each kind the fields of its form, in their order there.
_DAYS = {"valid_from": N_("Từ ngày"), "valid_to": N_("Đến ngày")}
RECORD_FIELDS = {
    "postings": {
        "text": N_("Chức vụ"),
        "unit": N_("Đơn vị"),
        "form": N_("Hình thức"),
        **_DAYS,
    },
    "classifications": {"year": N_("Năm"), "text": N_("Mức độ hoàn thành nhiệm vụ")},
    "pipeline": {"text": N_("Chức danh quy hoạch"), **_DAYS},
    "absences": {"text": N_("Lý do vắng mặt"), **_DAYS},
}
# Why a record is changed or taken away; what they are called is said where the log is read.
CHANGE_REASONS = ("ended", "new_paper", "typing_error")
REMOVAL_REASONS = ("wrong_person", "entered_twice", "never_true")
EARLIEST_YEAR = 1990
FOREIGN_UNIT = Refusal(
    "unit-not-covered",
    N_("Đơn vị này ngoài phạm vi phụ trách của tài khoản."),
    field_name="unit",
)


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """`text`: a post, a level of classification, or why somebody is away. `id` 0: not yet kept.

    A classification's period is its year; `unit_id` and `is_main` are a posting's.
    """

    id: int
    text: str
    period: Period
    unit_id: int | None = None
    is_main: bool = False

    @property
    def version(self) -> str:
        """Another for other data, whoever changed it."""
        first, last = self.period.first, self.period.last
        told = json.dumps(
            (self.text, first, last, self.unit_id, self.is_main), ensure_ascii=False, default=str
        )
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def refuse_record(
    kind: str, new: PersonRecord, others: Iterable[PersonRecord], today: date
) -> Refusal | None:
    """`others`: the person's records of that kind, without the one that `new` replaces."""
    first, last = new.period.first, new.period.last
    if last is not None and last < first:
        return Refusal(
            "dates-reversed",
            N_("Đến ngày không được trước Từ ngày ({first})."),
            {"first": show_date(first)},
            "valid_to",
        )
    if kind == "classifications" and first.year > today.year:
        return Refusal(
            "future-year",
            N_("Chưa xếp loại được cho năm {year}."),
            {"year": first.year},
            "year",
        )
    return next(
        (refusal for other in others if (refusal := _refuse_beside(kind, new, other))), None
    )


def refuse_foreign(record: PersonRecord, reach: Collection[int]) -> Refusal | None:
    """`reach`: the units whose postings the actor keeps."""
    if record.unit_id is not None and record.unit_id not in reach:
        return FOREIGN_UNIT
    return None


def refuse_posting_in(unit: UnitFacts, period: Period) -> Refusal | None:
    """Somebody works in a unit while it is there."""
    if period.first < unit.founded_on:
        return Refusal(
            "unit-not-founded",
            N_("Đơn vị chỉ tồn tại từ ngày {day}."),
            {"day": show_date(unit.founded_on)},
            "valid_from",
        )
    ends = unit.dissolved_on
    if ends is not None and (period.last is None or period.last > ends):
        return Refusal(
            "unit-dissolved",
            N_("Đơn vị kết thúc hoạt động ngày {day}; cần ghi Đến ngày không muộn hơn."),
            {"day": show_date(ends)},
            "valid_to",
        )
    return None


def refuse_record_removal(kind: str, kept: int) -> Refusal | None:
    """`kept`: how many records of the kind the person has."""
    if kind == "postings" and kept < 2:
        return Refusal(
            "last-posting",
            N_(
                "Đây là vị trí công tác duy nhất; xóa đi thì không còn ai quản lý người này."
                " Vui lòng sửa lại cho đúng."
            ),
        )
    return None


def main_before(first: date, postings: Sequence[PersonRecord]) -> PersonRecord | None:
    """The main posting held up to `first`, ended the day before it, or None."""
    for posting in postings:
        if posting.is_main and posting.period.first < first and first in posting.period:
            return replace(posting, period=Period(posting.period.first, first - timedelta(days=1)))
    return None


def _refuse_beside(kind: str, new: PersonRecord, other: PersonRecord) -> Refusal | None:
    if not new.period.overlaps(other.period):
        return None
    values = {"day": show_date(other.period.first), "year": other.period.first.year}
    if kind == "classifications":
        message = N_("Năm {year} đã có xếp loại; vui lòng sửa mục đó.")
        return Refusal("already-classified", message, values, "year")
    if kind == "absences":
        message = N_("Trùng thời gian với lần vắng mặt từ {day}.")
        return Refusal("overlap", message, values, "valid_from")
    if kind == "pipeline" and new.text == other.text:
        message = N_("Đã được quy hoạch chức danh này từ {day}.")
        return Refusal("overlap", message, values, "valid_from")
    if kind == "postings" and new.is_main and other.is_main:
        message = N_("Trùng thời gian với vị trí chính có từ {day}; cần kết thúc vị trí đó trước.")
        return Refusal("two-mains", message, values, "valid_from")
    if kind == "postings" and (new.unit_id, new.text) == (other.unit_id, other.text):
        message = N_("Đã có chức vụ này tại đơn vị này từ {day}.")
        return Refusal("overlap", message, values, "valid_from")
    return None
