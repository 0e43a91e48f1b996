"""Why an event of a unit cannot be recorded. Each answers a refusal or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from app.kernel.period import show_date
from app.kernel.refusal import N_, Refusal
from app.organization.rules.cycles import first_cycle
from app.organization.rules.facts import Link, NewUnit, UnitFacts

_NAMED = 3  # how many of the units in the way a refusal names


def refuse_event(unit: UnitFacts, day: date) -> Refusal | None:
    """Events of one unit are recorded in the order they happened."""
    if unit.dissolved_on is not None:
        return Refusal(
            "already-dissolved",
            N_("“{name}” đã kết thúc hoạt động ngày {day}."),
            {"name": unit.latest.name, "day": show_date(unit.dissolved_on)},
        )
    if day <= unit.latest.period.first:
        return Refusal(
            "before-last-change",
            N_("Ngày hiệu lực phải sau ngày {day}, ngày thay đổi gần nhất của “{name}”."),
            {"name": unit.latest.name, "day": show_date(unit.latest.period.first)},
            "day",
        )
    return None


def refuse_code(code: str, taken: Collection[str]) -> Refusal | None:
    if code in taken:
        return Refusal("code-taken", N_("Mã đơn vị “{code}” đã được dùng."), {"code": code}, "code")
    return None


def refuse_parent(parent: UnitFacts, day: date) -> Refusal | None:
    """A parent must be there that day and have no end in sight, or its children would hang."""
    if day < parent.founded_on:
        return Refusal(
            "parent-not-founded",
            N_("Đơn vị cấp trên “{name}” chỉ có từ ngày {day}."),
            {"name": parent.versions[0].name, "day": show_date(parent.founded_on)},
            "parent",
        )
    if parent.dissolved_on is not None:
        return Refusal(
            "parent-dissolved",
            N_("Đơn vị cấp trên “{name}” kết thúc hoạt động ngày {day}."),
            {"name": parent.latest.name, "day": show_date(parent.dissolved_on)},
            "parent",
        )
    return None


def refuse_rename(unit: UnitFacts, name: str, day: date) -> Refusal | None:
    if refusal := refuse_event(unit, day):
        return refusal
    if name == unit.latest.name:
        return Refusal("same-name", N_("Tên mới phải khác tên hiện nay."), field_name="name")
    return None


def refuse_move(
    unit: UnitFacts, parent: UnitFacts, day: date, above: Iterable[Link]
) -> Refusal | None:
    """`above`: every edge above the new parent that holds on `day` or later."""
    if refusal := refuse_event(unit, day) or _refuse_root(unit) or refuse_parent(parent, day):
        return refusal
    if parent.id == unit.latest.parent_id:
        return Refusal(
            "same-parent",
            N_("Đơn vị đang trực thuộc “{name}”."),
            {"name": parent.latest.name},
            "parent",
        )
    if cycle := first_cycle(unit.id, parent.id, day, above):
        return Refusal(
            "cycle",
            N_("Không thể trực thuộc “{name}”: ngày {day} đơn vị này nằm dưới chính nó."),
            {"name": parent.latest.name, "day": show_date(cycle)},
            "parent",
        )
    return None


def refuse_merge(
    units: Sequence[UnitFacts], parent: UnitFacts, day: date, above: Collection[Link]
) -> Refusal | None:
    """`above`: every edge above the new unit's parent that holds on `day` or later."""
    ids = [unit.id for unit in units]
    if len(set(ids)) != len(ids):
        return Refusal(
            "merged-with-itself",
            N_("Một đơn vị không thể hợp nhất với chính nó."),
            field_name="others",
        )
    if len(ids) < 2:
        return Refusal(
            "nothing-to-merge", N_("Cần ít nhất hai đơn vị để hợp nhất."), field_name="others"
        )
    # What lies below the merged units passes to the new one, so its parent cannot be among that.
    if any(first_cycle(unit_id, parent.id, day, above) for unit_id in ids):
        return Refusal(
            "parent-merged",
            N_("Đơn vị mới không thể trực thuộc đơn vị bị hợp nhất hoặc cấp dưới của đơn vị đó."),
            field_name="parent",
        )
    return _first(refuse_event(u, day) or _refuse_root(u) for u in units) or refuse_parent(
        parent, day
    )


def refuse_split(unit: UnitFacts, news: Sequence[NewUnit], day: date) -> Refusal | None:
    if len(news) < 2:
        return Refusal(
            "nothing-to-split", N_("Chia tách cần ít nhất hai đơn vị mới."), field_name="parts"
        )
    codes = [new.code for new in news]
    if twice := next((code for code in codes if codes.count(code) > 1), None):
        return Refusal("code-twice", N_("Mã “{code}” được ghi hai lần."), {"code": twice}, "parts")
    return refuse_event(unit, day) or _refuse_root(unit)


def refuse_ending(
    unit: UnitFacts, day: date, children: Sequence[UnitFacts], *, taken_over: bool
) -> Refusal | None:
    """`children` belong to the unit on `day` or later; `taken_over`: one unit inherits them."""
    if refusal := refuse_event(unit, day) or _refuse_root(unit):
        return refusal
    if taken_over:
        return _first(refuse_event(child, day) for child in children)
    if children:
        return Refusal(
            "children-remain",
            N_("Còn {n} đơn vị trực thuộc: {names}. Vui lòng ghi đơn vị tiếp nhận các đơn vị đó."),
            {"n": len(children), "names": _names(children)},
            "to",
        )
    return None


def _refuse_root(unit: UnitFacts) -> Refusal | None:
    if unit.latest.parent_id is None:
        return Refusal("root", N_("Đơn vị đứng đầu hệ thống chỉ có thể đổi tên."))
    return None


def _names(units: Sequence[UnitFacts]) -> str:
    names = ", ".join(unit.latest.name for unit in units[:_NAMED])
    return names + (", …" if len(units) > _NAMED else "")


def _first(refusals: Iterable[Refusal | None]) -> Refusal | None:
    return next((refusal for refusal in refusals if refusal), None)
