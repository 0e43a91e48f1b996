"""Files of a dossier through its pages: added, listed, looked at, downloaded, removed."""

from __future__ import annotations

import hashlib
import json

import pytest

from app.audit.tables import AuditEntry
from app.files import store
from app.files.rules import LARGEST_FILE
from app.files.tables import StoredFile
from app.nominations.routes.files import LARGEST_UPLOAD
from app.nominations.tables import EvidenceFile
from tests.conftest import World
from tests.files import spoilt
from tests.nominations.prepared import add_proofs, draft_person, submitted_person
from tests.nominations.sent_files import upload, with_file

pytestmark = pytest.mark.anyio


async def rows() -> list[dict[str, object]]:
    found: list[dict[str, object]] = await EvidenceFile.raw(
        "SELECT purpose, criterion IS NOT NULL AS criterion, evidence, name FROM evidence_file"
        " ORDER BY id"
    )
    return found


async def test_several_files_at_once_from_the_form_to_the_page_of_one(world: World) -> None:
    made = await draft_person(world)
    here = f"/nominations/{made}/files"
    async with world.client("officer") as browser:
        empty = await browser.get(f"{here}?to=criterion:C2")
        assert 'enctype="multipart/form-data"' in empty.text
        assert '<option value="criterion:C2" selected>' in empty.text
        assert '<option value="report">' in empty.text
        assert "criterion:G1" not in empty.text
        sent = await upload(
            browser,
            made,
            "criterion:C2",
            ("../../Báo cáo.pdf", spoilt.pdf(3)),
            ("ảnh.exe", spoilt.picture()),
            ("Bảng số liệu.xlsx", spoilt.xlsx()),
        )
        assert (sent.status_code, sent.headers["location"]) == (303, f"{here}?to=criterion:C2")
        listed = (await browser.get(here)).text
        assert "Báo cáo.pdf</a>" in listed
        assert "PDF · 3 trang · 1 KB · Cán bộ đầu mối Lạng Sơn" in listed
        assert "ảnh.exe.jpg</a>" in listed
        assert listed.count("/thumbnail.webp") == 2
        one = await EvidenceFile.select(EvidenceFile.id).order_by(EvidenceFile.id).first()
        assert one is not None
        shown = await browser.get(f"{here}/{one['id']}?page=2")
        assert "Trang 2/3" in shown.text
        assert f'src="{here}/{one["id"]}/pages/2"' in shown.text
        picture = await browser.get(f"{here}/{one['id']}/pages/2")
        assert picture.headers["content-type"] == "image/webp"
        assert (await browser.get(f"{here}/{one['id']}/pages/4")).status_code == 404
        listed = await browser.get(f"/nominations/{made}/files")
        # Of the three only the sheet has no pages to look at.
        assert listed.text.count("Không xem trước được; tải về để mở.") == 1
    assert [row["name"] for row in await rows()] == [
        "Báo cáo.pdf",
        "ảnh.exe.jpg",
        "Bảng số liệu.xlsx",
    ]


async def test_a_file_under_one_achievement_and_papers_of_the_dossier(world: World) -> None:
    made = await draft_person(world)
    await add_proofs(world, made, "individual")
    async with world.client("staff") as browser:  # the nominee
        page = (await browser.get(f"/nominations/{made}/files")).text
        key = next(part for part in page.split('"') if part.startswith("evidence:"))
        for to in (key, "report", "minutes", "other"):
            answer = await upload(browser, made, to, ("a.pdf", spoilt.pdf()))
            assert answer.status_code == 303
    assert [(r["purpose"], r["criterion"], r["evidence"]) for r in await rows()] == [
        ("evidence", True, int(key.partition(":")[2])),
        ("report", False, None),
        ("minutes", False, None),
        ("other", False, None),
    ]


async def test_the_log_has_numbers_and_hashes_but_no_names(world: World) -> None:
    made = await draft_person(world)
    file = await with_file(world, made)
    stored = await StoredFile.raw("SELECT sha256 FROM stored_file ORDER BY size DESC LIMIT 1")
    entry = await AuditEntry.objects().order_by(AuditEntry.id, ascending=False).first()
    assert entry is not None
    assert entry.action == "nominations.add_file"
    assert json.loads(entry.detail) == {
        "item": "C1",
        "file": file,
        "sha256": stored[0]["sha256"],
    }


async def test_every_refused_file_is_named_and_none_is_taken(world: World) -> None:
    made = await draft_person(world)
    good = spoilt.pdf(text="Không tệp nào khác giống")
    async with world.client("officer") as browser:
        answer = await upload(
            browser,
            made,
            "criterion:C3",
            ("tốt.pdf", good),
            ("hỏng.pdf", spoilt.pdf(3)[:-60]),
            ("chạy.pdf", spoilt.PROGRAM),
            ("lớn.pdf", b"%PDF-1.7" + b"x" * LARGEST_FILE),
        )
    assert answer.status_code == 422
    text = answer.text
    assert "Chưa nhận tệp nào" in text
    assert "hỏng.pdf: Tệp bị cắt ngang" in text
    assert "chạy.pdf: Đây là chương trình" in text
    assert "lớn.pdf: Tệp quá lớn: tối đa 20 MB một tệp." in text
    assert "tốt.pdf" not in text
    assert '<option value="criterion:C3" selected>' in text
    assert (await rows(), await StoredFile.count()) == ([], 0)
    assert await store.lying(hashlib.sha256(good).hexdigest()) is None


async def test_what_lies_there_twice_stores_nothing_new(world: World) -> None:
    made = await draft_person(world)
    new, known = spoilt.pdf(text="Chưa có ở đâu"), spoilt.pdf(4)
    async with world.client("officer") as browser:
        await upload(browser, made, "criterion:C3", ("một.pdf", known))
        answer = await upload(browser, made, "criterion:C3", ("mới.pdf", new), ("một.pdf", known))
        assert answer.status_code == 422
        assert await store.lying(hashlib.sha256(new).hexdigest()) is None
        answer = await upload(browser, made, "criterion:C3", ("mới.pdf", new))
    assert answer.status_code == 303
    assert await store.read(hashlib.sha256(new).hexdigest()) == new


async def test_nothing_chosen_and_too_many_are_said_beside_the_field(world: World) -> None:
    made = await draft_person(world)
    async with world.client("officer") as browser:
        none = await upload(browser, made, "criterion:C1", ("", b""))
        many = await upload(browser, made, "criterion:C1", *((f"{n}.pdf", b"x") for n in range(11)))
        nowhere = await upload(browser, made, "criterion:G1", ("a.pdf", spoilt.pdf()))
    assert (none.status_code, many.status_code, nowhere.status_code) == (422, 422, 422)
    assert "Vui lòng chọn ít nhất một tệp." in none.text
    assert "Mỗi lần tải lên tối đa 10 tệp; vừa chọn 11 tệp." in many.text
    assert "Vui lòng chọn mục của hồ sơ mà tệp thuộc về." in nowhere.text


async def test_a_double_click_files_a_paper_once(world: World) -> None:
    made = await draft_person(world)
    async with world.client("officer") as browser:
        paper = ("a.pdf", spoilt.pdf())
        assert (await upload(browser, made, "criterion:C1", paper)).status_code == 303
        again = await upload(browser, made, "criterion:C1", paper)
        assert again.status_code == 422
        assert "a.pdf: Tệp này đã có ở mục đã chọn." in again.text
        twice = await upload(browser, made, "criterion:C2", paper, ("b.pdf", paper[1]))
        assert "b.pdf: Tệp này đã có ở mục đã chọn." in twice.text
        assert (await upload(browser, made, "criterion:C2", paper)).status_code == 303
    assert len(await rows()) == 2


@pytest.mark.parametrize("login", ["other_officer", "appraiser", "leader", "administrator"])
async def test_only_the_unit_and_the_nominee_add_and_remove(world: World, login: str) -> None:
    made = await submitted_person(world)
    async with world.client(login) as browser:
        added = await upload(browser, made, "criterion:C1", ("a.pdf", spoilt.pdf()))
    assert added.status_code == 404
    assert await rows() == []


async def test_a_reader_without_the_right_sees_the_files_but_no_form(world: World) -> None:
    made = await draft_person(world)
    file = await with_file(world, made)
    here = f"/nominations/{made}/files"
    tails = ("", f"/{file}", f"/{file}/content", f"/{file}/thumbnail.webp", f"/{file}/pages/1")
    async with world.client("appraiser") as browser:
        assert [(await browser.get(here + t)).status_code for t in tails] == [404] * 5
    await add_proofs(world, made, "individual")
    async with world.client("officer") as browser:
        assert (await browser.form(f"/nominations/{made}/submission")).status_code == 303
    async with world.client("appraiser") as browser:
        answers = [await browser.get(here + tail) for tail in tails]
        assert [answer.status_code for answer in answers] == [200] * 5
        assert "multipart" not in answers[0].text
        assert "/removal" not in answers[1].text
        removed = await browser.form(f"{here}/{file}/removal", {"because": "x"})
        assert removed.status_code == 404
    async with world.client("other_officer") as browser:
        assert [(await browser.get(here + t)).status_code for t in tails] == [404] * 5


async def test_a_file_is_found_under_its_own_dossier_only(world: World) -> None:
    made, other = await draft_person(world), await draft_person(world, "binh")
    file = await with_file(world, made)
    async with world.client("officer") as browser:
        for tail in ("", "/content", "/thumbnail.webp", "/pages/1"):
            assert (
                await browser.get(f"/nominations/{other}/files/{file}{tail}")
            ).status_code == 404
        path = f"/nominations/{other}/files/{file}/removal"
        assert (await browser.form(path, {"because": "nhầm"})).status_code == 404


async def test_nothing_of_a_file_runs_in_the_readers_browser(world: World) -> None:
    made = await draft_person(world)
    async with world.client("officer") as browser:
        await upload(browser, made, "report", ("Báo cáo.pdf", spoilt.scripted_pdf()))
        await upload(browser, made, "report", ("số liệu.xlsx", spoilt.xlsx()))
        ids = [row["id"] for row in await EvidenceFile.select(EvidenceFile.id)]
        pdf, xlsx = [
            await browser.get(f"/nominations/{made}/files/{id_}/content") for id_ in sorted(ids)
        ]
        picture = await browser.get(f"/nominations/{made}/files/{min(ids)}/pages/1")
    assert pdf.headers["content-type"] == "application/pdf"
    assert xlsx.headers["content-type"] == "application/octet-stream"
    for answer in (pdf, xlsx):
        assert answer.headers["content-disposition"].startswith("attachment; ")
    for answer in (pdf, xlsx, picture):
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "private, no-store"
    assert pdf.headers["content-disposition"].endswith("B%C3%A1o%20c%C3%A1o.pdf")


async def test_a_removed_file_stays_as_a_line_for_those_who_may_edit(world: World) -> None:
    made = await draft_person(world)
    await add_proofs(world, made, "individual")
    file = await with_file(world, made)
    here = f"/nominations/{made}/files"
    async with world.client("officer") as browser:
        unsaid = await browser.form(f"{here}/{file}/removal", {"because": " "})
        assert unsaid.status_code == 422
        assert "Vui lòng nhập mục này." in unsaid.text
        removed = await browser.form(f"{here}/{file}/removal", {"because": "Gửi nhầm tệp"})
        assert (removed.status_code, removed.headers["location"]) == (303, here)
        again = await browser.form(f"{here}/{file}/removal", {"because": "Gửi nhầm tệp"})
        assert again.status_code == 409
        assert "Tệp này đã được gỡ." in again.text
        listed = (await browser.get(here)).text
        assert "<s>Báo cáo số 5.pdf</s>" in listed
        assert "Lý do: Gửi nhầm tệp" in listed
        assert (await browser.get(f"{here}/{file}/content")).status_code == 404
        anew = await upload(browser, made, "criterion:C1", ("Báo cáo số 5.pdf", spoilt.pdf(3)))
        assert anew.status_code == 303
        await browser.form(f"/nominations/{made}/submission")
    async with world.client("appraiser") as browser:
        seen = (await browser.get(here)).text
    assert "Gửi nhầm tệp" not in seen
    assert seen.count("Báo cáo số 5.pdf") == 1


async def test_a_submitted_dossier_takes_only_what_was_sent_back(world: World) -> None:
    made = await submitted_person(world)
    paper = ("a.pdf", spoilt.pdf())
    async with world.client("officer") as browser:
        page = (await browser.get(f"/nominations/{made}/files")).text
        assert "multipart" not in page
        assert "Hồ sơ đã được nộp nên không sửa được nữa." in page
        assert (await upload(browser, made, "criterion:C1", paper)).status_code == 409
        await _send_back(world, made)
        open_ = (await browser.get(f"/nominations/{made}/files")).text
        assert '<option value="criterion:C1">' in open_
        assert '<option value="criterion:C2">' not in open_
        assert (await upload(browser, made, "criterion:C1", paper)).status_code == 303
        assert (await upload(browser, made, "criterion:C2", paper)).status_code == 409
        file = (await EvidenceFile.raw("SELECT max(id) AS id FROM evidence_file"))[0]["id"]
        assert "/removal" in (await browser.get(f"/nominations/{made}/files/{file}")).text
    async with world.client("officer", now=world.at("2025-11-15")) as browser:
        late = await upload(browser, made, "criterion:C1", ("b.pdf", spoilt.pdf(2)))
        assert late.status_code == 409
        assert "Đã hết hạn bổ sung mục này (hết ngày 14/11/2025)." in late.text
        kept = await browser.form(f"/nominations/{made}/files/{file}/removal", {"because": "nhầm"})
        assert kept.status_code == 409


async def _send_back(world: World, nomination: int) -> None:
    await EvidenceFile.raw(
        "INSERT INTO item_return (nomination, item, criterion, question, due_on, by, at)"
        " SELECT {}, 'criterion', id, 'Thiếu bản có dấu.', '2025-11-14', {}, {} FROM criterion"
        " WHERE code = 'C1' AND criteria_set = {}",
        nomination,
        world.ids["account:appraiser"],
        world.now,
        world.ids["set:individual"],
    )


async def test_more_than_the_largest_upload_is_not_read(world: World) -> None:
    made = await draft_person(world)
    async with world.client("officer") as browser:
        answer = await browser.post(
            f"/nominations/{made}/files",
            content=b"x",
            headers={
                "content-length": str(LARGEST_UPLOAD + 1),
                "content-type": "multipart/form-data; boundary=x",
            },
        )
    assert answer.status_code == 413
    assert "Nội dung gửi lên vượt quá 100 MB nên chưa được nhận." in answer.text


async def test_the_list_asks_the_same_number_of_statements_for_one_file_and_for_many(
    world: World,
) -> None:
    made = await draft_person(world)
    await with_file(world, made)
    async with world.client("officer") as browser:
        with world.count_queries() as one:
            await browser.get(f"/nominations/{made}/files")
        await upload(browser, made, "other", *((f"{n}.pdf", spoilt.pdf(n)) for n in range(2, 6)))
        with world.count_queries() as many:
            await browser.get(f"/nominations/{made}/files")
    assert one.count == many.count
    assert many.count <= 6


async def test_the_dossier_shows_the_files_under_their_criterion(world: World) -> None:
    made = await draft_person(world)
    await add_proofs(world, made, "individual")
    file = await with_file(world, made)
    async with world.client("officer") as browser:
        page = (await browser.get(f"/nominations/{made}")).text
        assert f'href="/nominations/{made}/files/{file}">Báo cáo số 5.pdf</a>' in page
        assert f'href="/nominations/{made}/files?to=criterion:C1#add"' in page
        assert "Thêm tệp" in page[page.index('id="history"') :]
        await browser.form(f"/nominations/{made}/submission")
        sent = (await browser.get(f"/nominations/{made}")).text
    assert "Báo cáo số 5.pdf</a>" in sent
    assert "#add" not in sent
