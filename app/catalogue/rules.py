"""Dated figures of the law: which one is in force on a day is looked up, never assumed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.kernel.period import in_words, show_date
from app.kernel.refusal import N_, Refusal

# By rank of the issuer; what a title begins with, and the order in which papers are cited.
_KINDS = ("Luật", "Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Thông tư", "Kế hoạch")


@dataclass(frozen=True, slots=True)
class LegalSourceEntry:
    """A paper that rules rest on. Unknown dates are None; `note` says how well it is known."""

    number: str
    title: str
    issuer: str
    signed_on: date | None
    effective_from: date | None
    effective_to: date | None
    note: str = ""
    cited: bool = False


@dataclass(frozen=True, slots=True)
class AwardFormEntry:
    """`kind` is "title" (danh hiệu thi đua) or "form" (hình thức khen thưởng)."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Salary:
    """Base salary in đồng a month from `effective_from` on; `source` is the paper's number."""

    effective_from: date
    amount: int
    source: str


@dataclass(frozen=True, slots=True)
class Coefficient:
    """Multiplier of the base salary for one award form (its code) and kind of subject."""

    award_form: str
    subject: str
    coefficient: Decimal
    effective_from: date
    source: str


def salary_on(day: date, salaries: Iterable[Salary]) -> Salary | Refusal:
    """The last one that took effect on or before `day`: the day it takes effect counts."""
    in_force = [salary for salary in salaries if salary.effective_from <= day]
    if not in_force:
        return Refusal(
            "no-base-salary",
            N_("Chưa có mức lương cơ sở áp dụng cho ngày {day} trong danh mục."),
            {"day": show_date(day)},
        )
    return max(in_force, key=lambda salary: salary.effective_from)


def coefficient_on(
    day: date, award_form: str, subject: str, coefficients: Iterable[Coefficient]
) -> Coefficient | Refusal:
    in_force = [
        entry
        for entry in coefficients
        if (entry.award_form, entry.subject) == (award_form, subject)
        and entry.effective_from <= day
    ]
    if not in_force:
        return Refusal(
            "no-coefficient",
            N_("Chưa có hệ số tiền thưởng áp dụng cho ngày {day} trong danh mục."),
            {"day": show_date(day), "award_form": award_form, "subject": subject},
        )
    return max(in_force, key=lambda entry: entry.effective_from)


def printed_title(award_form: str) -> str:
    """What stands on paper: `Bằng khen bộ, ngành, tỉnh` is printed as `Bằng khen`."""
    return " ".join(award_form.split()[:2])


def in_citing_order(sources: Iterable[LegalSourceEntry]) -> tuple[LegalSourceEntry, ...]:
    return tuple(sorted(sources, key=lambda s: (_rank(s), s.signed_on or date.max, s.number)))


def cite(source: LegalSourceEntry) -> str:
    """`Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về …`.

    A law goes by its name and day: `Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022`.
    """
    day = f" {in_words(source.signed_on)}" if source.signed_on else ""
    kind = next((kind for kind in _KINDS if source.title.startswith(kind)), None)
    if kind == "Luật" and day:
        return f"{source.title}{day}"
    if kind is None or kind == "Luật":
        return f"{source.title} số {source.number}{day}"
    return f"{kind} số {source.number}{day} của {source.issuer}{source.title[len(kind) :]}"


def _rank(source: LegalSourceEntry) -> int:
    ranks = (rank for rank, kind in enumerate(_KINDS) if source.title.startswith(kind))
    return next(ranks, len(_KINDS))
