"""Each bad line is named by its number, column and value, and nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from app.imports import actions
from app.imports.tables import ImportRun
from app.kernel.refusal import NotVisible, Refused
from app.organization import actions as organization
from app.organization.tables import Person, Posting, Unit
from tests.conftest import World
from tests.imports.given import PERSON, check, officer, said, sheet

pytestmark = pytest.mark.anyio


def person(**changes: str) -> tuple[str, ...]:
    places = {"code": 0, "name": 1, "born": 2, "sex": 3, "category": 5, "recruited": 6}
    row = list(PERSON)
    for name, value in changes.items():
        row[places[name]] = value
    return tuple(row)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (person(born="05/03/2960"), ("Ngày sinh", "05/03/2960", "Năm 2960 không hợp lý")),
        (person(born="05/03/2026"), ("Ngày sinh", "05/03/2026", "Ngày này ở tương lai")),
        (person(born="31/02/1990"), ("Ngày sinh", "31/02/1990", "Vui lòng nhập ngày theo dạng")),
        (person(born=""), ("Ngày sinh", "", "Ô này không được để trống")),
        (person(sex="Khác"), ("Giới tính", "Khác", "Cần là một trong: Nữ; Nam.")),
        (person(name="Nguyễn 2"), ("Họ và tên", "Nguyễn 2", "Họ và tên không được có chữ số")),
        (person(code="KS 1"), ("Mã cán bộ", "KS 1", "Mã chỉ gồm chữ, số")),
        (person(recruited="01/01/1999"), ("Ngày tuyển dụng", "01/01/1999", "Ngày tuyển dụng")),
    ],
)
async def test_a_bad_person(
    world: World, row: Sequence[str], problem: tuple[str, str, str]
) -> None:
    actor = await officer(world)
    before = await Person.count()
    run = await check(world, actor, "people", sheet("people", person(code="KS9009"), row))
    ((number, column, value, words),) = [line for line in said(run) if line[0] == 3][:1]
    assert (number, column, value) == (3, *problem[:2])
    assert words.startswith(problem[2])
    assert (run.state, run.counts["refused"], await Person.count()) == ("refused", 1, before)
    with pytest.raises(Refused) as refused:
        await actions.order_application(run.id, actor=actor, now=world.now)
    assert refused.value.refusal.code == "not-ready"


async def test_a_code_twice_in_one_file(world: World) -> None:
    """The person is told of once: the same code is no namesake."""
    actor = await officer(world)
    run = await check(world, actor, "people", sheet("people", PERSON, PERSON))
    assert said(run) == [
        (3, "Mã cán bộ", "KS9001", "Trùng với dòng 2 trong tệp; vui lòng chỉ giữ một dòng.")
    ]
    assert run.state == "refused"


UNIT = ("tinh-a", "Viện tỉnh A", "Cấp tỉnh", "root", "01/07/2025", "", "")


def unit(**changes: str) -> tuple[str, ...]:
    places = {"code": 0, "name": 1, "parent": 3, "founded": 4, "effective": 5, "dissolved": 6}
    row = list(UNIT)
    for name, value in changes.items():
        row[places[name]] = value
    return tuple(row)


LANG_SON = unit(code="lang-son", name="Viện kiểm sát nhân dân tỉnh Lạng Sơn", founded="01/01/2024")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([unit(parent="khong-co")], "Không có đơn vị mang mã này"),
        ([unit(parent="")], "Đơn vị mới phải có mã đơn vị cấp trên"),
        ([unit(code="a", parent="b"), unit(code="b", parent="a")], "Vòng lặp trong cây đơn vị"),
        ([unit(code="a", parent="a")], "Vòng lặp trong cây đơn vị: a → a"),
        (
            [(*LANG_SON[:3], "phong-1", "01/01/2024", "01/10/2025", "")],
            "Vòng lặp trong cây đơn vị: lang-son → phong-1 → lang-son",
        ),
        ([unit(parent="lang-son", founded="01/01/2020")], "Đơn vị cấp trên không tồn tại"),
        ([(*LANG_SON[:1], "Tên mới", *LANG_SON[2:])], "Tên hoặc cấp trên khác với dữ liệu"),
        ([(*LANG_SON[:6], "31/10/2025")], "Còn đơn vị trực thuộc sau ngày này"),
        ([unit(dissolved="01/01/2020")], "Ngày giải thể không được trước ngày thành lập"),
        ([unit(code="phong-1", founded="01/01/2020")], "Khác với dữ liệu (01/01/2024)"),
    ],
)
async def test_a_bad_unit(world: World, rows: list[tuple[str, ...]], code: str) -> None:
    actor = await officer(world)
    before = await Unit.count()
    run = await check(world, actor, "units", sheet("units", *rows))
    assert run.state == "refused", said(run)
    words = said(run)[0][3]
    assert words.startswith(code), words
    assert await Unit.count() == before


async def test_a_refused_parent_takes_its_children_along(world: World) -> None:
    actor = await officer(world)
    rows = (
        unit(code="c", parent="b"),
        unit(code="b", parent="a"),
        unit(code="a", founded="01/01/2960"),
    )
    run = await check(world, actor, "units", sheet("units", *rows))
    assert sorted((line[0], line[1]) for line in said(run)) == [
        (2, "Mã đơn vị cấp trên"),
        (3, "Mã đơn vị cấp trên"),
        (4, "Ngày thành lập"),
    ]


POSTING = ("KS0002", "kv-1", "Kiểm sát viên", "01/07/2025", "", "Chính")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("KS7777", *POSTING[1:]), "Không có cán bộ mang mã này"),
        ((POSTING[0], "khong-co", *POSTING[2:]), "Không có đơn vị mang mã này"),
        (POSTING, "Trùng thời gian với vị trí chính có từ 01/01/2024"),
        ((*POSTING[:4], "01/01/2025", "Kiêm nhiệm"), "Đến ngày không được trước Từ ngày"),
        ((*POSTING[:3], "01/01/2020", "", "Kiêm nhiệm"), "Đơn vị chỉ tồn tại từ ngày 01/01/2024"),
    ],
)
async def test_a_bad_posting(world: World, row: tuple[str, ...], words: str) -> None:
    actor = await officer(world)
    before = await Posting.count()
    run = await check(world, actor, "postings", sheet("postings", row))
    assert (run.state, run.counts["refused"]) == ("refused", 1)
    assert said(run)[0][3].startswith(words), said(run)
    assert await Posting.count() == before


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("moi", "Tên", "staff@x.vn", "KS0001"), "Đã được dùng cho một tài khoản khác"),
        (("có dấu", "Tên", "", ""), "Tên đăng nhập gồm chữ không dấu"),
        (("x@y.vn", "Tên", "", ""), "Tên đăng nhập gồm chữ không dấu, số và các dấu . _ - (không"),
        (("moi", "Tên", "khong-phai", ""), "Địa chỉ e-mail không đúng dạng"),
        (("administrator", "Tên khác", "", ""), "Không tự thay đổi được tài khoản"),
    ],
)
async def test_a_bad_account(world: World, row: tuple[str, ...], words: str) -> None:
    actor = await world.actor("administrator")
    run = await check(world, actor, "accounts", sheet("accounts", row))
    assert said(run)[0][3].startswith(words), said(run)
    assert run.state == "refused"


async def test_an_officer_writes_only_about_the_own_units(world: World) -> None:
    actor = await officer(world, "lang_son")
    em = ("KS0005", "Bế Văn Em", "10/05/1985", "Nam", "Kinh", "Công chức", "04/01/2010")
    run = await check(world, actor, "people", sheet("people", em))
    assert said(run)[0][3].startswith("Người này thuộc đơn vị ngoài phạm vi")
    run = await check(world, actor, "units", sheet("units", unit(parent="cao-bang")))
    assert said(run)[0][3].startswith("Đơn vị cấp trên ngoài phạm vi")
    into = ("KS0001", "cb-kv-1", "Kiểm sát viên", "01/07/2025", "", "Kiêm nhiệm")
    run = await check(world, actor, "postings", sheet("postings", into))
    assert said(run)[0][3].startswith("Đơn vị này ngoài phạm vi")
    # Who is called the same in another province is none of this officer's business.
    same = person(name="Bế Văn Em", born="10/05/1985")
    assert said(await check(world, actor, "people", sheet("people", same))) == []


async def test_who_may_import_what(world: World) -> None:
    personnel, administrator = await officer(world), await world.actor("administrator")
    level = sheet("classifications", ("KS0001", 2025, "HTNV"))
    for actor, kind in (
        (personnel, "accounts"),
        (administrator, "classifications"),
        (await world.actor("secretary"), "people"),
        (personnel, "khac"),
    ):
        with pytest.raises(NotVisible):
            await actions.upload(kind, level, "t.csv", actor=actor, now=world.now)
    assert await ImportRun.count() == 0


async def test_a_unit_that_was_absorbed_is_not_called_dissolved(world: World) -> None:
    actor = await officer(world)
    kv_1, phong_1 = world.ids["kv_1"], world.ids["phong_1"]
    await organization.absorb(
        [kv_1], phong_1, "", date(2025, 7, 1), people="later", actor=actor, now=world.now
    )
    line = unit(code="kv-1", parent="lang-son", founded="01/01/2024")
    for kind, row in (("units", line), ("postings", (*POSTING[:5], "Kiêm nhiệm"))):
        run = await check(world, actor, kind, sheet(kind, row))
        words = said(run)[0][3]
        assert words.startswith("Đơn vị đã kết thúc hoạt động ngày 30/06/2025"), words
