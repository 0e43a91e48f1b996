"""The personnel officer's forms of people themselves: somebody new, and data put right."""

from __future__ import annotations

import asyncio
import html
import json
import re
from datetime import date
from typing import Any

import pytest

from app.accounts import actions as accounts
from app.audit.tables import AuditEntry
from app.kernel.actor import Role
from app.kernel.vietnamese import person_order_key
from app.nominations.tables import Nomination
from app.organization.tables import Person, Posting
from tests.cast import START
from tests.conftest import Browser, World
from tests.finished_round import finish

pytestmark = pytest.mark.anyio

NEW = {
    "staff_code": "KS0100",
    "full_name": "  Vi\u0323 Va\u0306n  Phúc ",
    "birth_date": "05.03.1990",
    "sex": "male",
    "ethnicity": "Nùng",
    "staff_category": "civil_servant",
    "recruited_on": "1/9/2014",
    "unit": "phong-1",
    "post": "Chuyên viên",
    "valid_from": "01/07/2025",
}


async def entries(action: str) -> list[tuple[int, dict[str, Any]]]:
    rows = (
        await AuditEntry.select(AuditEntry.object_id, AuditEntry.detail)
        .where(AuditEntry.action == f"organization.{action}", AuditEntry.object_kind == "person")
        .order_by(AuditEntry.id)
    )
    return [(row["object_id"], json.loads(row["detail"])) for row in rows]


async def person(person_id: int) -> dict[str, Any]:
    row: dict[str, Any] | None = await Person.select().where(Person.id == person_id).first()
    assert row is not None
    return row


async def opened(browser: Browser, person_id: int) -> dict[str, str]:
    """The fields of the form as it came, with a reason chosen."""
    text = (await browser.get(f"/people/{person_id}/edit")).text
    fields = dict(re.findall(r'name="(\w+)" type="text" value="([^"]*)"', text))
    fields |= dict(re.findall(r'name="(version)" value="([^"]*)"', text))
    fields |= dict(re.findall(r'name="(sex)" value="(\w+)" checked', text))
    category = re.search(r'<option value="(\w+)" selected', text)
    assert category
    fields = {name: html.unescape(value) for name, value in fields.items()}
    return {**fields, "staff_category": category[1], "why": "typing_error"}


async def test_somebody_new_with_a_first_posting(world: World) -> None:
    async with world.client("personnel") as browser:
        assert 'href="/people/new"' in (await browser.get("/people")).text
        answer = await browser.form("/people", NEW)
        assert answer.status_code == 303, answer.text
        person_id = int(answer.headers["location"].rpartition("/")[2])
        text = (await browser.get(f"/people/{person_id}")).text
        found = (await browser.get("/people?q=phu vi")).text
    for part in ("Vị Văn Phúc", "KS0100", "05/03/1990", "01/09/2014", "Chuyên viên", "Phòng 1"):
        assert part in text
    assert "Vị Văn Phúc" in found
    row = await person(person_id)
    assert (row["search_key"], row["order_key"]) == (
        "vi van phuc",
        person_order_key("Vị Văn Phúc"),
    )
    posting = await Posting.select().where(Posting.person == person_id)
    assert [(p["unit"], p["is_main"], p["valid_from"], p["valid_to"]) for p in posting] == [
        (world.ids["phong_1"], True, date(2025, 7, 1), None)
    ]
    assert await entries("add_person") == [
        (
            person_id,
            {"code": "KS0100", "unit": world.ids["phong_1"], "valid_from": "2025-07-01"},
        )
    ]


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("birth_date", "05/03/2960", "Năm 2960 không hợp lý"),
        ("birth_date", "31/02/1990", "dd/mm/yyyy"),
        ("birth_date", "11/11/2025", "ở tương lai"),
        ("birth_date", "05/03/2005", ""),
        ("recruited_on", "01/09/1999", "đủ 15 tuổi"),
        ("full_name", "Vi Văn 2", "chữ số"),
        ("staff_code", "KS 0100", "khoảng trắng"),
        ("staff_code", "KS0001", "đã được dùng"),
        ("sex", "", "chọn một mục"),
        ("ethnicity", "x" * 41, "Tối đa 40"),
        ("unit", "không có", "Không tìm thấy đơn vị"),
        ("valid_from", "01/01/2020", "chỉ tồn tại từ ngày 01/01/2024"),
        ("post", "", "Vui lòng nhập"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(
    world: World, field: str, typed: str, says: str
) -> None:
    expected = "recruited_on" if (field, typed) == ("birth_date", "05/03/2005") else field
    async with world.client("personnel") as browser:
        answer = await browser.form("/people", {**NEW, field: typed})
    assert answer.status_code == 422
    error = re.search(f'id="f-{expected}-error">.*?<span>(.*?)</span>', answer.text, re.DOTALL)
    assert error
    assert says in html.unescape(error[1])
    for name in ("staff_code", "birth_date", "recruited_on", "unit", "post"):
        assert f'value="{typed if name == field else NEW[name]}"' in answer.text
    assert await Person.count() == 5


async def test_a_namesake_born_the_same_day_needs_a_tick(world: World) -> None:
    twin = {**NEW, "full_name": "Hoang Van Anh", "birth_date": "10/01/1985"}
    async with world.client("personnel") as browser:
        asked = await browser.form("/people", twin)
        assert asked.status_code == 422
        assert f'href="/people/{world.ids["anh"]}"' in asked.text
        assert 'name="another" value="yes"' in asked.text
        assert (await browser.form("/people", {**twin, "another": "yes"})).status_code == 303
    assert await Person.count() == 6


async def test_who_may_write_people_does_so_over_their_units_only(world: World) -> None:
    account = await accounts.create_account(
        None, login="to-chuc-cb", name="Tổ chức Cao Bằng", password=world.password, now=world.now
    )
    await accounts.grant(
        None, account, Role.PERSONNEL_OFFICER, world.ids["cao_bang"], START, now=world.now
    )
    theirs, other = f"/people/{world.ids['em']}/edit", f"/people/{world.ids['anh']}/edit"
    async with world.client("to-chuc-cb") as browser:
        refused = await browser.form("/people", NEW)
        assert (refused.status_code, "ngoài phạm vi" in refused.text) == (422, True)
        # That somebody of another province has this name and birth date is not told.
        twin = {
            **NEW,
            "full_name": "Hoàng Văn Ánh",
            "birth_date": "10/01/1985",
            "unit": "cb-kv-1",
        }
        assert (await browser.form("/people", twin)).status_code == 303
        assert [(await browser.get(path)).status_code for path in (theirs, other)] == [200, 404]
        assert (await browser.form(other, NEW)).status_code == 404
    async with world.client("officer") as browser:
        assert (await browser.get("/people/new")).status_code == 404
        assert "/people/new" not in (await browser.get("/people")).text
        assert "/edit" not in (await browser.get(f"/people/{world.ids['anh']}")).text


async def test_a_name_put_right_is_found_and_old_dossiers_keep_theirs(world: World) -> None:
    finished = await finish(world)
    anh = world.ids["anh"]
    kept = await Nomination.select(Nomination.name).where(Nomination.id == finished.own).first()
    assert kept is not None
    async with world.client("personnel") as browser:
        fields = await opened(browser, anh)
        answer = await browser.form(
            f"/people/{anh}/edit",
            {**fields, "full_name": "Hoàng Vân Yến", "birth_date": "11/01/1985"},
        )
        assert answer.status_code == 303, answer.text
        assert f'href="/people/{anh}"' in (await browser.get("/people?q=ye va")).text
        assert f'href="/people/{anh}"' not in (await browser.get("/people?q=anh")).text
    row = await person(anh)
    assert (row["search_key"], row["order_key"]) == (
        "hoang van yen",
        person_order_key("Hoàng Vân Yến"),
    )
    assert await entries("correct_person") == [
        (
            anh,
            {
                "why": "typing_error",
                "fields": "full_name, birth_date",
                "name": ["Hoàng Văn Ánh", "Hoàng Vân Yến"],
            },
        )
    ]
    dossiers = f"/rounds/{world.ids['round_2025']}/nominations"
    async with world.client("secretary", now=world.at("2025-12-20")) as browser:
        old = await browser.get(f"{dossiers}?q=hoang van anh")
        new = await browser.get(f"{dossiers}?q=yen")
        register = await browser.get("/certificates?q=hoang van anh")
    link = f'href="/nominations/{finished.own}"'
    assert (link in old.text, link in new.text) == (True, False)
    assert kept["name"] in register.text
    async with world.client("auditor") as browser:
        entry = await AuditEntry.select(AuditEntry.id).where(
            AuditEntry.action == "organization.correct_person"
        )
        told = (await browser.get(f"/audit/{entry[0]['id']}")).text
    assert "Hoàng Văn Ánh → Hoàng Vân Yến" in html.unescape(told)
    assert "Họ và tên, Ngày sinh" in told
    # Tokens and hashes hold any digits.
    assert "1985" not in re.sub(r"[0-9a-f]{32,}", "", told)


async def test_the_second_of_two_sees_what_changed_and_keeps_the_text(world: World) -> None:
    anh = world.ids["anh"]
    path = f"/people/{anh}/edit"
    async with world.client("personnel") as first, world.client("administrator") as second:
        one, two = await opened(first, anh), await opened(second, anh)
        assert (await first.form(path, {**one, "ethnicity": "Nùng"})).status_code == 303
        # A second click of the same is no conflict and no second entry.
        assert (await first.form(path, {**one, "ethnicity": "Nùng"})).status_code == 303
        typed = {**two, "full_name": "Hoàng Văn Anh"}
        stale = await second.form(path, typed)
        assert stale.status_code == 409
        assert "Có người vừa sửa" in stale.text
        assert 'value="Hoàng Văn Anh"' in stale.text
        told = stale.text.partition("Nội dung đang lưu")[2].partition("</dl>")[0]
        assert re.findall(r"<dd>(.*?)</dd>", told) == ["Hoàng Văn Ánh", "Nùng"]
        version = re.search(r'name="version" value="([^"]*)"', stale.text)
        assert version
        again = {**typed, "ethnicity": "Nùng", "version": version[1]}
        assert (await second.form(path, again)).status_code == 303
    row = await person(anh)
    assert (row["full_name"], row["ethnicity"]) == ("Hoàng Văn Anh", "Nùng")
    assert [detail["fields"] for _, detail in await entries("correct_person")] == [
        "ethnicity",
        "full_name",
    ]


async def test_a_correction_is_refused_like_somebody_new(world: World) -> None:
    anh = world.ids["anh"]
    path = f"/people/{anh}/edit"
    async with world.client("personnel") as browser:
        fields = await opened(browser, anh)
        taken = await browser.form(path, {**fields, "staff_code": "KS0002"})
        twin = await browser.form(
            path, {**fields, "full_name": "Lý Thị Bình", "birth_date": "10/02/1985"}
        )
        reason = await browser.form(path, {**fields, "why": "ended", "ethnicity": "Kinh"})
    assert [a.status_code for a in (taken, twin, reason)] == [422] * 3
    assert 'id="f-staff_code-error"' in taken.text
    assert f'href="/people/{world.ids["binh"]}"' in twin.text
    assert 'id="f-why-error"' in reason.text
    assert (await person(anh))["ethnicity"] == "Tày"


async def test_two_clicks_at_once_make_one_person(world: World) -> None:
    async with world.client("personnel") as browser:
        await browser.get("/people/new")
        answers = await asyncio.gather(*(browser.form("/people", NEW) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    assert await Person.count() == 6
