"""Each refusal of an event of units, and what an event makes of a unit."""

from __future__ import annotations

from datetime import date

import pytest

from app.kernel.period import Period
from app.organization import rules
from app.organization.rules import Link, NewUnit, UnitFacts, Version

START, DAY = date(2015, 6, 1), date(2025, 7, 1)
LAST = date(2025, 6, 30)


def unit(
    number: int = 1, *, parent: int | None = 9, first: date = START, last: date | None = None
) -> UnitFacts:
    version = Version(f"Đơn vị {number}", parent, Period(first, last))
    return UnitFacts(number, f"u-{number}", "room", first, last, (version,))


def code(refusal: object) -> str | None:
    return getattr(refusal, "code", None)


def test_a_change_closes_the_version_before_it_the_day_before() -> None:
    changed = rules.with_version(unit(), DAY, name="Tên mới")
    assert [(v.name, v.parent_id, v.period) for v in changed.versions] == [
        ("Đơn vị 1", 9, Period(START, LAST)),
        ("Tên mới", 9, Period(DAY)),
    ]
    assert changed.version_on(LAST) == changed.versions[0]
    assert changed.version_on(DAY) == changed.versions[1]
    assert changed.version_on(date(2000, 1, 1)) is None


def test_an_ended_unit_was_there_until_the_day_before() -> None:
    gone = rules.ended(unit(), DAY)
    assert (gone.dissolved_on, gone.latest.period) == (LAST, Period(START, LAST))
    assert gone.version_on(DAY) is None


@pytest.mark.parametrize(
    ("facts", "day", "expected"),
    [
        (unit(), date(2015, 6, 2), None),
        (unit(), START, "before-last-change"),
        (unit(), date(2010, 1, 1), "before-last-change"),
        (unit(last=LAST), DAY, "already-dissolved"),
        (rules.with_version(unit(), DAY, name="x"), DAY, "before-last-change"),
        (rules.with_version(unit(), DAY, name="x"), date(2025, 7, 2), None),
    ],
)
def test_events_come_in_the_order_they_happened(
    facts: UnitFacts, day: date, expected: str | None
) -> None:
    assert code(rules.refuse_event(facts, day)) == expected
    assert code(rules.refuse_rename(facts, "Tên mới", day)) == expected


@pytest.mark.parametrize(
    ("parent", "expected"),
    [
        (unit(2, first=DAY), None),
        (unit(2, first=date(2025, 7, 2)), "parent-not-founded"),
        (unit(2, last=LAST), "parent-dissolved"),
        (unit(2, last=date(2030, 1, 1)), "parent-dissolved"),
        (unit(9), "same-parent"),
        (unit(1), "cycle"),
    ],
)
def test_a_parent_must_be_there_that_day(parent: UnitFacts, expected: str | None) -> None:
    assert code(rules.refuse_move(unit(), parent, DAY, ())) == expected


def test_the_head_of_the_tree_stays_there() -> None:
    head = unit(parent=None)
    assert code(rules.refuse_move(head, unit(2), DAY, ())) == "root"
    assert code(rules.refuse_ending(head, DAY, (), taken_over=False)) == "root"
    assert code(rules.refuse_merge([head, unit(2)], unit(3), DAY, ())) == "root"
    assert rules.refuse_rename(head, "Tên mới", DAY) is None


def test_a_ring_is_found_on_the_day_it_would_close() -> None:
    later = date(2026, 1, 1)
    above = (
        Link(2, 3, Period(START)),
        Link(3, 9, Period(START, date(2025, 12, 31))),
        Link(3, 1, Period(later)),
    )
    refusal = rules.refuse_move(unit(1), unit(2), DAY, above)
    assert code(refusal) == "cycle"
    assert refusal is not None
    assert refusal.values["day"] == "01/01/2026"
    # The same links one after the other never meet.
    apart = (Link(2, 3, Period(START, LAST)), Link(3, 1, Period(DAY)))
    assert rules.refuse_move(unit(1), unit(2), DAY, apart) is None


def test_merging() -> None:
    one, two, parent = unit(1), unit(2), unit(9, parent=None)
    assert rules.refuse_merge([one, two], parent, DAY, ()) is None
    assert code(rules.refuse_merge([one, one], parent, DAY, ())) == "merged-with-itself"
    assert code(rules.refuse_merge([one], parent, DAY, ())) == "nothing-to-merge"
    assert code(rules.refuse_merge([one, two], two, DAY, ())) == "parent-merged"
    below = (Link(7, 2, Period(START)),)
    assert code(rules.refuse_merge([one, two], unit(7, parent=2), DAY, below)) == "parent-merged"
    gone = unit(2, last=LAST)
    assert code(rules.refuse_merge([one, gone], parent, DAY, ())) == "already-dissolved"
    assert code(rules.refuse_merge([one, two], unit(8, last=LAST), DAY, ())) == "parent-dissolved"


def test_splitting() -> None:
    a, b = NewUnit("a", "room", "A"), NewUnit("b", "room", "B")
    assert rules.refuse_split(unit(), [a, b], DAY) is None
    assert code(rules.refuse_split(unit(), [a], DAY)) == "nothing-to-split"
    assert code(rules.refuse_split(unit(), [a, a], DAY)) == "code-twice"
    assert code(rules.refuse_split(unit(), [a, b], START)) == "before-last-change"
    assert code(rules.refuse_code("a", {"a"})) == "code-taken"
    assert rules.refuse_code("b", {"a"}) is None


def test_units_below_must_go_first_unless_somebody_takes_them_over() -> None:
    children = [unit(n, parent=1) for n in (2, 3, 4, 5)]
    refusal = rules.refuse_ending(unit(1), DAY, children, taken_over=False)
    assert code(refusal) == "children-remain"
    assert refusal is not None
    assert refusal.values == {"n": 4, "names": "Đơn vị 2, Đơn vị 3, Đơn vị 4, …"}
    assert rules.refuse_ending(unit(1), DAY, children, taken_over=True) is None
    planned = rules.with_version(children[0], date(2026, 1, 1), parent_id=9)
    refusal = rules.refuse_ending(unit(1), DAY, [planned], taken_over=True)
    assert code(refusal) == "before-last-change"
    assert rules.passed_on((children[0],), 7, DAY)[0].latest.parent_id == 7
