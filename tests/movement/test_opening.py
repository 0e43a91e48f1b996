from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from decimal import Decimal

import asyncpg
import pytest

from app.kernel.period import Period
from app.kernel.refusal import NotVisible, Refused
from app.movement import actions, queries
from app.movement.rules import (
    GATE_CODES,
    AwardFormFacts,
    Calendar,
    CriteriaSetFacts,
    CriterionFacts,
    Opening,
    RoundFacts,
    criteria_document,
    refuse_opening,
)
from app.movement.tables import Criterion, ReviewRound, RoundOpening
from tests import cast
from tests.conftest import World


def criteria(subject: str, *points: str, gates: tuple[str, ...] = GATE_CODES) -> CriteriaSetFacts:
    rows = [
        CriterionFacts(n, f"K{n}", "judged", "", f"Nội dung {n}", Decimal(p), n)
        for n, p in enumerate(points, start=1)
    ]
    rows += [
        CriterionFacts(n, g, "gate", "", "Điều kiện", None, n) for n, g in enumerate(gates, 90)
    ]
    return CriteriaSetFacts(1, subject, f"Bộ {subject}", 1, "", tuple(rows))


READY = RoundFacts(
    id=1,
    code="VKS-2025",
    name="Tổng kết năm 2025",
    kind="annual",
    movement_id=1,
    movement_name="Phong trào",
    achievements=Period(date(2024, 12, 1), date(2025, 11, 30)),
    nominations=Period(date(2025, 10, 20), date(2025, 11, 20)),
    scoring_close_on=date(2025, 12, 5),
    session_on=date(2025, 12, 12),
    award_form=AwardFormFacts(1, "giay-khen", "Giấy khen"),
    sets={
        "individual": criteria("individual", "60", "40"),
        "collective": criteria("collective", "99.5", "0.5"),
    },
    opening=None,
)


def test_a_complete_round_may_be_opened() -> None:
    assert refuse_opening(READY) is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"opening": Opening(cast.at("2025-10-20"), {}, "", "")}, "already-open"),
        ({"nominations": None}, "no-calendar"),
        ({"scoring_close_on": None}, "no-calendar"),
        ({"session_on": None}, "no-calendar"),
        ({"calendar": Calendar(comment_open_on=date(2025, 12, 14))}, "calendar-wrong"),
        ({"award_form": None}, "no-award-form"),
        ({"sets": {"individual": READY.sets["individual"]}}, "no-criteria"),
        ({"sets": {**READY.sets, "collective": criteria("collective")}}, "no-criteria"),
        ({"sets": {**READY.sets, "collective": criteria("collective", "99.5")}}, "not-a-hundred"),
        *(
            (
                {"sets": {**READY.sets, "collective": criteria("collective", "100", gates=gates)}},
                code,
            )
            for gates, code in (
                ((), "wrong-gates"),
                (GATE_CODES[:4], "wrong-gates"),
                ((*GATE_CODES, "G6"), "wrong-gates"),
            )
        ),
    ],
)
def test_an_incomplete_round_is_refused(change: dict[str, object], code: str) -> None:
    refusal = refuse_opening(replace(READY, **change))
    assert refusal is not None
    assert refusal.code == code


def test_the_hashed_criteria_do_not_depend_on_how_points_are_stored() -> None:
    other = {**READY.sets, "individual": criteria("individual", "60.00", "4E+1")}
    assert criteria_document(READY.sets) == criteria_document(other)
    assert criteria_document(READY.sets)["individual"]["criteria"][1]["max"] == "40"
    assert criteria_document(READY.sets)["individual"]["criteria"][2]["max"] is None


@pytest.mark.anyio
async def test_opening_freezes_protocol_and_criteria(world: World) -> None:
    round_ = await queries.round_facts(world.ids["round_2025"])
    assert round_.opening is not None
    assert round_.opening.protocol["min_members"] == 2
    with pytest.raises(asyncpg.RestrictViolationError):
        await Criterion.raw("UPDATE criterion SET max_points = 1 WHERE code = 'C1'")
    with pytest.raises(asyncpg.RestrictViolationError):
        await RoundOpening.raw("UPDATE round_opening SET protocol = '{}'")


@pytest.mark.anyio
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE review_round SET award_form = NULL WHERE id = {}",
        "UPDATE review_round SET achievements_to = '2026-01-31' WHERE id = {}",
        "UPDATE review_round SET individual_set = collective_set WHERE id = {}",
        "DELETE FROM review_round WHERE id = {}",
        "UPDATE criterion SET criteria_set = criteria_set WHERE {} > 0 AND code = 'C1'",
    ],
)
async def test_the_database_refuses_to_change_what_an_open_round_judges(
    world: World, change: str
) -> None:
    with pytest.raises(asyncpg.RestrictViolationError):
        await ReviewRound.raw(change, world.ids["round_2025"])


@pytest.mark.anyio
async def test_a_deadline_of_an_open_round_may_be_extended(world: World) -> None:
    await ReviewRound.raw(
        "UPDATE review_round SET nominations_close_on = '2025-11-25' WHERE id = {}",
        world.ids["round_2025"],
    )
    round_ = await queries.round_facts(world.ids["round_2025"])
    assert round_.nominations == Period(date(2025, 10, 20), date(2025, 11, 25))


@pytest.mark.anyio
async def test_only_the_secretary_opens_and_only_once(world: World) -> None:
    await _complete_2026(world)
    officer, secretary = await world.actor("officer"), await world.actor("secretary")
    with pytest.raises(NotVisible):
        await actions.open_round(world.ids["round_2026"], actor=officer, now=world.now)
    results = await asyncio.gather(
        *(
            actions.open_round(world.ids["round_2026"], actor=secretary, now=world.now)
            for _ in range(2)
        ),
        return_exceptions=True,
    )
    refused = [r for r in results if isinstance(r, Refused)]
    assert [r.refusal.code for r in refused] == ["already-open"]
    assert await RoundOpening.count() == 2


async def _complete_2026(world: World) -> None:
    await ReviewRound.raw(
        "UPDATE review_round SET nominations_open_on = '2026-10-20', nominations_close_on ="
        " '2026-11-20', scoring_close_on = '2026-12-05', session_on = '2026-12-12',"
        " award_form = {}, individual_set = {}, collective_set = {} WHERE id = {}",
        world.ids["award_form"],
        world.ids["set:individual"],
        world.ids["set:collective"],
        world.ids["round_2026"],
    )


@pytest.mark.anyio
async def test_opening_over_the_page(world: World) -> None:
    await _complete_2026(world)
    path = f"/rounds/{world.ids['round_2026']}"
    async with world.client("secretary") as browser:
        assert "Mở đợt xét" in (await browser.get(path)).text
        answer = await browser.form(path + "/opening")
        assert (answer.status_code, answer.headers["location"]) == (303, path)
        page = (await browser.get(path)).text
        assert "Đã mở đợt xét; tiêu chí và quy tắc chấm đã được chốt." in page
        again = await browser.form(path + "/opening")
    assert again.status_code == 409
    assert "đã được mở" in again.text


@pytest.mark.anyio
async def test_movement_pages_show_what_there_is_and_nothing_else(world: World) -> None:
    async with world.client("staff") as browser:
        listing = await browser.get("/movements")
        assert "2 đợt xét" in listing.text
        found = await browser.get(f"/movements/{world.ids['movement']}")
        assert "Tổng kết năm 2025" in found.text
        for path in ("/movements/999", "/movements/99999999999", "/movements/abc", "/rounds/0"):
            assert (await browser.get(path)).status_code == 404, path
