"""What somebody typed of a person, in a form or a sheet: the value, or what to type instead."""

from __future__ import annotations

import re
from datetime import date

from app.kernel.refusal import N_, Refusal

FIRST_YEAR, LAST_YEAR = 1900, 2100
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_CODE = re.compile(r"[\w.\-/]+")


def read_day(typed: str) -> date | Refusal:
    """dd/mm/yyyy, also with dots or hyphens, or yyyy-mm-dd."""
    typed = typed.strip()
    if found := _DAY.fullmatch(typed):
        return to_day(_date(found[3], found[2], found[1]))
    if found := _ISO_DAY.fullmatch(typed):
        return to_day(_date(found[1], found[2], found[3]))
    return to_day(None)


def to_day(found: date | None) -> date | Refusal:
    if found is None:
        return Refusal("not-a-date", N_("Vui lòng nhập ngày theo dạng dd/mm/yyyy."))
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        message = N_("Năm {year} không hợp lý; vui lòng kiểm tra lại.")
        return Refusal("odd-year", message, {"year": found.year})
    return found


def refuse_future(day: date, today: date) -> Refusal | None:
    if day > today:
        return Refusal("in-the-future", N_("Ngày này ở tương lai; vui lòng kiểm tra lại."))
    return None


def refuse_code_text(code: str) -> Refusal | None:
    if not _CODE.fullmatch(code):
        message = N_("Mã chỉ gồm chữ, số và các dấu . - _ / và không có khoảng trắng.")
        return Refusal("not-a-code", message)
    return None


def refuse_name_text(name: str) -> Refusal | None:
    if any(character.isdigit() for character in name):
        return Refusal("not-a-name", N_("Họ và tên không được có chữ số; vui lòng sửa lại."))
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
