"""The calendar under its secret address: whose it is, what stands in it, and when it is dead."""

from __future__ import annotations

import re
from datetime import date

import httpx
import pytest

from app.accounts import actions as accounts
from app.audit.tables import AuditEntry
from app.movement.tables import MovementDate, MovementUnit, ReviewRound, StageExtension
from app.reminders import actions
from app.reminders.tables import CalendarFeed
from tests.conftest import World
from tests.reminders.calendar_reader import events_in

pytestmark = pytest.mark.anyio


async def address(world: World, login: str) -> str:
    token = await actions.new_address(actor=await world.actor(login), now=world.now)
    return f"/calendar/{token}.ics"


async def fetched(world: World, path: str, **headers: str) -> httpx.Response:
    """By a program without a session."""
    async with world.client() as program:
        return await program.get(path, headers=headers)


async def summaries(world: World, login: str) -> list[str]:
    answer = await fetched(world, await address(world, login))
    return [str(event["summary"]) for event in events_in(answer.content)]


STAGES_2025 = [
    "Tổng kết năm 2025: Tự chấm điểm và đề nghị",
    "Tổng kết năm 2025: hạn cuối, Chấm điểm",
    "Tổng kết năm 2025: Họp Hội đồng",
]


async def test_the_answer(world: World) -> None:
    answer = await fetched(world, await address(world, "auditor"))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert [str(event["summary"]) for event in events_in(answer.content)] == STAGES_2025


async def test_what_has_not_changed_is_not_sent_again(world: World) -> None:
    path = await address(world, "auditor")
    etag = (await fetched(world, path)).headers["etag"]
    again = await fetched(world, path, **{"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    await ReviewRound.raw(
        "UPDATE review_round SET session_on = '2025-12-13', version = version + 1"
    )
    moved = await fetched(world, path, **{"If-None-Match": etag})
    assert moved.status_code == 200


async def test_an_extension_moves_the_same_event(world: World) -> None:
    path = await address(world, "auditor")

    async def event() -> tuple[str, date, int]:
        scoring = events_in((await fetched(world, path)).content)[1]
        return str(scoring["uid"]), scoring["dtstart"], int(scoring["sequence"])

    uid, day, sequence = await event()
    assert day == date(2025, 12, 5)
    round_id = world.ids["round_2025"]
    await ReviewRound.raw(
        "UPDATE review_round SET scoring_close_on = '2025-12-08', version = version + 1"
        " WHERE id = {}",
        round_id,
    )
    await StageExtension(
        round=round_id,
        stage="scoring",
        old_last=day,
        new_last=date(2025, 12, 8),
        reason="Chờ thẩm định",
        by=world.ids["account:secretary"],
        at=world.at("2025-11-09"),
    ).save()
    assert await event() == (uid, date(2025, 12, 8), sequence + 1)


@pytest.mark.parametrize(
    "path",
    ["/calendar/khong-co.ics", "/calendar/.ics", "/calendar/x", f"/calendar/{'a' * 5000}.ics"],
)
async def test_a_wrong_address_is_a_404(world: World, path: str) -> None:
    assert (await fetched(world, path)).status_code == 404


async def test_without_its_ending_the_address_is_wrong(world: World) -> None:
    path = await address(world, "auditor")
    assert (await fetched(world, path.removesuffix(".ics"))).status_code == 404


async def test_a_new_address_ends_the_old_one(world: World) -> None:
    old, new = await address(world, "auditor"), await address(world, "auditor")
    assert (await fetched(world, old)).status_code == 404
    assert (await fetched(world, new)).status_code == 200
    assert await CalendarFeed.count() == 1


async def test_a_deactivated_account_has_no_calendar(world: World) -> None:
    path = await address(world, "auditor")
    administrator = await world.actor("administrator")
    await accounts.deactivate(world.ids["account:auditor"], actor=administrator, now=world.now)
    assert (await fetched(world, path)).status_code == 404


async def test_the_page_makes_shows_and_revokes_it(world: World) -> None:
    async with world.client("auditor") as browser:
        assert 'href="/account/calendar"' in (await browser.get("/account")).text
        assert "Chưa có địa chỉ nào" in (await browser.get("/account/calendar")).text
        made = await browser.form("/account/calendar")
        assert made.status_code == 200
        found = re.search(r'value="http://127\.0\.0\.1:8000(/calendar/[\w-]+\.ics)"', made.text)
        assert found
        path = found.group(1)
        assert path not in (await browser.get("/account/calendar")).text
        assert (await fetched(world, path)).status_code == 200
        for _ in range(2):
            answer = await browser.form("/account/calendar/revocation")
            assert answer.status_code == 303
        assert (await fetched(world, path)).status_code == 404
    entries = await AuditEntry.select(AuditEntry.action, AuditEntry.detail).where(
        AuditEntry.action.like("reminders.%")
    )
    assert [(entry["action"], entry["detail"]) for entry in entries] == [
        ("reminders.new_calendar_address", "{}"),
        ("reminders.revoke_calendar_address", "{}"),
    ]


async def test_only_the_hash_is_kept(world: World) -> None:
    path = await address(world, "auditor")
    rows = await CalendarFeed.select(CalendarFeed.token_hash)
    assert len(rows[0]["token_hash"]) == 64
    assert rows[0]["token_hash"] not in path


async def test_a_movement_nobody_has_joined_is_for_all_below_its_launcher(world: World) -> None:
    assert (await summaries(world, "staff"))[:3] == STAGES_2025


@pytest.mark.parametrize(
    ("joined", "login", "seen"),
    [
        ("lang_son", "staff", True),
        ("phong_1", "staff", True),
        ("cao_bang", "staff", False),
        ("cao_bang", "other_officer", True),
        ("cb_kv_1", "other_officer", True),
        ("lang_son", "other_officer", False),
        ("lang_son", "appraiser", True),
        ("lang_son", "leader", True),
    ],
)
async def test_rounds_of_movements_the_units_joined(
    world: World, joined: str, login: str, seen: bool
) -> None:
    await join(world, joined)
    assert (STAGES_2025[0] in await summaries(world, login)) is seen


async def test_a_unit_that_left_takes_no_part_any_more(world: World) -> None:
    await join(world, "lang_son", left_on=date(2025, 11, 9))
    assert STAGES_2025[0] not in await summaries(world, "staff")


async def join(world: World, unit: str, left_on: date | None = None) -> None:
    await MovementUnit(
        movement=world.ids["movement"],
        unit=world.ids[unit],
        joined_on=date(2024, 2, 1),
        left_on=left_on,
        by=world.ids["account:secretary"],
        at=world.now,
    ).save()


async def test_a_round_long_over_is_left_out(world: World) -> None:
    path = await address(world, "auditor")
    async with world.client(now=world.at("2026-12-13")) as program:
        assert events_in((await program.get(path)).content) == []


async def test_own_work_and_yearly_days(world: World) -> None:
    await MovementDate(movement=world.ids["movement"], name="Báo cáo năm", month=11, day=10).save()
    found = events_in((await fetched(world, await address(world, "officer"))).content)
    events = {str(event["uid"]).split("-")[0]: event for event in found}
    assert set(events) == {"round", "date", "work"}
    assert events["work"]["dtstart"] == date(2025, 11, 20)
    assert events["work"]["dtend"] == date(2025, 11, 21)
    assert str(events["date"]["summary"]).endswith(": Báo cáo năm")


async def test_statements_do_not_grow_with_the_rounds(world: World) -> None:
    path = await address(world, "officer")
    with world.count_queries() as few:
        await fetched(world, path)
    for number in range(10):
        await ReviewRound(
            movement=world.ids["movement"],
            code=f"X{number}",
            kind="annual",
            name=f"Đợt {number}",
            achievements_from=date(2025, 1, 1),
            achievements_to=date(2025, 12, 31),
            decision_on=date(2025, 12, 30),
        ).save()
    with world.count_queries() as many:
        await fetched(world, path)
    assert few.count == many.count
