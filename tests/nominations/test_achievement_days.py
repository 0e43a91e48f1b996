"""Every achievement has its days, and they lie in the dossier's achievement period."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.period import Period
from app.kernel.refusal import Refused
from app.nominations import actions, queries
from app.nominations.actions.items import ask_item
from app.nominations.rules import refuse_days, refuse_submission
from app.nominations.tables import EvidenceItem, Submission
from tests.cast import WORKED
from tests.conftest import World
from tests.nominations.dossiers import TODAY, WINDOW, dossier, entry
from tests.nominations.prepared import add_proofs, draft_person, submitted_person
from tests.nominations.test_achievements import TYPED, edit, first_item
from tests.nominations.test_warnings_facts import found

FIRST, LAST = date(2024, 12, 1), date(2025, 11, 30)
LATER = date(2025, 12, 20)


@pytest.mark.parametrize(
    ("days", "today", "refused"),
    [
        (Period(FIRST, LAST), LAST, None),
        (Period(FIRST, FIRST), LATER, None),
        (Period(LAST, LAST), LATER, None),
        (None, TODAY, ("no-day", "last_on")),
        (Period(FIRST), TODAY, ("no-day", "last_on")),
        (Period(date(2025, 6, 2), date(2025, 6, 1)), TODAY, ("days-backwards", "last_on")),
        (Period(FIRST, TODAY), TODAY - timedelta(days=1), ("not-yet-achieved", "last_on")),
        (Period(FIRST - timedelta(days=1), LAST), LATER, ("achieved-outside", "first_on")),
        (Period(LAST, LAST + timedelta(days=1)), LATER, ("achieved-outside", "last_on")),
        (Period(LATER, LATER), LATER, ("achieved-outside", "last_on")),
    ],
)
def test_the_whole_span_lies_in_the_period(
    days: Period | None, today: date, refused: tuple[str, str] | None
) -> None:
    refusal = refuse_days(WINDOW, days, today)
    assert (refusal and (refusal.code, refusal.field_name)) == refused


def test_the_refusal_says_the_period() -> None:
    refusal = refuse_days(WINDOW, Period(LATER, LATER), LATER)
    assert refusal is not None
    assert refusal.values == {"first": "01/12/2024", "last": "30/11/2025"}


DAY = st.dates(date(2024, 1, 1), date(2027, 1, 1))


@given(DAY, DAY, DAY, DAY, DAY)
def test_taken_is_just_what_is_over_and_whole_inside(
    a: date, b: date, first: date, last: date, today: date
) -> None:
    window = Period(min(a, b), max(a, b))
    taken = refuse_days(window, Period(first, last), today) is None
    assert taken == (min(a, b) <= first <= last <= min(max(a, b), today))


def test_an_undated_achievement_is_named_before_the_dossier_goes() -> None:
    old = entry("C3", 9, "Báo cáo", days=None)
    refusal = refuse_submission(dossier(evidence=(entry("C1"), old)), TODAY)
    assert refusal is not None
    assert (refusal.code, refusal.values) == ("days-owed", {"items": "C3: Việc 9"})


def test_a_figure_without_a_day_does_not_count() -> None:
    figure = {"after": Decimal(3), "quantity_unit": "giờ"}
    both = (entry("C1", 1, **figure), entry("C1", 2, days=None, **figure))
    assert dossier(evidence=both).quantified_evidence == 1


async def forget_days(nomination: int) -> None:
    """As an entry stands that was made before days were asked for."""
    await EvidenceItem.raw(
        "UPDATE evidence_item SET first_on = NULL, last_on = NULL WHERE nomination = {}"
        " AND id = (SELECT min(id) FROM evidence_item)",
        nomination,
    )


@pytest.mark.anyio
async def test_the_form_keeps_what_was_typed_and_says_the_period(world: World) -> None:
    made = await draft_person(world)
    async with world.client("officer") as browser:
        answer = await browser.form(
            f"/nominations/{made}/evidence", TYPED | {"first_on": "30/11/2024"}
        )
        assert answer.status_code == 422
        assert (
            "Thành tích phải nằm trong thời gian lập thành tích của hồ sơ (01/12/2024 - 30/11/2025)"
        ) in answer.text
        assert 'value="30/11/2024"' in answer.text
        assert await EvidenceItem.count() == 0
        saved = await browser.form(f"/nominations/{made}/evidence", TYPED)
        assert saved.status_code == 303
        page = await browser.get(f"/nominations/{made}")
    assert "từ 03/02/2025 đến 30/06/2025 · Trước 3, sau 40,5 giờ" in page.text


@pytest.mark.anyio
async def test_a_dossier_takes_only_achievements_of_its_own_period(world: World) -> None:
    made = await actions.nominate_person(
        world.ids["round_2025"],
        world.ids["anh"],
        world.ids["phong_1"],
        "Chủ động tự học.",
        Period(date(2025, 3, 1), date(2025, 9, 30)),
        actor=await world.actor("officer"),
        now=world.now,
    )
    with pytest.raises(Refused) as error:
        await add_proofs(world, made, "individual")
    assert error.value.refusal.values == {"first": "01/03/2025", "last": "30/09/2025"}


@pytest.mark.anyio
async def test_an_undated_dossier_is_refused_then_dated_then_sent(world: World) -> None:
    made = await draft_person(world)
    await add_proofs(world, made, "individual")
    await forget_days(made)
    async with world.client("officer") as browser:
        page = (await browser.get(f"/nominations/{made}")).text
        assert "Chưa ghi ngày đạt được của minh chứng: C1: Hoàn thành khóa học trực tuyến." in page
        assert "chưa ghi ngày · Trước 3" in page
        assert (await browser.form(f"/nominations/{made}/submission")).status_code == 409
    assert await Submission.count() == 0
    assert [w.kind for w in await found(world, made)] == ["undated"]
    await edit(world, made, await first_item(made))
    assert "undated" not in [w.kind for w in await found(world, made)]
    await actions.submit(made, actor=await world.actor("officer"), now=world.now)


@pytest.mark.anyio
async def test_the_list_of_warnings_finds_undated_entries(world: World) -> None:
    made = await submitted_person(world)
    path = f"/rounds/{world.ids['round_2025']}/warnings?kind=undated"
    async with world.client("appraiser") as browser:
        assert "Chưa ghi ngày đạt được" not in (await browser.get(path)).text
        await forget_days(made)
        assert "Chưa ghi ngày đạt được" in (await browser.get(path)).text


@pytest.mark.anyio
async def test_the_days_of_the_one_item_sent_back_can_be_set(world: World) -> None:
    made = await submitted_person(world)
    await forget_days(made)
    item = await first_item(made)
    with pytest.raises(Refused) as error:
        await edit(world, made, item)
    assert error.value.refusal.code == "already-submitted"
    await ask_item(
        made,
        "criterion:C1",
        "Đề nghị ghi ngày đạt được.",
        date(2025, 11, 20),
        actor=await world.actor("appraiser"),
        now=world.now,
    )
    await edit(world, made, item)
    stored = (await queries.nomination(made, await world.actor("officer"))).item(item)
    assert stored.days == WORKED


@pytest.mark.anyio
async def test_the_first_gate_holds_over_an_undated_figure(world: World) -> None:
    made = await submitted_person(world)
    await forget_days(made)
    async with world.client("officer") as browser:
        page = (await browser.get(f"/nominations/{made}")).text
    assert "Mới có 1 minh chứng có số liệu và ngày; cần ít nhất 2." in page
    nominee = (await queries.to_freeze(world.ids["round_2025"]))[0]
    assert nominee.quantified_evidence == 1


@pytest.mark.anyio
@pytest.mark.parametrize(
    "days", ["'2025-02-01', NULL", "NULL, '2025-02-01'", "'2025-02-02', '2025-02-01'"]
)
async def test_the_database_takes_no_half_or_backward_span(world: World, days: str) -> None:
    made = await draft_person(world)
    await add_proofs(world, made, "individual")
    first, last = days.split(", ")
    with pytest.raises(asyncpg.CheckViolationError):
        await EvidenceItem.raw(f"UPDATE evidence_item SET first_on = {first}, last_on = {last}")
