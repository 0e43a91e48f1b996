"""The list of a round: its lines, and what a reader may ask it for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.kernel.refusal import N_

# What is still to be done on a dossier; which of them a reader has is decided by the policy.
TASK_WORDS = {
    "mine": N_("Mọi việc chờ tôi"),
    "word": N_("Chờ tôi xác nhận hoặc thẩm định"),
    "level": N_("Chờ đơn vị tôi trình tiếp"),
    "view": N_("Chờ ý kiến của đơn vị tôi"),
    "asked": N_("Mục bị trả lại, chưa bổ sung"),
    "answered": N_("Mục đã bổ sung, chờ xem lại"),
    "overdue": N_("Mục quá hạn bổ sung"),
}
REGISTERED_WORDS = {"yes": N_("Đã đăng ký thi đua"), "no": N_("Không đăng ký")}
# A minus sign turns the order round; any key may be asked for either way.
SORT_KEYS = ("name", "code", "state", "submitted", "unit", "self", "unit_points", "appraisal")
SORT_WORDS = {
    "name": N_("Tên"),
    "code": N_("Mã hồ sơ"),
    "state": N_("Tình trạng"),
    "unit": N_("Đơn vị đề nghị"),
    "-submitted": N_("Mới nộp trước"),
    "submitted": N_("Nộp sớm trước"),
    "-self": N_("Điểm tự chấm, cao trước"),
    "-unit_points": N_("Điểm đơn vị chấm, cao trước"),
    "-appraisal": N_("Điểm thẩm định, cao trước"),
}


@dataclass(frozen=True, slots=True)
class NominationRow:
    """One dossier; `state` is one of STATES, points None where there are none for this reader.

    `asked`: items sent back and not answered, the next of them due on `due_on`; `answered`: those
    the asker has to look at again.
    """

    id: int
    code: str
    subject: str
    name: str
    post: str
    unit_name: str
    nominating_unit_name: str
    award_form_name: str
    state: str
    submitted_at: datetime | None
    registered: bool
    self_points: Decimal | None
    unit_points: Decimal | None
    appraisal_points: Decimal | None
    asked: int
    answered: int
    due_on: date | None

    def overdue(self, today: date) -> bool:
        """The due day itself still counts."""
        return self.due_on is not None and self.due_on < today


def sort_from(typed: str) -> tuple[str, bool]:
    """(key, turned round); by name unless another key is named."""
    key, turned = typed.removeprefix("-"), typed.startswith("-")
    return (key, turned) if key in SORT_KEYS else ("name", False)
