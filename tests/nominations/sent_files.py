"""Uploads as a browser sends them."""

from __future__ import annotations

import httpx

from app.files import actions as files
from app.nominations.tables import EvidenceFile
from app.piccolo_conf import DB
from tests.conftest import Browser, World
from tests.files import spoilt


async def upload(
    browser: Browser, nomination: int, to: str, *papers: tuple[str, bytes]
) -> httpx.Response:
    if "thidua_csrf" not in browser.cookies:
        await browser.get("/sign-in")
    return await browser.post(
        f"/nominations/{nomination}/files",
        data={"to": to},
        files=[("files", (name, content, "text/html")) for name, content in papers],
        headers={"x-csrftoken": browser.cookies["thidua_csrf"]},
    )


async def with_file(world: World, nomination: int, to: str = "criterion:C1") -> int:
    """The id of the one file just added."""
    async with world.client("officer") as browser:
        answer = await upload(browser, nomination, to, ("Báo cáo số 5.pdf", spoilt.pdf(3)))
        assert answer.status_code == 303, answer.text
    rows = await EvidenceFile.raw("SELECT max(id) AS id FROM evidence_file")
    return int(rows[0]["id"])


async def planted_file(world: World, nomination: int) -> int:
    """A file that lies there already, whatever the day is and wherever the dossier is."""
    prepared = await files.prepare(spoilt.pdf(3))
    async with DB.transaction():
        kept = await files.record([prepared], world.now)
        row = EvidenceFile(
            nomination=nomination,
            purpose="report",
            file=kept[prepared.sha256],
            name="Báo cáo số 5.pdf",
            by=world.ids["account:officer"],
            at=world.now,
            removed_because="",
        )
        await row.save()
    return int(row.id)
