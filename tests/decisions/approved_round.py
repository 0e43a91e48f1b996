"""A round up to its council result, as rows: what a decision and its certificates start from."""

from __future__ import annotations

import json
from datetime import date

from app.council.tables import CouncilResult, CouncilSession
from app.kernel.vietnamese import person_order_key, search_key
from app.nominations.tables import Nomination
from app.scoring.tables import Ranking
from tests.conftest import World

HELD_ON = date(2025, 12, 12)
ACHIEVEMENT = (
    "Đã có thành tích xuất sắc trong Phong trào thi đua “Xây dựng xã hội học tập, "
    "đẩy mạnh học tập suốt đời” năm 2025"
)
# code, subject, who, nominating unit, name, post, unit, rank, votes of three
LINES = (
    ("CN-2025-0001", "individual", "anh", "lang_son", "Hoàng Văn Ánh", "Kiểm sát viên", 2, 3),
    ("CN-2025-0002", "individual", "binh", "lang_son", "Lý Thị Bình", "Chuyên viên", 1, 2),
    ("CN-2025-0003", "individual", "em", "cao_bang", "Bế Văn Em", "Kiểm sát viên", 2, 3),
    ("CN-2025-0004", "individual", "chi", "lang_son", "Nông Thị Chi", "Kiểm tra viên", 4, 1),
    ("TT-2025-0001", "collective", "phong_1", "lang_son", "Phòng 1", "", 1, 3),
)
UNIT_NAMES = {"lang_son": "Phòng 1, VKSND tỉnh Lạng Sơn", "cao_bang": "VKSND khu vực 1 - Cao Bằng"}


async def approve(world: World, *, session: bool = True, votes_for_all: int | None = None) -> int:
    """Rank everybody of LINES and record the session; returns the round's id."""
    round_id = world.ids["round_2025"]
    nominations = [await _nominate(world, round_id, *line[:6]) for line in LINES]
    for subject in ("individual", "collective"):
        rows = [
            {"subject": code, "value": "90.00", "sheets": 3, "rank": rank, "tied": False}
            for code, kind, *_, rank, _ in LINES
            if kind == subject
        ]
        await Ranking(
            round=round_id,
            subject=subject,
            input="{}",
            input_sha256="0" * 64,
            result=json.dumps({"rows": sorted(rows, key=lambda row: str(row["rank"]))}),
        ).save()
    if session:
        await _record(world, round_id, nominations, votes_for_all)
    return round_id


async def _nominate(
    world: World, round_id: int, code: str, subject: str, who: str, unit: str, name: str, post: str
) -> int:
    individual = subject == "individual"
    unit_name = UNIT_NAMES[unit] if individual else "VKSND tỉnh Lạng Sơn"
    nomination = Nomination(
        code=code,
        round=round_id,
        subject=subject,
        person=world.ids[who] if individual else None,
        collective=None if individual else world.ids[who],
        nominating_unit=world.ids[unit],
        award_form=world.ids["award_form"],
        name=name,
        post=post,
        unit_name=unit_name,
        search_key=search_key(f"{name} {unit_name}"),
        order_key=person_order_key(name),
        achievement=ACHIEVEMENT,
        created_by=world.ids["account:officer"],
        created_at=world.at("2025-11-01"),
    )
    await nomination.save()
    return int(nomination.id)


async def _record(
    world: World, round_id: int, nominations: list[int], votes_for_all: int | None
) -> None:
    session = CouncilSession(
        round=round_id,
        council=world.ids["council"],
        held_on=HELD_ON,
        members_total=3,
        members_present=3,
        minutes_number="12/BB-HĐTĐKT",
        by=world.ids["account:secretary"],
        at=world.at("2025-12-12"),
    )
    await session.save()
    for nomination_id, (*_, votes) in zip(nominations, LINES, strict=True):
        agreed = votes if votes_for_all is None else votes_for_all
        await CouncilResult(
            session=session.id,
            nomination=nomination_id,
            agree_votes=agreed,
            approved=agreed >= 2,
            note="",
        ).save()
