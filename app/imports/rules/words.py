"""Words of a sheet for what the tables keep as codes: the room's own word first, then others."""

from __future__ import annotations

from collections.abc import Mapping

from app.organization import rules as organization

_UNIT_KINDS = {
    "supreme": ("Viện kiểm sát tối cao", "VKSND tối cao", "Tối cao"),
    "central": ("Đơn vị trung ương", "Trung ương", "Cục", "Vụ"),
    "high": ("Viện kiểm sát cấp cao", "VKSND cấp cao", "Cấp cao"),
    "military": ("VKS quân sự", "Quân sự"),
    "province": ("Viện kiểm sát cấp tỉnh", "VKSND cấp tỉnh", "Cấp tỉnh", "Tỉnh"),
    "department": ("Sở, ban, ngành", "Sở"),
    "regional": ("Viện kiểm sát khu vực", "VKSND khu vực", "Cấp khu vực", "Khu vực"),
    "district": ("Viện kiểm sát cấp huyện", "VKSND cấp huyện", "Cấp huyện", "Huyện"),
    "school": ("Trường học", "Trường"),
    "room": ("Ban", "Phòng, ban"),
    "other": ("Khác",),
}
_SEXES = {"female": ("N",), "male": ()}
_CATEGORIES = {
    "cadre": ("CB",),
    "civil_servant": ("CC",),
    "public_employee": ("VC",),
    "contract_worker": ("Lao động hợp đồng", "Hợp đồng", "NLĐ"),
}
_LEVELS = {
    "excellent": ("Hoàn thành xuất sắc", "HTXSNV", "HTXS"),
    "good": ("Hoàn thành tốt", "HTTNV", "HTT"),
    "fair": ("Hoàn thành", "HTNV", "HT"),
    "poor": ("Không hoàn thành", "KHTNV", "KHT"),
}


def _spelled(
    own: Mapping[str, str], others: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {key: (word, *others[key]) for key, word in own.items()}


UNIT_KINDS = _spelled(organization.KINDS, _UNIT_KINDS)
SEXES = _spelled(organization.SEXES, _SEXES)
STAFF_CATEGORIES = _spelled(organization.CATEGORIES, _CATEGORIES)
LEVELS = _spelled(organization.LEVELS, _LEVELS)
MAIN = {"main": ("Chính", "Chính thức"), "concurrent": ("Kiêm nhiệm", "Kiêm")}
