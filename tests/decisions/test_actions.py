from __future__ import annotations

import asyncio
import hashlib
import io
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from app.audit.invariants import broken_log_chain
from app.audit.queries import history
from app.catalogue import actions as catalogue
from app.catalogue.tables import BaseSalary, BonusCoefficient, LegalSource
from app.decisions import actions, queries
from app.decisions.tables import AwardDecision, NumberSeries
from app.files import store
from app.kernel.refusal import NotVisible, Refusal, Refused
from app.movement.tables import MovementSource, ReviewRound
from app.piccolo_conf import DB
from tests.conftest import World
from tests.decisions.approved_round import approve

pytestmark = pytest.mark.anyio

SIGNED_ON = date(2025, 12, 19)


async def decide(
    world: World, login: str = "secretary", signed_on: date = SIGNED_ON, today: str = "2025-12-19"
) -> int:
    return await actions.decide(
        world.ids["round_2025"],
        signed_on,
        "Hà Nội",
        "KT.",
        "Phó Viện trưởng",
        "Trần Thị Thử",
        actor=await world.actor(login),
        now=world.at(today),
    )


async def test_a_decision_numbers_pays_and_stores_what_was_approved(world: World) -> None:
    await approve(world)
    decision_id = await decide(world)
    decision = await queries.decision(decision_id)
    assert (decision.number, decision.base_salary) == ("01/QĐ-VKSTC", 2_340_000)
    assert decision.authority == "Viện trưởng Viện kiểm sát nhân dân tối cao"
    assert decision.capacity_line == "KT. VIỆN TRƯỞNG"
    assert (decision.individuals, decision.collectives) == (3, 1)
    annex = await queries.annex_page(decision_id, None)
    assert [(i.position, i.name, i.bonus_amount) for i in annex.rows] == [
        (1, "Phòng 1", 1_410_000),
        (2, "Lý Thị Bình", 710_000),
        (3, "Hoàng Văn Ánh", 710_000),
        (4, "Bế Văn Em", 710_000),
    ]
    assert decision.bonus_total == 3_540_000
    assert [(line.action, line.actor_name) for line in await history("decision", decision_id)] == [
        ("decisions.decide", "Thư ký Hội đồng")
    ]
    assert await broken_log_chain() == []


async def test_the_printed_decision_names_everybody_and_its_hash_is_its_own(world: World) -> None:
    await approve(world)
    decision = await queries.decision(await decide(world))
    content = await store.read(decision.sha256)
    assert hashlib.sha256(content).hexdigest() == decision.sha256
    pages = PdfReader(io.BytesIO(content)).pages
    text = " ".join("\n".join(page.extract_text() for page in pages).split())
    for part in ("01/QĐ-VKSTC", "Lý Thị Bình", "3.540.000", "KT. VIỆN TRƯỞNG", "Trần Thị Thử"):
        assert part in text
    assert "Nông Thị Chi" not in text


@pytest.mark.parametrize(
    ("signed_on", "salary", "individual", "collective"),
    [
        (date(2026, 6, 30), 2_340_000, 710_000, 1_410_000),
        (date(2026, 7, 1), 2_530_000, 760_000, 1_520_000),
    ],
)
async def test_the_day_of_signing_decides_the_bonus(
    world: World, signed_on: date, salary: int, individual: int, collective: int
) -> None:
    await approve(world)
    decision_id = await decide(world, signed_on=signed_on, today="2026-07-02")
    assert (await queries.decision(decision_id)).base_salary == salary
    annex = await queries.annex_page(decision_id, None)
    assert [i.bonus_amount for i in annex.rows] == [collective, *[individual] * 3]


async def test_a_salary_changed_later_changes_no_decision(world: World) -> None:
    await approve(world)
    decision_id = await decide(world)
    before = await queries.decision(decision_id)
    await BaseSalary.update({BaseSalary.amount: 1}, force=True)
    assert await queries.decision(decision_id) == before


@pytest.mark.parametrize(
    ("signed_on", "today", "code"),
    [
        (date(2025, 12, 11), "2025-12-19", "before-session"),
        (date(2025, 12, 20), "2025-12-19", "in-future"),
    ],
)
async def test_a_wrong_day_is_refused_and_takes_no_number(
    world: World, signed_on: date, today: str, code: str
) -> None:
    await approve(world)
    with pytest.raises(Refused) as refused:
        await decide(world, signed_on=signed_on, today=today)
    assert refused.value.refusal.code == code
    assert await NumberSeries.count() == 0


async def test_no_salary_in_force_is_a_refusal(world: World) -> None:
    await approve(world)
    await BaseSalary.delete(force=True)
    with pytest.raises(Refused) as refused:
        await decide(world)
    assert refused.value.refusal.code == "no-base-salary"
    assert (await NumberSeries.count(), await AwardDecision.count()) == (0, 0)


async def test_without_a_session_or_an_agreement_nothing_is_decided(world: World) -> None:
    await approve(world, session=False)
    with pytest.raises(Refused) as refused:
        await decide(world)
    assert refused.value.refusal.code == "no-council-result"


async def test_a_result_in_which_nobody_passed_gives_no_decision(world: World) -> None:
    await approve(world, votes_for_all=1)
    with pytest.raises(Refused) as refused:
        await decide(world)
    assert refused.value.refusal.code == "nobody-approved"


@pytest.mark.parametrize("login", ["officer", "member_1", "auditor", "administrator", "staff"])
async def test_only_secretary_and_leader_decide(world: World, login: str) -> None:
    await approve(world)
    with pytest.raises(NotVisible):
        await decide(world, login)
    assert await decide(world, "leader") > 0


async def test_an_unknown_round_does_not_exist(world: World) -> None:
    actor = await world.actor("secretary")
    with pytest.raises(NotVisible):
        await actions.decide(
            2**31, SIGNED_ON, "Hà Nội", "", "Viện trưởng", "A", actor=actor, now=world.now
        )


async def test_two_at_once_make_one_decision(world: World) -> None:
    await approve(world)
    results = await asyncio.gather(decide(world), decide(world), return_exceptions=True)
    made = [result for result in results if isinstance(result, int)]
    refused = [result for result in results if isinstance(result, Refused)]
    assert (len(made), [r.refusal.code for r in refused]) == (1, ["already-decided"])
    series = await NumberSeries.select(NumberSeries.code, NumberSeries.last_number)
    assert series == [{"code": "decision:2025", "last_number": 1}]


async def test_numbers_taken_at_once_have_neither_gap_nor_double(world: World) -> None:
    async def take(count: int, *, fail: bool) -> range | None:
        try:
            async with DB.transaction():
                first = await actions.take_numbers("s", count)
                await asyncio.sleep(0)
                if fail:
                    raise Refused(Refusal("x", ""))
        except Refused:
            return None
        return range(first, first + count)

    taken = await asyncio.gather(
        *(take(count, fail=n % 4 == 3) for n, count in enumerate((1, 3, 1, 2, 5, 1, 1, 4) * 2))
    )
    numbers = sorted(number for block in taken if block is not None for number in block)
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == 2 * (1 + 3 + 1 + 5 + 1 + 1)


async def test_the_secretary_is_told_that_a_decision_waits(world: World) -> None:
    await approve(world)
    now, round_id = world.at("2025-12-12"), world.ids["round_2025"]
    secretary = await world.actor("secretary")
    assert [item.href for item in await queries.waiting(secretary, now)] == [
        f"/rounds/{round_id}/decision"
    ]
    assert await queries.waiting(await world.actor("member_1"), now) == ()
    await decide(world)
    assert await queries.waiting(secretary, now) == ()
    rows = await AwardDecision.select(AwardDecision.id)
    assert [await queries.decision_of(round_id)] == [row["id"] for row in rows]


async def test_a_decision_cites_the_law_in_force_and_what_the_movement_cites(world: World) -> None:
    await approve(world)
    await catalogue.load_product_data(actor=None, now=world.now)
    plan, other = (
        LegalSource(number=number, title=f"Kế hoạch {number}", issuer="VKSND tối cao", note="")
        for number in ("05/KH", "06/KH")
    )
    await plan.save()
    await other.save()
    await MovementSource(movement=world.ids["movement"], source=plan.id).save()
    decision = await queries.decision(await decide(world))
    assert [line.replace("\u00a0", " ") for line in decision.legal_basis] == [
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
        "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về"
        " phân cấp, phân quyền trong lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn"
        " thi hành một số điều của Luật Thi đua, khen thưởng",
        "Căn cứ Thông tư số 02/2024/TT-VKSTC ngày 12 tháng 8 năm 2024 của Viện trưởng Viện kiểm"
        " sát nhân dân tối cao về công tác thi đua, khen thưởng trong ngành Kiểm sát nhân dân",
        "Căn cứ Kế hoạch số 05/KH của VKSND tối cao 05/KH",
        "Căn cứ Biên bản họp số 12/BB-HĐTĐKT ngày 12 tháng 12 năm 2025",
        "Theo đề nghị của Hội đồng Thi đua - Khen thưởng VKSND tối cao",
    ]
    assert decision.salary.amount == decision.base_salary
    assert {s: c.coefficient for s, c in decision.coefficients.items()} == {
        "individual": Decimal("0.3"),
        "collective": Decimal("0.6"),
    }
    assert decision.coefficients["individual"].source == "152/2025/NĐ-CP"


async def test_a_round_without_an_award_form_is_refused(world: World) -> None:
    await approve(world)
    # The database would not let it come to this either.
    await DB.run_ddl("ALTER TABLE review_round DISABLE TRIGGER review_round_opened")
    await ReviewRound.update({ReviewRound.award_form: None}).where(
        ReviewRound.id == world.ids["round_2025"]
    )
    with pytest.raises(Refused) as refused:
        await decide(world)
    assert refused.value.refusal.code == "no-award-form"


async def test_a_missing_coefficient_is_a_refusal(world: World) -> None:
    await approve(world)
    await BonusCoefficient.delete().where(BonusCoefficient.subject == "collective")
    with pytest.raises(Refused) as refused:
        await decide(world)
    assert refused.value.refusal.code == "no-coefficient"
