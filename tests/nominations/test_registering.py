"""Đăng ký thi đua: from the form to the list, its files, a withdrawal and a nomination."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest

from app.catalogue.tables import AwardForm
from app.kernel.refusal import NotVisible, Refused
from app.movement.queries import round_facts
from app.movement.tables import ReviewRound
from app.nominations import actions, queries
from app.nominations.rules import refuse_registering, registration_days
from app.nominations.tables import Nomination, Registration
from tests.conftest import World
from tests.nominations.prepared import draft_person

pytestmark = pytest.mark.anyio
FIRST, LAST = date(2025, 1, 6), date(2025, 11, 14)
GOAL = "Hoàn thành 40 giờ tự học có ghi nhận."


async def open_days(world: World, first: date = FIRST, last: date = LAST) -> None:
    await ReviewRound.raw(
        "UPDATE review_round SET registration_open_on = {}, registration_close_on = {}"
        " WHERE id = {}",
        first,
        last,
        world.ids["round_2025"],
    )


def here(world: World, tail: str = "") -> str:
    return f"/rounds/{world.ids['round_2025']}/registrations{tail}"


async def register(world: World, *people: str, login: str = "officer") -> tuple[int, ...]:
    units = {"anh": "phong_1", "binh": "phong_1", "chi": "kv_1", "dung": "kv_1", "em": "cb_kv_1"}
    return await actions.register(
        world.ids["round_2025"],
        [(world.ids[person], world.ids[units[person]]) for person in people],
        world.ids["award_form"],
        GOAL,
        actor=await world.actor(login),
        now=world.now,
    )


async def rows(world: World, login: str, **asked: Any) -> list[tuple[str, str]]:
    found = await queries.registrations_page(
        world.ids["round_2025"], await world.actor(login), **asked
    )
    return [(row.name, row.state) for row in found.rows]


async def refused(world: World, *people: str, login: str = "officer") -> str:
    with pytest.raises(Refused) as error:
        await register(world, *people, login=login)
    return error.value.refusal.code


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (date(2025, 1, 5), "registration-not-open"),
        (FIRST, None),
        (LAST, None),
        (date(2025, 11, 15), "registration-closed"),
    ],
)
async def test_both_days_of_the_registration_count(
    world: World, today: date, code: str | None
) -> None:
    await open_days(world)
    round_ = await round_facts(world.ids["round_2025"])
    refusal = refuse_registering(registration_days(round_.calendar), today)
    assert (refusal.code if refusal else None) == code


async def test_a_round_without_days_takes_none(world: World) -> None:
    assert await refused(world, "anh") == "registration-not-set"


async def test_several_are_registered_at_once_or_none(world: World) -> None:
    await open_days(world)
    await register(world, "anh", "binh")
    # One of them is registered already, so the other is not either.
    assert await refused(world, "binh", "chi") == "already-registered"
    assert await rows(world, "officer") == [
        ("Hoàng Văn Ánh", "open"),
        ("Lý Thị Bình", "open"),
    ]
    row = await Registration.select().where(Registration.person == world.ids["anh"]).first()
    assert row is not None
    assert (row["unit"], row["post"], row["goal"]) == (
        world.ids["lang_son"],
        "Kiểm sát viên",
        GOAL,
    )


async def test_the_same_tick_twice_is_one_registration(world: World) -> None:
    await open_days(world)
    assert len(await register(world, "anh", "anh")) == 1


async def test_nobody_registers_for_another_unit(world: World) -> None:
    await open_days(world)
    for login in ("other_officer", "appraiser", "staff"):
        with pytest.raises(NotVisible):
            await register(world, "anh", login=login)
    assert await Registration.count() == 0


async def test_each_reader_sees_the_own_ones_only(world: World) -> None:
    await open_days(world)
    await register(world, "anh", "binh")
    await register(world, "em", login="other_officer")
    assert [name for name, _ in await rows(world, "appraiser")] == [
        "Hoàng Văn Ánh",
        "Lý Thị Bình",
        "Bế Văn Em",
    ]
    assert [name for name, _ in await rows(world, "other_officer")] == ["Bế Văn Em"]
    assert [name for name, _ in await rows(world, "staff")] == ["Hoàng Văn Ánh"]
    assert await rows(world, "officer", search="binh ly") == [("Lý Thị Bình", "open")]
    assert await rows(world, "officer", search="be van em") == []


async def test_pages_follow_each_other_by_key(world: World) -> None:
    await open_days(world)
    await register(world, "anh", "binh", "chi")
    officer = await world.actor("officer")
    names, cursor = [], None
    while True:
        found = await queries.registrations_page(
            world.ids["round_2025"], officer, cursor=cursor, limit=2
        )
        names.append([row.name for row in found.rows])
        if (cursor := found.next) is None:
            break
    assert names == [["Hoàng Văn Ánh", "Lý Thị Bình"], ["Nông Thị Chi"]]


async def test_a_withdrawn_one_stays_with_its_reason_and_may_be_registered_again(
    world: World,
) -> None:
    await open_days(world)
    (made,) = await register(world, "anh")
    with pytest.raises(NotVisible):
        await actions.withdraw_registration(
            made, "Không phải việc của họ.", actor=await world.actor("other_officer"), now=world.now
        )
    officer = await world.actor("officer")
    await actions.withdraw_registration(made, "Chuyển công tác.", actor=officer, now=world.now)
    assert await rows(world, "officer") == [("Hoàng Văn Ánh", "withdrawn")]
    with pytest.raises(Refused) as error:
        await actions.withdraw_registration(made, "Lần nữa.", actor=officer, now=world.now)
    assert error.value.refusal.code == "registration-withdrawn"
    await register(world, "anh")
    assert sorted(state for _, state in await rows(world, "officer")) == ["open", "withdrawn"]
    assert await rows(world, "officer", state="withdrawn") == [("Hoàng Văn Ánh", "withdrawn")]


async def test_a_nomination_is_one_step_from_its_registration(world: World) -> None:
    await open_days(world)
    (made,) = await register(world, "chi")
    officer = await world.actor("officer")
    nomination = await actions.nominate_registered(made, actor=officer, now=world.now)
    row = await Nomination.objects().get(Nomination.id == nomination)
    assert row is not None
    assert (row.person, row.name, row.stage) == (world.ids["chi"], "Nông Thị Chi", "draft")
    assert "học tập suốt đời" in row.achievement
    assert await rows(world, "officer") == [("Nông Thị Chi", "nominated")]
    for action in (
        actions.nominate_registered(made, actor=officer, now=world.now),
        actions.withdraw_registration(made, "Muộn.", actor=officer, now=world.now),
    ):
        with pytest.raises(Refused) as error:
            await action
        assert error.value.refusal.code == "registration-used"


async def test_a_collective_is_registered_and_nominated(world: World) -> None:
    await open_days(world)
    officer = await world.actor("officer")
    (made,) = await actions.register(
        world.ids["round_2025"],
        [(None, world.ids["kv_1"])],
        world.ids["award_form"],
        GOAL,
        actor=officer,
        now=world.now,
    )
    nomination = await actions.nominate_registered(made, actor=officer, now=world.now)
    row = await Nomination.objects().get(Nomination.id == nomination)
    assert row is not None
    assert (row.subject, row.collective) == ("collective", world.ids["kv_1"])


async def test_the_dossier_says_whether_its_nominee_was_registered(world: World) -> None:
    plain = await draft_person(world, "binh")
    async with world.client("officer") as browser:
        assert "đợt xét không tổ chức đăng ký" in (await browser.get(f"/nominations/{plain}")).text
        await open_days(world)
        assert "không đăng ký đầu năm" in (await browser.get(f"/nominations/{plain}")).text
        (made,) = await register(world, "anh")
        answer = await browser.form(f"/registrations/{made}/nomination")
        shown = (await browser.get(answer.headers["location"])).text
    assert "ngày 10/11/2025" in shown
    assert "không đăng ký đầu năm" not in shown


async def test_from_the_form_to_the_list_and_its_files(world: World) -> None:
    await open_days(world)
    chosen = [f"{world.ids[person]}-{world.ids['phong_1']}" for person in ("anh", "binh")]
    async with world.client("officer") as browser:
        form = (await browser.get(here(world, "/new?subject=individual&q=phong 1"))).text
        assert [f'value="{value}"' in form for value in chosen] == [True, True]
        data = {"subject": "individual", "award_form": str(world.ids["award_form"])}
        empty = await browser.form(here(world), {**data, "goal": "Đã viết rồi."})
        assert (empty.status_code, "Đã viết rồi." in empty.text) == (422, True)
        assert "Vui lòng chọn ít nhất một đối tượng" in empty.text
        made = await browser.form(
            here(world),
            {**data, "goal": GOAL, "nominee": chosen},  # type: ignore[dict-item]
        )
        assert (made.status_code, made.headers["location"]) == (303, here(world))
        listed = (await browser.get(here(world))).text
        assert listed.count(GOAL) == 2
        again = await browser.form(
            here(world),
            {**data, "goal": "Giữ lại.", "nominee": chosen[0]},
        )
        assert (again.status_code, "Giữ lại." in again.text) == (422, True)
        assert "Đã đăng ký trong đợt xét này: Hoàng Văn Ánh." in again.text
        text = await browser.get(here(world, "/export.csv?q=binh"))
        book = await browser.get(here(world, "/export.xlsx"))
    lines = list(csv.reader(StringIO(text.content.decode("utf-8-sig"))))
    assert [line[1] for line in lines] == ["Đối tượng", "Lý Thị Bình"]
    assert lines[1][4:7] == ["Giấy khen", GOAL, "Đã đăng ký"]
    assert book.content[:2] == b"PK"


async def test_a_withdrawal_without_a_reason_comes_back(world: World) -> None:
    await open_days(world)
    (made,) = await register(world, "anh")
    async with world.client("officer") as browser:
        answer = await browser.form(f"/registrations/{made}/withdrawal", {"reason": " "})
        assert answer.status_code == 422
        assert "Vui lòng nhập mục này." in answer.text
        good = await browser.form(f"/registrations/{made}/withdrawal", {"reason": "Nghỉ hưu."})
        assert good.status_code == 303
        assert "Lý do: Nghỉ hưu." in (await browser.get(here(world))).text
    async with world.client("appraiser") as browser:
        assert (await browser.form(f"/registrations/{made}/withdrawal")).status_code == 404


async def test_a_reason_typed_too_late_is_kept(world: World) -> None:
    await open_days(world)
    (made,) = await register(world, "anh")
    await actions.nominate_registered(made, actor=await world.actor("officer"), now=world.now)
    async with world.client("officer") as browser:
        late = await browser.form(f"/registrations/{made}/withdrawal", {"reason": "Chuyển đi."})
    assert (late.status_code, "Chuyển đi.</textarea>" in late.text) == (409, True)
    assert "Đã lập đề nghị từ đăng ký này nên không rút được nữa." in late.text


async def test_only_the_award_of_the_round_is_registered_for(world: World) -> None:
    await open_days(world)
    other = AwardForm(code="bang-khen", name="Bằng khen", kind="form")
    await other.save()
    data = {
        "subject": "individual",
        "award_form": str(other.id),
        "goal": GOAL,
        "nominee": f"{world.ids['anh']}-{world.ids['phong_1']}",
    }
    async with world.client("officer") as browser:
        form = (await browser.get(here(world, "/new?subject=individual"))).text
        assert [name in form for name in ("Giấy khen</option>", "Bằng khen</option>")] == [
            True,
            False,
        ]
        assert (await browser.form(here(world), data)).status_code == 422
    assert await Registration.count() == 0


async def test_after_the_last_day_the_page_offers_nothing_and_keeps_what_was_typed(
    world: World,
) -> None:
    await open_days(world)
    data = {
        "subject": "individual",
        "award_form": str(world.ids["award_form"]),
        "goal": "Gõ dở lúc hết hạn.",
        "nominee": f"{world.ids['anh']}-{world.ids['phong_1']}",
    }
    async with world.client("officer", now=world.at("2025-11-15")) as browser:
        assert "/registrations/new" not in (await browser.get(here(world))).text
        late = await browser.form(here(world), data)
    assert (late.status_code, "Gõ dở lúc hết hạn." in late.text) == (409, True)
    assert "hạn cuối là ngày 14/11/2025" in late.text


async def test_the_list_costs_the_same_for_few_and_for_many(world: World) -> None:
    await open_days(world)
    counts = []
    async with world.client("officer") as browser:
        await browser.get(here(world))
        for people in (("anh",), ("binh", "chi", "dung")):
            await register(world, *people)
            with world.count_queries() as counter:
                await browser.get(here(world))
            counts.append(counter.count)
    assert counts[0] == counts[1]
    assert counts[0] <= 8
