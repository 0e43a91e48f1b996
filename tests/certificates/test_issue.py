from __future__ import annotations

import asyncio
import hashlib
import io
import json

import psycopg
import pytest
from pypdf import PdfReader

from app.audit.queries import history
from app.certificates import jobs, queries
from app.certificates.codes import read_code
from app.certificates.documents import CertificateData, render_certificates
from app.certificates.tables import Certificate, IssueBatch
from app.database import var_directory
from app.decisions.tables import NumberSeries
from app.files import store
from app.files.tables import StoredFile
from app.kernel.refusal import NotVisible, Refused
from app.nominations.tables import Nomination
from app.organization.tables import Person
from app.web.paging import Cursor
from app.worker import take_up_abandoned
from tests.certificates.issued import decide, order
from tests.conftest import World

pytestmark = pytest.mark.anyio

NAMES = ["Phòng 1", "Lý Thị Bình", "Hoàng Văn Ánh", "Bế Văn Em"]


class Killed(BaseException):
    """What a kill looks like from inside: nothing of ours may catch it."""


@pytest.fixture
async def decision_id(world: World) -> int:
    return await decide(world)


async def contents() -> list[dict[str, str | int]]:
    rows = await Certificate.select(Certificate.data).order_by(Certificate.number)
    return [json.loads(row["data"]) for row in rows]


async def jobs_waiting(world: World) -> list[tuple[str, dict[str, int]]]:
    async with await psycopg.AsyncConnection.connect(world.url) as connection:
        cursor = await connection.execute(
            "SELECT task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id"
        )
        return await cursor.fetchall()


async def spoil(world: World, content: dict[str, str | int]) -> None:
    """Change the first frozen content, as no action and no statement can: past the triggers."""
    async with await psycopg.AsyncConnection.connect(world.url, autocommit=True) as connection:
        await connection.execute("SET session_replication_role = replica")
        await connection.execute(
            "UPDATE certificate SET data = %s WHERE number = 1", [json.dumps(content)]
        )


async def test_an_order_registers_everybody_without_gaps(world: World, decision_id: int) -> None:
    batch_id = await order(world, decision_id)
    rows = await Certificate.select().order_by(Certificate.number)
    assert [row["register_number"] for row in rows] == [f"000{n}/2025-GK" for n in (1, 2, 3, 4)]
    assert [(row["series"], row["file"]) for row in rows] == [("register:2025", None)] * 4
    assert [data["name"] for data in await contents()] == NAMES
    assert [read_code(row["code"]) for row in rows] == [row["code"] for row in rows]
    assert await jobs_waiting(world) == [("certificates.make_files", {"batch_id": batch_id})]
    batch = await queries.batch(batch_id)
    assert (batch.state, batch.made, batch.total) == ("queued", 0, 4)


async def test_the_content_is_ready_to_print(
    world: World, decision_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THIDUA_PUBLIC_URL", "https://thidua.example/")
    await order(world, decision_id)
    collective, binh, *_ = await contents()
    assert (collective["subject_prefix"], collective["position_line"]) == (
        "Tập thể",
        "VKSND tỉnh Lạng Sơn",
    )
    code = binh.pop("code")
    assert str(binh.pop("achievement")).startswith("Đã có thành tích xuất sắc")
    assert binh == {
        "subject_prefix": "Bà",
        "name": "Lý Thị Bình",
        "position_line": "Chuyên viên, Phòng 1, VKSND tỉnh Lạng Sơn",
        "award_title": "Giấy khen",
        "authority": "Viện trưởng Viện kiểm sát nhân dân tối cao",
        "decision_number": "01/QĐ-VKSTC",
        "decided_on": "2025-12-19",
        "register_number": "0002/2025-GK",
        "place": "Hà Nội",
        "signer_capacity": "KT. VIỆN TRƯỞNG",
        "signer_title": "Phó Viện trưởng",
        "signer_name": "Trần Thị Thử",
        "verify_url": f"https://thidua.example/v/{code}",
        "width_mm": 297,
        "height_mm": 210,
    }


async def test_every_file_is_made_stored_and_joined(world: World, decision_id: int) -> None:
    batch_id = await order(world, decision_id)
    heard: list[tuple[int, int]] = []
    await jobs.make_files(batch_id, lambda *step: heard.append(step), now=world.at("2025-12-19"))
    assert heard == [(4, 4)]
    batch = await queries.batch(batch_id)
    assert (batch.state, batch.made, batch.error) == ("done", 4, "")
    hashes = await queries.made_files(batch_id)
    files = [await store.read(sha256) for sha256 in hashes]
    stored = [CertificateData.from_json(data) for data in await contents()]
    # What was issued is exactly what its frozen content prints to, byte for byte.
    assert files == list(render_certificates(stored))
    assert [hashlib.sha256(file).hexdigest() for file in files] == list(hashes)
    assert batch.print_file is not None
    pages = PdfReader(io.BytesIO(await store.read(batch.print_file))).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    assert [name in text for name, text in zip(NAMES, texts, strict=True)] == [True] * 4
    assert [line.action for line in await history("decision", decision_id)] == [
        "decisions.decide",
        "certificates.order_issue",
        "certificates.finish_issue",
    ]


async def test_a_finished_batch_stays_as_it_is(world: World, decision_id: int) -> None:
    batch_id = await order(world, decision_id)
    await jobs.make_files(batch_id)
    before = await IssueBatch.select(), await Certificate.select(), await StoredFile.count()
    await jobs.make_files(batch_id)
    assert (
        await IssueBatch.select(),
        await Certificate.select(),
        await StoredFile.count(),
    ) == before
    with pytest.raises(Refused) as refused:
        await order(world, decision_id)
    assert refused.value.refusal.code == "already-issued"


async def test_after_a_kill_only_the_missing_files_are_made(world: World, decision_id: int) -> None:
    batch_id = await order(world, decision_id)

    def kill(done: int, total: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        await jobs.make_files(batch_id, kill, chunk=3)
    batch = await queries.batch(batch_id)
    assert (batch.state, batch.made) == ("running", 3)
    first_three = await queries.made_files(batch_id)
    heard: list[int] = []
    await jobs.make_files(batch_id, lambda done, total: heard.append(done))
    assert heard == [4]
    assert (await queries.made_files(batch_id))[:3] == first_three
    assert (await queries.batch(batch_id)).state == "done"


async def test_two_makers_at_once_make_the_same(world: World, decision_id: int) -> None:
    batch_id = await order(world, decision_id)
    await asyncio.gather(jobs.make_files(batch_id), jobs.make_files(batch_id))
    assert (await queries.batch(batch_id)).made == 4
    # Four certificates, the print file and the decision itself.
    assert await StoredFile.count() == 6
    finished = [line.action for line in await history("decision", decision_id)]
    assert finished.count("certificates.finish_issue") == 1


async def test_two_orders_at_once_make_one_batch(world: World, decision_id: int) -> None:
    results = await asyncio.gather(
        *(order(world, decision_id) for _ in range(3)), return_exceptions=True
    )
    refused = [result.refusal.code for result in results if isinstance(result, Refused)]
    assert refused == ["being-issued", "being-issued"]
    assert (await IssueBatch.count(), await Certificate.count()) == (1, 4)
    series = NumberSeries.select(NumberSeries.last_number).where(
        NumberSeries.code == "register:2025"
    )
    assert await series == [{"last_number": 4}]


async def test_a_lost_file_is_said_and_the_order_can_be_given_again(
    world: World, decision_id: int
) -> None:
    batch_id = await order(world, decision_id)

    def kill(done: int, total: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        await jobs.make_files(batch_id, kill, chunk=3)
    sha256 = (await queries.made_files(batch_id))[0]
    path = var_directory() / "files" / store.path_of(sha256)
    content = path.read_bytes()
    path.unlink()
    with pytest.raises(store.FileMissing):
        await jobs.make_files(batch_id)
    batch = await queries.batch(batch_id)
    assert (batch.state, batch.made) == ("failed", 4)
    assert "sao lưu" in batch.error
    secretary = await world.actor("secretary")
    (item,) = await queries.waiting(secretary, world.now)
    assert item.href == f"/decisions/{decision_id}/certificates"
    path.write_bytes(content)
    numbers = await NumberSeries.select()
    assert await order(world, decision_id) == batch_id
    await jobs.make_files(batch_id)
    assert (await queries.batch(batch_id)).state == "done"
    assert await NumberSeries.select() == numbers
    assert await queries.waiting(secretary, world.now) == ()


async def test_a_text_that_cannot_be_printed_takes_no_number(
    world: World, decision_id: int
) -> None:
    await Nomination.update({Nomination.name: "Tên " * 70}).where(Nomination.code == "CN-2025-0002")
    with pytest.raises(Refused) as refused:
        await order(world, decision_id)
    assert (refused.value.refusal.code, refused.value.refusal.field_name) == (
        "text-too-long",
        "name",
    )
    assert await Certificate.count() == 0
    assert await jobs_waiting(world) == []
    assert not await NumberSeries.exists().where(NumberSeries.code == "register:2025")


async def test_what_was_issued_does_not_change_with_people(world: World, decision_id: int) -> None:
    batch_id = await order(world, decision_id)
    before = await contents()
    await Person.update({Person.full_name: "Tên khác", Person.sex: "male"}, force=True)
    await Nomination.update({Nomination.name: "Tên khác"}, force=True)
    await jobs.make_files(batch_id)
    assert await contents() == before
    text = PdfReader(io.BytesIO(await store.read((await queries.made_files(batch_id))[1])))
    assert "Lý Thị Bình" in " ".join(text.pages[0].extract_text().split())


@pytest.mark.parametrize("login", ["officer", "member_1", "auditor", "appraiser", "staff"])
async def test_only_secretary_and_leader_issue(world: World, decision_id: int, login: str) -> None:
    with pytest.raises(NotVisible):
        await order(world, decision_id, login)
    assert await Certificate.count() == 0


async def test_abandoned_work_is_taken_up_once(world: World, decision_id: int) -> None:
    batch_id = await order(world, decision_id)
    assert await take_up_abandoned() == ()
    async with await psycopg.AsyncConnection.connect(world.url, autocommit=True) as connection:
        # The job began, and then its worker died and was forgotten.
        await connection.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        await connection.execute("UPDATE issue_batch SET state = 'running'")
    assert await take_up_abandoned() == (batch_id,)
    assert await take_up_abandoned() == ()
    assert await jobs_waiting(world) == [("certificates.make_files", {"batch_id": batch_id})]
    assert (await queries.batch(batch_id)).state == "queued"


async def test_a_living_worker_keeps_its_work(world: World, decision_id: int) -> None:
    await order(world, decision_id)
    async with await psycopg.AsyncConnection.connect(world.url, autocommit=True) as connection:
        await connection.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
        await connection.execute(
            "UPDATE procrastinate_jobs SET status = 'doing',"
            " worker_id = (SELECT id FROM procrastinate_workers)"
        )
        assert await take_up_abandoned() == ()
        await connection.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"
        )
    assert len(await take_up_abandoned()) == 1


async def test_an_unexpected_failure_is_said_without_its_details(
    world: World, decision_id: int
) -> None:
    batch_id = await order(world, decision_id)
    await spoil(world, {"decided_on": "2025-12-19"})
    with pytest.raises(TypeError):
        await jobs.make_files(batch_id)
    batch = await queries.batch(batch_id)
    assert (batch.state, batch.made) == ("failed", 0)
    assert batch.error == "Việc tạo tệp bị dừng giữa chừng; các giấy khen đã tạo vẫn được giữ."
    last = (await history("decision", decision_id))[-1]
    assert (last.action, last.actor_name) == ("certificates.fail_issue", "")


async def test_a_refused_text_fails_in_its_own_words(world: World, decision_id: int) -> None:
    batch_id = await order(world, decision_id)
    (first, *_) = await contents()
    await spoil(world, {**first, "name": "Tên " * 70})
    with pytest.raises(Refused):
        await jobs.make_files(batch_id)
    assert "quá dài, không in vừa trên giấy" in (await queries.batch(batch_id)).error


async def test_a_batch_that_does_not_exist_is_not_made(world: World) -> None:
    with pytest.raises(NotVisible):
        await jobs.make_files(2**31)


async def test_the_register_pages_by_key_in_both_orders(world: World, decision_id: int) -> None:
    await order(world, decision_id)
    secretary = await world.actor("secretary")
    everything = await queries.certificates_page(secretary, cursor=None)
    annex = await queries.certificates_page(secretary, decision_id=decision_id, cursor=None)
    numbers = [row.register_number for row in annex.rows]
    assert [row.register_number for row in everything.rows] == numbers[::-1]
    after = Cursor("", annex.rows[1].id)
    rest = await queries.certificates_page(secretary, decision_id=decision_id, cursor=after)
    older = await queries.certificates_page(secretary, cursor=after)
    assert [row.register_number for row in rest.rows] == numbers[2:]
    assert [row.register_number for row in older.rows] == numbers[:1]
    assert (rest.next, older.next) == (None, None)


async def test_only_the_office_is_told_that_certificates_wait(
    world: World, decision_id: int
) -> None:
    secretary, officer = await world.actor("secretary"), await world.actor("officer")
    assert [item.href for item in await queries.waiting(secretary, world.now)] == [
        f"/decisions/{decision_id}/certificates"
    ]
    assert await queries.waiting(officer, world.now) == ()
    await order(world, decision_id)
    assert await queries.waiting(secretary, world.now) == ()
