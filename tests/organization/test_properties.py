"""Whatever events follow one another, a unit has one version each day of its life, and no ring."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.kernel.period import Period
from app.organization import rules
from app.organization.rules import Link, UnitFacts, Version

START = date(2020, 1, 1)
A_DAY = timedelta(days=1)
DAYS = st.integers(-5, 60).map(lambda n: START + n * A_DAY)
EVENTS = st.lists(st.tuples(st.sampled_from(("rename", "move", "end")), DAYS), max_size=25)


def founded(number: int, parent: int | None) -> UnitFacts:
    version = Version(f"Đơn vị {number}", parent, Period(START))
    return UnitFacts(number, f"u{number}", "room", START, None, (version,))


@given(EVENTS)
@settings(max_examples=200, deadline=None)
def test_versions_have_neither_gaps_nor_overlaps(events: list[tuple[str, date]]) -> None:
    unit = founded(1, 2)
    for step, (event, day) in enumerate(events):
        if rules.refuse_event(unit, day):
            continue
        if event == "rename":
            unit = rules.with_version(unit, day, name=f"Tên {step}")
        elif event == "move":
            unit = rules.with_version(unit, day, parent_id=100 + step)
        else:
            unit = rules.ended(unit, day)
    for offset in range(-10, 80):
        day = START + offset * A_DAY
        valid = [version for version in unit.versions if day in version.period]
        assert len(valid) == (1 if day in unit.lifetime else 0)
    assert unit.versions[0].period.first == unit.founded_on
    assert unit.latest.period.last == unit.dissolved_on


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 6), DAYS), max_size=30))
@settings(max_examples=300, deadline=None)
def test_moves_never_close_a_ring_on_any_day(moves: list[tuple[int, int, date]]) -> None:
    tree = {0: founded(0, None)} | {number: founded(number, 0) for number in range(1, 7)}
    for number, parent, day in moves:
        links = links_of(tree)
        if rules.refuse_move(tree[number], tree[parent], day, links) is None:
            tree[number] = rules.with_version(tree[number], day, parent_id=parent)
    for offset in range(70):
        day = START + offset * A_DAY
        for number in tree:
            assert reaches_the_head(tree, number, day)


def links_of(tree: dict[int, UnitFacts]) -> tuple[Link, ...]:
    return tuple(
        Link(unit.id, version.parent_id, version.period)
        for unit in tree.values()
        for version in unit.versions
        if version.parent_id is not None
    )


def reaches_the_head(tree: dict[int, UnitFacts], number: int, day: date) -> bool:
    for _ in tree:
        version = tree[number].version_on(day)
        assert version is not None
        if version.parent_id is None:
            return True
        number = version.parent_id
    return False
