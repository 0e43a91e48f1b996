"""The lines of a file page by page: nothing twice, nothing left out, no line torn apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.imports.queries.lines import page_of
from app.imports.rules.preview import Planned
from app.web.paging import Cursor


@given(st.lists(st.integers(2, 9), max_size=30), st.integers(1, 6))
def test_pages_together_are_the_list(numbers: list[int], size: int) -> None:
    lines = [Planned(row, "K", "N", str(place)) for place, row in enumerate(sorted(numbers))]
    pages: list[tuple[Planned, ...]] = []
    cursor: Cursor | None = None
    while True:
        found = page_of(lines, cursor, size)
        pages.append(found.rows)
        cursor = found.next
        if cursor is None:
            break
    assert [line for page in pages for line in page] == lines
    seen = [{line.row for line in page} for page in pages]
    assert sum(map(len, seen)) == len(set(numbers))
    assert all(len(page) >= size for page in pages[:-1])


def test_no_lines_are_one_empty_page() -> None:
    assert page_of([], None) == page_of([], Cursor("", 5))
