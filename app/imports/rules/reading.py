"""From the cells of a sheet to parsed rows: the header first, then column by column."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.imports.rules.cells import shown
from app.imports.rules.columns import Column, Kind
from app.imports.rules.problems import Problem, Problems, first_uses
from app.kernel.refusal import N_, Refusal, Refused
from app.kernel.vietnamese import search_key

_REQUIRED = Refusal("required", N_("Ô này không được để trống; vui lòng nhập giá trị."))
_FORMULA = Refusal(
    "formula",
    N_("Ô bắt đầu bằng dấu “=” là công thức. Vui lòng thay bằng giá trị rồi tải lên lại."),
)
_MOST_NAMED = 10
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """A sheet as the rules see it: `rows[i]` is line `numbers[i]`, as wide as `headers`.

    `blank`: lines with nothing in them above the last row, each run from its first to its last.
    """

    headers: Sequence[str]
    numbers: Sequence[int]
    rows: Sequence[Sequence[object]]
    odd_widths: Mapping[int, int]
    spoilt: Mapping[tuple[int, int], Refusal]
    blank: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """`rows[i]` holds one value per column of the kind, None where blank or not readable."""

    rows: list[Row]
    numbers: Sequence[int]
    problems: Problems

    def good(self) -> list[tuple[int, Row]]:
        bad = self.problems.bad
        return [
            (number, row)
            for number, row in zip(self.numbers, self.rows, strict=True)
            if number not in bad
        ]

    def once_more(self) -> Parsed:
        """With problems of its own, for a check adds to them."""
        problems = Problems(list(self.problems.found), set(self.problems.bad))
        return Parsed(self.rows, self.numbers, problems)


def parse(kind: Kind, lines: Lines, today: date) -> Parsed:
    """`Refused` when the header does not fit: then no row means anything."""
    places = place_headers(kind, lines.headers)
    if not lines.rows:
        raise Refused(Refusal("no-rows", N_("Bảng tính không có dòng dữ liệu nào.")))
    problems = Problems()
    for number, width in lines.odd_widths.items():
        message = N_("Dòng có {found} ô, tiêu đề có {wanted} cột; vui lòng kiểm tra dấu phân cách.")
        problems.refuse(
            number, "", "", "odd-width", message, found=width, wanted=len(lines.headers)
        )
    _refuse_spoilt(lines, problems)
    if lines.blank:
        problems.add(_blank(lines.blank))
    columns = list(zip(*lines.rows, strict=True))
    parsed = [
        _parse_column(column, columns[places[column.header]], lines.numbers, today, problems)
        if column.header in places
        else [None] * len(lines.rows)
        for column in kind.columns
    ]
    _once_per_cell(problems)
    return Parsed(list(zip(*parsed, strict=True)), lines.numbers, problems)


def _refuse_spoilt(lines: Lines, problems: Problems) -> None:
    """The value is what a reader sees in the cell."""
    for (number, place), refusal in lines.spoilt.items():
        index = bisect_left(lines.numbers, number)
        found = index < len(lines.numbers) and lines.numbers[index] == number
        seen = shown(lines.rows[index][place - 1]) if found else ""
        problems.add(Problem(number, lines.headers[place - 1], seen, refusal))


def _blank(runs: Sequence[tuple[int, int]]) -> Problem:
    """One message for all of them: a sheet may have a blank line after every other."""
    first = runs[0][0]
    count = sum(other - one + 1 for one, other in runs)
    if count == 1:
        message = N_("Dòng {row} trống giữa bảng. Vui lòng xóa dòng này rồi tải lên lại.")
        return Problem(first, "", "", Refusal("blank-row", message, {"row": first}))
    named = [str(one) if one == other else f"{one}–{other}" for one, other in runs[:_MOST_NAMED]]
    listed = ", ".join([*named, "…"] if len(runs) > _MOST_NAMED else named)
    message = N_("{n} dòng trống giữa bảng ({rows}). Vui lòng xóa các dòng này rồi tải lên lại.")
    return Problem(first, "", "", Refusal("blank-rows", message, {"n": count, "rows": listed}))


def place_headers(kind: Kind, headers: Sequence[str]) -> dict[str, int]:
    """Where each column of the kind stands; unknown, repeated and missing headers are refused."""
    known = {
        search_key(spelling): column.header
        for column in kind.columns
        for spelling in (column.header, *column.accepted)
    }
    places: dict[str, int] = {}
    unknown: list[str] = []
    for place, header in enumerate(headers):
        found = known.get(search_key(header))
        if found is None:
            unknown.append(header or f"(cột {place + 1})")
        elif found in places:
            message = N_("Tiêu đề “{header}” xuất hiện hai lần. Vui lòng chỉ giữ một cột.")
            raise Refused(Refusal("repeated-header", message, {"header": header}))
        else:
            places[found] = place
    missing = [c.header for c in kind.columns if c.required and c.header not in places]
    if missing:
        message = N_("Thiếu cột: {missing}. Vui lòng dùng tệp mẫu của mục này.")
        raise Refused(Refusal("missing-header", message, {"missing": ", ".join(missing)}))
    if unknown:
        message = N_("Không nhận ra cột: {unknown}. Vui lòng xóa cột hoặc sửa tiêu đề theo mẫu.")
        raise Refused(Refusal("unknown-header", message, {"unknown": ", ".join(unknown)}))
    return places


def refuse_repeated(parsed: Parsed, places: Sequence[int], column: str) -> None:
    """Lines whose key (the values at `places`) an earlier line already has."""
    lines = [
        (number, tuple(row[place] for place in places))
        for number, row in zip(parsed.numbers, parsed.rows, strict=True)
    ]
    # A line whose key could not be read repeats nothing.
    whole = [(number, key) for number, key in lines if None not in key]
    keys = dict(whole)
    for number, first in first_uses((key for _, key in whole), (n for n, _ in whole)).items():
        message = N_("Trùng với dòng {first} trong tệp; vui lòng chỉ giữ một dòng.")
        value = ", ".join(map(shown, keys[number]))
        parsed.problems.refuse(number, column, value, "repeated", message, first=first)


def _parse_column(
    column: Column,
    found: Sequence[object],
    numbers: Sequence[int],
    today: date,
    problems: Problems,
) -> list[object]:
    """Columns repeat their values, so each different text or date is parsed once."""
    memo: dict[tuple[type, object], object] = {}
    values: list[object] = []
    for number, cell in zip(numbers, found, strict=True):
        key = (type(cell), cell)
        value = memo.get(key, memo)
        if value is memo:
            value = memo[key] = _parse_cell(column, cell, today)
        if type(value) is Refusal:
            problems.add(Problem(number, column.header, shown(cell), value))
            value = None
        values.append(value)
    return values


def _once_per_cell(problems: Problems) -> None:
    """A formula without a value is blank as well: the first reason is the one to mend."""
    first: dict[tuple[int, str], Problem] = {}
    for problem in problems.found:
        first.setdefault((problem.row, problem.column), problem)
    problems.found = list(first.values())


def _parse_cell(column: Column, cell: object, today: date) -> object:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return _REQUIRED if column.required else None
    if isinstance(cell, str) and cell.lstrip().startswith("="):
        return _FORMULA
    return column.parse(cell, today)
