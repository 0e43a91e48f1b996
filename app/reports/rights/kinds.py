"""The kinds of things one may ask about."""

from __future__ import annotations

from app.kernel.abilities import Kind, Registry
from app.kernel.refusal import N_
from app.reports.rights.awards import certificates, decisions
from app.reports.rights.discipline import cases
from app.reports.rights.dossier import nomination
from app.reports.rights.log import log
from app.reports.rights.organization import accounts, units
from app.reports.rights.rounds import rounds

KINDS: Registry = {
    "round": Kind(N_("Các trang của đợt xét"), rounds),
    "nomination": Kind(N_("Một hồ sơ đề nghị"), nomination, by_code=True),
    "decision": Kind(N_("Quyết định khen thưởng"), decisions),
    "certificate": Kind(N_("Giấy khen và sổ"), certificates),
    "discipline": Kind(N_("Theo dõi kỷ luật"), cases),
    "unit": Kind(N_("Đơn vị và cán bộ"), units),
    "account": Kind(N_("Tài khoản và vai trò"), accounts),
    "log": Kind(N_("Nhật ký"), log),
}
