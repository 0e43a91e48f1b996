"""Nominations at each stage of their life, made by the actions the pages call."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.initiatives import actions as initiatives
from app.initiatives.rules import Author
from app.nominations import actions
from tests.cast import WORKED
from tests.conftest import Counter, World

CRITERION = {"individual": "C1", "collective": "T1"}


async def draft_person(world: World, person: str = "anh", unit: str = "phong_1") -> int:
    login = "other_officer" if unit == "cb_kv_1" else "officer"
    return await actions.nominate_person(
        world.ids["round_2025"],
        world.ids[person],
        world.ids[unit],
        "Chủ động tự học và hướng dẫn đồng nghiệp.",
        actor=await world.actor(login),
        now=world.now,
    )


async def draft_collective(world: World, unit: str = "kv_1") -> int:
    login = "other_officer" if unit == "cb_kv_1" else "officer"
    return await actions.nominate_collective(
        world.ids["round_2025"],
        world.ids[unit],
        "Tập thể học tập theo kế hoạch.",
        actor=await world.actor(login),
        now=world.now,
    )


async def add_proofs(world: World, nomination: int, subject: str, login: str = "officer") -> None:
    for after in ("12", "30.5"):
        await actions.add_evidence(
            nomination,
            CRITERION[subject],
            "Hoàn thành khóa học trực tuyến.",
            Decimal("3"),
            Decimal(after),
            "giờ",
            "Báo cáo số 45/BC-VKS",
            days=WORKED,
            actor=await world.actor(login),
            now=world.now,
        )


async def recognised_initiative(world: World, person: str, unit: str, code: str) -> int:
    made = await initiatives.submit(
        code,
        f"Sổ tay điện tử {code}",
        "",
        world.ids[unit],
        date(2025, 2, 3),
        "Thời gian lập hồ sơ giảm từ 45 phút xuống còn 20 phút.",
        [Author(world.ids[person], Decimal(100))],
        actor=await world.actor("officer"),
        now=world.now,
    )
    await initiatives.recognise(
        made,
        "base",
        f"{code}/QĐ-VKS",
        date(2025, 6, 2),
        True,
        actor=await world.actor("secretary"),
        now=world.now,
    )
    return made


async def submitted_person(world: World, person: str = "anh", unit: str = "phong_1") -> int:
    """Submitted, with everything but the appraiser's word on G1."""
    officer, head = ("other_officer", "other_head") if unit == "cb_kv_1" else ("officer", "head")
    nomination = await draft_person(world, person, unit)
    await add_proofs(world, nomination, "individual", officer)
    await attest(world, nomination, "G4", head)
    await actions.submit(nomination, actor=await world.actor(officer), now=world.now)
    return nomination


async def submitted_collective(world: World, unit: str = "kv_1") -> int:
    officer, head = ("other_officer", "other_head") if unit == "cb_kv_1" else ("officer", "head")
    nomination = await draft_collective(world, unit)
    await add_proofs(world, nomination, "collective", officer)
    for gate in ("G3", "G4"):
        await attest(world, nomination, gate, head)
    await actions.submit(nomination, actor=await world.actor(officer), now=world.now)
    return nomination


async def attest(
    world: World, nomination: int, gate: str, login: str, positive: bool = True
) -> None:
    await actions.attest(
        nomination,
        gate,
        positive,
        f"Xác nhận {gate} theo hồ sơ lưu.",
        actor=await world.actor(login),
        now=world.now,
    )


async def freeze(world: World) -> int:
    return await actions.freeze_gates(
        world.ids["round_2025"],
        actor=await world.actor("secretary"),
        now=world.at("2025-11-24"),
    )


def asked(counter: Counter) -> int:
    """Statements of ours: the pool clears each connection it takes back with one of its own."""
    return sum("pg_advisory_unlock_all" not in text for text in counter.statements)
