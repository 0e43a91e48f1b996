"""The round of the year it is, played to its end through the actions; somebody is left behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.certificates import actions as certificates
from app.certificates import jobs
from app.certificates.tables import Certificate
from app.council import actions as council
from app.decisions import actions as decisions
from app.initiatives import actions as initiatives
from app.initiatives.rules import Author
from app.kernel.period import Period
from app.nominations import actions as nominations
from app.scoring import actions as scoring
from tests.cast import WORKED
from tests.conftest import World

ACHIEVEMENT = "Đã có thành tích xuất sắc trong phong trào học tập suốt đời năm 2025"
MEMBERS = ("member_1", "member_2", "member_3")


@dataclass(frozen=True)
class Finished:
    """Ids; `own` is the nomination of the cast's staff member, `draft` was never submitted."""

    own: int
    other: int
    collective: int
    draft: int
    decision: int
    batch: int
    certificate: int
    code: str


def round_of(world: World) -> int:
    return world.ids[f"round_{world.now.year}"]


async def finish(world: World) -> Finished:
    own = await _nominate(world, "anh", "phong_1", "officer", "SK-1")
    other = await _nominate(world, "em", "cb_kv_1", "other_officer", "SK-2")
    collective = await _nominate(world, None, "phong_1", "officer", None)
    draft = await nominations.nominate_person(
        round_of(world),
        world.ids["dung"],
        world.ids["kv_1"],
        ACHIEVEMENT,
        actor=await world.actor("officer"),
        now=world.now,
    )
    await _score(world, {own: "C", other: "C", collective: "T"})
    await council.record_result(
        round_of(world),
        date(world.now.year, 12, 12),
        3,
        "15/BB-HĐ",
        {own: 3, other: 1, collective: 3},
        {},
        actor=await world.actor("secretary"),
        now=world.at(f"{world.now.year}-12-12"),
    )
    decision, batch = await _decide(world)
    row = (
        await Certificate.select()
        .where(Certificate.item.nomination == own)
        .order_by(Certificate.id)
        .first()
    )
    assert row is not None
    return Finished(own, other, collective, draft, decision, batch, row["id"], row["code"])


async def _nominate(
    world: World, person: str | None, unit: str, login: str, initiative: str | None
) -> int:
    officer, day = await world.actor(login), world.now
    if person is None:
        made = await nominations.nominate_collective(
            round_of(world), world.ids[unit], ACHIEVEMENT, actor=officer, now=day
        )
    else:
        made = await nominations.nominate_person(
            round_of(world),
            world.ids[person],
            world.ids[unit],
            ACHIEVEMENT,
            actor=officer,
            now=day,
        )
    if person is not None and initiative is not None:
        await _recognise(world, initiative, person, unit, login)
    for after in ("9", "45.5"):
        await nominations.add_evidence(
            made,
            "C1" if person else "T1",
            "Tự học có ghi nhận.",
            Decimal(2),
            Decimal(after),
            "giờ",
            "",
            days=_days(world),
            actor=officer,
            now=day,
        )
    await nominations.submit(made, actor=officer, now=day)
    head = await world.actor("head" if login == "officer" else "other_head")
    appraiser = await world.actor("appraiser")
    for gate, actor in (("G4", head), ("G1", appraiser), *(() if person else (("G3", head),))):
        await nominations.attest(made, gate, True, "Đã kiểm tra.", actor=actor, now=day)
    return made


def _days(world: World) -> Period:
    """As in the cast, in the year this round is of."""
    year = world.now.year
    return Period(WORKED.first.replace(year=year), date(year, 10, 17))


async def _recognise(world: World, code: str, person: str, unit: str, login: str) -> None:
    made = await initiatives.submit(
        code,
        f"Sáng kiến {code}",
        "Biểu mẫu chung.",
        world.ids[unit],
        date(world.now.year, 3, 1),
        "Từ 22 giờ xuống 3 giờ.",
        [Author(world.ids[person], Decimal(100))],
        actor=await world.actor(login),
        now=world.now,
    )
    await initiatives.recognise(
        made,
        "base",
        f"{code}/QĐ-VKS",
        date(world.now.year, 6, 2),
        True,
        actor=await world.actor("secretary"),
        now=world.now,
    )


async def _score(world: World, prefixes: dict[int, str]) -> None:
    accounts = [world.ids[f"account:{login}"] for login in MEMBERS]
    await scoring.open_scoring(
        round_of(world),
        accounts,
        actor=await world.actor("secretary"),
        now=world.at(f"{world.now.year}-11-24"),
    )
    for step, login in enumerate(MEMBERS):
        for nomination, prefix in prefixes.items():
            count = 4 if prefix == "C" else 5
            marks = {f"{prefix}{n}": Decimal(10 + step) for n in range(1, count + 1)}
            await scoring.save_marks(
                nomination,
                marks,
                None,
                actor=await world.actor(login),
                now=world.at(f"{world.now.year}-11-26"),
            )
    await scoring.close_scoring(
        round_of(world),
        actor=await world.actor("secretary"),
        now=world.at(f"{world.now.year}-12-06"),
    )


async def _decide(world: World) -> tuple[int, int]:
    secretary, day = await world.actor("secretary"), world.at(f"{world.now.year}-12-19")
    decision = await decisions.decide(
        round_of(world),
        date(world.now.year, 12, 19),
        "Hà Nội",
        "",
        "Viện trưởng",
        "Lê Minh Quân",
        actor=secretary,
        now=day,
    )
    batch = await certificates.order_issue(decision, actor=secretary, now=day)
    await jobs.make_files(batch, now=day)
    return decision, batch
