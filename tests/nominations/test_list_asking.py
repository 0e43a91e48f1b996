"""What the list can be asked for: units, registration, what is to be done, and every order."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from app.nominations import queries
from app.nominations.queries import Wanted
from app.nominations.rules import STATES
from app.nominations.rules.listing import SORT_KEYS, SORT_WORDS, NominationRow, sort_from
from app.nominations.tables import ItemReturn, Nomination, Registration, ScoreColumn
from app.organization.queries import units_matching
from app.organization.tables import Unit, UnitSuccession
from app.web.paging import Cursor
from tests.conftest import World
from tests.nominations import crowd
from tests.nominations.prepared import draft_collective, draft_person, freeze, submitted_person
from tests.nominations.routed import drafted, on_its_way, routed_round

pytestmark = pytest.mark.anyio
TODAY = date(2025, 11, 10)


async def found(
    world: World, login: str, wanted: Wanted, round_: str = "round_2025", today: date = TODAY
) -> list[int]:
    actor = await world.actor(login)
    page = await queries.nominations_page(world.ids[round_], actor, today, wanted)
    return [row.id for row in page.rows]


async def ask(
    world: World, nomination: int, due_on: date, *, answered: bool = False, item: str = "report"
) -> None:
    await ItemReturn(
        nomination=nomination,
        item=item,
        question="Bổ sung số liệu.",
        due_on=due_on,
        by=world.ids["account:appraiser"],
        at=world.now,
        answer="Đã bổ sung." if answered else "",
        answered_by=world.ids["account:officer"] if answered else None,
        answered_at=world.now if answered else None,
    ).save()


async def give_points(world: World, nomination: int, giver: str, *points: str) -> None:
    column = ScoreColumn(
        nomination=nomination,
        giver=giver,
        version=1,
        note="",
        by=world.ids["account:officer"],
        at=world.now,
    )
    await column.save()
    await ScoreColumn.raw(
        "INSERT INTO score_column_mark (score_column, criterion, points) SELECT {}, c.id, p.points"
        " FROM (SELECT id, row_number() OVER (ORDER BY position) AS n FROM criterion"
        " WHERE criteria_set = {} AND kind <> 'gate') c"
        " JOIN unnest({}::text[]::numeric[]) WITH ORDINALITY p (points, n) ON p.n = c.n",
        column.id,
        world.ids["set:individual"],
        list(points),
    )


async def test_a_unit_is_found_by_code_or_name_with_what_lies_below(world: World) -> None:
    of_room = await draft_person(world)
    of_region = await draft_person(world, "chi", "kv_1")
    collective = await draft_collective(world)
    cases = {
        "lang-son": [of_room, of_region, collective],
        "Phòng 1": [of_room],
        "kv-1": [of_region, collective],
        "cao bang": [],
        "khong co": [],
    }
    for typed, expected in cases.items():
        unit_ids = await units_matching(typed, TODAY)
        ids = await found(world, "officer", Wanted(unit_ids=unit_ids))
        assert sorted(ids) == expected, typed


async def test_the_dossiers_of_a_merged_unit_are_found_under_its_successor(world: World) -> None:
    made = await submitted_person(world, "em", "cb_kv_1")
    later = date(2025, 11, 12)
    assert await found(world, "secretary", Wanted(unit_ids={world.ids["lang_son"]})) == []
    await Unit.update({Unit.dissolved_on: later}).where(Unit.id == world.ids["cao_bang"])
    await UnitSuccession(
        predecessor=world.ids["cao_bang"],
        successor=world.ids["lang_son"],
        happened_on=later,
        event="merge",
    ).save()
    assert await found(world, "secretary", Wanted(unit_ids={world.ids["lang_son"]})) == [made]


async def test_registered_or_not_and_a_withdrawn_registration_is_none(world: World) -> None:
    registered = await draft_person(world)
    without = await draft_person(world, "binh")
    withdrawn = await draft_person(world, "chi", "kv_1")
    for person, gone in (("anh", False), ("chi", True)):
        await Registration(
            round=world.ids["round_2025"],
            subject="individual",
            person=world.ids[person],
            unit=world.ids["lang_son"],
            award_form=world.ids["award_form"],
            name=person,
            post="",
            unit_name="",
            search_key="",
            order_key="",
            goal="",
            by=world.ids["account:officer"],
            at=world.now,
            withdrawn_by=world.ids["account:officer"] if gone else None,
            withdrawn_at=world.now if gone else None,
        ).save()
    assert await found(world, "officer", Wanted(registered="yes")) == [registered]
    assert await found(world, "officer", Wanted(registered="no")) == [without, withdrawn]


async def test_the_award_form_is_asked_for_by_its_code(world: World) -> None:
    made = await draft_person(world)
    assert await found(world, "officer", Wanted(award_form="giay-khen")) == [made]
    assert await found(world, "officer", Wanted(award_form="bang-khen")) == []
    offered = await queries.offered(world.ids["round_2025"], await world.actor("officer"))
    assert offered.award_forms == {"giay-khen": "Giấy khen"}


async def test_items_sent_back_wait_for_the_unit_and_answers_for_the_asker(world: World) -> None:
    open_ = await submitted_person(world)
    late = await submitted_person(world, "binh")
    answered = await submitted_person(world, "chi", "kv_1")
    await ask(world, open_, TODAY)
    await ask(world, late, date(2025, 11, 9), item="minutes")
    await ask(world, answered, date(2025, 11, 9), answered=True)
    assert await found(world, "secretary", Wanted(task="asked")) == [open_, late]
    assert await found(world, "secretary", Wanted(task="overdue")) == [late]
    assert await found(world, "secretary", Wanted(task="answered")) == [answered]
    assert await found(world, "officer", Wanted(task="mine")) == [open_]
    # The report is the nominee's too; the minutes are the unit's alone.
    assert await found(world, "staff", Wanted(task="mine")) == [open_]
    assert await found(world, "other_officer", Wanted(task="asked")) == []
    # Another member of the office has words to give on all, but not these answers to look at.
    await Nomination.raw(
        "INSERT INTO attestation (nomination, gate, positive, statement, by, at)"
        " SELECT id, 'G1', true, '', {}, {} FROM nomination",
        world.ids["account:appraiser"],
        world.now,
    )
    assert await found(world, "secretary", Wanted(task="mine")) == []
    assert await found(world, "appraiser", Wanted(task="mine")) == [late, answered]
    page = await queries.nominations_page(
        world.ids["round_2025"], await world.actor("officer"), TODAY
    )
    told = {row.id: (row.asked, row.answered, row.due_on, row.overdue(TODAY)) for row in page.rows}
    assert told == {
        open_: (1, 0, TODAY, False),
        late: (1, 0, date(2025, 11, 9), True),
        answered: (0, 1, None, False),
    }


async def test_a_judged_dossier_has_nothing_left_to_do(world: World) -> None:
    made = await submitted_person(world)
    await ask(world, made, TODAY)
    await freeze(world)
    for task in ("mine", "asked", "word"):
        assert await found(world, "officer", Wanted(task=task)) == []
        assert await found(world, "appraiser", Wanted(task=task)) == []


async def test_what_waits_at_a_level_and_for_a_view(world: World) -> None:
    round_id = await routed_round(world)
    draft = await drafted(world)
    waits = await on_its_way(world, "dung")
    assert await found(world, "kv_head", Wanted(task="level"), "routed") == [waits]
    # Whoever is over the level may act in its place.
    assert await found(world, "head", Wanted(task="level"), "routed") == [waits]
    assert await found(world, "other_head", Wanted(task="level"), "routed") == []
    assert await found(world, "kv_officer", Wanted(task="mine"), "routed") == [draft]
    assert await found(world, "other_officer", Wanted(task="mine"), "routed") == []
    await Nomination.raw(
        "INSERT INTO inter_agency_opinion (nomination, unit, question, due_on, by, at, answer)"
        " VALUES ({}, {}, 'Có ý kiến gì?', {}, {}, {}, '')",
        waits,
        world.ids["cao_bang"],
        TODAY,
        world.ids["account:head"],
        world.now,
    )
    for task in ("view", "mine"):
        assert await found(world, "other_officer", Wanted(task=task), "routed") == [waits]
    assert await found(world, "officer", Wanted(task="view"), "routed") == []
    async with world.client("other_officer") as client:
        page = (await client.get(f"/rounds/{round_id}/nominations?task=view")).text
    assert '<option value="view" selected>Chờ ý kiến của đơn vị tôi</option>' in page
    assert 'value="word"' not in page


async def test_appraisal_points_are_shown_and_sorted_by_only_for_who_sees_them(
    world: World,
) -> None:
    low = await submitted_person(world)
    high = await submitted_person(world, "binh")
    none = await submitted_person(world, "chi", "kv_1")
    for nomination, points in ((low, ("5", "10.5")), (high, ("20", "10"))):
        await give_points(world, nomination, "self", *points)
        await give_points(world, nomination, "appraisal", *points)

    async def rows(login: str, sort: str) -> list[NominationRow]:
        page = await queries.nominations_page(
            world.ids["round_2025"], await world.actor(login), TODAY, Wanted(sort=sort)
        )
        return list(page.rows)

    seen = await rows("secretary", "-appraisal")
    assert [(row.id, str(row.appraisal_points)) for row in seen] == [
        (high, "30.00"),
        (low, "15.50"),
        (none, "None"),
    ]
    assert [row.id for row in await rows("secretary", "appraisal")] == [low, high, none]
    # Points in the making are no verdict: neither shown to the unit nor told by the order.
    hidden = await rows("officer", "-appraisal")
    assert [(row.id, row.appraisal_points) for row in hidden] == [
        (none, None),
        (high, None),
        (low, None),
    ]
    assert [row.id for row in await rows("officer", "-self")] == [high, low, none]
    await freeze(world)
    assert [row.id for row in await rows("officer", "-appraisal")] == [high, low, none]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ("name", False)),
        ("code", ("code", False)),
        ("-submitted", ("submitted", True)),
        ("--code", ("name", False)),
        ("id; --", ("name", False)),
    ],
)
async def test_an_order_nobody_offers_is_the_order_of_names(
    typed: str, meant: tuple[str, bool]
) -> None:
    assert sort_from(typed) == meant


async def test_every_order_pages_without_loss_and_each_way_is_the_other_turned(
    world: World,
) -> None:
    """130 dossiers in all stages, many of which share a state, a day, a unit and points."""
    await crowd.gather(world, 130)
    actor = await world.actor("secretary")
    round_id = world.ids["round_2025"]

    async def walk(sort: str) -> list[NominationRow]:
        seen: list[NominationRow] = []
        cursor: Cursor | None = None
        while True:
            page = await queries.nominations_page(
                round_id, actor, TODAY, Wanted(sort=sort), cursor=cursor
            )
            seen += page.rows
            if page.next is None:
                return seen
            cursor = page.next

    everybody = {row.id for row in await walk("name")}
    assert len(everybody) == 117  # of 130 every tenth is a draft of somebody else
    assert {key.removeprefix("-") for key in SORT_WORDS} == set(SORT_KEYS)
    for key in SORT_KEYS:
        forwards, back = await walk(key), await walk(f"-{key}")
        assert len(forwards) == len(back) == len({row.id for row in forwards}) == 117, key
        if key in ("name", "code", "state", "unit"):
            assert [row.id for row in back] == [row.id for row in reversed(forwards)], key
    by_state = [STATES.index(row.state) for row in await walk("state")]
    assert by_state == sorted(by_state)
    assert [row.code for row in await walk("code")] == sorted(
        row.code for row in await walk("code")
    )
    points = [row.self_points for row in await walk("-self")]
    without = points.index(None)
    assert set(points[without:]) == {None}
    assert all(a >= b for a, b in pairwise(p for p in points[:without] if p is not None))
    latest = [row.submitted_at for row in await walk("-submitted")]
    assert all(a >= b for a, b in pairwise(latest) if a and b)
    units = [row.nominating_unit_name for row in await walk("unit")]
    assert sum(a != b for a, b in pairwise(units)) == len(set(units)) - 1


@pytest.mark.parametrize("key", ["abc", "1e5", "", "9" * 40, "١"])
async def test_a_cursor_of_another_order_starts_the_list_again(world: World, key: str) -> None:
    made = await submitted_person(world)
    page = await queries.nominations_page(
        world.ids["round_2025"],
        await world.actor("secretary"),
        TODAY,
        Wanted(sort="submitted"),
        cursor=Cursor(key, 5),
    )
    assert [row.id for row in page.rows] == [made]
