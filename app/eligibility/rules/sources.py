"""Which paper a reason rests on, as it was in force on the day; names are never translated."""

from __future__ import annotations

from datetime import date

MOVEMENT = "Hướng dẫn phong trào thi đua của ngành Kiểm sát nhân dân"
INITIATIVE = "khoản 4 Điều 3 Luật Thi đua, khen thưởng số 06/2022/QH15"
# Who is under consideration is not commended: the decree in force, newest first.
_UNDER_CONSIDERATION = (
    (date(2025, 7, 1), "Nghị định 152/2025/NĐ-CP"),
    (date(2024, 1, 1), "Nghị định 98/2023/NĐ-CP"),
)


def under_consideration(day: date) -> str:
    for effective_from, number in _UNDER_CONSIDERATION:
        if day >= effective_from:
            return number
    return MOVEMENT
