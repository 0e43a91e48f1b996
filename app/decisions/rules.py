"""When a decision may be signed, what its annex holds and what each line is paid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.council.rules import ApprovedNomination
from app.kernel.money import bonus
from app.kernel.period import show_date
from app.kernel.refusal import N_, Refusal


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whose decision it is: the unit under its name of that day, its head and its symbol."""

    unit_name: str
    superior: str
    head: str
    symbol: str
    place: str

    @property
    def authority(self) -> str:
        return f"{self.head} {self.unit_name}"


@dataclass(frozen=True, slots=True)
class Held:
    """The council session whose result is decided on."""

    on: date
    minutes_number: str
    council_name: str
    issuer: Issuer


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a round has come to: everything a decision needs is there, or says what is missing.

    `open_comments`: of the public, on lists of the round, that nobody has handled.
    """

    decision_id: int | None
    held: Held | None
    approved: tuple[ApprovedNomination, ...]
    open_comments: int = 0


@dataclass(frozen=True, slots=True)
class AnnexItem:
    position: int
    nomination_id: int
    subject: str
    name: str
    post: str
    unit_name: str
    coefficient: Decimal
    bonus_amount: int

    @property
    def position_line(self) -> str:
        """`Kiểm sát viên, Phòng 1`; a collective that is the unit itself needs no second name."""
        unit = self.unit_name if self.unit_name != self.name else ""
        return ", ".join(part for part in (self.post, unit) if part)


def number_text(number: int, symbol: str) -> str:
    """`5` -> `05/QĐ-VKSTC`: numbers below 10 take a zero in front (NĐ 30/2020/NĐ-CP, annex I)."""
    return f"{number:02d}/QĐ-{symbol}"


def capacity_line(capacity: str, head: str) -> str:
    """The line above the signer's own title: `KT. VIỆN TRƯỞNG`; empty when the head signs."""
    return f"{capacity} {head.upper()}" if capacity else ""


def refuse_decision(preparation: Preparation) -> Refusal | None:
    if preparation.decision_id is not None:
        return Refusal("already-decided", N_("Đợt xét này đã có quyết định khen thưởng."))
    if preparation.held is None:
        return Refusal(
            "no-council-result",
            N_("Chưa ghi nhận kết quả phiên họp Hội đồng nên chưa lập được quyết định."),
        )
    if not preparation.approved:
        return Refusal(
            "nobody-approved",
            N_("Hội đồng chưa thông qua đề nghị nào nên không có nội dung để quyết định."),
        )
    if preparation.open_comments:
        return Refusal(
            "comments-open",
            N_("Còn {n} ý kiến chưa được xử lý; chỉ ký quyết định sau khi mọi ý kiến được xử lý."),
            {"n": preparation.open_comments},
        )
    return None


def refuse_signing_day(held_on: date, signed_on: date, today: date) -> Refusal | None:
    if signed_on < held_on:
        return Refusal(
            "before-session",
            N_("Ngày ký không được trước ngày họp Hội đồng ({day})."),
            {"day": show_date(held_on)},
            "signed_on",
        )
    if signed_on > today:
        return Refusal(
            "in-future",
            N_("Ngày ký không được sau ngày hôm nay ({day})."),
            {"day": show_date(today)},
            "signed_on",
        )
    return None


def refuse_while_public(open_until: date | None) -> Refusal | None:
    """`open_until`: last day of a list that the public may still comment on on the day signed."""
    if open_until is None:
        return None
    return Refusal(
        "public-comment-open",
        N_("Danh sách đang được lấy ý kiến đến hết ngày {day}; chỉ ký quyết định sau ngày đó."),
        {"day": show_date(open_until)},
        "signed_on",
    )


def annex(
    approved: Iterable[ApprovedNomination],
    coefficients: Mapping[str, Decimal],
    base_salary: int,
) -> tuple[AnnexItem, ...]:
    """Collectives first, then individuals, each by rank; equal ranks in the order given.

    `coefficients` by kind of subject; `base_salary` in đồng on the day of signing.
    """
    order = sorted(approved, key=lambda a: (a.subject != "collective", a.rank))
    return tuple(
        AnnexItem(
            position,
            found.nomination_id,
            found.subject,
            found.name,
            found.post,
            found.unit_name,
            coefficients[found.subject],
            bonus(coefficients[found.subject], base_salary),
        )
        for position, found in enumerate(order, start=1)
    )
