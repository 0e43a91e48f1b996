"""Which posts the demo fills: every head, and the staff of the units that nominate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.demo.world.facts import REORGANIZED_ON, Sex, StaffCategory, Unit, UnitKind
from app.demo.world.files import rows

_SERVANT = StaffCategory.CIVIL_SERVANT
_STAFFED_REGIONAL_UNITS = 4


@dataclass(frozen=True, slots=True)
class Slot:
    unit: str
    post: str
    category: StaffCategory = _SERVANT
    sex: Sex | None = None
    senior: bool = False
    """Rated good or better each year; people placed by hand count as senior too."""


def build_slots(units: tuple[Unit, ...]) -> tuple[Slot, ...]:
    """In a fixed order, heads first within a unit."""
    heads = {row["key"]: row["head"] for row in rows("central_units.csv")}
    rooms_of = {row["parent"] for row in rows("rooms.csv")}
    return tuple(
        slot
        for unit in units
        if unit.exists_on(REORGANIZED_ON)
        for slot in _slots_of(unit, heads, rooms_of)
    )


def _slots_of(unit: Unit, heads: dict[str, str], rooms_of: set[str]) -> Iterator[Slot]:
    match unit.kind:
        case UnitKind.SUPREME:
            yield Slot(unit.key, "Viện trưởng", StaffCategory.CADRE, Sex.MALE, True)
            yield Slot(unit.key, "Phó Viện trưởng", sex=Sex.FEMALE, senior=True)
            yield Slot(unit.key, "Phó Viện trưởng", sex=Sex.MALE, senior=True)
        case UnitKind.CENTRAL:
            yield from _central_slots(unit.key, heads[unit.key])
        case UnitKind.PROVINCE:
            yield Slot(unit.key, "Viện trưởng", senior=True)
            yield Slot(unit.key, "Phó Viện trưởng", senior=True)
            yield Slot(unit.key, "Chuyên viên")
        case UnitKind.ROOM:
            yield from _room_slots(unit.key)
        case UnitKind.REGIONAL:
            yield from _regional_slots(unit, rooms_of)


def _central_slots(key: str, head: str) -> Iterator[Slot]:
    public = key in {"truong-dhks", "vien-khks", "bao-bvpl", "tap-chi-ks"}
    staff = StaffCategory.PUBLIC_EMPLOYEE if public else _SERVANT
    yield Slot(key, head, senior=True)
    yield Slot(key, f"Phó {head}", senior=True)
    yield Slot(key, "Chuyên viên chính", staff)


def _room_slots(key: str) -> Iterator[Slot]:
    parent = key.partition(".")[0]
    school = parent == "truong-dhks"
    title = {"nghiep-vu": "Trưởng khoa", "thu-vien": "Giám đốc Trung tâm"}.get(
        key.partition(".")[2], "Trưởng phòng"
    )
    title = "Chánh Văn phòng" if key.endswith(".van-phong") else title
    expert = "Kiểm sát viên trung cấp" if ".phong-" in key else "Chuyên viên"
    yield Slot(key, title, senior=True)
    yield Slot(key, f"Phó {title}", senior=True)
    yield Slot(key, expert, StaffCategory.PUBLIC_EMPLOYEE if school else _SERVANT)


def _regional_slots(unit: Unit, rooms_of: set[str]) -> Iterator[Slot]:
    province, _, number = unit.key.partition(".khu-vuc-")
    if province not in rooms_of or int(number) > _STAFFED_REGIONAL_UNITS:
        return
    yield Slot(unit.key, "Viện trưởng", senior=True)
    yield Slot(unit.key, "Phó Viện trưởng", senior=True)
    yield Slot(unit.key, "Kiểm sát viên sơ cấp")
    yield Slot(unit.key, "Kế toán" if int(number) % 2 else "Kiểm tra viên")
