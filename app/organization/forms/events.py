"""What the page of events posts. Units are named by code or by their whole name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.kernel.refusal import N_
from app.kernel.vietnamese import tidy
from app.organization.rules import EVENTS, NEW_KINDS, NewUnit
from app.web.forms import Form

LONGEST_NAME = 300
LONGEST_CODE = 80
MOST_UNITS = 40
SIDES = {
    "receives": N_("Đơn vị này tiếp tục hoạt động, tiếp nhận các đơn vị ghi dưới đây"),
    "joins": N_("Đơn vị này kết thúc, sáp nhập vào đơn vị ghi dưới đây"),
}
_CODE = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class NewEvent:
    """`news` and `others` are empty where the event has none; `parent` and `to` name a unit.

    `side`: whether this unit goes on (`receives`) or is the one that ends (`joins`).
    """

    kind: str
    day: date
    name: str = ""
    parent: str = ""
    others: tuple[str, ...] = ()
    news: tuple[NewUnit, ...] = ()
    side: str = ""
    to: str = ""
    people: str = ""


def read_event(form: Form) -> NewEvent | None:
    kind = form.choice("event", EVENTS)
    day = form.day("day")
    name = ""
    if kind in ("rename", "absorb"):
        name = form.text("name", longest=LONGEST_NAME, required=kind == "rename")
    parent = form.text("parent", longest=LONGEST_NAME) if kind in ("move", "merge") else ""
    others = _lines(form, "others") if kind in ("merge", "absorb") else ()
    side = form.choice("side", SIDES) if kind == "absorb" else ""
    if side == "joins" and len(others) > 1:
        form.refuse("others", "one-only", N_("Chỉ ghi một đơn vị: đơn vị tiếp tục hoạt động."))
    to = ""
    if kind in ("split", "dissolve"):
        to = form.text("to", longest=LONGEST_NAME, required=False)
    news: tuple[NewUnit, ...] = ()
    if kind in ("merge", "convert", "found"):
        news = (_new_unit(form),)
    if kind == "split":
        news = _parts(form)
    if form.errors or day is None:
        return None
    people = form.values.get("people", "")
    return NewEvent(kind, day, name, parent, others, news, side, to, people)


def _new_unit(form: Form) -> NewUnit:
    code = form.text("code", longest=LONGEST_CODE).lower()
    if code and not _CODE.fullmatch(code):
        _refuse_code(form, "code", code)
    name = form.text("name", longest=LONGEST_NAME)
    return NewUnit(code, form.choice("unit_kind", NEW_KINDS), name)


def _parts(form: Form) -> tuple[NewUnit, ...]:
    """One new unit a line: `code; name`. All are of the kind chosen."""
    kind = form.choice("unit_kind", NEW_KINDS)
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
