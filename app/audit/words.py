"""An entry, and what a walk through the chain found, in the reader's words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date

from app.audit.rules import CHANGED, INSERTED, MISSING, Checked, Misfit
from app.audit.rules.labels import ACTIONS, DETAILS, FIELDS, OBJECTS, REASONS, STAGES
from app.kernel.actor import ROLE_WORDS
from app.kernel.period import show_date, show_moment
from app.kernel.refusal import N_
from app.kernel.verdict import Reason
from app.web.i18n import gettext

_WHY = {
    CHANGED: N_("Mục {id} không khớp: nội dung đã bị thay đổi."),
    MISSING: N_("Mục {id} không khớp: ngay trước mục này có mục đã bị xóa hoặc bị thay."),
    INSERTED: N_("Mục {id} không khớp: mục này được chèn vào hoặc bị chuyển chỗ."),
}
_ANCHOR = {
    CHANGED: N_("Mốc {id} không khớp: mục này nay có mã băm khác."),
    MISSING: N_("Mốc {id} không khớp: nhật ký không còn mục này."),
}
_SCOPES = {"base": N_("Cơ sở"), "sector": N_("Ngành, tỉnh"), "national": N_("Toàn quốc")}
_KINDS = {
    "units": N_("Đơn vị"),
    "people": N_("Cán bộ"),
    "postings": N_("Quá trình công tác"),
    "classifications": N_("Xếp loại hằng năm"),
    "pipeline": N_("Quy hoạch"),
    "absences": N_("Vắng mặt dài ngày"),
    "accounts": N_("Tài khoản"),
}
_LEVELS = {
    "excellent": N_("Hoàn thành xuất sắc nhiệm vụ"),
    "good": N_("Hoàn thành tốt nhiệm vụ"),
    "fair": N_("Hoàn thành nhiệm vụ"),
    "poor": N_("Không hoàn thành nhiệm vụ"),
}
_GIVERS = {"self": N_("Tự chấm"), "unit": N_("Đơn vị chấm"), "appraisal": N_("Thẩm định")}
_WORDS = {
    "giver": _GIVERS,
    "scope": _SCOPES,
    "kind": _KINDS,
    "level": _LEVELS,
    "why": REASONS,
    "stage": STAGES,
}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def reason(misfit: Misfit) -> Reason:
    return Reason(misfit.why, _WHY[misfit.why], {"id": misfit.entry_id})


def findings(checked: Checked) -> tuple[Reason, ...]:
    """One sentence on the chain, then one for each anchor that does not hold."""
    anchors = (
        Reason(anchor.why, _ANCHOR[anchor.why], {"id": anchor.entry_id})
        for anchor in checked.anchors
    )
    return (_of_chain(checked), *anchors)


def _of_chain(checked: Checked) -> Reason:
    if checked.misfit:
        return reason(checked.misfit)
    if checked.head is None:
        return Reason("empty", N_("Nhật ký chưa có mục nào."))
    values = {
        "n": checked.entries,
        "id": checked.head.id,
        "at": show_moment(checked.head.at),
    }
    return Reason("whole", N_("Chuỗi nhật ký khớp: {n} mục, đến mục {id} ghi lúc {at}."), values)


def action_words(action: str) -> str:
    return gettext(ACTIONS[action]) if action in ACTIONS else action


def object_words(kind: str) -> str:
    return gettext(OBJECTS[kind]) if kind in OBJECTS else kind


def role_words(roles: str) -> str:
    """`roles` as an entry keeps them: codes with commas between."""
    known: Mapping[str, str] = {role.value: text for role, text in ROLE_WORDS.items()}
    return ", ".join(
        gettext(known[code]) if code in known else code for code in roles.split(",") if code
    )


def capacity_words(acted_as: str | None, roles: str) -> str:
    """In which role it was done; of an entry that does not tell, all roles held then."""
    if acted_as is None:
        return role_words(roles)
    return "; ".join(_capacity(held) for held in json.loads(acted_as)) or gettext(
        N_("Không cần vai trò")
    )


def _capacity(held: Mapping[str, str]) -> str:
    role = role_words(held["role"])
    if held["stands_in_for"]:
        return gettext(
            N_("{role} của {unit}, thay cho {name}"),
            role=role,
            unit=held["unit_name"],
            name=held["stands_in_for"],
        )
    return gettext(N_("{role} của {unit}"), role=role, unit=held["unit_name"])


def detail_words(detail: str) -> list[tuple[str, str]]:
    """The JSON of an entry as label and value; a key nobody named is shown as it is."""
    return [
        (gettext(DETAILS[key]) if key in DETAILS else key, _value(key, value))
        for key, value in json.loads(detail).items()
    ]


def _value(key: str, value: object) -> str:
    if value is None or value == "":
        return gettext(N_("(trống)"))
    if isinstance(value, bool):
        return gettext(N_("Có")) if value else gettext(N_("Không"))
    if isinstance(value, list):
        # A pair is what it was and what it is now.
        parts = [_value(key, part) for part in value]
        return " → ".join(parts) if len(parts) == 2 else ", ".join(parts)
    if isinstance(value, dict):
        return "; ".join(f"{DETAILS.get(k, k)}: {_value(k, part)}" for k, part in value.items())
    return _text(key, str(value))


def _text(key: str, text: str) -> str:
    if key == "role":
        return role_words(text)
    if key == "fields":
        return ", ".join(gettext(FIELDS.get(name, name)) for name in text.split(", "))
    if key in _WORDS:
        return gettext(_WORDS[key].get(text, text))
    if _DATE.fullmatch(text):
        return show_date(date.fromisoformat(text))
    return text
