"""Why somebody may or may not, in one sentence each; the page and the file say the same."""

from __future__ import annotations

from collections.abc import Sequence

from app.kernel.abilities import Ability
from app.kernel.actor import ROLE_WORDS, Holding
from app.kernel.period import show_date
from app.kernel.refusal import N_
from app.web.i18n import gettext
from app.web.render import explain


def holding(held: Holding) -> str:
    """`Thủ trưởng đơn vị của Phòng 1, từ 01/01/2024 đến hết 31/12/2025 (thay cho …)`."""
    said = [
        gettext(
            N_("{role} của {unit}, từ {day}"),
            role=gettext(ROLE_WORDS[held.role]),
            unit=held.unit_name,
            day=show_date(held.period.first),
        )
    ]
    if held.period.last:
        said.append(gettext(N_("đến hết {day}"), day=show_date(held.period.last)))
    if held.stands_in_for:
        said.append(gettext(N_("(thay {name})"), name=held.stands_in_for))
    return " ".join(said)


def grounds(found: Ability) -> tuple[str, ...]:
    """What it rests on, whether or not something holds it up."""
    if found.everybody:
        return (gettext(N_("Mọi người đã đăng nhập đều được phép.")),)
    if found.own:
        return (gettext(N_("Vì là của chính mình.")),)
    return tuple(map(holding, found.given_by))


def obstacles(found: Ability) -> tuple[str, ...]:
    if found.untold:
        return (gettext(N_("Còn tùy các điều kiện lúc thực hiện, không nêu ở đây.")),)
    if found.refusal:
        said = (
            N_("Có vai trò, nhưng hiện không thực hiện được:")
            if found.given_by
            else N_("Hiện không thực hiện được:")
        )
        return (f"{gettext(said)} {explain(found.refusal)}",)
    if found.allowed:
        return ()
    if not found.would_give:
        return (gettext(N_("Không vai trò nào được phép.")),)
    missing = gettext(N_("Không giữ vai trò cần có:"))
    roles = ", ".join(gettext(ROLE_WORDS[role]) for role in found.would_give)
    return (f"{missing} {roles}.",)


def why(found: Ability) -> str:
    return "; ".join((*grounds(found), *obstacles(found)))


def grouped(abilities: Sequence[Ability]) -> list[tuple[str, list[Ability]]]:
    """What rests on the same ground stands together, in the order given."""
    found: dict[str, list[Ability]] = {}
    for each in abilities:
        found.setdefault("; ".join(grounds(each)), []).append(each)
    return list(found.items())
