"""An upload that breaks off, at any moment, leaves no row; what was there stays as it was."""

from __future__ import annotations

import gc
import logging
from typing import Any

import pytest

from app.files import actions as files
from app.files import store
from app.files.tables import FilePreview, StoredFile
from app.kernel.refusal import Refused
from app.nominations import actions as nominations
from app.nominations.actions.files import add_files
from app.nominations.rules.files import Sent, Spot
from app.nominations.tables import EvidenceFile
from app.piccolo_conf import DB
from tests.conftest import Browser, World
from tests.files import spoilt
from tests.nominations.prepared import add_proofs, draft_person
from tests.nominations.sent_files import upload

pytestmark = pytest.mark.anyio
HEAD = (
    b'--x\r\nContent-Disposition: form-data; name="to"\r\n\r\nreport\r\n'
    b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n%PDF-1.7'
)


async def sent(browser: Browser, nomination: int, *events: dict[str, Any]) -> list[dict[str, Any]]:
    """What the application answers to a request that arrives in these pieces."""
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    path = f"/nominations/{nomination}/files"
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [
            (b"host", b"testserver"),
            (b"cookie", cookies.encode()),
            (b"content-type", b"multipart/form-data; boundary=x"),
        ],
        "server": ("testserver", 80),
        "client": ("127.0.0.1", 1),
    }
    waiting, answers = list(events), []

    async def receive() -> dict[str, Any]:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        answers.append(message)

    await browser._transport.app(scope, receive, send)  # type: ignore[attr-defined]
    return answers


async def nothing_there() -> bool:
    return [await table.count() for table in (EvidenceFile, StoredFile, FilePreview)] == [0] * 3


# Litestar leaves the parts of a form that broke off to the collector, which closes them.
left_open = pytest.mark.filterwarnings("ignore::ResourceWarning")


@left_open
async def test_a_browser_that_goes_away_in_the_middle(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    made = await draft_person(world)
    pieces = [HEAD, b"x" * 2_000_000]
    async with world.client("officer") as browser:
        with caplog.at_level(logging.ERROR):
            answers = await sent(
                browser,
                made,
                *({"type": "http.request", "body": p, "more_body": True} for p in pieces),
            )
    assert answers[0]["status"] == 400
    assert caplog.records == []
    assert await nothing_there()
    gc.collect()


@pytest.mark.parametrize("tail", [b"", b"\r\n", b"\r\n--x", b"\r\n--y--\r\n"])
async def test_a_request_that_ends_too_early(world: World, tail: bytes) -> None:
    made = await draft_person(world)
    async with world.client("officer") as browser:
        answer = await browser.post(
            f"/nominations/{made}/files",
            content=HEAD + tail,
            headers={
                "x-csrftoken": browser.cookies["thidua_csrf"],
                "content-type": "multipart/form-data; boundary=x",
            },
        )
    assert answer.status_code == 400
    assert "Nội dung gửi lên bị hỏng trên đường truyền" in answer.text
    assert await nothing_there()


@left_open
async def test_a_file_without_a_name_is_no_error_of_ours(world: World) -> None:
    made = await draft_person(world)
    body = HEAD.replace(b"a.pdf", b"") + b"\xff\xfe\r\n--x--\r\n"
    async with world.client("officer") as browser:
        answer = await browser.post(
            f"/nominations/{made}/files",
            content=body,
            headers={
                "x-csrftoken": browser.cookies["thidua_csrf"],
                "content-type": "multipart/form-data; boundary=x",
            },
        )
    assert answer.status_code == 400
    assert await nothing_there()
    gc.collect()


async def test_a_transaction_that_fails_takes_its_rows_with_it(world: World) -> None:
    made = await draft_person(world)
    content = spoilt.pdf(2)
    await DB.run_ddl(
        "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'stopped'; END $$"
    )
    await DB.run_ddl(
        "CREATE TRIGGER stop BEFORE INSERT ON audit_entry FOR EACH ROW"
        " WHEN (NEW.action = 'nominations.add_file') EXECUTE FUNCTION stop()"
    )
    async with world.client("officer") as browser:
        broken = await upload(browser, made, "report", ("a.pdf", content))
        assert broken.status_code == 500
        assert await nothing_there()
        await DB.run_ddl("DROP TRIGGER stop ON audit_entry")
        assert (await upload(browser, made, "report", ("a.pdf", content))).status_code == 303
    assert await EvidenceFile.count() == 1


async def test_bytes_without_rows_are_taken_up_by_the_next_upload(world: World) -> None:
    made = await draft_person(world)
    content = spoilt.pdf(2)
    left_behind = await files.prepare(content)
    assert await nothing_there()
    async with world.client("officer") as browser:
        assert (await upload(browser, made, "report", ("a.pdf", content))).status_code == 303
    assert await store.read(left_behind.sha256) == content


async def test_a_dossier_submitted_while_a_file_was_being_opened_takes_none(world: World) -> None:
    made = await draft_person(world)
    await add_proofs(world, made, "individual")

    async def read() -> bytes:
        await nominations.submit(made, actor=await world.actor("officer"), now=world.now)
        return spoilt.pdf()

    with pytest.raises(Refused) as refused:
        await add_files(
            made,
            Spot("report"),
            [Sent("a.pdf", read)],
            actor=await world.actor("officer"),
            now=world.now,
        )
    assert refused.value.refusal.code == "already-submitted"
    assert await nothing_there()


async def test_a_file_that_may_not_come_is_not_even_read(world: World) -> None:
    made = await draft_person(world)

    async def read() -> bytes:
        raise AssertionError("read before it was asked for")

    with pytest.raises(Refused) as refused:
        await add_files(
            made,
            Spot("report"),
            [Sent("a.pdf", read)],
            actor=await world.actor("officer"),
            now=world.at("2025-11-21"),
        )
    assert refused.value.refusal.code == "nominations-closed"
