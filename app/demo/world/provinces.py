"""63 provincial procuracies until 30 June 2025, 34 from the next day (Nghị quyết 84/2025)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.demo.world.facts import (
    BOOKS_OPEN,
    LAST_OLD_DAY,
    REORGANIZED_ON,
    NameVersion,
    Placement,
    Unit,
    UnitKind,
)
from app.demo.world.files import rows
from app.kernel.period import Period
from app.kernel.vietnamese import search_key

# Centrally run cities before the merger; all others were "tỉnh".
FORMER_CITIES = frozenset({"Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Thành phố Hồ Chí Minh"})


@dataclass(frozen=True, slots=True)
class Province:
    name: str
    rank: str
    """`tỉnh` or `thành phố`."""
    predecessors: tuple[str, ...]
    regional_units: int
    """Illustrative per province; the sum of 355 is the published one."""

    @property
    def merged(self) -> bool:
        return len(self.predecessors) > 1

    @property
    def key(self) -> str:
        """A merged province is a new unit, even where it keeps a predecessor's name."""
        if self.merged:
            return f"{_former_key(self.name)}-2025"
        return _former_key(self.predecessors[0])


def provinces() -> tuple[Province, ...]:
    return tuple(
        Province(
            row["name"],
            row["rank"],
            tuple(row["predecessors"].split(";")),
            int(row["regional_units_illustrative"]),
        )
        for row in rows("provinces.csv")
    )


def province_units(lines: tuple[Province, ...], root: str) -> Iterator[Unit]:
    for province in lines:
        if province.merged:
            for former in province.predecessors:
                yield _dissolved(former, root)
            yield _new(province, root)
        else:
            yield _continuing(province, root)


def _former_key(name: str) -> str:
    return "vks-" + search_key(name).replace(" ", "-")


def _title(rank: str, name: str) -> str:
    place = name if name.startswith("Thành phố") else f"{rank} {name}"
    return f"Viện kiểm sát nhân dân {place}"


def _former_title(name: str) -> str:
    return _title("thành phố" if name in FORMER_CITIES else "tỉnh", name)


def _dissolved(name: str, root: str) -> Unit:
    lifetime = Period(BOOKS_OPEN, LAST_OLD_DAY)
    return Unit(
        _former_key(name),
        UnitKind.PROVINCE,
        (NameVersion(_former_title(name), lifetime),),
        (Placement(root, lifetime),),
        BOOKS_OPEN,
        LAST_OLD_DAY,
    )


def _new(province: Province, root: str) -> Unit:
    lifetime = Period(REORGANIZED_ON)
    return Unit(
        province.key,
        UnitKind.PROVINCE,
        (NameVersion(_title(province.rank, province.name), lifetime),),
        (Placement(root, lifetime),),
        REORGANIZED_ON,
        predecessors=tuple(_former_key(name) for name in province.predecessors),
    )


def _continuing(province: Province, root: str) -> Unit:
    former, now = _former_title(province.predecessors[0]), _title(province.rank, province.name)
    names: tuple[NameVersion, ...] = (NameVersion(now, Period(BOOKS_OPEN)),)
    if former != now:
        names = (
            NameVersion(former, Period(BOOKS_OPEN, LAST_OLD_DAY)),
            NameVersion(now, Period(REORGANIZED_ON)),
        )
    return Unit(
        province.key,
        UnitKind.PROVINCE,
        names,
        (Placement(root, Period(BOOKS_OPEN)),),
        BOOKS_OPEN,
    )
