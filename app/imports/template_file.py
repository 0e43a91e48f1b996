"""The workbook people fill in: the columns with one example, and a sheet that explains them."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

from app.imports.rules.columns import Kind

_WIDTH = 22
_GENERAL = (
    "Nhập dữ liệu vào trang thứ nhất; dòng ví dụ cần xóa hoặc thay bằng dữ liệu thật.",
    "Giữ nguyên dòng tiêu đề. Cột có dấu * bắt buộc; các cột khác có thể để trống.",
    "Ô trống của cột không bắt buộc giữ nguyên giá trị đang có trong dữ liệu.",
    "Mỗi dòng một đối tượng; không gộp ô, không để dòng trống giữa bảng. Tối đa 100.000 dòng, "
    "20 MB.",
    "Chỉ ghi giá trị, không ghi công thức: cột tính bằng công thức cần được sao chép rồi dán lại "
    "dạng giá trị (Paste Special: Values).",
    "Sau khi tải lên, tệp được kiểm tra trước; chỉ khi không còn dòng lỗi và được xác nhận thì "
    "toàn bộ dữ liệu mới được ghi.",
)


def template_file(kind: Kind) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    # Codes such as 000123 keep their zeros in a text column.
    plain = book.add_format({"num_format": "@"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    data = book.add_worksheet("Dữ liệu")
    data.set_column(0, len(kind.columns) - 1, _WIDTH, plain)
    data.freeze_panes(1, 0)
    for place, column in enumerate(kind.columns):
        data.write_string(0, place, column.header + (" *" if column.required else ""), bold)
        data.write_string(1, place, column.example, plain)
    notes = book.add_worksheet("Hướng dẫn")
    notes.set_column(0, 0, _WIDTH)
    notes.set_column(1, 1, 12)
    notes.set_column(2, 2, 90)
    for place, head in enumerate(("Cột", "Bắt buộc", "Cách điền")):
        notes.write_string(0, place, head, bold)
    for row, column in enumerate(kind.columns, start=1):
        notes.write_string(row, 0, column.header, wrapped)
        notes.write_string(row, 1, "Có" if column.required else "Không", wrapped)
        notes.write_string(row, 2, column.note, wrapped)
    for row, text in enumerate(_GENERAL, start=len(kind.columns) + 2):
        notes.merge_range(row, 0, row, 2, text, wrapped)
    book.close()
    return out.getvalue()
