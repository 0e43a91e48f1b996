"""Single things appraisal sends back: only they may be edited, only the asker looks again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.kernel.period import show_date
from app.kernel.refusal import N_, Refusal
from app.nominations.rules.facts import ATTESTED_GATES, Dossier
from app.nominations.rules.routing import refuse_appraising

# What can be sent back beside a criterion; gates follow with their codes.
ITEM_WORDS = {
    "report": N_("Báo cáo thành tích"),
    "minutes": N_("Biên bản bình xét"),
    "G1": N_("Điều kiện G1: thành tích nổi bật"),
    "G3": N_("Điều kiện G3: hoàn thành nhiệm vụ"),
    "G4": N_("Điều kiện G4: nội bộ đoàn kết"),
}
PROPOSED_DAYS = 7  # to answer, where the asker does not say otherwise


@dataclass(frozen=True, slots=True)
class ItemReturnFacts:
    """`asker_id`: the account that asked. `accepted` None: not closed yet.

    `asker_until`: the last day on which it holds a role of the office; None: never held one.
    """

    id: int
    item: str
    criterion_code: str
    question: str
    due_on: date
    asker_id: int
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None
    accepted: bool | None
    closed_at: datetime | None
    asker_until: date | None = date.max

    def looked_at_by(self, account_id: int, today: date) -> bool:
        """The asker alone looks again; once they have left the office, whoever is there."""
        left = self.asker_until is None or self.asker_until < today
        return left or self.asker_id == account_id

    @property
    def key(self) -> str:
        return f"criterion:{self.criterion_code}" if self.item == "criterion" else self.item

    def state(self, today: date) -> str:
        """One of asked, overdue, answered, accepted, again."""
        if self.closed_at is not None:
            return "accepted" if self.accepted else "again"
        if self.answered_at is not None:
            return "answered"
        return "overdue" if today > self.due_on else "asked"

    def days_left(self, today: date) -> int:
        """Today counts: 1 on the last day, 0 or less when it is over."""
        return (self.due_on - today).days + 1


def askable(dossier: Dossier) -> tuple[str, ...]:
    """`criterion:C1`, `report`, `minutes`, `G1` …: what this dossier consists of."""
    criteria = [f"criterion:{c.code}" for c in dossier.criteria if c.kind != "gate"]
    return (*criteria, "report", "minutes", *ATTESTED_GATES[dossier.subject])


def split_item(key: str) -> tuple[str, str]:
    """(item, criterion code) as the table has them."""
    item, _, code = key.partition(":")
    return item, code


def proposed_day(dossier: Dossier, today: date) -> date:
    last = dossier.review.appraisal_close_on
    proposed = today + timedelta(days=PROPOSED_DAYS)
    return proposed if last is None else max(today, min(proposed, last))


def refuse_asking(dossier: Dossier, today: date) -> Refusal | None:
    """Whether anything may be asked now; decides whether the form shows."""
    if dossier.stage != "office" or dossier.verdicts is not None:
        return Refusal(
            "not-at-office",
            N_("Chỉ yêu cầu bổ sung khi hồ sơ đang thẩm định ở cơ quan thường trực Hội đồng."),
        )
    return refuse_appraising(dossier.review, today)


def refuse_item(
    dossier: Dossier, items: Sequence[ItemReturnFacts], key: str, due_on: date, today: date
) -> Refusal | None:
    if refusal := refuse_asking(dossier, today):
        return refusal
    if key not in askable(dossier):
        return Refusal(
            "not-offered", N_("Vui lòng chọn một mục trong danh sách."), field_name="item"
        )
    if any(item.closed_at is None and item.key == key for item in items):
        return Refusal("already-asked", N_("Mục này đang được yêu cầu bổ sung."), field_name="item")
    return refuse_due_day(dossier, due_on, today)


def refuse_due_day(dossier: Dossier, due_on: date, today: date) -> Refusal | None:
    if due_on < today:
        return Refusal("past", N_("Hạn trả lời không thể ở trong quá khứ."), field_name="due_on")
    last = dossier.review.appraisal_close_on
    if last is not None and due_on > last:
        return Refusal(
            "after-appraisal",
            N_("Hạn trả lời phải trong thời gian thẩm định (đến hết ngày {day})."),
            {"day": show_date(last)},
            "due_on",
        )
    return None


def refuse_answering(dossier: Dossier, item: ItemReturnFacts, today: date) -> Refusal | None:
    if dossier.stage != "office" or dossier.verdicts is not None or item.closed_at is not None:
        return CLOSED
    if item.answered_at is not None:
        return Refusal("already-answered", N_("Yêu cầu này đã được trả lời."))
    if today > item.due_on:
        return Refusal(
            "answer-late",
            N_("Đã hết hạn bổ sung mục này (hết ngày {day})."),
            {"day": show_date(item.due_on)},
        )
    return None


def refuse_closing(dossier: Dossier, item: ItemReturnFacts, today: date) -> Refusal | None:
    """To accept the answer, or to let the question go, also an unanswered one."""
    return CLOSED if item.closed_at is not None else refuse_asking(dossier, today)


CLOSED = Refusal("item-closed", N_("Yêu cầu bổ sung này đã kết thúc."))
