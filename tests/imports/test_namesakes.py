"""One name and birth date under two codes is refused until somebody says that it is two people."""

from __future__ import annotations

import time
from itertools import permutations

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from app.imports.rules.namesakes import Someone, judge, lines_by_key, same_name
from app.imports.rules.problems import Problems
from app.imports.rules.reading import Parsed
from app.kernel.vietnamese import search_key
from app.organization.tables import Person
from tests.conftest import World
from tests.imports.given import PERSON, apply, bring_in, check, officer, said, sheet

pytestmark = pytest.mark.anyio

NAME, COLUMN = PERSON[1], "Người khác trùng tên"
ANH = ("KS0001", "Hoàng Văn Ánh", "10/01/1985", "Nam", "Kinh", "Công chức", "04/01/2010")
AS_LINE_2 = (
    "Cùng họ tên và ngày sinh với dòng 2. Nếu là một người, vui lòng chỉ giữ một dòng;"
    f" nếu đúng là hai người, ghi x vào cột “{COLUMN}”."
)


def as_somebody(code: str) -> str:
    return (
        f"Cùng họ tên và ngày sinh với người có mã {code}. Nếu là một người, vui lòng dùng mã đó"
        f" hoặc xóa dòng này; nếu đúng là người khác, ghi x vào cột “{COLUMN}”."
    )


def twin(code: str, *, name: str = NAME, born: str = PERSON[2], mark: str = "") -> tuple[str, ...]:
    return (code, name, born, *PERSON[3:], mark)


@pytest.mark.parametrize(
    "name",
    [NAME, NAME.upper(), NAME.lower(), "Nguyê\u0303n  Thị Minh A\u0301nh", "Nguyễn Thị Minh Ánh "],
)
async def test_two_lines_of_one_person(world: World, name: str) -> None:
    actor = await officer(world)
    before = await Person.count()
    run = await check(world, actor, "people", sheet("people", PERSON, twin("KS9002", name=name)))
    assert [(line[:2], line[3]) for line in said(run)] == [((3, "Họ và tên"), AS_LINE_2)]
    assert (run.state, run.counts["refused"], run.counts["new"]) == ("refused", 1, 1)
    assert await Person.count() == before


async def test_somebody_known_under_another_code(world: World) -> None:
    actor = await officer(world)
    run = await check(world, actor, "people", sheet("people", ("KS9003", *ANH[1:])))
    assert said(run) == [(2, "Họ và tên", "Hoàng Văn Ánh", as_somebody("KS0001"))]
    assert run.state == "refused"


@pytest.mark.parametrize("marked", [(False, True), (True, False), (True, True)])
@pytest.mark.parametrize("mark", ["x", "X"])
async def test_two_people_by_their_mark(world: World, marked: tuple[bool, bool], mark: str) -> None:
    actor = await officer(world)
    codes = ("KS9001", "KS9002")
    rows = [twin(c, mark=mark if m else "") for c, m in zip(codes, marked, strict=True)]
    run = await bring_in(world, actor, "people", sheet("people", *rows))
    assert run.counts["new"] == 2
    assert await Person.count().where(Person.staff_code.is_in(list(codes))) == 2
    # Confirmed once: the same file, with or without the marks, is unchanged from now on.
    for again in (rows, [twin(code) for code in codes]):
        run = await check(world, actor, "people", sheet("people", *again))
        assert (run.counts["unchanged"], said(run)) == (2, [])
    # What else is said of them may change.
    changed = [(*twin(code)[:4], "Nùng", *PERSON[5:]) for code in codes]
    run = await bring_in(world, actor, "people", sheet("people", *changed))
    assert (run.counts["changed"], said(run)) == (2, [])


async def test_a_marked_line_is_told_of(world: World) -> None:
    actor = await officer(world)
    rows = (twin("KS9001"), twin("KS9002", mark="x"), (*("KS9003", *ANH[1:]), "x"))
    run = await check(world, actor, "people", sheet("people", *rows))
    assert [(row, words, p.refused) for (row, _, _, words), p in
            zip(said(run), run.problems, strict=True)] == [
        (3, "Cùng họ tên và ngày sinh với dòng 2, được ghi là người khác.", False),
        (4, "Cùng họ tên và ngày sinh với người có mã KS0001, được ghi là người khác.", False),
    ]  # fmt: skip
    assert run.state == "ready"


async def test_a_mark_is_a_cross(world: World) -> None:
    run = await check(
        world, await officer(world), "people", sheet("people", twin("KS9001", mark="không"))
    )
    assert said(run) == [(2, COLUMN, "không", "Ghi x hoặc để trống.")]


async def test_a_third_person_is_asked_for_as_well(world: World) -> None:
    actor = await officer(world)
    await bring_in(
        world, actor, "people", sheet("people", twin("KS9001"), twin("KS9002", mark="x"))
    )
    run = await check(world, actor, "people", sheet("people", twin("KS9003"), twin("KS9001")))
    assert said(run) == [(2, "Họ và tên", NAME, as_somebody("KS9002"))]


async def test_somebody_who_becomes_a_namesake(world: World) -> None:
    """A corrected birth date makes a new pair; a corrected spelling makes none."""
    actor = await officer(world)
    other = twin("KS9002", born="06/03/1990")
    await bring_in(world, actor, "people", sheet("people", PERSON, other))
    run = await check(world, actor, "people", sheet("people", twin("KS9002")))
    assert said(run) == [(2, "Họ và tên", NAME, as_somebody("KS9001"))]
    run = await check(world, actor, "people", sheet("people", twin("KS9002", mark="x")))
    assert (run.state, run.counts["changed"]) == ("ready", 1)
    await apply(world, actor, run.id)
    spelled = sheet("people", twin("KS9002", name=NAME.upper()))
    run = await check(world, actor, "people", spelled)
    assert (run.state, run.counts["changed"], said(run)) == ("ready", 1, [])


async def test_who_stops_being_a_namesake_in_the_same_file(world: World) -> None:
    actor = await officer(world)
    await bring_in(world, actor, "people", sheet("people", PERSON))
    rows = (twin("KS9002"), twin("KS9001", born="06/03/1990"))
    for file in permutations(rows):
        run = await check(world, actor, "people", sheet("people", *file))
        assert (run.state, run.counts["new"], run.counts["changed"]) == ("ready", 1, 1)


async def test_a_name_that_differs_in_its_marks_is_only_warned_of(world: World) -> None:
    actor = await officer(world)
    rows = (
        PERSON,
        twin("KS9002", name="Nguyễn Thị Minh Anh"),
        ("KS9003", "Hoang Van Anh", *ANH[2:]),
    )
    run = await check(world, actor, "people", sheet("people", *rows))
    assert [(line[0], line[3]) for line in said(run)] == [
        (3, "Cùng ngày sinh và họ tên chỉ khác dấu với dòng 2; vui lòng kiểm tra."),
        (4, "Cùng ngày sinh và họ tên chỉ khác dấu với người có mã KS0001; vui lòng kiểm tra."),
    ]
    assert run.state == "ready"


async def test_other_errors_hide_no_namesake(world: World) -> None:
    """All is told at once, and a line that is refused already is one to be like."""
    actor = await officer(world)
    spoilt = (*PERSON[:3], "Khác", *PERSON[4:])
    child = (*twin("KS9002")[:6], "01/01/1999")
    run = await check(world, actor, "people", sheet("people", spoilt, child))
    assert sorted(line[:2] for line in said(run)) == [
        (2, "Giới tính"),
        (3, "Họ và tên"),
        (3, "Ngày tuyển dụng"),
    ]


async def test_a_namesake_who_came_between_check_and_application(world: World) -> None:
    actor = await officer(world)
    run = await check(world, actor, "people", sheet("people", PERSON))
    await bring_in(world, actor, "people", sheet("people", twin("KS9002")))
    run = await apply(world, actor, run.id)
    assert run.error is not None
    assert (run.state, run.error.code) == ("refused", "data-changed")
    assert said(run) == [(2, "Họ và tên", NAME, as_somebody("KS9002"))]


async def test_nobody_out_of_reach_is_told_of(world: World) -> None:
    """Neither as a namesake, nor by whether a foreign code has the name that was typed."""
    local = await officer(world, "lang_son")
    em = ("Bế Văn Em", "10/05/1985", "Nam", "Kinh", "Công chức", "04/01/2010")
    run = await check(world, local, "people", sheet("people", ("KS9001", *em)))
    assert (run.state, said(run)) == ("ready", [])
    told = []
    for name in ("Bế Văn Em", "Bế Văn Ích"):
        rows = (("KS9001", name, *em[1:]), ("KS0005", name, *em[1:]))
        run = await check(world, local, "people", sheet("people", *rows))
        told.append([(line[0], line[3]) for line in said(run)])
    assert told[0] == told[1]
    assert [row for row, _ in told[0]] == [3]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hòa", "Hoà", True),
        ("Lê Thị THÚY", "Lê Thị Thuý", True),
        ("Khỏe", "Khoẻ", True),
        ("Quý", "Qúy", True),
        ("Nguyễn  Hoàng", "Nguyễn Hòang", True),
        ("Đỗ", "đỗ", True),
        ("Hòa", "Hóa", False),
        ("Hoa", "Hòa", False),
        ("Đan", "Dan", False),
        ("Thủy", "Thúy", False),
    ],
)
def test_when_two_names_are_one(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


CODES, NAMES, DAYS = "ABCD", ("Lê Hòa", "Lê Hoà", "Lê Hoa"), (1, 2)
ROWS = st.lists(
    st.tuples(st.sampled_from(CODES), st.sampled_from(NAMES), st.sampled_from(DAYS), st.booleans()),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row[0],
)
PEOPLE = st.dictionaries(
    st.sampled_from(CODES), st.tuples(st.sampled_from(NAMES), st.sampled_from(DAYS))
)


@drawn(ROWS, PEOPLE)
def test_what_is_let_in_has_no_pair_nobody_spoke_of(
    rows: list[tuple[str, str, int, bool]], people: dict[str, tuple[str, int]]
) -> None:
    """Two people of the outcome share name and day only if they did before or one has the mark."""
    parsed = Parsed(
        [(c, n, d, None, None, None, None, "x" if m else None) for c, n, d, m in rows],
        range(2, len(rows) + 2),
        Problems(),
    )
    groups = lines_by_key(parsed, dict(people))
    known: dict[tuple[str, object], list[Someone]] = {}
    for code, (name, day) in people.items():
        known.setdefault((search_key(name), day), []).append(Someone(code, name))
    judge(groups, known, parsed.problems)
    if parsed.problems.bad:
        return
    marked = {code for code, _, _, mark in rows if mark}
    after = people | {code: (name, day) for code, name, day, _ in rows}

    def fresh(code: str) -> bool:
        before = people.get(code)
        now = after[code]
        return before is None or before[1] != now[1] or not same_name(before[0], now[0])

    for one, other in permutations(after, 2):
        (name, day), (other_name, other_day) = after[one], after[other]
        if day == other_day and same_name(name, other_name) and fresh(one):
            assert marked & {one, other}


@pytest.mark.parametrize("mark", [None, "x"])
def test_a_file_of_one_name_is_judged_in_one_pass(mark: str | None) -> None:
    count = 50_000
    row = ("Lê Hòa", 1, None, None, None, None, mark)
    parsed = Parsed([(f"K{n}", *row) for n in range(count)], range(2, count + 2), Problems())
    started = time.process_time()
    judge(lines_by_key(parsed, {}), {}, parsed.problems)
    assert len(parsed.problems.bad) == (0 if mark else count - 1)
    assert time.process_time() - started < 10
