"""An achievement is changed or withdrawn: by whom, until when, and never over somebody else."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal

import pytest

from app.kernel.period import Period
from app.kernel.refusal import NotVisible, Refused
from app.nominations import actions, queries
from app.nominations.tables import EvidenceItem, ItemReturn, Nomination
from tests.cast import WORKED
from tests.conftest import World
from tests.nominations.prepared import add_proofs, draft_person, submitted_person

pytestmark = pytest.mark.anyio
TYPED = {
    "statement": "Hoàn thành 40 giờ tự học.",
    "before": "3",
    "after": "40,5",
    "quantity_unit": "giờ",
    "document": "Báo cáo số 46/BC-VKS",
    "first_on": "2025-02-03",
    "last_on": "30/06/2025",
    "criterion": "C1",
}


async def draft(world: World) -> tuple[int, int]:
    """The nomination and its first achievement."""
    nomination = await draft_person(world)
    await add_proofs(world, nomination, "individual")
    return nomination, await first_item(nomination)


async def first_item(nomination: int) -> int:
    row = (
        await EvidenceItem.select(EvidenceItem.id)
        .where(EvidenceItem.nomination == nomination)
        .order_by(EvidenceItem.id)
        .first()
    )
    assert row is not None
    return int(row["id"])


async def edit(
    world: World, nomination: int, item: int, login: str = "officer", version: int = 1, **more: str
) -> None:
    await actions.edit_evidence(
        nomination,
        item,
        more.get("statement", "Đã sửa."),
        None,
        Decimal("40.5"),
        "giờ",
        "",
        version,
        days=WORKED,
        actor=await world.actor(login),
        now=world.at(more.get("day", "2025-11-10")),
    )


async def test_the_nominee_and_the_unit_write_in_the_same_dossier(world: World) -> None:
    nomination, item = await draft(world)
    await edit(world, nomination, item, "staff", statement="Chính tôi ghi.")
    await edit(world, nomination, item, "head", 2, statement="Đơn vị sửa lại.")
    stored = (await queries.nomination(nomination, await world.actor("staff"))).item(item)
    assert (stored.statement, stored.version, stored.by) == (
        "Đơn vị sửa lại.",
        3,
        "Viện trưởng Lạng Sơn",
    )
    assert (stored.before, stored.after) == (None, Decimal("40.5"))


@pytest.mark.parametrize("login", ["other_officer", "appraiser", "secretary", "administrator"])
async def test_nobody_else_does(world: World, login: str) -> None:
    nomination, item = await draft(world)
    with pytest.raises(NotVisible):
        await edit(world, nomination, item, login)
    with pytest.raises(NotVisible):
        await actions.withdraw_evidence(
            nomination, item, 1, actor=await world.actor(login), now=world.now
        )


async def test_an_achievement_belongs_to_its_dossier(world: World) -> None:
    _, item = await draft(world)
    other = await draft_person(world, "binh")
    with pytest.raises(NotVisible):
        await edit(world, other, item)


async def test_the_second_of_two_at_once_is_told_and_overwrites_nothing(world: World) -> None:
    nomination, item = await draft(world)
    outcomes = await asyncio.gather(
        edit(world, nomination, item, "officer", statement="Người thứ nhất."),
        edit(world, nomination, item, "staff", statement="Người thứ hai."),
        return_exceptions=True,
    )
    lost = [error for error in outcomes if isinstance(error, Refused)]
    assert [error.refusal.code for error in lost] == ["changed-meanwhile"]
    assert outcomes.count(None) == 1
    stored = (await queries.nomination(nomination, await world.actor("staff"))).item(item)
    assert stored.version == 2


async def test_the_page_of_the_second_tab_shows_both_texts(world: World) -> None:
    nomination, item = await draft(world)
    path = f"/nominations/{nomination}/evidence/{item}"
    async with world.client("staff") as browser:
        page = (await browser.get(path)).text
        assert 'name="version" value="1"' in page
        await edit(world, nomination, item, statement="Bản của đơn vị.")
        answer = await browser.form(path, {**TYPED, "version": "1"})
        assert answer.status_code == 409
        assert "Bản của đơn vị." in answer.text
        assert "Hoàn thành 40 giờ tự học." in answer.text
        assert "Cán bộ đầu mối Lạng Sơn" in answer.text
        # Sent again from this page it is meant to replace what was shown.
        assert 'name="version" value="2"' in answer.text
        saved = await browser.form(path, {**TYPED, "version": "2"})
        assert saved.status_code == 303
        assert "Trước 3, sau 40,5 giờ" in (await browser.get(f"/nominations/{nomination}")).text


async def test_what_was_typed_survives_a_withdrawal_by_somebody_else(world: World) -> None:
    nomination, item = await draft(world)
    path = f"/nominations/{nomination}/evidence/{item}"
    await actions.withdraw_evidence(
        nomination, item, 1, actor=await world.actor("officer"), now=world.now
    )
    async with world.client("staff") as browser:
        assert (await browser.get(path)).status_code == 404
        answer = await browser.form(path, {**TYPED, "version": "1"})
    assert answer.status_code == 409
    assert "đã được rút trong lúc Ông/Bà đang sửa" in answer.text
    assert "Hoàn thành 40 giờ tự học." in answer.text


async def test_a_deadline_that_passed_while_typing_says_so_and_keeps_the_text(
    world: World,
) -> None:
    nomination, item = await draft(world)
    path = f"/nominations/{nomination}/evidence/{item}"
    async with world.client("staff", now=world.at("2025-11-21")) as browser:
        answer = await browser.form(path, {**TYPED, "version": "1"})
    assert answer.status_code == 409
    assert "hạn cuối là ngày 20/11/2025" in answer.text
    assert "Hoàn thành 40 giờ tự học." in answer.text


async def test_a_withdrawn_one_is_marked_and_no_longer_counted(world: World) -> None:
    nomination, item = await draft(world)
    async with world.client("officer") as browser:
        answer = await browser.form(
            f"/nominations/{nomination}/evidence/{item}/withdrawal", {"version": "1"}
        )
        assert answer.status_code == 303
        stale = await browser.form(
            f"/nominations/{nomination}/evidence/{item}/withdrawal", {"version": "1"}
        )
        assert stale.status_code == 404
    dossier = await queries.nomination(nomination, await world.actor("officer"))
    assert (len(dossier.evidence), dossier.quantified_evidence) == (1, 1)
    row = await EvidenceItem.objects().get(EvidenceItem.id == item)
    assert row is not None
    assert (row.withdrawn_by, row.statement) == (
        world.ids["account:officer"],
        "Hoàn thành khóa học trực tuyến.",
    )


async def test_a_withdrawal_of_an_older_version_is_refused(world: World) -> None:
    nomination, item = await draft(world)
    await edit(world, nomination, item)
    async with world.client("officer") as browser:
        answer = await browser.form(
            f"/nominations/{nomination}/evidence/{item}/withdrawal", {"version": "1"}
        )
    assert (answer.status_code, "Đã sửa." in answer.text) == (409, True)


async def test_one_achievement_is_not_made_the_same_as_another(world: World) -> None:
    nomination, item = await draft(world)
    second = (await queries.nomination(nomination, await world.actor("officer"))).evidence[1]
    with pytest.raises(Refused) as error:
        await actions.edit_evidence(
            nomination,
            item,
            second.statement,
            second.before,
            second.after,
            second.quantity_unit,
            second.document,
            1,
            days=WORKED,
            actor=await world.actor("officer"),
            now=world.now,
        )
    assert error.value.refusal.code == "same-evidence"


async def test_after_submission_only_what_was_sent_back_is_open(world: World) -> None:
    nomination = await submitted_person(world)
    item = await first_item(nomination)
    with pytest.raises(Refused) as error:
        await edit(world, nomination, item)
    assert error.value.refusal.code == "already-submitted"
    dossier = await queries.nomination(nomination, await world.actor("officer"))
    await ItemReturn(
        nomination=nomination,
        item="criterion",
        criterion=next(c.id for c in dossier.criteria if c.code == "C1"),
        question="Bổ sung số liệu.",
        due_on=date(2025, 11, 25),
        by=world.ids["account:appraiser"],
        at=world.now,
        answer="",
    ).save()
    await edit(world, nomination, item, "staff", day="2025-11-25")
    with pytest.raises(Refused) as error:
        await edit(world, nomination, item, "staff", 2, day="2025-11-26")
    assert error.value.refusal.code == "answer-late"
    async with world.client("staff", now=world.at("2025-11-25")) as browser:
        shown = (await browser.get(f"/nominations/{nomination}")).text
        assert '<option value="C1"' in shown
        assert '<option value="C2"' not in shown
        added = await browser.form(f"/nominations/{nomination}/evidence", TYPED)
        assert added.status_code == 303


async def test_the_achievement_period_is_kept_and_shown(world: World) -> None:
    officer = await world.actor("officer")
    round_ = world.ids["round_2025"]
    person, unit = world.ids["binh"], world.ids["phong_1"]
    with pytest.raises(Refused) as error:
        await actions.nominate_person(
            round_,
            person,
            unit,
            "Tự học.",
            Period(date(2024, 11, 30), date(2025, 6, 30)),
            actor=officer,
            now=world.now,
        )
    assert error.value.refusal.code == "period-outside"
    made = await actions.nominate_person(
        round_,
        person,
        unit,
        "Tự học.",
        Period(date(2025, 3, 1), date(2025, 6, 30)),
        actor=officer,
        now=world.now,
    )
    async with world.client("officer") as browser:
        shown = (await browser.get(f"/nominations/{made}")).text
    assert "từ 01/03/2025 đến 30/06/2025" in shown


async def test_the_whole_window_is_not_kept_twice(world: World) -> None:
    made = await actions.nominate_person(
        world.ids["round_2025"],
        world.ids["binh"],
        world.ids["phong_1"],
        "Tự học.",
        Period(date(2024, 12, 1), date(2025, 11, 30)),
        actor=await world.actor("officer"),
        now=world.now,
    )
    row = await Nomination.objects().get(Nomination.id == made)
    assert row is not None
    assert [row.period_from, row.period_to] == [None, None]
