"""Where a nominee stands on the day: unit, post, the unit that nominates, and the code given."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from app.kernel.vietnamese import order_key, person_order_key, search_key, tidy

# A room's own name says nothing outside its house, so the house is named too.
_NAMED_WITH_PARENT = frozenset({"room", "central"})
_PREFIX = {"individual": "CN", "collective": "TT"}


@dataclass(frozen=True, slots=True)
class UnitStep:
    """One unit on the way up, as it was called that day."""

    id: int
    kind: str
    name: str
    dissolved_on: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """`way`: the nominee's unit first, the root last. `post` is empty for a collective."""

    name: str
    post: str
    way: tuple[UnitStep, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The nominee as they are today; a later move or rename changes nothing of it."""

    subject: str
    person_id: int | None
    collective_id: int | None
    name: str
    post: str
    unit_name: str
    order_key: str

    def search_key(self, code: str) -> str:
        return search_key(" ".join((self.name, self.post, self.unit_name, code)))[:600]


def snapshot_of_person(person_id: int, place: Place) -> Snapshot:
    name = tidy(place.name)
    return Snapshot(
        "individual",
        person_id,
        None,
        name,
        tidy(place.post),
        full_name(place.way),
        person_order_key(name),
    )


def snapshot_of_collective(place: Place) -> Snapshot:
    """Its own name is its name; the unit named beside it is the one it belongs to."""
    name = tidy(place.name)
    parent = full_name(place.way[1:])
    return Snapshot("collective", None, place.way[0].id, name, "", parent, order_key(name))


def full_name(way: Sequence[UnitStep]) -> str:
    """`Phòng 1, Viện kiểm sát nhân dân tỉnh Lạng Sơn`; a regional procuracy stands alone."""
    names = []
    for step in way:
        names.append(step.name)
        if step.kind not in _NAMED_WITH_PARENT:
            break
    return ", ".join(names)


def covering_unit(way: Sequence[UnitStep], units: Collection[int]) -> int | None:
    """The highest unit on the way up that is among `units`: the level that nominates."""
    return next((step.id for step in reversed(way) if step.id in units), None)


def code_prefix(subject: str, year: int) -> str:
    return f"{_PREFIX[subject]}-{year}-"


def next_code(prefix: str, last_number: int) -> str:
    return f"{prefix}{last_number + 1:04d}"
