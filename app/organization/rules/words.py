"""What codes of this room are called, as gettext ids."""

from __future__ import annotations

from app.kernel.refusal import N_

KINDS = {
    "supreme": N_("Cơ quan đứng đầu"),
    "central": N_("Đơn vị cấp trung ương"),
    "high": N_("Viện cấp cao"),
    "military": N_("Viện kiểm sát quân sự"),
    "province": N_("Đơn vị cấp tỉnh"),
    "department": N_("Sở, ban, ngành cấp tỉnh"),
    "regional": N_("Đơn vị cấp khu vực"),
    "district": N_("Đơn vị cấp huyện"),
    "school": N_("Cơ sở đào tạo"),
    "room": N_("Phòng"),
    "other": N_("Đơn vị khác"),
}
# There is one at the head, and an event of units makes no other.
NEW_KINDS = {key: label for key, label in KINDS.items() if key != "supreme"}
CATEGORIES = {
    "cadre": N_("Cán bộ"),
    "civil_servant": N_("Công chức"),
    "public_employee": N_("Viên chức"),
    "contract_worker": N_("Người lao động"),
}
SEXES = {"female": N_("Nữ"), "male": N_("Nam")}
LEVELS = {
    "excellent": N_("Hoàn thành xuất sắc nhiệm vụ"),
    "good": N_("Hoàn thành tốt nhiệm vụ"),
    "fair": N_("Hoàn thành nhiệm vụ"),
    "poor": N_("Không hoàn thành nhiệm vụ"),
}
# In the order the page offers them; `found` founds a unit below the one shown.
EVENTS = {
    "rename": N_("Đổi tên"),
    "move": N_("Chuyển đơn vị cấp trên"),
    "absorb": N_("Sáp nhập"),
    "merge": N_("Hợp nhất"),
    "split": N_("Chia tách"),
    "convert": N_("Chuyển đổi"),
    "dissolve": N_("Giải thể"),
    "found": N_("Thành lập đơn vị trực thuộc"),
}
SUCCESSIONS = {
    "absorption": N_("Sáp nhập"),
    "merge": N_("Hợp nhất"),
    "split": N_("Chia tách"),
    "conversion": N_("Chuyển đổi"),
}
