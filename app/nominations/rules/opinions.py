"""Hiệp y: the view of another unit, asked beside the way of the dossier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.kernel.period import show_date
from app.kernel.refusal import N_, Refusal
from app.nominations.rules.facts import Dossier
from app.nominations.rules.items import refuse_due_day
from app.nominations.rules.routing import refuse_moving

VIEWS = {
    "agree": N_("Nhất trí đề nghị khen thưởng"),
    "disagree": N_("Không nhất trí"),
    "no_view": N_("Không có ý kiến"),
}


@dataclass(frozen=True, slots=True)
class OpinionFacts:
    id: int
    unit_id: int
    unit_name: str
    question: str
    due_on: date
    asked_by: str
    asked_at: datetime
    view: str | None
    answer: str
    answered_by: str
    answered_at: datetime | None

    def state(self, today: date) -> str:
        """One of asked, overdue, answered."""
        if self.answered_at is not None:
            return "answered"
        return "overdue" if today > self.due_on else "asked"


def refuse_asking_views(dossier: Dossier) -> Refusal | None:
    """Whether a view may be asked now; decides whether the form shows."""
    if refusal := refuse_moving(dossier):
        return refusal
    if dossier.stage == "draft":
        return Refusal("at-unit", N_("Hồ sơ đang ở đơn vị đề nghị."))
    return None


def refuse_opinion(
    dossier: Dossier,
    opinions: Sequence[OpinionFacts],
    unit_id: int | None,
    due_on: date,
    today: date,
) -> Refusal | None:
    """`unit_id` None: no unit, or more than one, fits what was typed."""
    if refusal := refuse_asking_views(dossier):
        return refusal
    if unit_id is None:
        return Refusal(
            "unknown-unit",
            N_("Không tìm thấy đúng một đơn vị có mã hoặc tên này."),
            field_name="unit",
        )
    if unit_id in (dossier.nominating_unit_id, dossier.collective_id):
        return Refusal(
            "own-unit",
            N_("Hiệp y là lấy ý kiến của đơn vị khác đơn vị đề nghị."),
            field_name="unit",
        )
    if any(opinion.unit_id == unit_id for opinion in opinions):
        return Refusal("already-asked", N_("Đã lấy ý kiến của đơn vị này."), field_name="unit")
    return refuse_due_day(dossier, due_on, today)


def refuse_giving_view(dossier: Dossier, opinion: OpinionFacts, today: date) -> Refusal | None:
    if refusal := refuse_moving(dossier):
        return refusal
    if opinion.answered_at is not None:
        return Refusal("already-answered", N_("Đơn vị đã gửi ý kiến."))
    if today > opinion.due_on:
        return Refusal(
            "answer-late",
            N_("Đã hết hạn gửi ý kiến (hết ngày {day})."),
            {"day": show_date(opinion.due_on)},
        )
    return None
