"""Certificates of the cast's round, issued on 19 December 2025."""

from __future__ import annotations

from datetime import date

from app.certificates import actions, jobs
from app.certificates.tables import Certificate
from app.decisions import actions as decisions
from tests.conftest import Counter, World
from tests.decisions.approved_round import approve


async def decide(world: World) -> int:
    await approve(world)
    return await decisions.decide(
        world.ids["round_2025"],
        date(2025, 12, 19),
        "Hà Nội",
        "KT.",
        "Phó Viện trưởng",
        "Trần Thị Thử",
        actor=await world.actor("secretary"),
        now=world.at("2025-12-19"),
    )


async def order(world: World, decision_id: int, login: str = "secretary") -> int:
    return await actions.order_issue(
        decision_id, actor=await world.actor(login), now=world.at("2025-12-19")
    )


async def issue(world: World, *, make: bool = True) -> int:
    """Returns the decision: Phòng 1, Bình and Ánh of Lạng Sơn, Em of Cao Bằng."""
    decision_id = await decide(world)
    batch_id = await order(world, decision_id)
    if make:
        await jobs.make_files(batch_id, now=world.at("2025-12-19"))
    return decision_id


async def by_name(name: str) -> dict[str, object]:
    """The register entry whose frozen content bears this name."""
    rows = await Certificate.select()
    (found,) = [row for row in rows if f'"name": "{name}"' in row["data"]]
    return dict(found)


def asked(counter: Counter) -> int:
    """Without what the pool says to a connection that it gets back."""
    return len([s for s in counter.statements if "pg_advisory_unlock_all" not in s])
