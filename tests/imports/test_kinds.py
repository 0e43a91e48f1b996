"""Each kind through check and application: new, then unchanged, then changed."""

from __future__ import annotations

from datetime import date

import pytest

from app.accounts.tables import Account
from app.audit.tables import AuditEntry
from app.organization.tables import Person, Posting, Unit, UnitVersion, YearlyClassification
from tests.conftest import World
from tests.imports.given import PERSON, bring_in, check, officer, sheet, workbook

pytestmark = pytest.mark.anyio


def counted(new: int = 0, changed: int = 0, unchanged: int = 0) -> dict[str, int]:
    return {"new": new, "changed": changed, "unchanged": unchanged, "refused": 0}


async def test_people_new_unchanged_changed(world: World) -> None:
    actor = await officer(world)
    second = ("KS9002", "Lò Văn Bính", date(1988, 2, 29), "Nam", "Thái", "Viên chức", "01/9/2012")
    run = await bring_in(world, actor, "people", workbook("people", PERSON, second))
    assert (run.state, run.counts) == ("done", counted(new=2))
    person = await Person.select().where(Person.staff_code == "KS9002").first()
    assert person is not None
    del person["id"]
    assert person == {
        "staff_code": "KS9002",
        "full_name": "Lò Văn Bính",
        "search_key": "lo van binh",
        "order_key": person["order_key"],
        "birth_date": date(1988, 2, 29),
        "sex": "male",
        "ethnicity": "Thái",
        "staff_category": "public_employee",
        "recruited_on": date(2012, 9, 1),
    }
    again = await bring_in(
        world, actor, "people", sheet("people", PERSON, (*second[:4], "Mường", *second[5:]))
    )
    assert again.counts == counted(changed=1, unchanged=1)
    assert await Person.select(Person.ethnicity).where(Person.staff_code == "KS9002") == [
        {"ethnicity": "Mường"}
    ]


async def test_names_come_in_composed_and_tidy(world: World) -> None:
    actor = await officer(world)
    typed = (PERSON[0], "  Nguyê\u0303n   Thị  A\u0301nh ", *PERSON[2:])
    await bring_in(world, actor, "people", sheet("people", typed))
    assert await Person.select(Person.full_name).where(Person.staff_code == PERSON[0]) == [
        {"full_name": "Nguyễn Thị Ánh"}
    ]


async def test_units_new_renamed_dissolved(world: World) -> None:
    actor = await officer(world)
    new = (
        ("tinh-a", "Viện tỉnh A", "Cấp tỉnh", "root", "01/07/2025", "", ""),
        ("phong-a", "Phòng A", "Phòng", "tinh-a", "01/07/2025", "", ""),
    )
    run = await bring_in(world, actor, "units", sheet("units", *reversed(new)))
    assert run.counts == counted(new=2)
    renamed = (*new[1][:1], "Phòng Tổng hợp", *new[1][2:5], "01/10/2025", "31/10/2025")
    run = await bring_in(world, actor, "units", sheet("units", new[0], renamed))
    assert run.counts == counted(changed=1, unchanged=1)
    unit = await Unit.objects().get(Unit.code == "phong-a")
    assert unit is not None
    assert (unit.kind, unit.founded_on, unit.dissolved_on) == (
        "room",
        date(2025, 7, 1),
        date(2025, 10, 31),
    )
    versions = (
        await UnitVersion.select(
            UnitVersion.name, UnitVersion.parent.code, UnitVersion.valid_from, UnitVersion.valid_to
        )
        .where(UnitVersion.unit == unit.id)
        .order_by(UnitVersion.valid_from)
    )
    assert [tuple(version.values()) for version in versions] == [
        ("Phòng A", "tinh-a", date(2025, 7, 1), date(2025, 9, 30)),
        ("Phòng Tổng hợp", "tinh-a", date(2025, 10, 1), date(2025, 10, 31)),
    ]


async def test_a_name_put_right_on_its_first_day_leaves_one_version(world: World) -> None:
    actor = await officer(world)
    row = ("phong-1", "Phòng số 1", "Phòng", "", "01/01/2024", "01/01/2024", "")
    run = await bring_in(world, actor, "units", sheet("units", row))
    assert run.counts == counted(changed=1)
    names = await UnitVersion.select(UnitVersion.name).where(
        UnitVersion.unit == world.ids["phong_1"]
    )
    assert names == [{"name": "Phòng số 1"}]


async def test_postings_end_and_begin_in_one_file(world: World) -> None:
    actor = await officer(world)
    old = ("KS0001", "phong-1", "Kiểm sát viên", "01/01/2024", "30/06/2025", "Chính")
    new = ("KS0001", "kv-1", "Kiểm sát viên", "01/07/2025", "", "Chính")
    beside = ("KS0001", "lang-son", "Ủy viên", "01/07/2025", "", "Kiêm nhiệm")
    run = await bring_in(world, actor, "postings", sheet("postings", new, beside, old))
    assert run.counts == counted(new=2, changed=1)
    rows = (
        await Posting.select(Posting.unit, Posting.is_main, Posting.valid_to)
        .where(Posting.person == world.ids["anh"])
        .order_by(Posting.valid_from, Posting.is_main)
    )
    assert [tuple(row.values()) for row in rows] == [
        (world.ids["phong_1"], True, date(2025, 6, 30)),
        (world.ids["lang_son"], False, None),
        (world.ids["kv_1"], True, None),
    ]
    again = await check(world, actor, "postings", sheet("postings", new, beside, old))
    assert again.counts == counted(unchanged=3)


async def test_classifications(world: World) -> None:
    actor = await officer(world)
    rows = (("KS0001", 2023, "HTXSNV"), ("KS0001", 2024, "Hoàn thành nhiệm vụ"))
    same = ("KS0002", "2024", "hoan thanh tot nhiem vu")
    run = await bring_in(world, actor, "classifications", workbook("classifications", *rows, same))
    assert run.counts == counted(new=1, changed=1, unchanged=1)
    levels = (
        await YearlyClassification.select(YearlyClassification.year, YearlyClassification.level)
        .where(YearlyClassification.person == world.ids["anh"])
        .order_by(YearlyClassification.year)
    )
    assert [tuple(row.values()) for row in levels] == [
        (2023, "excellent"),
        (2024, "fair"),
        (2025, "good"),
    ]


async def test_accounts_come_without_a_password(world: World) -> None:
    actor = await world.actor("administrator")
    rows = (
        ("KS0002", "Lý Thị Bình", "binh@example.vn", "KS0002"),
        ("staff", "Hoàng Văn Ánh", "", "KS0001"),
    )
    run = await bring_in(world, actor, "accounts", sheet("accounts", *rows))
    assert run.counts == counted(new=1, unchanged=1)
    account = await Account.objects().get(Account.login == "ks0002")
    assert account is not None
    assert (account.email, account.person, account.active) == (
        "binh@example.vn",
        world.ids["binh"],
        True,
    )
    async with world.client() as browser:
        answer = await browser.form("/sign-in", {"login": "ks0002", "password": ""})
        assert answer.status_code == 422


async def test_the_log_has_one_entry_per_application_with_its_counts(world: World) -> None:
    actor = await officer(world)
    run = await bring_in(world, actor, "people", sheet("people", PERSON))
    entries = await AuditEntry.select(AuditEntry.detail, AuditEntry.actor_name).where(
        AuditEntry.action == "imports.apply", AuditEntry.object_id == run.id
    )
    assert entries == [
        {
            "detail": '{"changed": 0, "kind": "people", "new": 1, "refused": 0, "unchanged": 0}',
            "actor_name": "Cán bộ tổ chức",
        }
    ]
