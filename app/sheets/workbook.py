"""The first visible sheet of an XLSX file, after everything that could hurt has been looked at."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from operator import itemgetter

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from app.kernel.refusal import N_, Refusal, Refused
from app.sheets.archive import SPOILT, unpack
from app.sheets.formulas import formula_cells
from app.sheets.sheet import Cell, Sheet, is_filled, sheet_of
from app.sheets.worksheet import refuse_reach

_SHARED = "xl/sharedstrings.xml"
_LONGEST_SHARED = 40_000
_SHORT_SHARED = 2000
_MOST_CHARACTERS = 512 * 1024**2


def read_workbook(content: bytes) -> Sheet:
    parts = _by_lower_name(unpack(content))
    _refuse_parts(parts)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            name = _first_visible(book)
            xml = _xml_of(parts, name)
            # Before the reader takes the sheet: it lays out all cells at once.
            if refusal := refuse_reach(xml):
                raise Refused(refusal)
            found = book.get_sheet_by_name(name)
            grid = found.to_python(skip_empty_area=False)
            merged = found.merged_cell_ranges or []
    except PasswordError as error:
        message = N_("Bảng tính có mật khẩu. Vui lòng bỏ mật khẩu rồi tải lên lại.")
        raise Refused(Refusal("encrypted", message)) from error
    except (CalamineError, ValueError, OverflowError) as error:
        raise Refused(SPOILT) from error
    lines = [(number, cells) for number, cells in enumerate(grid, start=1) if is_filled(cells)]
    spoilt = _spoilt(xml, lines)
    sheet = sheet_of(lines, even=True)
    _refuse_merged(merged, len(sheet.headers), sheet.numbers)
    sheet.spoilt.update(spoilt)
    return sheet


def _spoilt(xml: bytes, lines: list[tuple[int, list[Cell]]]) -> dict[tuple[int, int], Refusal]:
    """Cells that hold no value of their own; their lines join `lines` unless they show nothing.

    Formulas are often drawn down far below the table, where they say "": such lines are blank.
    """
    if not lines:
        return {}
    head, header = lines[0]
    width = max(place for place, cell in enumerate(header, start=1) if is_filled([cell]))
    seen = {line for line, _ in lines}
    spoilt = {
        place: refusal
        for place, (refusal, shows_nothing) in formula_cells(xml, width).items()
        if place[0] in seen or not shows_nothing
    }
    if unseen := {line for line, _ in spoilt if line > head} - seen:
        lines += [(line, [""] * width) for line in unseen]
        lines.sort(key=itemgetter(0))
    return spoilt


def _first_visible(book: CalamineWorkbook) -> str:
    for about in book.sheets_metadata:
        if (about.visible, about.typ) == (SheetVisibleEnum.Visible, SheetTypeEnum.WorkSheet):
            return about.name
    raise Refused(Refusal("no-rows", N_("Bảng tính không có dữ liệu.")))


def _by_lower_name(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The reader takes `SharedStrings.xml` for `sharedStrings.xml`."""
    found = {name.lower(): part for name, part in parts.items()}
    if len(found) < len(parts):
        raise Refused(SPOILT)
    return found


def _refuse_parts(parts: dict[str, bytes]) -> None:
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in part[:2000]:
            raise Refused(SPOILT)
    shared = parts.get(_SHARED, b"")
    longest = max(map(len, shared.split(b"</si>")))
    if longest > _LONGEST_SHARED:
        message = N_("Bảng tính có ô quá dài. Vui lòng rút gọn nội dung.")
        raise Refused(Refusal("cell-too-long", message))
    # One long text that a million cells share is small in the file and vast when read.
    cells = sum(part.count(b't="s"') for part in parts.values()) if longest > _SHORT_SHARED else 0
    if longest * cells > _MOST_CHARACTERS:
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
                N_(
                    "Dòng {row} có ô gộp. Vui lòng bỏ gộp ô và xóa tên bảng ở phía trên: dòng đầu"
                    " là dòng tiêu đề, mỗi cột một tiêu đề."
                )
                if header
                else N_("Dòng {row} có ô gộp. Vui lòng bỏ gộp ô và điền đủ từng dòng.")
            )
            raise Refused(Refusal("merged-cells", message, {"row": top + 1}))


def _xml_of(parts: dict[str, bytes], sheet_name: str) -> bytes:
    """The part behind a sheet's name, through the workbook's relations."""
    book = parts.get("xl/workbook.xml", b"").decode("utf-8", "replace")
    relations = parts.get("xl/_rels/workbook.xml.rels", b"").decode("utf-8", "replace")
    targets = {
        _attribute(tag, "Id"): _attribute(tag, "Target")
        for tag in re.findall(r"<(?:\w+:)?Relationship\b[^<>]*>", relations)
    }
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^<>]*>", book):
        if unescape(_attribute(tag, "name")) == sheet_name:
            target = targets.get(_attribute(tag, r"\w+:id"), "").lower().removeprefix("/")
            path = target if target.startswith("xl/") else f"xl/{target}"
            if path in parts:
                return parts[path]
    # How far it reaches and where its formulas are cannot be said.
    raise Refused(SPOILT)


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"""\s{name}\s*=\s*["']([^"']*)["']""", tag)
    return found.group(1) if found else ""
