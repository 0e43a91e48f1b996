"""Who may import what. Over which units a line may speak is checked line by line."""

from __future__ import annotations

from collections.abc import Iterable

from app.imports.rules.kinds import KINDS
from app.kernel.actor import Actor, Role
from app.kernel.refusal import N_, Refusal
from app.organization.policy import KEEPS_RECORDS

_BOTH = (Role.ADMINISTRATOR, Role.PERSONNEL_OFFICER)
_ROLES = {
    "units": _BOTH,
    "people": _BOTH,
    **KEEPS_RECORDS,
    "accounts": (Role.ADMINISTRATOR,),
}
BUSY = ("queued", "checking", "applying")


def may_import(actor: Actor, kind: str | None = None) -> bool:
    """Without `kind`: anything at all."""
    return actor.holds(*(_BOTH if kind is None else _ROLES.get(kind, ())))


def kinds_for(actor: Actor) -> tuple[str, ...]:
    return tuple(kind for kind in KINDS if may_import(actor, kind))


def roles_for(kind: str) -> tuple[Role, ...]:
    return _ROLES[kind]


def scope(actor: Actor, kind: str) -> frozenset[int]:
    """Units that lines of this kind may speak of."""
    return actor.units_for(*_ROLES[kind])


def roles_of(kinds: Iterable[str]) -> dict[tuple[Role, ...], list[str]]:
    """The kinds by the roles whose units their lines may speak of."""
    found: dict[tuple[Role, ...], list[str]] = {}
    for kind in kinds:
        found.setdefault(_ROLES[kind], []).append(kind)
    return found


def refuse_application(state: str) -> Refusal | None:
    if state == "ready":
        return None
    if state == "done":
        return Refusal("already-applied", N_("Dữ liệu của lần nhập này đã được ghi."))
    if state in BUSY:
        return Refusal("busy", N_("Lần nhập này đang được xử lý; vui lòng chờ."))
    return Refusal("not-ready", N_("Chỉ ghi được khi tệp đã kiểm tra xong và không có dòng lỗi."))


def refuse_conversion(state: str, *, legacy: bool) -> Refusal | None:
    if state == "refused" and legacy:
        return None
    return Refusal("nothing-to-convert", N_("Tệp này không có văn bản TCVN3 cần chuyển đổi."))
