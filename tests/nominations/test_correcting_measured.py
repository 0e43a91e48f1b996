"""What the page of a correction tells about levels, measured points and hidden dossiers."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from app.movement.rules.facts import Band
from app.movement.rules.measuring import Threshold
from app.nominations import actions as nominations
from app.nominations.actions.columns import save_column
from app.organization.tables import YearlyClassification
from tests.conftest import World
from tests.movement.criteria_builder import change, judged, measured, new_set
from tests.nominations.prepared import add_proofs, draft_person, submitted_person
from tests.nominations.test_measuring import with_measured

pytestmark = pytest.mark.anyio
D = Decimal


async def corrected_copy(world: World, code: str, *, threshold: str) -> int:
    """Of the set the round is judged by now: `code` measured all or nothing."""
    with_c4 = await new_set(world, "individual", await _current(world))
    draft = measured(code, "15", function=Threshold("up", D(threshold)))
    await change(world, with_c4, code, draft)
    return with_c4


async def _current(world: World) -> str:
    rows = await YearlyClassification.raw(
        "SELECT individual_set FROM review_round WHERE id = {}", world.ids["round_2025"]
    )
    return str(rows[0]["individual_set"])


async def page_of(world: World, set_id: int) -> str:
    async with world.client("secretary") as browser:
        found = await browser.get(f"/rounds/{world.ids['round_2025']}/corrections/{set_id}")
    assert found.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", "", found.text).split())


async def test_other_levels_are_no_mere_wording(world: World) -> None:
    officer = await world.actor("officer")
    nomination = await draft_person(world)
    await save_column(nomination, "self", {"C1": D(20)}, "", 0, actor=officer, now=world.now)
    await add_proofs(world, nomination, "individual")
    await nominations.submit(nomination, actor=officer, now=world.now)
    set_id = await new_set(world, "individual", await _current(world))
    levels = (Band("Tốt", "", D(10), D(25)), Band("Khá", "", D(0), D(9)))
    await change(world, set_id, "C1", judged("C1", "25", *levels))
    text = await page_of(world, set_id)
    assert "C1 đổi các mức điểm" in text
    assert "Hoàng Văn Ánh" in text
    assert "1 điểm đã chấm, cao nhất 20" in text


async def test_points_before_and_after_are_computed(world: World) -> None:
    await with_measured(world)
    await submitted_person(world)
    set_id = await corrected_copy(world, "C4", threshold="1")
    assert "C4: 7,5 → 15" in await page_of(world, set_id)
    await YearlyClassification.delete(force=True)
    missing = "chưa tính được vì thiếu số liệu"
    assert f"C4: {missing} → {missing}" in await page_of(world, set_id)


async def test_what_was_judged_before_has_no_points_before(world: World) -> None:
    await submitted_person(world)
    set_id = await corrected_copy(world, "C4", threshold="1")
    assert "C4: hệ thống không đo → 15" in await page_of(world, set_id)


async def test_dossiers_in_preparation_are_a_number_and_no_more(world: World) -> None:
    await with_measured(world)
    await submitted_person(world)
    set_id = await corrected_copy(world, "C4", threshold="1")
    assert "đang chuẩn bị" not in await page_of(world, set_id)
    await draft_person(world, "binh")
    text = await page_of(world, set_id)
    assert "Ngoài ra, 1 hồ sơ các đơn vị đang chuẩn bị" in text
    assert text.count("C4: 7,5 → 15") == 1


async def test_measuring_costs_the_same_for_one_dossier_as_for_three(world: World) -> None:
    await with_measured(world)
    await submitted_person(world)
    set_id = await corrected_copy(world, "C4", threshold="1")
    counts = []
    for more in ((), (("binh", "phong_1"), ("em", "cb_kv_1"))):
        for person, unit in more:
            await submitted_person(world, person, unit)
        # The driver asks once for the types of what it sends.
        await page_of(world, set_id)
        with world.count_queries() as counter:
            text = await page_of(world, set_id)
        assert text.count("→ 15") == 1 + len(more)
        counts.append(counter.count)
    assert counts[0] == counts[1]
