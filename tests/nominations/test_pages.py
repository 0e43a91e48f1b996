"""Every route of the room: once as it should be, once refused, and what is shown to whom."""

from __future__ import annotations

import re

import pytest

from app.nominations.tables import Attestation, EvidenceItem, Nomination, Submission
from tests.conftest import World
from tests.nominations.prepared import (
    add_proofs,
    asked,
    attest,
    draft_collective,
    draft_person,
    freeze,
    submitted_collective,
    submitted_person,
)

pytestmark = pytest.mark.anyio
EVIDENCE = {
    "criterion": "C2",
    "statement": "Rút ngắn thời gian tra cứu.",
    "before": "1.045,5",
    "after": "20",
    "quantity_unit": "phút",
    "document": "Báo cáo số 7/BC-VKS",
    "first_on": "2025-03-03",
    "last_on": "2025-10-15",
}


def here(world: World, tail: str = "") -> str:
    return f"/rounds/{world.ids['round_2025']}/nominations{tail}"


def nominee(world: World, person: str = "anh", unit: str = "phong_1") -> str:
    return f"{world.ids[person]}-{world.ids[unit]}"


async def test_from_the_list_to_a_submitted_nomination(world: World) -> None:
    async with world.client("officer") as client:
        listed = await client.get(here(world))
        assert listed.status_code == 200
        assert f'href="{here(world)}/new?subject=individual"' in listed.text
        found = await client.get(here(world, "/new?subject=individual&q=anh hoang"))
        assert found.text.count('type="radio"') == 1
        assert f'value="{nominee(world)}"' in found.text
        made = await client.form(
            here(world),
            {"subject": "individual", "nominee": nominee(world), "achievement": "Tự học."},
        )
        assert made.status_code == 303
        path = made.headers["location"]
        draft = await client.get(path)
        assert "Hồ sơ phải có ít nhất một minh chứng" in draft.text
        added = await client.form(f"{path}/evidence", EVIDENCE)
        assert (added.status_code, added.headers["location"]) == (303, f"{path}#evidence")
        shown = await client.get(path)
        assert "Trước 1045,5, sau 20 phút" in shown.text
        sent = await client.form(f"{path}/submission")
        assert sent.status_code == 303
        assert "Đã nộp" in (await client.get(path)).text
    assert await Submission.count() == 1


async def test_a_collective_is_nominated_through_the_page(world: World) -> None:
    async with world.client("head") as client:
        found = await client.get(here(world, "/new?subject=collective&q=khu vuc"))
        assert found.text.count('type="radio"') == 1
        made = await client.form(
            here(world),
            {
                "subject": "collective",
                "nominee": str(world.ids["kv_1"]),
                "achievement": "Học tập theo kế hoạch.",
            },
        )
        assert made.status_code == 303
        again = await client.get(here(world, "/new?subject=collective"))
        assert "Đã có đề nghị trong đợt xét này" in again.text
        assert f'value="{world.ids["kv_1"]}"' not in again.text


@pytest.mark.parametrize("bad", ["", "x", "7", "7-x", "99999999999-1", "0-0", "1-2-3"])
async def test_a_form_without_a_nominee_comes_back_with_its_input(world: World, bad: str) -> None:
    data = {"subject": "individual", "q": "bình", "nominee": bad, "achievement": "Đã viết rồi."}
    async with world.client("officer") as client:
        answer = await client.form(here(world), data)
    assert answer.status_code == 422
    assert "Vui lòng chọn một đối tượng trong danh sách." in answer.text
    assert "Đã viết rồi." in answer.text
    assert "Lý Thị Bình" in answer.text
    assert "Hoàng Văn Ánh" not in answer.text


async def test_a_nominee_named_twice_is_refused_in_place(world: World) -> None:
    await draft_person(world)
    data = {"subject": "individual", "nominee": nominee(world), "achievement": "Đã viết rồi."}
    async with world.client("officer") as client:
        answer = await client.form(here(world), data)
    assert answer.status_code == 409
    assert "Cá nhân này đã có đề nghị trong đợt xét." in answer.text
    assert "Đã viết rồi." in answer.text


async def test_after_the_last_day_nothing_is_offered_and_nothing_taken(world: World) -> None:
    made = await draft_person(world)
    await add_proofs(world, made, "individual")
    data = {"subject": "individual", "nominee": nominee(world, "binh"), "achievement": "Muộn."}
    async with world.client("officer", now=world.at("2025-11-21")) as client:
        listed = await client.get(here(world))
        assert "hạn cuối là ngày 20/11/2025" in listed.text
        assert "/nominations/new" not in listed.text
        late = await client.form(here(world), data)
        assert (late.status_code, "Muộn." in late.text) == (409, True)
        shown = await client.get(f"/nominations/{made}")
        assert f"/nominations/{made}/submission" not in shown.text
        assert f"/nominations/{made}/evidence" not in shown.text
        proof = await client.form(f"/nominations/{made}/evidence", {**EVIDENCE, "before": ""})
        assert (proof.status_code, "Rút ngắn thời gian tra cứu." in proof.text) == (409, True)
        assert (await client.form(f"/nominations/{made}/submission")).status_code == 409
    assert (await Nomination.count(), await Submission.count()) == (1, 0)
    assert await EvidenceItem.count() == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"statement": " "}, "Vui lòng nhập mục này."),
        ({"statement": "x" * 2001}, "Tối đa 2000 ký tự; hiện có 2001."),
        ({"after": ""}, "Vui lòng nhập số liệu sau khi thực hiện."),
        ({"quantity_unit": ""}, "Vui lòng nhập đơn vị tính của số liệu."),
        ({"after": "hai mươi"}, "Vui lòng nhập một số, tối đa hai chữ số thập phân."),
        ({"criterion": "T1"}, "Vui lòng chọn tiêu chí của đợt xét."),
    ],
)
async def test_evidence_comes_back_with_the_message_beside_the_field(
    world: World, changes: dict[str, str], message: str
) -> None:
    made = await draft_person(world)
    async with world.client("officer") as client:
        answer = await client.form(f"/nominations/{made}/evidence", {**EVIDENCE, **changes})
    assert answer.status_code == 422
    assert message in answer.text
    assert 'value="Báo cáo số 7/BC-VKS"' in answer.text
    assert await EvidenceItem.count() == 0


async def test_the_head_and_the_appraiser_give_their_words(world: World) -> None:
    made = await submitted_collective(world)
    words = {"gate": "G1", "positive": "yes", "statement": "Có số liệu, có tài liệu."}
    async with world.client("appraiser") as client:
        assert "Ghi kết luận thẩm định" in (await client.get(f"/nominations/{made}")).text
        missing = await client.form(f"/nominations/{made}/attestations", {"gate": "G1"})
        assert missing.status_code == 422
        given = await client.form(f"/nominations/{made}/attestations", words)
        assert given.status_code == 303
        again = await client.form(f"/nominations/{made}/attestations", words)
        assert (again.status_code, "đã được ghi" in again.text) == (409, True)
        shown = await client.get(f"/nominations/{made}")
        assert "“Có số liệu, có tài liệu.”" in shown.text
        foreign = await client.form(f"/nominations/{made}/attestations", {**words, "gate": "G4"})
        assert foreign.status_code == 404
    assert await Attestation.count() == 3


async def test_nobody_attests_the_own_nomination(world: World) -> None:
    made = await submitted_person(world)
    async with world.client("staff") as client:
        page = await client.get(f"/nominations/{made}")
        assert page.status_code == 200
        assert "/attestations" not in page.text
        words = {"gate": "G4", "positive": "yes", "statement": "Tốt."}
        answer = await client.form(f"/nominations/{made}/attestations", words)
    assert answer.status_code == 404


DRAFT_SEEN_BY = {"officer", "head", "staff"}
SUBMITTED_SEEN_BY = DRAFT_SEEN_BY | {
    "appraiser",
    "member_1",
    "secretary",
    "discipline",
    "leader",
    "auditor",
}


@pytest.mark.parametrize(
    "login",
    [*sorted(SUBMITTED_SEEN_BY), "other_officer", "other_head", "administrator"],
)
async def test_who_sees_a_nomination(world: World, login: str) -> None:
    draft = await draft_person(world)
    collective = await submitted_collective(world)
    async with world.client(login) as client:
        seen = (await client.get(f"/nominations/{draft}")).status_code
        assert seen == (200 if login in DRAFT_SEEN_BY else 404)
        # The person of `staff` is nominated, the collective is not hers to see.
        seen = (await client.get(f"/nominations/{collective}")).status_code
        assert seen == (200 if login in SUBMITTED_SEEN_BY - {"staff"} else 404)
        for path, data in (
            ("evidence", EVIDENCE),
            ("submission", {}),
            ("attestations", {"gate": "G4", "positive": "yes", "statement": "Tốt."}),
        ):
            if login not in DRAFT_SEEN_BY:
                answer = await client.form(f"/nominations/{draft}/{path}", data)
                assert answer.status_code == 404


@pytest.mark.parametrize("unknown", ["0", "999999", "2147483648", "99999999999999999999", "x"])
async def test_an_unknown_id_is_a_page_that_says_so(world: World, unknown: str) -> None:
    async with world.client("secretary") as client:
        for path in (f"/nominations/{unknown}", f"/rounds/{unknown}/nominations"):
            assert (await client.get(path)).status_code == 404
        answer = await client.form(f"/nominations/{unknown}/submission")
        assert answer.status_code == 404


@pytest.mark.parametrize("login", ["appraiser", "secretary", "staff", "administrator"])
async def test_only_who_nominates_has_the_form(world: World, login: str) -> None:
    data = {"subject": "individual", "nominee": nominee(world), "achievement": "Tự học."}
    async with world.client(login) as client:
        assert (await client.get(here(world, "/new"))).status_code == 404
        assert (await client.form(here(world), data)).status_code == 404
    assert await Nomination.count() == 0


async def test_another_units_people_are_neither_found_nor_taken(world: World) -> None:
    async with world.client("other_officer") as client:
        found = await client.get(here(world, "/new?subject=individual&q=anh"))
        assert "Hoàng Văn Ánh" not in found.text
        data = {"subject": "individual", "nominee": nominee(world), "achievement": "Tự học."}
        assert (await client.form(here(world), data)).status_code == 404


@pytest.mark.parametrize("subject", ["individual", "collective"])
async def test_a_dossier_page_costs_at_most_eight_statements(world: World, subject: str) -> None:
    if subject == "individual":
        made = await submitted_person(world)
    else:
        made = await submitted_collective(world)
    async with world.client("officer") as client:
        with world.count_queries() as live:
            assert (await client.get(f"/nominations/{made}")).status_code == 200
    await attest(world, made, "G1", "appraiser")
    await freeze(world)
    async with world.client("discipline") as client:
        with world.count_queries() as frozen:
            assert (await client.get(f"/nominations/{made}")).status_code == 200
    assert (asked(live), asked(frozen)) == (8, 8)


async def test_the_form_costs_the_same_for_few_and_many(world: World) -> None:
    async with world.client("officer") as client:
        for subject in ("individual", "collective"):
            with world.count_queries() as counter:
                await client.get(here(world, f"/new?subject={subject}"))
            assert asked(counter) <= 8, counter.statements


async def test_text_is_shown_as_text(world: World) -> None:
    made = await draft_collective(world)
    typed = "<script>alert(1)</script> {n} {{ 7*7 }}"
    async with world.client("officer") as client:
        data = {**EVIDENCE, "criterion": "T1", "statement": typed}
        assert (await client.form(f"/nominations/{made}/evidence", data)).status_code == 303
        page = await client.get(f"/nominations/{made}")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {n} {{ 7*7 }}" in page.text


async def test_the_history_tells_what_was_done_in_a_row_once(world: World) -> None:
    made = await submitted_person(world)
    async with world.client("officer") as client:
        page = (await client.get(f"/nominations/{made}")).text
    history = page[page.index('id="history"') :]
    told = re.findall(r"<li>([^<]+)<span", history)
    assert told == ["Nộp hồ sơ", "Ghi xác nhận điều kiện", "Thêm minh chứng (2 lần)", "Lập đề nghị"]


async def test_the_same_evidence_counts_once(world: World) -> None:
    made = await draft_person(world)
    path = f"/nominations/{made}/evidence"
    async with world.client("officer") as client:
        assert (await client.form(path, EVIDENCE)).status_code == 303
        again = await client.form(path, {**EVIDENCE, "statement": f" {EVIDENCE['statement']} "})
        assert again.status_code == 409
        assert "Minh chứng này đã có trong hồ sơ." in again.text
        other = await client.form(path, {**EVIDENCE, "after": "99"})
    assert other.status_code == 303


async def test_there_is_no_form_for_a_round_that_takes_no_more(world: World) -> None:
    path = f"/rounds/{world.ids['round_2025']}/nominations/new?subject=individual"
    async with world.client("officer", now=world.at("2025-11-20")) as client:
        assert 'name="achievement"' in (await client.get(path)).text
    async with world.client("officer", now=world.at("2025-11-21")) as client:
        late = (await client.get(path)).text
    assert 'name="achievement"' not in late
    assert "20/11/2025" in late
