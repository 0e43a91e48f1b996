"""Biên bản bình xét: written by the unit, seen by who may, counted once for each nominee."""

from __future__ import annotations

import asyncio
import io
from dataclasses import asdict, replace
from datetime import date

import pypdf
import pytest

from app.kernel.refusal import NotVisible, Refused
from app.nominations import actions, queries
from app.nominations.rules import MinutesHead, Vote
from app.nominations.tables import PeerReview, PeerReviewVote
from tests.conftest import World
from tests.nominations.prepared import (
    add_proofs,
    draft_collective,
    draft_person,
    submitted_person,
)

pytestmark = pytest.mark.anyio
HEAD = MinutesHead(
    "01/BB-VKS",
    date(2025, 11, 5),
    "hội trường tầng 2",
    "Nông Văn Chủ",
    "Lý Thư Ký",
    12,
    10,
    "Đã bàn.",
    "Lạng Sơn",
)


async def record(
    world: World, votes: dict[int, Vote], login: str = "officer", number: str = HEAD.number
) -> int:
    return await actions.record_minutes(
        world.ids["round_2025"],
        world.ids["lang_son"],
        replace(HEAD, number=number),
        votes,
        actor=await world.actor(login),
        now=world.now,
    )


def typed(**more: str) -> dict[str, str]:
    values = {name: str(value) for name, value in asdict(HEAD).items()}
    return {**values, "held_on": "05/11/2025", **more}


async def test_the_dossier_shows_its_count(world: World) -> None:
    first, second = await draft_person(world), await draft_person(world, "binh")
    made = await record(world, {first: Vote(9, 1, "Nêu gương."), second: Vote(10, 0)})
    dossier = await queries.nomination(first, await world.actor("staff"))
    assert dossier.vote is not None
    assert (dossier.vote.minutes_id, dossier.vote.vote) == (made, Vote(9, 1, "Nêu gương."))
    async with world.client("staff") as browser:
        shown = (await browser.get(f"/nominations/{first}")).text
        # The minutes as a whole are not the nominee's to read: others stand in them.
        assert (await browser.get(f"/peer-reviews/{made}")).status_code == 404
    assert "9/10 phiếu đồng ý, biên bản số 01/BB-VKS ngày 05/11/2025" in shown


async def test_each_nominee_is_counted_once_in_a_round(world: World) -> None:
    first, second = await draft_person(world), await draft_person(world, "binh")
    await record(world, {first: Vote(9, 1)})
    with pytest.raises(Refused) as error:
        await record(world, {first: Vote(9, 1)}, number="02/BB-VKS")
    assert error.value.refusal.code == "counted-elsewhere"
    with pytest.raises(Refused) as error:
        await record(world, {second: Vote(9, 1)})
    assert (error.value.refusal.code, error.value.refusal.field_name) == ("number-taken", "number")
    await record(world, {second: Vote(9, 1)}, number="02/BB-VKS")
    assert (await PeerReview.count(), await PeerReviewVote.count()) == (2, 2)


async def test_two_meetings_written_at_once_count_one_nominee_once(world: World) -> None:
    first = await draft_person(world)
    outcomes = await asyncio.gather(
        record(world, {first: Vote(9, 1)}),
        record(world, {first: Vote(8, 1)}, "head", number="02/BB-VKS"),
        return_exceptions=True,
    )
    lost = [error for error in outcomes if isinstance(error, Refused)]
    assert [error.refusal.code for error in lost] == ["no-nominees"]
    assert await PeerReviewVote.count() == 1


async def test_a_unit_writes_about_its_own_nominees_only(world: World) -> None:
    own, foreign = await draft_person(world), await draft_person(world, "em", "cb_kv_1")
    for login in ("other_officer", "appraiser", "staff"):
        with pytest.raises(NotVisible):
            await record(world, {own: Vote(1, 0)}, login)
    with pytest.raises(Refused) as error:
        await record(world, {foreign: Vote(1, 0)})
    assert error.value.refusal.code == "counted-elsewhere"


async def test_a_reviewer_sees_only_the_votes_on_what_was_submitted(world: World) -> None:
    sent = await draft_person(world)
    await add_proofs(world, sent, "individual")
    draft = await draft_person(world, "binh")
    made = await record(world, {sent: Vote(9, 1), draft: Vote(3, 7)})
    async with world.client("appraiser") as browser:
        # Nothing of it exists for the office before a dossier was submitted.
        assert (await browser.get(f"/peer-reviews/{made}")).status_code == 404
        listed = await browser.get(f"/rounds/{world.ids['round_2025']}/peer-reviews")
        assert "01/BB-VKS" not in listed.text
        await actions.submit(sent, actor=await world.actor("officer"), now=world.now)
        shown = (await browser.get(f"/peer-reviews/{made}")).text
        assert ("Hoàng Văn Ánh" in shown, "Lý Thị Bình" in shown) == (True, False)
        # A paper with lines left out would be another paper.
        assert (await browser.get(f"/peer-reviews/{made}/minutes.pdf")).status_code == 404
        assert "minutes.pdf" not in shown
        listed = await browser.get(f"/rounds/{world.ids['round_2025']}/peer-reviews")
        assert "01/BB-VKS" in listed.text
    async with world.client("other_officer") as browser:
        assert (await browser.get(f"/peer-reviews/{made}")).status_code == 404


async def test_the_version_is_checked_and_the_own_text_kept(world: World) -> None:
    first = await draft_person(world)
    made = await record(world, {first: Vote(9, 1)})
    path = f"/peer-reviews/{made}"
    votes = {f"agree-{first}": "8", f"disagree-{first}": "2"}
    async with world.client("head") as browser:
        good = await browser.form(path, typed(version="1", place="Cao Lộc", **votes))
        assert good.status_code == 303
        stale = await browser.form(path, typed(version="1", place="Hữu Lũng", **votes))
    assert stale.status_code == 409
    assert ("Hữu Lũng" in stale.text, "Cao Lộc" in stale.text) == (True, True)
    assert 'name="version" value="2"' in stale.text


async def test_what_was_submitted_keeps_its_votes(world: World) -> None:
    sent = await draft_person(world)
    await add_proofs(world, sent, "individual")
    draft = await draft_person(world, "binh")
    made = await record(world, {sent: Vote(9, 1), draft: Vote(3, 7)})
    await actions.submit(sent, actor=await world.actor("officer"), now=world.now)

    async def change(votes: dict[int, Vote], version: int) -> None:
        await actions.change_minutes(
            made, HEAD, votes, version, actor=await world.actor("officer"), now=world.now
        )

    with pytest.raises(Refused) as error:
        await change({sent: Vote(10, 0), draft: Vote(3, 7)}, 1)
    assert error.value.refusal.code == "vote-settled"
    await change({sent: Vote(9, 1), draft: Vote(4, 6)}, 1)
    dossier = await queries.nomination(draft, await world.actor("officer"))
    assert dossier.vote is not None
    assert dossier.vote.vote == Vote(4, 6)


async def test_minutes_of_submitted_dossiers_are_closed(world: World) -> None:
    sent = await draft_person(world)
    await add_proofs(world, sent, "individual")
    made = await record(world, {sent: Vote(9, 1)})
    await actions.submit(sent, actor=await world.actor("officer"), now=world.now)
    async with world.client("officer") as browser:
        page = (await browser.get(f"/peer-reviews/{made}")).text
    assert "Các hồ sơ trong biên bản đã được nộp" in page
    assert 'name="version"' not in page


async def test_from_the_form_to_the_paper(world: World) -> None:
    first, second = await draft_person(world), await draft_collective(world)
    here = f"/rounds/{world.ids['round_2025']}/peer-reviews"
    votes = {f"agree-{first}": "9", f"disagree-{first}": "1", f"agree-{second}": "10"}
    async with world.client("officer") as browser:
        assert f"{here}/new" in (await browser.get(here)).text
        assert f'name="agree-{first}"' in (await browser.get(f"{here}/new")).text
        bad = await browser.form(here, typed(members_present="13", **votes))
        assert bad.status_code == 422
        assert "Số người có mặt không được nhiều hơn tổng số." in bad.text
        missing = await browser.form(here, typed(chair="", **votes))
        assert (missing.status_code, 'value="Lạng Sơn"' in missing.text) == (422, True)
        made = await browser.form(here, typed(**votes))
        assert made.status_code == 303
        paper = await browser.get(f"{made.headers['location']}/minutes.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    text = text_of(paper.content)
    for part in (
        "VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO",
        "VIỆN KIỂM SÁT NHÂN DÂN TỈNH LẠNG SƠN",
        "Số: 01/BB-VKS",
        "Lạng Sơn, ngày 05 tháng 11 năm 2025",
        "tại hội trường tầng 2, Viện kiểm sát nhân dân tỉnh Lạng Sơn họp bình xét",
        "Có mặt 10 người trên tổng số 12 người.",
        "Đã bàn.",
        "Hoàng Văn Ánh",
        "Nông Văn Chủ",
    ):
        assert part in text, part


async def test_the_next_minutes_are_dated_from_the_same_town(world: World) -> None:
    made = await record(world, {await draft_person(world): Vote(9, 1)})
    await draft_person(world, "binh")
    async with world.client("officer") as browser:
        page = await browser.get(f"/rounds/{world.ids['round_2025']}/peer-reviews/new")
        assert 'value="Lạng Sơn"' in page.text
        assert 'value="hội trường tầng 2"' not in page.text
        # Written before it was asked for: the pen fills it in.
        await PeerReview.raw("UPDATE peer_review SET locality = '' WHERE id = {}", made)
        paper = await browser.get(f"/peer-reviews/{made}/minutes.pdf")
    assert "…………, ngày 05 tháng 11 năm 2025" in text_of(paper.content)


def text_of(paper: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(paper))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


async def test_a_count_that_is_no_number_comes_back(world: World) -> None:
    first = await draft_person(world)
    here = f"/rounds/{world.ids['round_2025']}/peer-reviews"
    async with world.client("officer") as browser:
        answer = await browser.form(here, typed(**{f"agree-{first}": "chín"}))
        only_note = await browser.form(here, typed(**{f"note-{first}": "Vắng."}))
        nobody = await browser.form(here, typed())
    assert "Vui lòng nhập một số nguyên không âm." in answer.text
    assert (only_note.status_code, "Vui lòng nhập số phiếu." in only_note.text) == (422, True)
    assert (nobody.status_code, "ít nhất một đối tượng" in nobody.text) == (409, True)


async def test_the_list_costs_the_same_for_few_and_for_many(world: World) -> None:
    here = f"/rounds/{world.ids['round_2025']}/peer-reviews"
    people = (("anh", "phong_1"), ("binh", "phong_1"), ("chi", "kv_1"))
    counts = []
    async with world.client("officer") as browser:
        await browser.get(here)
        for number, (person, unit) in enumerate(people):
            made = await draft_person(world, person, unit)
            await record(world, {made: Vote(1, 0)}, number=f"{number}/BB")
            with world.count_queries() as counter:
                await browser.get(here)
            counts.append(counter.count)
    assert len(set(counts)) == 1
    assert counts[0] <= 8


async def test_a_submitted_dossier_may_be_counted_when_minutes_were_asked_for(
    world: World,
) -> None:
    nomination = await submitted_person(world)
    with pytest.raises(Refused) as error:
        await record(world, {nomination: Vote(9, 1)})
    assert error.value.refusal.code == "minutes-sent"
    await PeerReview.raw(
        "INSERT INTO item_return (nomination, item, question, due_on, by, at, answer)"
        " VALUES ({}, 'minutes', 'Thiếu biên bản.', {}, {}, {}, '')",
        nomination,
        date(2025, 11, 25),
        world.ids["account:appraiser"],
        world.now,
    )
    assert await record(world, {nomination: Vote(9, 1)}) > 0
