"""One cell to one value, or the refusal that says what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from app.kernel.refusal import N_, Refusal
from app.kernel.vietnamese import search_key, tidy
from app.organization.rules import (
    read_day,
    refuse_code_text,
    refuse_future,
    refuse_name_text,
    to_day,
)

Parse = Callable[[object, date], object]

_LOGIN = re.compile(r"[a-z0-9._-]+")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")


def text(longest: int) -> Parse:
    def parse(cell: object, _: date) -> object:
        value = as_text(cell)
        if value is None:
            return Refusal("not-text", N_("Cần là văn bản; vui lòng định dạng ô là Text."))
        if len(value) > longest:
            message = N_("Tối đa {longest} ký tự, hiện có {n}; vui lòng rút gọn.")
            return Refusal("too-long", message, {"longest": longest, "n": len(value)})
        return value

    return parse


def code(longest: int) -> Parse:
    plain = text(longest)

    def parse(cell: object, today: date) -> object:
        value = plain(cell, today)
        return (refuse_code_text(value) or value) if isinstance(value, str) else value

    return parse


def name(cell: object, today: date) -> object:
    value = text(200)(cell, today)
    return (refuse_name_text(value) or value) if isinstance(value, str) else value


def login(cell: object, _: date) -> object:
    value = (as_text(cell) or "").lower()
    if not _LOGIN.fullmatch(value) or len(value) > 60:
        message = N_(
            "Tên đăng nhập gồm chữ không dấu, số và các dấu . _ - (không có @), tối đa 60 ký tự."
        )
        return Refusal("not-a-login", message)
    return value


def email(cell: object, _: date) -> object:
    value = (as_text(cell) or "").lower()
    if not _EMAIL.fullmatch(value) or len(value) > 200:
        return Refusal(
            "not-an-email", N_("Địa chỉ e-mail không đúng dạng; vui lòng ghi như ten@donvi.vn.")
        )
    return value


def day(cell: object, _: date) -> object:
    """dd/mm/yyyy, yyyy-mm-dd, or a date cell of Excel."""
    if isinstance(cell, str):
        return read_day(cell)
    if isinstance(cell, datetime):
        cell = cell.date() if cell.time() == time(0) else None
    return to_day(cell if isinstance(cell, date) else None)


def past_day(cell: object, today: date) -> object:
    found = day(cell, today)
    return (refuse_future(found, today) or found) if isinstance(found, date) else found


def year(first: int) -> Parse:
    def parse(cell: object, today: date) -> object:
        value = as_text(cell) or ""
        if not (value.isascii() and value.isdigit() and len(value) == 4):
            return Refusal("not-a-year", N_("Vui lòng nhập năm gồm bốn chữ số."))
        if not first <= int(value) <= today.year:
            message = N_("Năm phải từ {first} đến {last}.")
            return Refusal("odd-year", message, {"first": first, "last": today.year})
        return int(value)

    return parse


def choice(words: Mapping[str, tuple[str, ...]]) -> Parse:
    known = {search_key(word): key for key, spellings in words.items() for word in spellings}
    offered = "; ".join(spellings[0] for spellings in words.values())

    def parse(cell: object, _: date) -> object:
        found = known.get(search_key(as_text(cell) or ""))
        if found is None:
            return Refusal("not-offered", N_("Cần là một trong: {offered}."), {"offered": offered})
        return found

    return parse


def mark(cell: object, _: date) -> object:
    """A cross, as one ticks a line on paper."""
    if search_key(as_text(cell) or "") != "x":
        return Refusal("not-a-mark", N_("Ghi x hoặc để trống."))
    return "x"


def as_text(cell: object) -> str | None:
    """What a person sees in the cell; None where that is no text (a date, yes or no)."""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return None


def shown(cell: object) -> str:
    """A cell as it is repeated to the reader."""
    if isinstance(cell, datetime) and cell.time() == time(0):
        cell = cell.date()
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, bool):
        return str(cell).upper()
    return as_text(cell) or str(cell)
