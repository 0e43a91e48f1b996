"""What the pages of events and of records post. Units are named by code or by their whole name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.kernel.period import Period
from app.kernel.refusal import N_
from app.kernel.vietnamese import tidy
from app.organization.rules import EARLIEST_YEAR, EVENTS, KINDS, LEVELS, NewUnit, PersonRecord
from app.web.forms import Form

LONGEST_NAME = 300
LONGEST_CODE = 80
LONGEST_TEXT = 200
MOST_UNITS = 40
_CODE = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class NewEvent:
    """`news` and `others` are empty where the event has none; `parent` is a code or a name."""

    kind: str
    day: date
    name: str = ""
    parent: str = ""
    others: tuple[str, ...] = ()
    news: tuple[NewUnit, ...] = ()


def read_event(form: Form) -> NewEvent | None:
    kind = form.choice("event", EVENTS)
    day = form.day("day")
    name = form.text("name", longest=LONGEST_NAME) if kind == "rename" else ""
    parent = form.text("parent", longest=LONGEST_NAME) if kind in ("move", "merge") else ""
    others = _lines(form, "others") if kind == "merge" else ()
    news: tuple[NewUnit, ...] = ()
    if kind in ("merge", "convert", "found"):
        news = (_new_unit(form),)
    if kind == "split":
        news = _parts(form)
    if form.errors or day is None:
        return None
    return NewEvent(kind, day, name, parent, others, news)


def read_record(form: Form, kind: str) -> PersonRecord | None:
    """A posting's unit is named in the field `unit`; whoever asks finds it."""
    if kind == "classifications":
        level = form.choice("text", LEVELS)
        year = form.integer("year", least=EARLIEST_YEAR, most=2100)
        if form.errors:
            return None
        return PersonRecord(0, level, Period(date(year, 1, 1), date(year, 12, 31)))
    text = form.text("text", longest=LONGEST_TEXT)
    is_main = kind == "postings" and form.choice("form", ("main", "concurrent")) == "main"
    if kind == "postings":
        form.text("unit", longest=LONGEST_NAME)
    first = form.day("valid_from")
    last = form.day("valid_to") if form.values.get("valid_to", "").strip() else None
    if form.errors or first is None:
        return None
    return PersonRecord(0, text, Period(first, last), is_main=is_main)


def _new_unit(form: Form) -> NewUnit:
    code = form.text("code", longest=LONGEST_CODE).lower()
    if code and not _CODE.fullmatch(code):
        _refuse_code(form, "code", code)
    name = form.text("name", longest=LONGEST_NAME)
    return NewUnit(code, form.choice("unit_kind", KINDS), name)


def _parts(form: Form) -> tuple[NewUnit, ...]:
    """One new unit a line: `code; name`. All are of the kind chosen."""
    kind = form.choice("unit_kind", KINDS)
    found = []
    for line in _lines(form, "parts"):
        code, _, name = line.partition(";")
        code, name = code.strip().lower(), tidy(name)
        if not name or len(name) > LONGEST_NAME:
            form.refuse(
                "parts",
                "not-code-and-name",
                N_("Mỗi dòng ghi: mã; tên. Dòng sai: “{line}”."),
                line=line[:60],
            )
        elif not _CODE.fullmatch(code) or len(code) > LONGEST_CODE:
            _refuse_code(form, "parts", code)
        found.append(NewUnit(code, kind, name))
    return tuple(found)


def _lines(form: Form, name: str) -> tuple[str, ...]:
    text = form.text(name, longest=MOST_UNITS * LONGEST_NAME)
    lines = tuple(line for line in text.split("\n") if line)
    if len(lines) > MOST_UNITS:
        form.refuse(name, "too-many", N_("Tối đa {n} đơn vị một lần."), n=MOST_UNITS)
    return lines


def _refuse_code(form: Form, field: str, code: str) -> None:
    form.refuse(
        field,
        "not-a-code",
        N_("Mã “{typed}” không hợp lệ: chỉ dùng chữ thường không dấu, số, dấu chấm và gạch nối."),
        typed=code[:LONGEST_CODE],
    )
