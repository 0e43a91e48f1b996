"""The first visible sheet of an XLSX file, after everything that could hurt has been looked at."""

from __future__ import annotations

import re
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from app.kernel.refusal import N_, Refusal, Refused
from app.sheets.archive import SPOILT, unpack
from app.sheets.limits import too_many_columns, too_many_rows
from app.sheets.sheet import Cell, Sheet, sheet_of

# Cells beyond column BH (60) or row 100.001: the reader lays out everything in between.
_FAR = (
    rb"(?:[A-Z]{3}|[C-Z][A-Z]|B[I-Z]|[A-Z]{0,2}(?:\d{7}|[2-9]\d{5}|1[1-9]\d{4}|10[1-9]\d{3}"
    rb"|100[1-9]\d\d|1000[1-9]\d|10000[2-9]))"
)
_FAR_CELL = re.compile(rb'r="' + _FAR)
# The same however an attribute may be written; the usual way is worth four times the speed.
_FAR_CELL_SLOWLY = re.compile(rb"""\br\s*=\s*["']\s*""" + _FAR)
_SPACED = (b" =", b"\t=", b"\r=", b"\n=")
_MOST_CELLS = 2_000_000
# Rows may be written although they are blank.
_MOST_ROW_TAGS = 150_000
_LONGEST_SHARED = 40_000
_SHORT_SHARED = 2000
_MOST_CHARACTERS = 512 * 1024**2
_CELL = re.compile(rb"""<c\b([^>]*?)(?:/>|>(.*?)</c>)""", re.DOTALL)
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,2})(\d{1,6})["']""")
_VALUE = re.compile(rb"<v[^>/]*>[^<]+</v>|<is>")

_NO_VALUE = Refusal(
    "formula-without-value",
    N_("Ô có công thức nhưng chưa có kết quả. Vui lòng mở bằng Excel rồi lưu lại."),
)
_ERROR_VALUE = Refusal(
    "error-value", N_("Ô có công thức bị lỗi (ví dụ #N/A, #REF!). Vui lòng nhập giá trị đúng.")
)


def read_workbook(content: bytes) -> Sheet:
    parts = unpack(content)
    for name, part in parts.items():
        _refuse_part(name, part)
    _refuse_repetition(parts)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            found = _first_visible(book)
            grid = found.to_python(skip_empty_area=False)
            merged = found.merged_cell_ranges or []
    except PasswordError as error:
        message = N_("Bảng tính có mật khẩu. Vui lòng bỏ mật khẩu rồi tải lên lại.")
        raise Refused(Refusal("encrypted", message)) from error
    except (CalamineError, ValueError, OverflowError) as error:
        raise Refused(SPOILT) from error
    lines: list[tuple[int, list[Cell]]] = list(enumerate(grid, start=1))
    sheet = sheet_of(lines, even=True)
    _refuse_merged(merged, len(sheet.headers), sheet.numbers)
    sheet.spoilt.update(_spoilt(_xml_of(parts, found.name)))
    return sheet


def _first_visible(book: CalamineWorkbook) -> CalamineSheet:
    for index, about in enumerate(book.sheets_metadata):
        if (about.visible, about.typ) == (SheetVisibleEnum.Visible, SheetTypeEnum.WorkSheet):
            return book.get_sheet_by_index(index)
    raise Refused(Refusal("no-rows", N_("Bảng tính không có dữ liệu.")))


def _refuse_part(name: str, part: bytes) -> None:
    if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in part[:2000]:
        raise Refused(SPOILT)
    if name.endswith("sharedStrings.xml"):
        if max(map(len, part.split(b"</si>"))) > _LONGEST_SHARED:
            message = N_("Bảng tính có ô quá dài. Vui lòng rút gọn nội dung.")
            raise Refused(Refusal("cell-too-long", message))
    elif name.startswith("xl/worksheets/") and name.endswith(".xml"):
        usual = part.count(b"r=") == part.count(b'r="') and not any(s in part for s in _SPACED)
        if far := (_FAR_CELL if usual else _FAR_CELL_SLOWLY).search(part):
            beyond_columns = re.search(rb"[A-Z]{3}|[C-Z][A-Z]|B[I-Z]", far.group())
            raise Refused(too_many_columns() if beyond_columns else too_many_rows())
        if part.count(b"<row") > _MOST_ROW_TAGS:
            raise Refused(too_many_rows())
        if part.count(b"<c ") > _MOST_CELLS:
            raise Refused(too_many_columns())


def _refuse_repetition(parts: dict[str, bytes]) -> None:
    """One long text that a million cells share is small in the file and vast when read."""
    shared = parts.get("xl/sharedStrings.xml", b"")
    longest = max(map(len, shared.split(b"</si>")))
    cells = sum(part.count(b't="s"') for part in parts.values())
    if longest > _SHORT_SHARED and longest * cells > _MOST_CHARACTERS:
        message = N_("Bảng tính lặp lại ô quá dài. Vui lòng rút gọn nội dung.")
        raise Refused(Refusal("cell-too-long", message))


def _refuse_merged(
    merged: list[tuple[tuple[int, int], tuple[int, int]]], width: int, numbers: list[int]
) -> None:
    """A merged cell hides which row or column its value belongs to."""
    last = numbers[-1] if numbers else 1
    for (top, left), _ in merged:
        if left < width and top < last:
            header = not numbers or top + 1 < numbers[0]
            message = (
                N_("Dòng tiêu đề có ô gộp (dòng {row}). Vui lòng bỏ gộp ô: mỗi cột một tiêu đề.")
                if header
                else N_("Dòng {row} có ô gộp. Vui lòng bỏ gộp ô và điền đủ từng dòng.")
            )
            raise Refused(Refusal("merged-cells", message, {"row": top + 1}))


def _spoilt(xml: bytes) -> dict[tuple[int, int], Refusal]:
    """Cells that the reader gives as blank although somebody wrote a formula there."""
    if b"<f" not in xml and b't="e"' not in xml:
        return {}
    found: dict[tuple[int, int], Refusal] = {}
    for cell in _CELL.finditer(xml):
        attributes, inside = cell.group(1), cell.group(2) or b""
        refusal = None
        if b't="e"' in attributes:
            refusal = _ERROR_VALUE
        elif b"<f" in inside and not _VALUE.search(inside) and b't="str"' not in attributes:
            refusal = _NO_VALUE
        if refusal and (place := _PLACE.search(attributes)):
            found[int(place.group(2)), _column(place.group(1))] = refusal
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _xml_of(parts: dict[str, bytes], sheet_name: str) -> bytes:
    """The part behind a sheet's name, through the workbook's relations."""
    book = parts.get("xl/workbook.xml", b"").decode("utf-8", "replace")
    relations = parts.get("xl/_rels/workbook.xml.rels", b"").decode("utf-8", "replace")
    targets = {
        _attribute(tag, "Id"): _attribute(tag, "Target")
        for tag in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", relations)
    }
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        if _unescaped(_attribute(tag, "name")) == sheet_name:
            target = targets.get(_attribute(tag, "r:id"), "").removeprefix("/xl/")
            return parts.get(f"xl/{target}", b"")
    return b""


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"""\s{name}\s*=\s*["']([^"']*)["']""", tag)
    return found.group(1) if found else ""


def _unescaped(text: str) -> str:
    for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")):
        text = text.replace(escaped, plain)
    return text.replace("&amp;", "&")
