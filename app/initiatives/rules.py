"""An initiative, its authors' shares and the papers that recognise it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.kernel.refusal import N_, Refusal

SCOPES = ("base", "sector", "national")
WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Author:
    """`share` in percent; the shares of one initiative add up to exactly 100."""

    person_id: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Recognition:
    scope: str
    number: str
    recognised_on: date
    replicable: bool


@dataclass(frozen=True, slots=True)
class InitiativeFacts:
    id: int
    code: str
    title: str
    unit_id: int
    applied_from: date
    authors: tuple[Author, ...]
    recognitions: tuple[Recognition, ...] = ()


def refuse_authors(authors: Sequence[Author]) -> Refusal | None:
    if not authors:
        return Refusal("no-author", N_("Sáng kiến phải có ít nhất một tác giả."))
    if len({author.person_id for author in authors}) < len(authors):
        return Refusal("author-twice", N_("Mỗi tác giả chỉ được ghi một lần."))
    if any(author.share <= 0 for author in authors) or _total(authors) != WHOLE:
        return Refusal(
            "shares-not-whole",
            N_("Tỷ lệ đóng góp phải lớn hơn 0 và cộng lại đúng 100 %; hiện là {total} %."),
            {"total": format(_total(authors).normalize(), "f").replace(".", ",")},
        )
    return None


def refuse_recognition(
    initiative: InitiativeFacts, scope: str, recognised_on: date, today: date
) -> Refusal | None:
    """An initiative is recognised after it was applied (NĐ 13/2012/NĐ-CP, điều 3)."""
    if scope not in SCOPES:
        return Refusal("unknown-scope", N_("Vui lòng chọn phạm vi công nhận."))
    if any(found.scope == scope for found in initiative.recognitions):
        return Refusal("already-recognised", N_("Sáng kiến đã được công nhận ở phạm vi này."))
    if recognised_on > today:
        return Refusal("in-the-future", N_("Ngày công nhận không được sau hôm nay."))
    if recognised_on < initiative.applied_from:
        return Refusal(
            "recognised-before-applied",
            N_("Ngày công nhận không được trước ngày bắt đầu áp dụng."),
        )
    return None


def _total(authors: Sequence[Author]) -> Decimal:
    return sum((author.share for author in authors), Decimal(0))
