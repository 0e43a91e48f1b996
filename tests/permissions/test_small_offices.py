"""An office role over one small unit gives nothing in what another unit launched."""

from __future__ import annotations

import pytest

from app.accounts import actions as accounts
from app.accounts.tables import Account
from app.kernel.actor import Role
from app.reminders.queries.work import dated_work, work
from tests import cast
from tests.conftest import World
from tests.permissions.planted import Planted, path_of, plant
from tests.permissions.test_table import TABLE

pytestmark = pytest.mark.anyio

SMALL = "cb_kv_1"
OFFICE = (
    Role.COUNCIL_SECRETARY,
    Role.LEADER,
    Role.APPRAISER,
    Role.AUDITOR,
    Role.COUNCIL_MEMBER,
)
# Lists that hold only what lies within the reader's own units.
LISTS = (
    "/rounds/{round_id}/nominations",
    "/rounds/{round_id}/nominations/export.csv",
    "/rounds/{round_id}/nominations/export.xlsx",
    "/rounds/{round_id}/registrations",
    "/rounds/{round_id}/registrations/export.csv",
    "/rounds/{round_id}/registrations/export.xlsx",
    "/rounds/{round_id}/peer-reviews",
    "/rounds/{round_id}/peer-reviews/export.csv",
    "/rounds/{round_id}/peer-reviews/export.xlsx",
)
AWARDS = ("/awards", "/awards/export.csv", "/awards/export.xlsx")
# Whoever sees people gets the file of a unit's members too: of those within reach, here none.
PEOPLE = (
    "/people",
    "/people/export.csv",
    "/people/export.xlsx",
    "/units/{unit_id}/members/export.csv",
    "/units/{unit_id}/members/export.xlsx",
)
DESK = (
    "/rounds/{round_id}/appraisal",
    "/rounds/{round_id}/appraisal/export.csv",
    "/rounds/{round_id}/appraisal/export.xlsx",
)
WARNINGS = (
    "/rounds/{round_id}/warnings",
    "/rounds/{round_id}/warnings/export.csv",
    "/rounds/{round_id}/warnings/export.xlsx",
)
OWN = {
    # The form names the unit, which is asked about when it is sent.
    Role.COUNCIL_SECRETARY: {*LISTS, *AWARDS, *DESK, *WARNINGS, "/movements/new", "/movements"},
    Role.LEADER: {*LISTS, *AWARDS, *PEOPLE},
    Role.APPRAISER: {*LISTS, *AWARDS, *DESK, *WARNINGS},
    Role.AUDITOR: {*LISTS, *AWARDS, *PEOPLE, *WARNINGS},
    Role.COUNCIL_MEMBER: {*LISTS},
}
LATER = "2025-12-20"


async def _open(world: World) -> None:
    hashed = accounts.hash_password(cast.PASSWORD)
    for login, role in (("nobody", None), *((f"small_{role}", role) for role in OFFICE)):
        account = Account(login=login, name=login, person=None, password_hash=hashed)
        await account.save()
        if role is not None:
            await accounts.grant(
                None, account.id, role, world.ids[SMALL], cast.START, now=world.now
            )


async def _answers(world: World, planted: Planted, login: str) -> dict[tuple[str, str, str], int]:
    found = {}
    async with world.client(login, now=world.at(LATER)) as browser:
        for row in TABLE:
            path = path_of(row, world, planted)
            answer = await (
                browser.get(path) if row.method == "GET" else browser.form(path, dict(row.data))
            )
            found[row.method, row.path, row.of or row.kind] = answer.status_code
    return found


async def test_an_office_over_a_small_unit_gets_what_anybody_gets(world: World) -> None:
    planted = await plant(world)
    await _open(world)
    nobody = await _answers(world, planted, "nobody")
    wrong = [
        (role, row, status)
        for role in OFFICE
        for row, status in (await _answers(world, planted, f"small_{role}")).items()
        if status != nobody[row] and row[1] not in OWN[role]
    ]
    assert wrong == []


async def test_it_hears_of_no_work_in_what_another_unit_launched(world: World) -> None:
    await plant(world)
    await _open(world)
    for role in OFFICE:
        actor = await world.actor(f"small_{role}", world.at(LATER))
        assert await dated_work(actor, world.at(LATER)) == ()
        assert await work(actor, world.at(LATER)) == ()


async def test_it_launches_no_movement_of_another_unit(world: World) -> None:
    await _open(world)
    form = {"code": "X", "name": "Phong trào", "plan": "", "launched_on": "01/06/2025"}
    async with world.client(f"small_{Role.COUNCIL_SECRETARY}") as browser:
        refused = await browser.form("/movements", form | {"launched_by": "root"})
        made = await browser.form("/movements", form | {"launched_by": "cb-kv-1"})
    assert refused.status_code == 422
    assert "Ông/Bà không phải là Thư ký Hội đồng của đơn vị này." in refused.text
    assert made.status_code == 303
