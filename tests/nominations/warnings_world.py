"""Awards of before, files in two dossiers and a second round: what warnings speak of."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.award_history.tables import AwardRecord
from app.files.tables import StoredFile
from app.movement import actions as movement
from app.movement.rules import default_protocol
from app.movement.tables import Criterion, ReviewRound
from app.nominations import actions
from app.nominations.tables import EvidenceFile
from tests.conftest import World

LAST_YEAR = (date(2023, 12, 1), date(2024, 11, 30))
NEXT = "2026-11-10"


async def award(world: World, **more: Any) -> int:
    """A Giấy khen of Hoàng Văn Ánh for last year, unless told otherwise."""
    values = {
        "person": world.ids["anh"],
        "award_form": world.ids["award_form"],
        "method": "thematic",
        "decision_number": "5/QĐ-VKS",
        "decided_on": date(2024, 12, 20),
        "issuer": "VKSND tỉnh Lạng Sơn",
        "period_from": LAST_YEAR[0],
        "period_to": LAST_YEAR[1],
        "achievement": "",
        "by": world.ids["account:officer"],
        "at": world.now,
        "removed_because": "",
    }
    record = AwardRecord(**{**values, **more})
    await record.save()
    return int(record.id)


async def put_file(
    world: World, nomination: int, sha256: str = "a" * 64, purpose: str = "evidence"
) -> None:
    """The same bytes have the same row, as uploads do."""
    known = await StoredFile.select(StoredFile.id).where(StoredFile.sha256 == sha256).first()
    if known is None:
        stored = StoredFile(
            sha256=sha256, media_type="application/pdf", size=1, stored_at=world.now
        )
        await stored.save()
        known = {"id": stored.id}
    rows = await Criterion.raw(
        "SELECT c.id FROM criterion c JOIN nomination n ON n.id = {} JOIN review_round r"
        " ON r.id = n.round WHERE c.code IN ('C1', 'T1') AND c.criteria_set ="
        " CASE n.subject WHEN 'individual' THEN r.individual_set ELSE r.collective_set END",
        nomination,
    )
    await EvidenceFile(
        nomination=nomination,
        purpose=purpose,
        criterion=rows[0]["id"] if purpose == "evidence" else None,
        file=known["id"],
        name="Báo cáo.pdf",
        by=world.ids["account:officer"],
        at=world.now,
        removed_because="",
    ).save()


async def open_next_round(world: World, **more: Any) -> int:
    """The round of 2026, a year after the other."""
    round_id = world.ids["round_2026"]
    values: dict[Any, Any] = {
        "nominations_open_on": date(2026, 10, 20),
        "nominations_close_on": date(2026, 11, 20),
        "scoring_close_on": date(2026, 12, 5),
        "session_on": date(2026, 12, 12),
        "award_form": world.ids["award_form"],
        "individual_set": world.ids["set:individual"],
        "collective_set": world.ids["set:collective"],
    }
    values.update(more)
    await ReviewRound.update(values).where(ReviewRound.id == round_id)
    opened = world.at("2026-10-20")
    await movement.open_round(
        round_id,
        actor=await world.actor("secretary", opened),
        now=opened,
        protocol=default_protocol() | {"min_members": 2, "routing": {"endorse": []}},
    )
    return round_id


async def nominate_next(world: World, person: str = "anh", unit: str = "phong_1") -> int:
    now = world.at(NEXT)
    return await actions.nominate_person(
        world.ids["round_2026"],
        world.ids[person],
        world.ids[unit],
        "Chủ động tự học.",
        actor=await world.actor("officer", now),
        now=now,
    )
