"""What the tests of records share: the forms as typed, what is stored and what the log says."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import httpx

from app.accounts import actions as accounts
from app.audit.tables import AuditEntry
from app.kernel.actor import Role
from app.organization.tables import (
    Person,
    Posting,
)
from tests.cast import START
from tests.conftest import Browser, World

POST = {"text": "Trưởng phòng", "valid_from": "01/01/2025", "valid_to": ""}
AWAY = {"text": "Nghỉ thai sản", "valid_from": "01/03/2025", "valid_to": "31/08/2025"}
LEVEL = {"text": "excellent", "year": "2023"}
MOVED = {
    "text": "Phó Trưởng phòng",
    "unit": "kv-1",
    "form": "main",
    "valid_from": "01/07/2025",
    "ends_previous": "yes",
}


def path_of(world: World, kind: str, person: str = "anh") -> str:
    return f"/people/{world.ids[person]}/records/{kind}"


async def rows_of(table: Any, world: World, person: str = "anh") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (
        await table.select().where(table.person == world.ids[person]).order_by(table.id)
    )
    return rows


async def entries(action: str) -> list[tuple[int, dict[str, Any]]]:
    rows = (
        await AuditEntry.select(AuditEntry.object_id, AuditEntry.detail)
        .where(AuditEntry.action == f"organization.{action}", AuditEntry.object_kind == "person")
        .order_by(AuditEntry.id)
    )
    return [(row["object_id"], json.loads(row["detail"])) for row in rows]


async def version_at(browser: Browser, here: str) -> dict[str, str]:
    found = re.search(r'name="version" value="(\w+)"', (await browser.get(here)).text)
    assert found
    return {"version": found[1]}


async def corrected(browser: Browser, here: str, data: dict[str, str]) -> httpx.Response:
    """The form as it is opened now, sent with `data`."""
    return await browser.form(here, {**data, **await version_at(browser, here)})


async def local_officer(world: World) -> None:
    """Who keeps people of Lạng Sơn only."""
    account = await accounts.create_account(
        None, login="local", name="Cán bộ tổ chức tỉnh", password=world.password, now=world.now
    )
    await accounts.grant(
        None, account, Role.PERSONNEL_OFFICER, world.ids["lang_son"], START, now=world.now
    )


async def lent(world: World, person: str, unit: str) -> int:
    """Posted in another unit beside the own one."""
    posting = Posting(
        person=world.ids[person],
        unit=world.ids[unit],
        post="Biệt phái",
        valid_from=date(2025, 1, 1),
        is_main=False,
    )
    await posting.save()
    return int(posting.id)


async def waiting() -> bool:
    rows = await Person.raw("SELECT count(*) AS n FROM pg_locks WHERE NOT granted")
    return bool(rows[0]["n"])
