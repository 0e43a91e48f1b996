"""Which cells of a worksheet are formulas or errors: the reader gives their last results only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.kernel.refusal import N_, Refusal, Refused
from app.sheets.worksheet import column_of, tags, type_of

FORMULA = Refusal(
    "formula",
    N_(
        "Ô này là công thức. Vui lòng sao chép cột, dán lại dạng giá trị (Paste Special: Values)"
        " rồi tải lên lại."
    ),
)
ERROR_VALUE = Refusal(
    "error-value", N_("Ô này báo lỗi (ví dụ #N/A, #REF!). Vui lòng nhập giá trị đúng.")
)
_TOO_MANY = Refusal(
    "too-many-formulas",
    N_(
        "Bảng tính có quá nhiều công thức. Vui lòng dán lại dạng giá trị (Paste Special: Values)"
        " rồi tải lên lại."
    ),
)
# Of the cells that array formulas fill: what any sheet within the limits stays below.
_MOST_FILLED = 2_000_000
# Without one of these there is nothing to find; they begin with plain letters, which is fast.
_HINTS = tuple(map(re.compile, (rb"<f[\s/>]", rb":f[\s/>]", rb'"e"', rb"'e'")))
_REF = re.compile(
    rb"""(?:^|\s)ref\s*=\s*["']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})["']"""
)
Place = tuple[int, int]


def formula_cells(xml: bytes, width: int) -> dict[Place, tuple[Refusal, bool]]:
    """(line, column from 1) -> why it is no value, and whether it shows as a blank cell.

    Only the first `width` columns.
    """
    found: dict[Place, tuple[Refusal, bool]] = {}
    if not any(hint.search(xml) for hint in _HINTS):
        return found
    filled = 0
    for name, line, column, kind, attributes in tags(xml):
        if name == b"f":
            filled += _fill(found, attributes, width, _MOST_FILLED - filled)
        if column > width:
            continue
        if name == b"f":
            # A result "" is a text; without a result nobody knows what the cell shows.
            found.setdefault((line, column), (FORMULA, kind == b"str"))
        elif kind == b"e":
            found[line, column] = (ERROR_VALUE, False)
    return found


def _fill(
    found: dict[Place, tuple[Refusal, bool]], attributes: bytes, width: int, most: int
) -> int:
    """An array formula stands in its first cell and fills others; returns how many."""
    ref = _REF.search(attributes)
    # Each cell of a shared formula has its own mark.
    if ref is None or type_of(attributes) == b"shared":
        return 0
    count = 0
    for count, place in enumerate(_area(ref, width), start=1):
        if count > most:
            raise Refused(_TOO_MANY)
        found.setdefault(place, (FORMULA, False))
    return count


def _area(ref: re.Match[bytes], width: int) -> Iterator[Place]:
    columns = range(column_of(ref.group(1)), min(column_of(ref.group(3)), width) + 1)
    for line in range(int(ref.group(2)), int(ref.group(4)) + 1) if columns else ():
        for column in columns:
            yield line, column
