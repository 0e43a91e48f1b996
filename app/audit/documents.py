"""The filtered log as a sheet: the columns of the list, the details, and the hash."""

from __future__ import annotations

from app.audit import words
from app.audit.rules import EntryRow
from app.kernel.period import VIETNAM
from app.kernel.refusal import N_
from app.sheets.writing import Cell

TITLE = N_("Nhật ký")
HEADER = (
    N_("Mục"),
    N_("Thời điểm"),
    N_("Người thực hiện"),
    N_("Thực hiện với vai trò"),
    N_("Địa chỉ mạng"),
    N_("Việc đã làm"),
    N_("Loại đối tượng"),
    N_("Số của đối tượng"),
    N_("Nội dung thay đổi"),
    N_("Mã băm của mục"),
)
LONGEST = 50_000  # lines of one sheet; more would keep the reader waiting for minutes


def line(row: EntryRow) -> list[Cell]:
    return [
        row.id,
        row.at.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M:%S"),
        row.actor_name,
        words.capacity_words(row.acted_as, row.roles),
        row.address,
        words.action_words(row.action),
        words.object_words(row.object_kind),
        row.object_id,
        "; ".join(f"{label}: {value}" for label, value in words.detail_words(row.detail)),
        row.hash,
    ]
