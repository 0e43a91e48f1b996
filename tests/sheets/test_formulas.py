"""A result is not a value: each cell with a formula is named, however the file writes it down."""

from __future__ import annotations

import time
from typing import Any

import pytest

from app.kernel.refusal import Refused
from app.sheets import formulas
from app.sheets.reading import read_sheet, to_csv
from tests.sheets.files import SHEET, grid, with_cells, with_part, workbook

HEAD = ("Mã", "Năm")


def spoilt(content: bytes) -> dict[tuple[int, int], str]:
    return {place: refusal.code for place, refusal in read_sheet(content).spoilt.items()}


def with_formula(content: bytes, cell: bytes, inside: bytes) -> bytes:
    """`inside` goes before the value of that cell, which is a number."""
    old = b'<c r="' + cell + b'"><v>'
    return with_cells(content, old, old.removesuffix(b"<v>") + inside + b"<v>")


def test_formulas_and_errors_are_named() -> None:
    def fill(page: Any, _: Any) -> None:
        page.write_row(0, 0, HEAD)
        page.write_row(1, 0, ("a", 2024))
        page.write_string(2, 0, "b")
        page.write_formula(2, 1, "=2000+25", None, 2025)
        page.write_string(3, 0, "c")
        page.write_formula(3, 1, "=2000+26", None, 2026)
        page.write_string(4, 0, "d")
        page.write_formula(4, 1, "=NA()", None, "#N/A")
        page.write_formula(4, 7, "=1+1", None, "")

    content = with_cells(workbook(fill), b"<v>2026</v>", b"<v></v>")
    assert read_sheet(content).rows[1][:2] == ["b", 2025.0]
    assert spoilt(content) == {(3, 2): "formula", (4, 2): "formula", (5, 2): "error-value"}


NUMBERS = grid(("Mã", "Năm"), (1, 2024), (2, 2025), (3, 2026))


@pytest.mark.parametrize(
    ("cell", "inside", "found"),
    [
        (b"B2", b"<f>A2*2</f>", {(2, 2)}),
        (b"B2", b'<f aca="false">A2*2</f>', {(2, 2)}),
        (b"B2", b"<f/>", {(2, 2)}),
        (b"B3", b'<f t="shared" ref="B3:B4" si="0">A3*2</f>', {(3, 2)}),
        (b"B4", b'<f t="shared" si="0"/>', {(4, 2)}),
        (b"A2", b'<f t="array" ref="A2:C3">x</f>', {(2, 1), (2, 2), (3, 1), (3, 2)}),
        (b"B2", b'<f t="dataTable" ref="B2:B4" dt2D="0"/>', {(2, 2), (3, 2), (4, 2)}),
        (b"A2", b"<!-- A2 --><is/>", set()),
    ],
)
def test_every_way_to_write_a_formula(
    cell: bytes, inside: bytes, found: set[tuple[int, int]]
) -> None:
    content = with_formula(NUMBERS, cell, inside)
    assert spoilt(content) == dict.fromkeys(found, "formula")


def test_cells_without_a_place_and_with_a_prefix() -> None:
    xml = (
        b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row>"
        b"<x:row><x:c><x:v>3</x:v></x:c><x:c><x:f>1+3</x:f><x:v>4</x:v></x:c></x:row>"
        b"<x:row r=\"5\"><x:c t='e'><x:v>#REF!</x:v></x:c><x:c><x:v>5</x:v></x:c></x:row>"
        b"</x:sheetData></x:worksheet>"
    )
    content = with_part(NUMBERS, SHEET, xml)
    assert spoilt(content) == {(2, 2): "formula", (5, 1): "error-value"}
    assert read_sheet(content).rows == [[3.0, 4.0], ["", 5.0]]


def test_formulas_that_show_nothing_below_the_table_are_no_rows() -> None:
    """One that was never computed may show something, so its line is kept and named."""

    def fill(page: Any, _: Any) -> None:
        page.write_row(0, 0, HEAD)
        page.write_row(1, 0, ("a", 2024))
        for line in range(2, 50):
            page.write_formula(line, 1, '=IF(A3="","",2025)', None, "nothing")

    content = with_cells(workbook(fill), b"<v>nothing</v>", b"<v></v>")
    sheet = read_sheet(content)
    assert (sheet.numbers, sheet.spoilt, sheet.blank) == ([2], {}, ())
    uncomputed = with_cells(content, b'<c r="B9" t="str">', b'<c r="B9">')
    sheet = read_sheet(uncomputed)
    assert (sheet.numbers, sheet.blank) == ([2, 9], ((3, 8),))
    assert spoilt(uncomputed) == {(9, 2): "formula"}


def test_a_formula_in_the_header_is_named_and_one_beside_the_table_is_not() -> None:
    def fill(page: Any, _: Any) -> None:
        page.write_string(0, 0, "Mã")
        page.write_formula(0, 1, '="Năm"', None, "Năm")
        page.write_row(1, 0, ("a", 2024))
        page.write_formula(1, 3, "=B2", None, "")

    assert spoilt(workbook(fill)) == {(1, 2): "formula"}


def test_a_conversion_does_not_hide_a_formula() -> None:
    sheet = read_sheet(with_formula(NUMBERS, b"B3", b"<f>A3</f>"))
    assert read_sheet(to_csv(sheet)).rows == [["1", "2024"], ["2", "=2025"], ["3", "2026"]]


def test_array_formulas_over_everything_are_refused_as_a_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(formulas, "_MOST_FILLED", 5)
    area = b'<f t="array" ref="A1:B3">x</f>'
    with pytest.raises(Refused) as refused:
        read_sheet(with_formula(NUMBERS, b"B3", area))
    assert refused.value.refusal.code == "too-many-formulas"


@pytest.mark.parametrize(
    "cells",
    [
        b"<!--" + b'<c r="A1"><f>' * 200_000 + b"-->",
        b"<!--" + b'<c r="A1" ' * 200_000 + b"><f>-->",
        b"<!--" + b'<f t="array" ref="Z1:A9999999">' * 50_000 + b"-->",
    ],
)
def test_a_file_made_to_hurt_is_read_in_one_pass(cells: bytes) -> None:
    content = with_cells(NUMBERS, b"</sheetData>", b"</sheetData>" + cells)
    started = time.process_time()
    read_sheet(content)
    assert time.process_time() - started < 5


def test_a_sheet_whose_part_is_nowhere_is_refused() -> None:
    """Its formulas and its size could not be looked at."""
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/worksheet" Target="worksheets/../worksheets/sheet1.xml"/></Relationships>'
    )
    with pytest.raises(Refused) as refused:
        read_sheet(with_part(NUMBERS, "xl/_rels/workbook.xml.rels", relations))
    assert refused.value.refusal.code == "spoilt-workbook"
