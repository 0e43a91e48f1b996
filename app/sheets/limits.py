"""How much of a sheet is read at all."""

from __future__ import annotations

from app.kernel.refusal import N_, Refusal

MOST_ROWS = 100_000
MOST_COLUMNS = 60
LONGEST_CELL = 2000


def too_many_rows() -> Refusal:
    message = N_("Bảng tính có hơn {most} dòng. Vui lòng chia thành nhiều tệp.")
    return Refusal("too-many-rows", message, {"most": MOST_ROWS})


def too_many_columns() -> Refusal:
    message = N_("Bảng tính có hơn {most} cột. Vui lòng xóa các cột thừa.")
    return Refusal("too-many-columns", message, {"most": MOST_COLUMNS})


def too_long_cell(row: int) -> Refusal:
    message = N_("Dòng {row} có ô dài hơn {most} ký tự. Vui lòng rút gọn.")
    return Refusal("cell-too-long", message, {"row": row, "most": LONGEST_CELL})
