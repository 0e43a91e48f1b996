"""Achievements of a dossier: which may be changed now, and the days they lie in.

What is rewarded lies in the period it is rewarded for, and the next period is counted from the
one before (Thông tư số 08/2017/TT-BNV, an older paper whose principle is kept).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.kernel.period import Period, show_date
from app.kernel.refusal import N_, Refusal
from app.nominations.rules.facts import Dossier, EvidenceFacts
from app.nominations.rules.refusing import refuse_changing

CHANGED_MEANWHILE = Refusal(
    "changed-meanwhile",
    N_(
        "Nội dung này đã được người khác lưu trong lúc Ông/Bà đang nhập. Phần Ông/Bà nhập vẫn còn"
        " bên dưới; vui lòng so với bản đang lưu rồi lưu lại."
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


def refuse_evidence(dossier: Dossier, criterion_code: str, today: date) -> Refusal | None:
    """Whether a new achievement may stand under this criterion now."""
    if refusal := refuse_changing(dossier, "criterion", criterion_code, today):
        return refusal
    if criterion_code not in {c.code for c in dossier.criteria if c.kind != "gate"}:
        return Refusal(
            "unknown-criterion",
            N_("Vui lòng chọn tiêu chí của đợt xét."),
            field_name="criterion",
        )
    return None


def refuse_entry(dossier: Dossier, entry: EvidenceFacts, today: date) -> Refusal | None:
    """What is wrong with an achievement as it would be saved."""
    return (
        refuse_figures(entry.before, entry.after, entry.quantity_unit)
        or refuse_days(dossier.period, entry.days, today)
        or refuse_duplicate(dossier, entry)
    )


def refuse_duplicate(dossier: Dossier, item: EvidenceFacts) -> Refusal | None:
    """A double click must not count as two achievements."""
    others = (known for known in dossier.evidence if known.id != item.id)
    if any(
        replace(known, id=item.id, version=item.version, by=item.by, at=item.at) == item
        for known in others
    ):
        return Refusal("same-evidence", N_("Minh chứng này đã có trong hồ sơ."))
    return None


def refuse_figures(
    before: Decimal | None, after: Decimal | None, quantity_unit: str
) -> Refusal | None:
    if before is not None and after is None:
        return Refusal(
            "no-figure-after",
            N_("Vui lòng nhập số liệu sau khi thực hiện."),
            field_name="after",
        )
    if after is not None and not quantity_unit:
        return Refusal(
            "no-quantity-unit",
            N_("Vui lòng nhập đơn vị tính của số liệu."),
            field_name="quantity_unit",
        )
    return None


def refuse_days(window: Period, days: Period | None, today: date) -> Refusal | None:
    """`window`: the dossier's achievement period. The whole span lies in it, both ends included.

    Work that reaches into another period is entered with the part done in this one: else the
    same figures would be rewarded twice.
    """
    if days is None or days.last is None:
        return Refusal(
            "no-day",
            N_("Vui lòng nhập ngày đạt được hoặc được công nhận."),
            field_name="last_on",
        )
    if days.last < days.first:
        return Refusal(
            "days-backwards", N_("Ngày kết thúc phải từ ngày bắt đầu trở đi."), {}, "last_on"
        )
    if days.last > today:
        return Refusal(
            "not-yet-achieved",
            N_("Ngày đạt được không thể sau hôm nay ({day})."),
            {"day": show_date(today)},
            "last_on",
        )
    if days.first in window and days.last in window:
        return None
    return Refusal(
        "achieved-outside",
        N_("Thành tích phải nằm trong thời gian lập thành tích của hồ sơ ({first} - {last})."),
        _shown(window),
        "first_on" if days.last in window else "last_on",
    )


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
        _shown(window),
        "period_to" if first in window else "period_from",
    )


def _shown(window: Period) -> dict[str, str]:
    return {
        "first": show_date(window.first),
        "last": show_date(window.last) if window.last else "",
    }
