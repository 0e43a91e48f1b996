"""The Procuracy before and after 1 July 2025: every unit, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.demo.world.facts import (
    BOOKS_OPEN,
    LAST_OLD_DAY,
    REORGANIZED_ON,
    EventKind,
    NameVersion,
    Placement,
    Unit,
    UnitEvent,
    UnitKind,
)
from app.demo.world.files import rows
from app.demo.world.provinces import Province, province_units, provinces
from app.kernel.period import Period
from app.kernel.vietnamese import search_key

ROOT = "vksndtc"


def build_units() -> tuple[Unit, ...]:
    lines = provinces()
    root = Unit(
        ROOT,
        UnitKind.SUPREME,
        (NameVersion("Viện kiểm sát nhân dân tối cao", Period(BOOKS_OPEN)),),
        (),
        BOOKS_OPEN,
    )
    units = [root, *_former_central(), *_central(), *province_units(lines, ROOT)]
    units += [*_districts(), *_regional(lines)]
    return (*units, *_rooms({unit.key: unit for unit in units}))


def build_events(units: tuple[Unit, ...]) -> tuple[UnitEvent, ...]:
    return tuple(event for unit in units if (event := _event(unit)) is not None)


def _event(unit: Unit) -> UnitEvent | None:
    if unit.predecessors:
        kind = EventKind.MERGE if len(unit.predecessors) > 1 else EventKind.REPLACE
        return UnitEvent(kind, REORGANIZED_ON, unit.predecessors, unit.key)
    if len(unit.names) > 1:
        return UnitEvent(EventKind.RENAME, REORGANIZED_ON, (unit.key,), unit.key)
    if unit.kind is UnitKind.PROVINCE and unit.dissolved_on is None:
        return UnitEvent(EventKind.UNCHANGED, REORGANIZED_ON, (unit.key,), unit.key)
    return None


def _simple(
    key: str,
    kind: UnitKind,
    name: str,
    parent: str,
    founded_on: date,
    dissolved_on: date | None = None,
    predecessors: tuple[str, ...] = (),
    illustrative: bool = False,
) -> Unit:
    lifetime = Period(founded_on, dissolved_on)
    return Unit(
        key,
        kind,
        (NameVersion(name, lifetime),),
        (Placement(parent, lifetime),),
        founded_on,
        dissolved_on,
        predecessors,
        illustrative,
    )


def _former_central() -> Iterator[Unit]:
    for row in rows("former_central.csv"):
        kind = UnitKind(row["kind"])
        yield _simple(row["key"], kind, row["name"], ROOT, BOOKS_OPEN, LAST_OLD_DAY)


def _central() -> Iterator[Unit]:
    for row in rows("central_units.csv"):
        founded_on = date.fromisoformat(row["founded_on"])
        names: tuple[NameVersion, ...] = (NameVersion(row["name"], Period(founded_on)),)
        if row["former_names"]:
            names = (
                NameVersion(row["former_names"], Period(founded_on, LAST_OLD_DAY)),
                NameVersion(row["name"], Period(REORGANIZED_ON)),
            )
        yield Unit(
            row["key"],
            UnitKind.CENTRAL,
            names,
            (Placement(ROOT, Period(founded_on)),),
            founded_on,
            predecessors=tuple(filter(None, row["predecessors"].split(";"))),
            illustrative=row["illustrative"] == "yes",
        )


def district_key(name: str) -> str:
    return "vks-" + search_key(name).replace(" ", "-")


def _districts() -> Iterator[Unit]:
    """A few of the roughly 700 former districts, so that people have a past before the merger."""
    for row in rows("districts.csv"):
        parent = district_key(row["province"])
        name = f"Viện kiểm sát nhân dân {row['name']}"
        key = district_key(row["name"])
        yield _simple(
            key, UnitKind.DISTRICT, name, parent, BOOKS_OPEN, LAST_OLD_DAY, illustrative=True
        )


def _regional(lines: tuple[Province, ...]) -> Iterator[Unit]:
    replaced = {
        (row["regional_province"], int(row["regional_number"])): district_key(row["name"])
        for row in rows("districts.csv")
    }
    for province in lines:
        for number in range(1, province.regional_units + 1):
            former = replaced.get((province.name, number))
            yield _simple(
                f"{province.key}.khu-vuc-{number}",
                UnitKind.REGIONAL,
                f"Viện kiểm sát nhân dân khu vực {number} - {province.name}",
                province.key,
                REORGANIZED_ON,
                predecessors=(former,) if former else (),
                illustrative=True,
            )


def _rooms(parents: dict[str, Unit]) -> Iterator[Unit]:
    for row in rows("rooms.csv"):
        predecessors = tuple(filter(None, row["predecessors"].split(";")))
        founded_on = REORGANIZED_ON if predecessors else parents[row["parent"]].founded_on
        yield _simple(
            row["key"],
            UnitKind.ROOM,
            row["name"],
            row["parent"],
            founded_on,
            predecessors=predecessors,
            illustrative=True,
        )
