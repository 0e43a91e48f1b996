from __future__ import annotations

import hashlib
import io

import pytest
from pypdf import PdfReader

from app import database
from app.audit.tables import AuditEntry
from app.catalogue.tables import AwardForm
from app.certificates import jobs, queries
from app.certificates.tables import Certificate, IssueBatch
from app.nominations.tables import Nomination
from tests.certificates.issued import asked, by_name, decide, issue, order
from tests.conftest import World

pytestmark = pytest.mark.anyio

EVERYBODY = {"Phòng 1", "Lý Thị Bình", "Hoàng Văn Ánh", "Bế Văn Em"}
LANG_SON = EVERYBODY - {"Bế Văn Em"}
REACH = {
    "secretary": EVERYBODY,
    "leader": EVERYBODY,
    "auditor": EVERYBODY,
    "appraiser": EVERYBODY,
    "member_2": EVERYBODY,
    "officer": LANG_SON,
    "head": LANG_SON,
    "other_officer": {"Bế Văn Em"},
    "other_head": {"Bế Văn Em"},
    "staff": {"Hoàng Văn Ánh"},
    "discipline": set[str](),
    "administrator": set[str](),
}


async def seen(world: World, login: str, path: str) -> set[str]:
    async with world.client(login, now=world.at("2025-12-20")) as browser:
        page = await browser.get(path)
    assert page.status_code == 200
    return {name for name in EVERYBODY if f'data-label="Đối tượng">{name}<' in page.text}


async def test_the_secretary_issues_and_sees_it_finish(world: World) -> None:
    decision_id = await decide(world)
    path = f"/decisions/{decision_id}/certificates"
    async with world.client("secretary", now=world.at("2025-12-19")) as browser:
        before = await browser.get(path)
        answer = await browser.form(path)
        under_way = await browser.get(path)
        batch = await queries.batch_of(decision_id)
        assert batch is not None
        poll = f"/certificate-batches/{batch.id}/progress"
        waiting = await browser.get(poll, headers={"HX-Request": "true"})
        await jobs.make_files(batch.id)
        done = await browser.get(poll, headers={"HX-Request": "true"})
        without_script = await browser.get(poll)
        after = await browser.get(path)
    assert "Cấp 4 giấy khen" in before.text
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert f'hx-get="{poll}"' in under_way.text
    assert f'hx-get="{poll}"' in waiting.text
    assert "HX-Refresh" not in waiting.headers
    assert ("hx-get" in done.text, done.headers["HX-Refresh"]) == (False, "true")
    assert (without_script.status_code, without_script.headers["location"]) == (303, path)
    assert f"/decisions/{decision_id}/print-file.pdf" in after.text


async def test_a_second_order_is_refused_in_place(world: World) -> None:
    decision_id = await issue(world, make=False)
    async with world.client("leader", now=world.at("2025-12-20")) as browser:
        page = await browser.form(f"/decisions/{decision_id}/certificates")
    assert page.status_code == 409
    assert "đang được tạo" in page.text
    assert await IssueBatch.count() == 1


async def test_a_text_that_does_not_fit_is_said_in_place(world: World) -> None:
    decision_id = await decide(world)
    await Nomination.update({Nomination.name: "Nguyễn" * 40}).where(
        Nomination.code == "CN-2025-0002"
    )
    async with world.client("secretary", now=world.at("2025-12-20")) as browser:
        page = await browser.form(f"/decisions/{decision_id}/certificates")
    assert page.status_code == 409
    assert "quá dài, không in vừa trên giấy" in page.text
    assert await Certificate.count() == 0


async def test_a_failed_batch_can_be_taken_up_from_the_page(world: World) -> None:
    decision_id = await issue(world, make=False)
    await IssueBatch.update(
        {IssueBatch.state: "failed", IssueBatch.error: "Kho tệp đầy."}, force=True
    )
    path = f"/decisions/{decision_id}/certificates"
    async with world.client("secretary", now=world.at("2025-12-20")) as browser:
        page = await browser.get(path)
        answer = await browser.form(path)
    assert "Kho tệp đầy." in page.text
    assert "Tiếp tục tạo giấy khen" in page.text
    assert answer.status_code == 303
    batch = await queries.batch_of(decision_id)
    assert batch is not None
    assert (batch.state, batch.error) == ("queued", "")


ISSUERS = ("leader", "secretary")


@pytest.mark.parametrize("login", sorted(REACH))
async def test_everyone_sees_the_certificates_that_concern_them(world: World, login: str) -> None:
    decision_id = await issue(world)
    assert await seen(world, login, "/certificates") == REACH[login]
    assert await seen(world, login, f"/decisions/{decision_id}/certificates") == REACH[login]
    async with world.client(login, now=world.at("2025-12-20")) as browser:
        for name in sorted(EVERYBODY):
            found = await by_name(name)
            expected = 200 if name in REACH[login] else 404
            for path in ("", "/certificate.pdf"):
                answer = await browser.get(f"/certificates/{found['id']}{path}")
                assert answer.status_code == expected
        print_file = await browser.get(f"/decisions/{decision_id}/print-file.pdf")
        progress = await browser.get("/certificate-batches/1/progress")
    sees_all = REACH[login] == EVERYBODY
    assert print_file.status_code == (200 if login in ISSUERS else 404)
    assert progress.status_code == (303 if sees_all else 404)


@pytest.mark.parametrize("login", ["officer", "staff", "member_1", "auditor"])
async def test_who_may_not_issue_finds_no_button_and_no_door(world: World, login: str) -> None:
    decision_id = await decide(world)
    path = f"/decisions/{decision_id}/certificates"
    async with world.client(login, now=world.at("2025-12-20")) as browser:
        page = await browser.get(path)
        answer = await browser.form(path)
    assert '<details class="confirm"' not in page.text
    assert answer.status_code == 404
    assert await Certificate.count() == 0


async def test_search_needs_no_marks_and_no_order_and_finds_nothing_foreign(world: World) -> None:
    await issue(world)
    for query, names in (
        ("binh ly", {"Lý Thị Bình"}),
        ("0003/2025", {"Hoàng Văn Ánh"}),
        ("GK 0001", {"Phòng 1"}),
        ("cao bang", {"Bế Văn Em"}),
        ("%", EVERYBODY),
        ("khong co", set[str]()),
        # A word begins with what was typed; digits in the middle of a number are no hit.
        ("001/2025", set[str]()),
        ("ang", set[str]()),
    ):
        assert await seen(world, "secretary", f"/certificates?q={query}") == names
    assert await seen(world, "officer", "/certificates?q=van") == {"Hoàng Văn Ánh"}


async def test_the_bytes_handed_out_are_the_bytes_stored(world: World) -> None:
    decision_id = await issue(world)
    found = await by_name("Hoàng Văn Ánh")
    async with world.client("staff", now=world.at("2025-12-20")) as browser:
        first = await browser.get(f"/certificates/{found['id']}/certificate.pdf")
        await Nomination.update({Nomination.name: "Tên khác"}, force=True)
        again = await browser.get(f"/certificates/{found['id']}/certificate.pdf")
        page = await browser.get(f"/certificates/{found['id']}")
    sha256 = hashlib.sha256(first.content).hexdigest()
    assert first.content == again.content
    assert f'data-copy="{sha256}"' in page.text
    assert "Hoàng Văn Ánh" in page.text
    assert first.headers["content-disposition"] == 'inline; filename="giay-khen-0003-2025-gk.pdf"'
    async with world.client("secretary", now=world.at("2025-12-20")) as browser:
        print_file = await browser.get(f"/decisions/{decision_id}/print-file.pdf")
    assert len(PdfReader(io.BytesIO(print_file.content)).pages) == 4


async def test_before_its_file_is_made_a_certificate_shows_its_content(world: World) -> None:
    decision_id = await issue(world, make=False)
    found = await by_name("Lý Thị Bình")
    async with world.client("officer", now=world.at("2025-12-20")) as browser:
        page = await browser.get(f"/certificates/{found['id']}")
        file = await browser.get(f"/certificates/{found['id']}/certificate.pdf")
    async with world.client("secretary", now=world.at("2025-12-20")) as browser:
        print_file = await browser.get(f"/decisions/{decision_id}/print-file.pdf")
    assert "đang được tạo" in page.text
    assert (file.status_code, print_file.status_code) == (404, 404)


@pytest.mark.parametrize("number", ["999", "0", str(2**31), "99999999999999999999", "x"])
async def test_unknown_things_are_not_found(world: World, number: str) -> None:
    paths = (
        f"/certificates/{number}",
        f"/certificates/{number}/certificate.pdf",
        f"/decisions/{number}/certificates",
        f"/decisions/{number}/print-file.pdf",
        f"/certificate-batches/{number}/progress",
    )
    async with world.client("secretary") as browser:
        answers = [await browser.get(path) for path in paths]
        posted = await browser.form(f"/decisions/{number}/certificates")
    assert [answer.status_code for answer in (*answers, posted)] == [404] * 6


async def test_reading_changes_nothing(world: World) -> None:
    decision_id = await issue(world)
    found = await by_name("Lý Thị Bình")
    async with world.client("secretary", now=world.at("2025-12-20")) as browser:
        entries = await AuditEntry.count()
        for path in ("", "/certificates", "/print-file.pdf"):
            await browser.get(f"/decisions/{decision_id}{path}")
        await browser.get(f"/certificates/{found['id']}/certificate.pdf")
    assert await AuditEntry.count() == entries


async def test_the_pages_ask_a_fixed_number_of_questions(world: World) -> None:
    decision_id = await decide(world)
    counts = []
    async with world.client("secretary", now=world.at("2025-12-20")) as browser:
        for path in (f"/decisions/{decision_id}/certificates", "/certificates"):
            with world.count_queries() as empty:
                await browser.get(path)
            counts.append(asked(empty))
        await order(world, decision_id)
        found = await by_name("Phòng 1")
        for path in (
            f"/decisions/{decision_id}/certificates",
            "/certificates",
            f"/certificates/{found['id']}",
        ):
            with world.count_queries() as full:
                await browser.get(path)
            counts.append(asked(full))
    assert counts == [7, 3, 7, 3, 3]


async def test_the_preview_is_a_picture_of_the_stored_file(world: World) -> None:
    await issue(world)
    found = await by_name("Hoàng Văn Ánh")
    async with world.client("secretary", now=world.at("2025-12-20")) as browser:
        page = await browser.get(f"/certificates/{found['id']}")
        assert f'src="/certificates/{found["id"]}/preview.png"' in page.text
        answer = await browser.get(f"/certificates/{found['id']}/preview.png")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    # Width and height of the picture: an A4 page on its side.
    width, height = (int.from_bytes(answer.content[start : start + 4], "big") for start in (16, 20))
    assert (width, height) == (1400, 990)


async def test_a_lost_file_says_what_to_do(world: World) -> None:
    await issue(world)
    found = await by_name("Hoàng Văn Ánh")
    for path in (database.var_directory() / "files").rglob("*"):
        if path.is_file():
            path.unlink()
    async with world.client("secretary", now=world.at("2025-12-20")) as browser:
        for name in ("certificate.pdf", "preview.png"):
            answer = await browser.get(f"/certificates/{found['id']}/{name}")
            assert answer.status_code == 500
            assert "khôi phục kho tệp từ bản sao lưu" in answer.text


async def test_the_paper_is_as_large_as_the_award_form_says(world: World) -> None:
    await AwardForm.raw("UPDATE award_form SET paper_width = 420, paper_height = 297")
    await issue(world)
    found = await by_name("Hoàng Văn Ánh")
    async with world.client("secretary", now=world.at("2025-12-20")) as browser:
        answer = await browser.get(f"/certificates/{found['id']}/certificate.pdf")
    box = PdfReader(io.BytesIO(answer.content)).pages[0].mediabox
    assert [round(float(side) * 25.4 / 72) for side in (box.width, box.height)] == [420, 297]
