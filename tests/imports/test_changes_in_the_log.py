"""Each row that a file changes can be followed in the log, and each new unit and account.

New people and records are counted.
"""

from __future__ import annotations

import json

import pytest

from app.accounts.tables import Account
from app.audit.queries import verify
from app.audit.rules import labels
from app.audit.tables import AuditEntry
from app.organization.tables import LongAbsence, Posting, Unit
from tests.conftest import World
from tests.imports.given import PERSON, bring_in, officer, sheet
from tests.imports.test_line_by_line import CASES

pytestmark = pytest.mark.anyio


async def logged(action: str = "imports.change") -> list[tuple[str, int, dict[str, object]]]:
    rows = (
        await AuditEntry.select(AuditEntry.object_kind, AuditEntry.object_id, AuditEntry.detail)
        .where(AuditEntry.action == action)
        .order_by(AuditEntry.id)
    )
    return [(r["object_kind"], r["object_id"], json.loads(r["detail"])) for r in rows]


# kind: of what, and what the one changed row of CASES leaves in the log
WANTED: dict[str, tuple[str, dict[str, object]]] = {
    "units": ("unit", {"fields": "Tên đơn vị, Loại đơn vị, Ngày hiệu lực, Ngày giải thể"}),
    "people": ("person", {"fields": "Ngày sinh, Giới tính"}),
    "postings": ("person", {"valid_to": [None, "2025-06-30"]}),
    "classifications": ("person", {"year": 2023, "level": ["excellent", "good"]}),
    "pipeline": ("person", {"valid_to": [None, "2026-12-31"]}),
    "absences": ("person", {"fields": "Lý do", "valid_to": ["2024-08-31", "2024-09-30"]}),
    "accounts": ("account", {"fields": "E-mail, Mã cán bộ"}),
}
NEW = {
    "units": (
        ("phong-8", "Phòng 8", "Phòng", "lang-son", "01/02/2025"),
        ("phong-9", "Phòng 9", "Phòng", "lang-son", "01/02/2025"),
    ),
    "accounts": (("moi.mot", "Người mới một"), ("moi.hai", "Người mới hai")),
}
OF_A_RECORD = {"postings", "classifications", "pipeline", "absences"}


@pytest.mark.parametrize("kind", CASES)
async def test_a_changed_row_has_its_entry(world: World, kind: str) -> None:
    there, brought, _ = CASES[kind]
    actor = await (world.actor("administrator") if kind == "accounts" else officer(world))
    await bring_in(world, actor, kind, sheet(kind, *there))
    before = len(await logged())
    run = await bring_in(world, actor, kind, sheet(kind, *brought[:3]))
    (entry,) = (await logged())[before:]
    object_kind, detail = WANTED[kind]
    record = {"record": entry[2].pop("record")} if kind in OF_A_RECORD else {}
    assert (entry[0], entry[2]) == (object_kind, {"kind": kind, "source": run.id, **detail})
    assert {*detail, *record, "kind", "source"} <= set(labels.DETAILS)
    assert object_kind in labels.OBJECTS
    if object_kind == "person" and kind != "people":
        assert entry[1] == world.ids["anh"]
    assert (await verify()).whole


async def test_the_entry_names_the_row_that_was_changed(world: World) -> None:
    actor = await officer(world)
    absence = ("KS0001", "01/03/2024", "31/08/2024", "Đi học")
    await bring_in(world, actor, "absences", sheet("absences", absence))
    changed = (*absence[:2], "30/09/2024", absence[3])
    await bring_in(world, actor, "absences", sheet("absences", changed))
    row = await LongAbsence.objects().first()
    assert row is not None
    assert [detail["record"] for *_, detail in await logged()] == [row.id]


async def test_a_posting_beside_says_so_in_the_log(world: World) -> None:
    actor = await officer(world)
    beside = ("KS0001", "phong-1", "Kiểm sát viên", "01/01/2024", "", "Kiêm nhiệm")
    await bring_in(world, actor, "postings", sheet("postings", beside))
    posting = await Posting.objects().get(Posting.person == world.ids["anh"])
    assert posting is not None
    assert [(object_id, d["record"], d["main"]) for _, object_id, d in await logged()] == [
        (world.ids["anh"], posting.id, [True, False])
    ]


async def test_a_new_person_or_one_who_stays_leaves_no_entry_of_its_own(world: World) -> None:
    actor = await officer(world)
    await bring_in(world, actor, "people", sheet("people", PERSON))
    await bring_in(world, actor, "people", sheet("people", PERSON))
    assert (await logged(), await logged("imports.add")) == ([], [])


@pytest.mark.parametrize(("kind", "object_kind"), [("units", "unit"), ("accounts", "account")])
async def test_a_new_unit_or_account_has_its_entry_once(
    world: World, kind: str, object_kind: str
) -> None:
    actor = await (world.actor("administrator") if kind == "accounts" else officer(world))
    table = Account if kind == "accounts" else Unit
    old = {row["id"] for row in await table.raw(f"SELECT id FROM {table._meta.tablename}")}
    rows = NEW[kind]
    run = await bring_in(world, actor, kind, sheet(kind, *rows))
    await bring_in(world, actor, kind, sheet(kind, *rows))
    ids = {row["id"] for row in await table.raw(f"SELECT id FROM {table._meta.tablename}")} - old
    assert await logged("imports.add") == [
        (object_kind, one, {"kind": kind, "source": run.id}) for one in sorted(ids)
    ]
    assert len(ids) == 2
    assert "imports.add" in labels.ACTIONS
    assert (await verify()).whole


async def test_the_log_of_a_person_leads_to_the_imports(world: World) -> None:
    async with world.client("auditor") as browser:
        pages = [
            (await browser.get(f"/audit?kind={kind}&id=1")).text for kind in ("person", "unit")
        ]
        imports = await browser.get("/audit?action=imports.apply")
    assert ['href="/audit?action=imports.apply"' in page for page in pages] == [True, False]
    assert imports.status_code == 200


async def test_an_entry_keeps_no_value_of_an_account(world: World) -> None:
    actor = await world.actor("administrator")
    row = ("staff", "Tên khác", "dia-chi@example.vn", "")
    await bring_in(world, actor, "accounts", sheet("accounts", row))
    account = await Account.objects().get(Account.login == "staff")
    assert account is not None
    ((kind, object_id, detail),) = await logged()
    assert (kind, object_id) == ("account", account.id)
    assert "example" not in json.dumps(detail)
    assert "Tên khác" not in json.dumps(detail, ensure_ascii=False)


async def test_many_changes_cost_as_many_statements_as_one(world: World) -> None:
    actor = await officer(world)
    rows = [(f"KS8{n:03d}", f"Nông Văn {chr(65 + n)}", *PERSON[2:]) for n in range(20)]
    await bring_in(world, actor, "people", sheet("people", *rows))
    counts = []
    for ethnicity, some in (("Nùng", rows[:1]), ("Dao", rows)):
        file = sheet("people", *((*row[:4], ethnicity, *row[5:]) for row in some))
        with world.count_queries() as counted:
            await bring_in(world, actor, "people", file)
        counts.append(counted.count)
    assert counts[0] == counts[1]
    assert len(await logged()) == 21
    assert (await verify()).whole
