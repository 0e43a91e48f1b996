"""An entry says in which role the act was done, and for whom a deputy did it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from app.accounts.actions import grant
from app.audit import words
from app.audit.queries import verify
from app.audit.rules import entry_hash
from app.audit.tables import AuditEntry
from app.kernel.actor import Role
from app.movement import actions as movement
from app.movement.rules import MovementPlan
from app.nominations import actions as nominations
from tests import cast
from tests.audit.chained import ENTRY, forge
from tests.conftest import World
from tests.permissions.planted import plant

pytestmark = pytest.mark.anyio

LANG_SON = "Viện kiểm sát nhân dân tỉnh Lạng Sơn"


async def told(action: str) -> list[tuple[str, str, str]]:
    """(role, unit, for whom) of the newest entry of that action."""
    rows = await AuditEntry.raw(
        "SELECT acted_as FROM audit_entry WHERE action = {} ORDER BY id DESC LIMIT 1", action
    )
    return [
        (held["role"], held["unit_name"], held["stands_in_for"])
        for held in json.loads(rows[0]["acted_as"])
    ]


async def give(world: World, login: str, role: Role, unit: str, instead_of: str = "") -> None:
    await grant(
        None,
        world.ids[f"account:{login}"],
        role,
        world.ids[unit],
        date(2025, 1, 1),
        valid_to=date(2025, 12, 31) if instead_of else None,
        stands_in_for=world.ids[f"account:{instead_of}"] if instead_of else None,
        now=world.now,
    )


async def nominate(world: World, login: str, person: str = "anh", unit: str = "phong_1") -> int:
    return await nominations.nominate_person(
        world.ids["round_2025"],
        world.ids[person],
        world.ids[unit],
        "Thành tích",
        actor=await world.actor(login),
        now=world.now,
    )


async def test_of_several_roles_the_one_that_allowed_it_is_named(world: World) -> None:
    await give(world, "officer", Role.APPRAISER, "root")
    await give(world, "officer", Role.UNIT_OFFICER, "cao_bang")
    await nominate(world, "officer")
    assert await told("nominations.nominate") == [("unit_officer", LANG_SON, "")]


async def test_a_deputy_acts_for_somebody(world: World) -> None:
    await give(world, "other_officer", Role.UNIT_OFFICER, "lang_son", instead_of="officer")
    await nominate(world, "other_officer")
    assert await told("nominations.nominate") == [
        ("unit_officer", LANG_SON, "Cán bộ đầu mối Lạng Sơn")
    ]


async def test_nobody_is_said_to_stand_in_where_the_own_role_is_enough(world: World) -> None:
    await give(world, "head", Role.UNIT_OFFICER, "lang_son", instead_of="officer")
    await nominate(world, "head")
    assert await told("nominations.nominate") == [("unit_head", LANG_SON, "")]


async def test_what_is_ones_own_needs_no_role(world: World) -> None:
    """Also when a role was asked for just before, by the same actor in another act."""
    await give(world, "staff", Role.COUNCIL_SECRETARY, "root")
    nomination = await nominate(world, "officer")
    actor = await world.actor("staff")
    plan = MovementPlan("PT-X", "Phong trào", "", world.ids["root"], date(2025, 2, 1), None, "")
    await movement.create_movement(plan, actor=actor, now=world.now)
    assert (await told("movement.create"))[0][0] == "council_secretary"
    await nominations.add_evidence(
        nomination,
        "C1",
        "Đã học xong",
        None,
        None,
        "",
        "",
        days=cast.WORKED,
        actor=actor,
        now=world.now,
    )
    assert await told("nominations.add_evidence") == []


async def test_every_act_of_a_round_names_its_role(world: World) -> None:
    await plant(world)
    rows = await AuditEntry.raw(
        "SELECT action, acted_as, roles FROM audit_entry WHERE account_id IS NOT NULL"
    )
    assert len(rows) > 40
    assert [row["action"] for row in rows if not json.loads(row["acted_as"])] == []
    # Nobody in the cast holds more than one role.
    wrong = [
        row["action"]
        for row in rows
        if {held["role"] for held in json.loads(row["acted_as"] or "[]")} - {row["roles"]}
    ]
    assert wrong == []


def test_an_entry_of_before_keeps_its_hash() -> None:
    """Worked out with what the log was hashed with until then."""
    assert entry_hash(ENTRY) == "39eaf07ce77ea81c660ebbc30d44dcb9867841a165d9db2338cab9e2dfe71137"
    assert entry_hash(replace(ENTRY, acted_as="[]")) != entry_hash(ENTRY)


async def test_a_role_cannot_be_put_into_an_old_entry_or_taken_from_a_new_one(
    world: World,
) -> None:
    await nominate(world, "officer")
    assert (await verify()).whole
    await forge("UPDATE audit_entry SET acted_as = '[]' WHERE id = 1")
    misfit = (await verify()).misfit
    assert misfit is not None
    assert misfit.entry_id == 1
    await forge("UPDATE audit_entry SET acted_as = NULL")
    misfit = (await verify()).misfit
    assert misfit is not None
    # The first ones were written by nobody, so they never had a role.
    assert misfit.entry_id > 1


@pytest.mark.parametrize(
    ("acted_as", "said"),
    [
        (None, "Thủ trưởng đơn vị, Kiểm toán viên"),
        ("[]", "Không cần vai trò"),
        (
            '[{"role": "unit_head", "unit": 2, "unit_name": "Phòng 1", "stands_in_for": ""}]',
            "Thủ trưởng đơn vị của Phòng 1",
        ),
        (
            '[{"role": "unit_head", "unit": 2, "unit_name": "Phòng 1", "stands_in_for": "Lê A"}]',
            "Thủ trưởng đơn vị của Phòng 1, thay cho Lê A",
        ),
    ],
)
def test_the_role_in_words(acted_as: str | None, said: str) -> None:
    assert words.capacity_words(acted_as, "unit_head,auditor") == said


async def test_the_pages_of_the_log_say_it(world: World) -> None:
    await give(world, "other_officer", Role.UNIT_OFFICER, "lang_son", instead_of="officer")
    await nominate(world, "other_officer")
    said = f"Cán bộ đầu mối của đơn vị của {LANG_SON}, thay cho Cán bộ đầu mối Lạng Sơn"
    newest = (await AuditEntry.raw("SELECT max(id) AS id FROM audit_entry"))[0]["id"]
    async with world.client("auditor") as browser:
        pages = [
            (await browser.get(path)).text
            for path in (
                "/audit?action=nominations.nominate",
                f"/audit/{newest}",
                "/audit/export.csv?action=nominations.nominate",
            )
        ]
    assert [said in page for page in pages] == [True] * 3
    shown = dict(re.findall(r"<dt>([^<]*)</dt><dd>(?:<[^>]*>)?([^<]*)<", pages[1]))
    assert shown["Thực hiện với vai trò"] == said
    assert shown["Mọi vai trò khi đó"] == "Cán bộ đầu mối của đơn vị"


@pytest.mark.parametrize("login", cast.CAST)
async def test_the_way_to_the_log_is_shown_to_whom_it_opens(world: World, login: str) -> None:
    async with world.client(login) as browser:
        shown = 'href="/audit"' in (await browser.get("/")).text
        assert shown == ((await browser.get("/audit")).status_code == 200)


async def test_who_reads_for_a_part_of_the_tree_is_not_sent_to_a_page_that_is_not_there(
    world: World,
) -> None:
    await give(world, "head", Role.AUDITOR, "lang_son")
    async with world.client("head") as browser:
        assert 'href="/audit"' not in (await browser.get("/")).text
        assert (await browser.get("/audit")).status_code == 404
