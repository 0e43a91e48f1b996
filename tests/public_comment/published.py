"""A round after its session, with its list published."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.public_comment import actions
from app.public_comment.rules import NewPublication
from app.public_comment.tables import Publication
from tests.conftest import World
from tests.decisions.approved_round import approve

FIRST = "2025-12-15"
LAST = "2025-12-26"
AFTER = "2025-12-27"
NEW = NewPublication(
    "Danh sách tập thể, cá nhân đề nghị khen thưởng năm 2025",
    date(2025, 12, 15),
    10,
    "Vụ Thi đua - Khen thưởng, điện thoại 024 0000 0000",
    "approved",
)


async def publish(world: World, new: NewPublication = NEW, *, day: str = FIRST) -> int:
    return await actions.publish(
        world.ids["round_2025"], new, actor=await world.actor("secretary"), now=world.at(day)
    )


async def published(world: World) -> tuple[int, str]:
    """Id and public path of the list of those approved."""
    await approve(world)
    made = await publish(world)
    return made, await path_of(made)


async def path_of(publication_id: int) -> str:
    row = await Publication.select(Publication.code).where(Publication.id == publication_id).first()
    assert row is not None
    return f"/public-comment/{row['code']}"


async def rows(sql: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await Publication.raw(sql)
    return found
