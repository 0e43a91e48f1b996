"""Nobody learns from these pages what stands in the register, beyond that a gate is not passed."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app.discipline import actions as discipline
from app.nominations import queries
from tests.conftest import World
from tests.nominations.prepared import freeze, submitted_collective, submitted_person

pytestmark = pytest.mark.anyio

NUMBER, NOTE = "4711/QĐ-VKS", "Để mất hồ sơ vụ Ngọc Lan"
# As stored, as shown to who may, and every day of the case in either notation.
SECRETS = (
    NUMBER,
    NOTE,
    "salary_step_reduction",
    "Hạ bậc lương",
    "03/03/2025",
    "04/04/2025",
    "05/05/2025",
    "06/06/2026",
    "2025-03-03",
    "2025-04-04",
    "2025-05-05",
    "2026-06-06",
)
READERS = ("officer", "head", "appraiser", "member_1", "secretary", "leader", "auditor")


async def plant(world: World, person: str, *, decided: bool = True) -> None:
    officer = await world.actor("discipline")
    case = await discipline.open_case(
        world.ids[person],
        "discipline",
        date(2025, 4, 4),
        actor=officer,
        now=world.now,
        violated_on=date(2025, 3, 3),
        note=NOTE,
    )
    if decided:
        await discipline.decide_case(
            case,
            "salary_step_reduction",
            NUMBER,
            date(2025, 5, 5),
            actor=officer,
            now=world.now,
            served_until=date(2026, 6, 6),
        )


def main_part(text: str) -> str:
    """The page without the token, which is another one each time."""
    return re.sub(r'name="_csrf_token" value="[^"]*"', "", text)


@pytest.mark.parametrize("decided", [True, False], ids=["decided", "open"])
@pytest.mark.parametrize("frozen", [False, True], ids=["live", "frozen"])
async def test_the_class_of_the_reason_is_all_that_is_shown(
    world: World, decided: bool, frozen: bool
) -> None:
    """`dung` of the nominated collective kv_1 and the nominated `binh` both have a case."""
    for person in ("dung", "binh"):
        await plant(world, person, decided=decided)
    nominations = (await submitted_collective(world), await submitted_person(world, "binh"))
    if frozen:
        await freeze(world)
    words = "có quyết định kỷ luật" if decided else "đang trong thời gian xem xét, xác minh"
    listing = f"/rounds/{world.ids['round_2025']}/nominations"
    for login in READERS:
        async with world.client(login) as client:
            pages = [(await client.get(f"/nominations/{made}")).text for made in nominations]
            assert all(words in page for page in pages)
            pages += [
                (await client.get(listing + query)).text
                for query in ("", "?state=fail", "?state=hold", "?q=ky+luat", "?q=4711")
            ]
        for page in pages:
            assert [secret for secret in SECRETS if secret in page] == []
        # The violator of a collective is not named anywhere on its page.
        assert "Đặng Đình Dũng" not in pages[0]
        assert "Dũng" not in pages[0]


@pytest.mark.parametrize("decided", [True, False], ids=["decided", "open"])
async def test_a_page_does_not_tell_one_violator_from_two(world: World, decided: bool) -> None:
    await plant(world, "dung", decided=decided)
    made = await submitted_collective(world)
    async with world.client("officer") as client:
        one = main_part((await client.get(f"/nominations/{made}")).text)
        await plant(world, "chi", decided=decided)
        two = main_part((await client.get(f"/nominations/{made}")).text)
    assert one == two


async def test_a_case_that_does_not_count_leaves_the_page_as_it_was(world: World) -> None:
    made = await submitted_person(world, "binh")
    async with world.client("officer") as client:
        before = main_part((await client.get(f"/nominations/{made}")).text)
        officer = await world.actor("discipline")
        case = await discipline.open_case(
            world.ids["binh"], "complaint", date(2025, 4, 4), actor=officer, now=world.now
        )
        await discipline.close_case(case, date(2025, 5, 5), actor=officer, now=world.now)
        after = main_part((await client.get(f"/nominations/{made}")).text)
    assert before == after


async def test_the_officer_of_the_register_and_the_person_see_dates_and_form(
    world: World,
) -> None:
    await plant(world, "anh")
    made = await submitted_person(world)
    shown = ("Hạ bậc lương", "03/03/2025", "04/04/2025", "05/05/2025", "06/06/2026")
    for login in ("discipline", "staff"):
        async with world.client(login) as client:
            page = (await client.get(f"/nominations/{made}")).text
        assert [text for text in shown if text in page] == list(shown)
        assert NUMBER not in page
        assert NOTE not in page


async def test_lists_filters_and_counts_do_not_move_before_the_gates_are_frozen(
    world: World,
) -> None:
    made = await submitted_person(world, "binh")
    await plant(world, "binh")
    for login in ("officer", "secretary"):
        actor = await world.actor(login)
        counted = await queries.counts(world.ids["round_2025"], actor)
        assert (counted["office"], counted["fail"], counted["hold"]) == (1, 0, 0)
        page = await queries.nominations_page(
            world.ids["round_2025"], actor, date(2025, 11, 24), queries.Wanted(state="fail")
        )
        assert [row.id for row in page.rows] == []
    assert (await queries.nomination(made, await world.actor("officer"))).state == "office"


async def test_another_unit_and_its_nominee_learn_nothing_at_all(world: World) -> None:
    """Not from a page, a list, a filter, a count, or from how a form is refused."""
    await plant(world, "em")
    made = await submitted_person(world, "em", "cb_kv_1")
    own = await submitted_person(world)
    await freeze(world)
    listing = f"/rounds/{world.ids['round_2025']}/nominations"
    for login in ("officer", "head", "staff"):
        actor = await world.actor(login)
        counted = await queries.counts(world.ids["round_2025"], actor)
        # Only the own one, which fails for its missing initiative.
        assert (sum(counted.values()), counted["fail"]) == (1, 1)
        async with world.client(login) as client:
            assert (await client.get(f"/nominations/{made}")).status_code == 404
            pages = [
                (await client.get(listing + query)).text
                for query in ("", "?state=fail", "?q=em", "?q=CN-2025-0001")
            ]
            pages.append((await client.get(f"/nominations/{own}")).text)
        assert not any("Bế Văn Em" in page for page in pages)
        assert [s for s in SECRETS if any(s in page for page in pages)] == []


async def test_nominating_somebody_with_a_case_is_refused_no_differently(world: World) -> None:
    await plant(world, "binh")
    listing = f"/rounds/{world.ids['round_2025']}/nominations"
    answers = []
    async with world.client("officer") as client:
        found = await client.get(f"{listing}/new?subject=individual")
        assert [secret for secret in SECRETS if secret in found.text] == []
        for person in ("anh", "binh"):
            data = {
                "subject": "individual",
                "nominee": f"{world.ids[person]}-{world.ids['phong_1']}",
                "achievement": "Tự học.",
            }
            answers.append((await client.form(listing, data)).status_code)
    assert answers == [303, 303]
