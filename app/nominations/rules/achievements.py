"""Achievements of a dossier: which may be changed now, and the days they lie in."""

from __future__ import annotations

from datetime import date

from app.kernel.period import Period, show_date
from app.kernel.refusal import N_, Refusal
from app.nominations.rules.facts import Dossier, EvidenceFacts
from app.nominations.rules.refusing import refuse_changing

CHANGED_MEANWHILE = Refusal(
    "changed-meanwhile",
    N_(
        "Nội dung này đã được người khác lưu trong lúc bạn đang nhập. Phần bạn nhập vẫn còn bên"
        " dưới; vui lòng so với bản đang lưu rồi lưu lại."
    ),
)


def changeable_criteria(dossier: Dossier, today: date) -> tuple[str, ...]:
    """Codes under which achievements may be added and changed now."""
    return tuple(
        criterion.code
        for criterion in dossier.criteria
        if criterion.kind != "gate"
        and refuse_changing(dossier, "criterion", criterion.code, today) is None
    )


def refuse_editing(
    dossier: Dossier, item: EvidenceFacts, version: int | None, today: date
) -> Refusal | None:
    """`version`: the one the reader had before them; None while nothing has been typed yet."""
    if refusal := refuse_changing(dossier, "criterion", item.criterion_code, today):
        return refusal
    if version is not None and version != item.version:
        return CHANGED_MEANWHILE
    return None


def refuse_period(window: Period, period: Period) -> Refusal | None:
    """Achievements of a round, a phase round above all, lie inside its own window."""
    first, last = period.first, period.last
    if last is not None and last < first:
        return Refusal(
            "period-backwards", N_("Ngày kết thúc phải từ ngày bắt đầu trở đi."), {}, "period_to"
        )
    if first in window and last is not None and last in window:
        return None
    return Refusal(
        "period-outside",
        N_("Thời gian lập thành tích phải nằm trong thời gian của đợt xét ({first} - {last})."),
        {
            "first": show_date(window.first),
            "last": show_date(window.last) if window.last else "",
        },
        "period_to" if first in window else "period_from",
    )
