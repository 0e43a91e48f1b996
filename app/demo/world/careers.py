"""Postings over time and the yearly classification."""

from __future__ import annotations

from datetime import date, timedelta

from app.demo.world.facts import (
    LAST_OLD_DAY,
    REORGANIZED_ON,
    Classification,
    Level,
    Posting,
    Unit,
)
from app.demo.world.picker import Picker
from app.demo.world.slots import Slot
from app.kernel.period import Period

_LEVELS = [Level.EXCELLENT] * 24 + [Level.GOOD] * 66 + [Level.FAIR] * 8 + [Level.POOR] * 2
_BEFORE_PROMOTION = {
    "Viện trưởng": "Phó Viện trưởng",
    "Vụ trưởng": "Phó Vụ trưởng",
    "Trưởng phòng": "Phó Trưởng phòng",
    "Hiệu trưởng": "Phó Hiệu trưởng",
    "Chánh Văn phòng": "Phó Chánh Văn phòng",
}
_SECOND_POST_EVERY = 40


def postings(
    slot: Slot, recruited_on: date, units: dict[str, Unit], picker: Picker, index: int
) -> tuple[Posting, ...]:
    """Oldest first; the main postings follow one another without a gap."""
    unit = units[slot.unit]
    began = max(recruited_on, *_books_of(unit, units))
    if unit.founded_on < REORGANIZED_ON:
        return (*_within(slot, began, picker, index), *_second(slot, picker, index))
    former = _former_unit(unit, units, picker, index)
    before = _BEFORE_PROMOTION.get(slot.post, slot.post)
    return (
        Posting(former, before, True, Period(began, LAST_OLD_DAY)),
        Posting(slot.unit, slot.post, True, Period(REORGANIZED_ON)),
        *_second(slot, picker, index),
    )


def classifications(slot: Slot, picker: Picker, index: int) -> tuple[Classification, ...]:
    """The years 2024 and 2025; heads of units are rated good or better."""
    pool = _LEVELS[:90] if slot.senior else _LEVELS
    return tuple(
        Classification(year, picker.choice(pool, "level", index, year)) for year in (2024, 2025)
    )


def _within(slot: Slot, began: date, picker: Picker, index: int) -> tuple[Posting, ...]:
    """In a unit that continues: one post, or a promotion on a first of January."""
    promoted_on = date(picker.number(2019, 2024, "promoted", index), 1, 1)
    before = _BEFORE_PROMOTION.get(slot.post)
    if before is None or promoted_on <= began:
        return (Posting(slot.unit, slot.post, True, Period(began)),)
    return (
        Posting(slot.unit, before, True, Period(began, promoted_on - timedelta(days=1))),
        Posting(slot.unit, slot.post, True, Period(promoted_on)),
    )


def _second(slot: Slot, picker: Picker, index: int) -> tuple[Posting, ...]:
    """Now and then a practitioner also teaches; a second posting never decides the unit."""
    if index % _SECOND_POST_EVERY or slot.unit.startswith("truong-dhks"):
        return ()
    began = picker.day(REORGANIZED_ON, date(2025, 9, 30), "second", index)
    return (Posting("truong-dhks", "Giảng viên kiêm nhiệm", False, Period(began)),)


def _former_unit(unit: Unit, units: dict[str, Unit], picker: Picker, index: int) -> str:
    """Where somebody of a unit founded on 1 July 2025 worked until the day before."""
    if unit.predecessors:
        return picker.choice(unit.predecessors, "former", index)
    parent = units[unit.placements[0].parent]
    if parent.founded_on < REORGANIZED_ON:
        return parent.key
    return _former_unit(parent, units, picker, index)


def _books_of(unit: Unit, units: dict[str, Unit]) -> tuple[date, ...]:
    """Nobody is posted before the books open; a new unit's people come from older ones."""
    root = units["vksndtc"].founded_on
    return (root,) if unit.founded_on == REORGANIZED_ON else (root, unit.founded_on)
