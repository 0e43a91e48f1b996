from __future__ import annotations

from app.kernel.refusal import N_

STATE_WORDS = {
    "queued": N_("Chờ kiểm tra"),
    "checking": N_("Đang kiểm tra"),
    "refused": N_("Có lỗi"),
    "ready": N_("Chờ xác nhận"),
    "applying": N_("Đang ghi"),
    "done": N_("Đã ghi"),
    "failed": N_("Bị dừng"),
}
