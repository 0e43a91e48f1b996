"""What both journeys need before they start: initiatives recognised, nobody's marks equal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.initiatives import actions as initiatives
from app.initiatives.rules import Author
from tests.conftest import World


async def grant_everything(world: World) -> None:
    """Gate two passes for Ánh (and so for Phòng 1) and for Chi; the other gates are the forms'."""
    officer, secretary = await world.actor("officer"), await world.actor("secretary")
    for code, person, unit in (("SK-1", "anh", "phong_1"), ("SK-2", "chi", "kv_1")):
        initiative = await initiatives.submit(
            code,
            f"Sáng kiến {code}",
            "Rút ngắn thời gian lập hồ sơ bằng biểu mẫu chung.",
            world.ids[unit],
            date(2025, 3, 1),
            "Thời gian lập hồ sơ giảm từ 22 giờ xuống 3 giờ.",
            [Author(world.ids[person], Decimal(100))],
            actor=officer,
            now=world.now,
        )
        await initiatives.recognise(
            initiative, "base", f"{code}/QĐ-VKS", date(2025, 6, 2), True,
            actor=secretary, now=world.now,
        )  # fmt: skip


def points_of(number: int, login: str) -> dict[str, str]:
    """Marks of the n-th nomination: the first person is above the second for every member."""
    step = int(login[-1])
    if number == 2:
        return {"T1": "18", "T2": "17,5", "T3": str(15 + step), "T4": "22", "T5": "12"}
    base = 22 - 3 * number
    return {"C1": f"{base},5", "C2": str(36 - number), "C3": str(14 + step), "C4": "12"}
