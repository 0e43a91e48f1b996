"""What the personnel department has sent in and not confirmed yet."""

from __future__ import annotations

from datetime import datetime

from app.accounts.queries import actor_for_login
from app.imports import actions as imports
from app.imports import jobs
from app.imports.rules.kinds import CLASSIFICATIONS
from app.kernel.period import today_in_vietnam
from app.organization.tables import Person

_LOGIN = "to-chuc"
_PEOPLE = 40
_LEVELS = (
    "Hoàn thành tốt nhiệm vụ",
    "Hoàn thành xuất sắc nhiệm vụ",
    "Hoàn thành tốt nhiệm vụ",
    "Hoàn thành nhiệm vụ",
)


async def send_classifications(*, now: datetime) -> None:
    """The first classifications of this year, checked and waiting to be written."""
    year = today_in_vietnam(now).year
    people = await Person.raw("SELECT staff_code FROM person ORDER BY id LIMIT {}", _PEOPLE)
    lines = [",".join(CLASSIFICATIONS.headers())]
    lines += [
        f"{row['staff_code']},{year},{_LEVELS[place % len(_LEVELS)]}"
        for place, row in enumerate(people)
    ]
    run = await imports.upload(
        CLASSIFICATIONS.name,
        "\r\n".join(lines).encode("utf-8-sig"),
        f"xep-loai-{year}-dot-1.csv",
        actor=await actor_for_login(_LOGIN, now),
        now=now,
    )
    await jobs.work(run, now=now)
