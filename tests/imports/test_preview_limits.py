"""Only the first lines of each sort are kept, the counts are of all of them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from app.imports.rules.classifications import check_classifications
from app.imports.rules.kinds import CLASSIFICATIONS
from app.imports.rules.postings import Reached
from app.imports.rules.preview import preview
from app.imports.rules.problems import Problems
from app.imports.rules.reading import Lines, parse

TODAY = date(2025, 12, 1)
PEOPLE = {f"KS{n}": Reached(n, name=f"Người {n}") for n in range(3)}
KNOWN = {
    (person, year): (10 * year + person, level)
    for person in range(3)
    for year, level in ((2020, "good"), (2021, "fair"))
}
ROWS = st.lists(
    st.tuples(
        st.sampled_from(("KS0", "KS1", "KS2", "KS3", "KS4")),
        st.sampled_from((2019, 2020, 2021, 2022)),
        st.sampled_from(("HTXSNV", "HTTNV", "HTNV", "sai")),
    ),
    min_size=1,
    max_size=30,
)


@given(ROWS, st.integers(min_value=0, max_value=5))
def test_every_line_is_of_one_sort_and_counted(rows: list[tuple[object, ...]], most: int) -> None:
    lines = Lines(CLASSIFICATIONS.headers(), range(2, len(rows) + 2), rows, {}, {})
    parsed = parse(CLASSIFICATIONS, lines, TODAY)
    outcome = check_classifications(parsed, PEOPLE, KNOWN)
    whole = preview(CLASSIFICATIONS, parsed, outcome, len(rows))
    found = {sort: [line.row for line in planned] for sort, planned in whole.items()}
    found["refused"] = sorted(outcome.problems.bad)
    assert sorted(chain.from_iterable(found.values())) == list(range(2, len(rows) + 2))
    assert {sort: len(numbers) for sort, numbers in found.items()} == outcome.counts()
    assert all(numbers == sorted(numbers) for numbers in found.values())
    assert all(line.now != line.value for line in whole["changed"])
    cut = preview(CLASSIFICATIONS, parsed, outcome, most)
    assert cut == {sort: planned[:most] for sort, planned in whole.items()}


def test_refused_lines_leave_room_for_warnings() -> None:
    problems = Problems()
    for row in (4, 3, 2):
        problems.refuse(row, "Cột", "", "required", "Sai.")
        problems.warn(row + 10, "Cột", "", "same-person", "Xem lại.")
    assert [(p["severity"], p["row"]) for p in problems.first(2)] == [
        ("refused", 2),
        ("refused", 3),
        ("warning", 12),
        ("warning", 13),
    ]
    assert Counter(p["severity"] for p in problems.first(9)) == {"refused": 3, "warning": 3}
