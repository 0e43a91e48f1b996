"""Rounds are planned by the secretary, on forms that notice each other."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.audit.tables import AuditEntry
from app.kernel.period import Period
from app.kernel.refusal import NotVisible, Refused
from app.movement import actions, queries
from app.movement.forms.planning import typed_round
from app.movement.rules import Calendar, canonical, default_protocol
from app.movement.tables import ReviewRound
from tests.conftest import World
from tests.movement import rounds

pytestmark = pytest.mark.anyio


async def refused(code: str, call: object) -> None:
    with pytest.raises(Refused) as caught:
        await call  # type: ignore[misc]
    assert caught.value.refusal.code == code


async def last_entry() -> tuple[str, dict[str, object]]:
    row = await AuditEntry.select().order_by(AuditEntry.id, ascending=False).first()
    assert row is not None
    return row["action"], json.loads(row["detail"])


async def test_a_round_is_created_as_planned_and_logged(world: World) -> None:
    round_id = await rounds.create(world)
    stored = await queries.stored_round(round_id)
    assert stored == queries.editing.StoredRound(rounds.plan(world), 0, False)
    assert await last_entry() == ("movement.create_round", {"code": "VKS-2023-2025"})


async def test_what_may_not_be_planned(world: World) -> None:
    await refused("code-taken", rounds.create(world, code="VKS-2025"))
    await refused(
        "annual-overlap",
        rounds.create(
            world, kind="annual", achievements=Period(date(2025, 11, 30), date(2026, 10, 31))
        ),
    )
    for set_of_other in ({"individual_set": world.ids["set:collective"]}, {"collective_set": 999}):
        with pytest.raises(NotVisible):
            await rounds.create(world, **set_of_other)


async def test_of_two_overlapping_rounds_planned_at_once_one_is_refused(world: World) -> None:
    window = Period(date(2027, 1, 1), date(2027, 12, 31))
    results = await asyncio.gather(
        *(rounds.create(world, code=c, kind="annual", achievements=window) for c in ("A", "B")),
        return_exceptions=True,
    )
    assert [r.refusal.code for r in results if isinstance(r, Refused)] == ["annual-overlap"]


async def test_only_the_secretary_plans(world: World) -> None:
    round_id, movement_id = world.ids["round_2026"], world.ids["movement"]
    for login in ("officer", "leader", "member_1", "administrator"):
        actor = await world.actor(login)
        own: dict[str, Any] = {"actor": actor, "now": world.now}
        plan = rounds.plan(world)
        for call in (
            actions.create_round(movement_id, plan, like=None, **own),
            actions.change_round(round_id, plan, 0, **own),
            actions.set_calendar(round_id, Calendar(), 0, **own),
            actions.set_protocol(round_id, default_protocol(), 0, **own),
            actions.extend_stage(
                round_id, "scoring", date(2027, 1, 1), "x", move_following=False, **own
            ),
        ):
            with pytest.raises(NotVisible):
                await call


async def test_last_year_s_round_is_copied_a_year_later(world: World) -> None:
    round_2025 = world.ids["round_2025"]
    secretary = await world.actor("secretary")
    own = rounds.plan(
        world,
        kind="annual",
        code="VKS-2027",
        achievements=Period(date(2027, 1, 1), date(2027, 12, 31)),
    )
    copied = await actions.create_round(
        world.ids["movement"], own, like=round_2025, actor=secretary, now=world.now
    )
    found = await queries.round_facts(copied)
    assert found.calendar == Calendar(
        nominations_open_on=date(2026, 10, 20),
        nominations_close_on=date(2026, 11, 20),
        scoring_close_on=date(2026, 12, 5),
        session_on=date(2026, 12, 12),
    )
    frozen = await queries.round_facts(round_2025)
    assert frozen.opening is not None
    assert found.proposed == frozen.opening.protocol
    assert await last_entry() == (
        "movement.create_round",
        {"code": "VKS-2027", "source": round_2025},
    )


async def test_a_round_of_another_movement_is_no_model(world: World) -> None:
    secretary = await world.actor("secretary")
    stored = await queries.stored_movement(world.ids["movement"])
    other = await actions.create_movement(
        replace(stored.plan, code="KHAC"), actor=secretary, now=world.now
    )
    own = rounds.plan(world, individual_set=None, collective_set=None)
    with pytest.raises(NotVisible):
        await actions.create_round(
            other, own, like=world.ids["round_2025"], actor=secretary, now=world.now
        )


async def test_a_change_is_written_once_and_says_what_changed(world: World) -> None:
    round_id, secretary = world.ids["round_2026"], await world.actor("secretary")
    stored = await queries.stored_round(round_id)
    new = replace(stored.plan, name="Tổng kết năm 2026 (sửa)", method="merit")
    await actions.change_round(round_id, new, 0, actor=secretary, now=world.now)
    assert (await queries.stored_round(round_id)).plan == new
    assert await last_entry() == (
        "movement.change_round",
        {"fields": "name, method", "version": 1},
    )
    before = await AuditEntry.count()
    await actions.change_round(round_id, new, 1, actor=secretary, now=world.now)
    assert await AuditEntry.count() == before
    await refused(
        "changed-meanwhile",
        actions.change_round(round_id, stored.plan, 0, actor=secretary, now=world.now),
    )


async def test_of_an_opened_round_only_the_name_is_mended(world: World) -> None:
    round_id, secretary = world.ids["round_2025"], await world.actor("secretary")
    stored = await queries.stored_round(round_id)
    own: dict[str, Any] = {"actor": secretary, "now": world.now}
    await refused(
        "round-open",
        actions.change_round(round_id, replace(stored.plan, code="X"), 0, **own),
    )
    await actions.change_round(round_id, replace(stored.plan, name="Tên sửa"), 0, **own)
    assert (await queries.round_facts(round_id)).name == "Tên sửa"


async def test_the_stored_protocol_is_what_opening_freezes(world: World) -> None:
    round_id = await rounds.complete_2026(world)
    secretary = await world.actor("secretary")
    version = (await queries.round_facts(round_id)).version
    protocol = default_protocol() | {"min_members": 3, "routing": {"endorse": ["province"]}}
    digest = await actions.set_protocol(round_id, protocol, version, actor=secretary, now=world.now)
    assert await actions.open_round(round_id, actor=secretary, now=world.now) == digest
    opened = await queries.round_facts(round_id)
    assert opened.opening is not None
    assert canonical(opened.opening.protocol) == canonical(protocol)
    await refused(
        "already-open",
        actions.set_protocol(round_id, protocol, version + 1, actor=secretary, now=world.now),
    )


async def test_a_phase_round_opens_only_with_the_annual_rounds_it_cites(world: World) -> None:
    round_id = await rounds.create(world)
    await rounds.schedule(world, round_id)
    secretary = await world.actor("secretary")
    own: dict[str, Any] = {"actor": secretary, "now": world.now}
    await refused("no-annual-round", actions.open_round(round_id, **own))
    version = (await queries.round_facts(round_id)).version
    cited = default_protocol() | {"phase": {"result": "average", "rounds": ["VKS-2026"]}}
    await refused("not-citable", actions.set_protocol(round_id, cited, version, **own))
    cited["phase"] = {"result": "average", "rounds": ["VKS-2025"]}
    await actions.set_protocol(round_id, cited, version, **own)
    await actions.open_round(round_id, **own)
    async with world.client("staff") as browser:
        page = (await browser.get(f"/rounds/{round_id}")).text
    assert "trung bình điểm các năm" in page
    assert "Tổng kết năm 2025" in page


async def test_a_protocol_that_no_longer_fits_the_sets_is_not_frozen(world: World) -> None:
    round_id = await rounds.complete_2026(world)
    await ReviewRound.raw(
        "UPDATE review_round SET protocol = {} WHERE id = {}",
        canonical(
            default_protocol() | {"tie_breaks": {"individual": [], "collective": ["criterion:T9"]}}
        ),
        round_id,
    )
    secretary = await world.actor("secretary")
    await refused("unknown-tie-break", actions.open_round(round_id, actor=secretary, now=world.now))


# Pages


async def test_a_round_is_planned_and_edited_over_the_pages(world: World) -> None:
    movement = f"/movements/{world.ids['movement']}"
    form = {k: str(v) for k, v in typed_round(rounds.plan(world)).items()}
    async with world.client("secretary") as browser:
        assert "Lập đợt xét" in (await browser.get(movement)).text
        assert (await browser.get(f"{movement}/rounds/new")).status_code == 200
        wrong = await browser.form(f"{movement}/rounds", form | {"achievements_to": "31/02/2025"})
        assert wrong.status_code == 422
        assert "Vui lòng nhập ngày theo dạng dd/mm/yyyy." in wrong.text
        assert "31/02/2025" in wrong.text
        taken = await browser.form(f"{movement}/rounds", form | {"code": "VKS-2025"})
        assert taken.status_code == 422
        assert "Mã này đã được dùng." in taken.text
        made = await browser.form(f"{movement}/rounds", form)
        assert made.status_code == 303
        path = made.headers["location"]
        assert "Sơ kết giai đoạn 2023 - 2025" in (await browser.get(path)).text
        edited = await browser.form(f"{path}/edit", form | {"version": "0", "name": "Tên mới"})
        assert (edited.status_code, edited.headers["location"]) == (303, path)
        assert "Tên mới" in (await browser.get(path)).text


async def test_the_second_tab_keeps_its_text_and_sees_what_is_stored(world: World) -> None:
    path = f"/rounds/{world.ids['round_2026']}/edit"
    stored = await queries.stored_round(world.ids["round_2026"])
    form = {k: str(v) for k, v in typed_round(stored.plan).items()} | {"version": "0"}
    async with world.client("secretary") as browser:
        first = await browser.form(path, form | {"name": "Tên của người thứ nhất"})
        assert first.status_code == 303
        second = await browser.form(path, form | {"name": "Tên của người thứ hai"})
        assert second.status_code == 409
        assert 'value="Tên của người thứ hai"' in second.text
        assert "Tên của người thứ nhất" in second.text
        assert 'name="version" value="1"' in second.text
        again = await browser.form(path, form | {"name": "Tên của người thứ hai", "version": "1"})
        assert again.status_code == 303
    assert (
        await queries.stored_round(world.ids["round_2026"])
    ).plan.name == "Tên của người thứ hai"


async def test_the_form_of_next_year_is_filled_from_last_year(world: World) -> None:
    path = f"/movements/{world.ids['movement']}/rounds/new?like={world.ids['round_2026']}"
    async with world.client("secretary") as browser:
        page = (await browser.get(path)).text
        assert 'value="Tổng kết năm 2027"' in page
        assert 'value="VKS-2027"' in page
        assert 'value="30/11/2027"' in page
        for spoilt in ("999999", "x", "99999999999"):
            answer = await browser.get(
                f"/movements/{world.ids['movement']}/rounds/new?like={spoilt}"
            )
            assert answer.status_code == 404


async def test_the_protocol_is_edited_previewed_and_saved_without_json(world: World) -> None:
    round_id = await rounds.complete_2026(world)
    path = f"/rounds/{round_id}/protocol"
    version = str((await queries.round_facts(round_id)).version)
    form = {
        "version": version,
        "fusion": "mean",
        "min_members": "7",
        "decimals": "3",
        "tie_individual_0": "criterion:C4",
        "tie_individual_2": "criterion:C1",
        "cut_individual": "20",
        "approval_numerator": "4",
        "approval_denominator": "5",
        "quorum_numerator": "2",
        "quorum_denominator": "3",
        "min_quantified": "1",
        "g2_individual": "yes",
        "endorse_province": "yes",
    }
    async with world.client("secretary") as browser:
        assert (await browser.get(path)).status_code == 200
        wrong = await browser.form(path, form | {"approval_numerator": "6"})
        assert wrong.status_code == 422
        assert "Tỷ lệ phải lớn hơn 0 và không quá 1" in wrong.text
        preview = await browser.form(path, form | {"step": "preview"})
        assert preview.status_code == 200
        assert "ít nhất 4/5 tổng số thành viên Hội đồng" in preview.text
        assert (await queries.round_facts(round_id)).proposed is None
        assert (await browser.form(path, form)).status_code == 303
        stale = await browser.form(path, form | {"min_members": "8"})
        assert stale.status_code == 409
        assert 'value="8"' in stale.text
        page = (await browser.get(f"/rounds/{round_id}")).text
    assert "điểm tiêu chí C4; điểm tiêu chí C1" in page
    saved = (await queries.round_facts(round_id)).proposed
    assert saved == {
        "fusion": "mean",
        "min_members": 7,
        "decimals": 3,
        "tie_breaks": {"individual": ["criterion:C4", "criterion:C1"], "collective": []},
        "cut": {"individual": 20, "collective": None},
        "approval": {"numerator": 4, "denominator": 5},
        "quorum": {"numerator": 2, "denominator": 3},
        "routing": {"endorse": ["province"]},
        "gates": {
            "G1": {"min_quantified": 1},
            "G2": {"individual": True, "collective": False, "in_window": False},
            "G5": {"no_double_penalty": False},
        },
    }


async def test_an_opened_round_shows_its_protocol_and_takes_no_other(world: World) -> None:
    path = f"/rounds/{world.ids['round_2025']}/protocol"
    async with world.client("secretary") as browser:
        page = await browser.get(path)
        assert page.status_code == 200
        assert "Quy tắc đã chốt" in page.text
        assert "<form" not in page.text.split("<main")[1].split("</main>")[0]
        assert (await browser.form(path, {})).status_code == 409


@pytest.mark.parametrize("part", ["/edit", "/calendar", "/protocol"])
async def test_who_does_not_plan_finds_no_form(world: World, part: str) -> None:
    path = f"/rounds/{world.ids['round_2026']}"
    async with world.client("leader") as browser:
        assert f"{path}{part}" not in (await browser.get(path)).text
        assert (await browser.get(path + part)).status_code == 404
        assert (await browser.form(path + part, {})).status_code == 404
