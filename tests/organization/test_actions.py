"""Events in the database: what is written, what is logged, and who is turned away."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from app.audit.tables import AuditEntry
from app.kernel.refusal import NotVisible, Refused
from app.organization import actions, queries
from app.organization.rules import NewUnit
from app.organization.tables import Posting, Unit, UnitSuccession, UnitVersion
from app.reports import invariants
from tests import cast
from tests.conftest import World

pytestmark = pytest.mark.anyio
DAY, LAST = date(2025, 7, 1), date(2025, 6, 30)
TUYEN_QUANG = NewUnit("vks-tuyen-quang-2025", "province", "Viện kiểm sát nhân dân tỉnh Tuyên Quang")
NAMES_2023 = (
    "Viện kiểm sát nhân dân tỉnh Tuyên Quang",
    "Viện kiểm sát nhân dân tỉnh Hà Giang",
)


async def versions(unit_id: int) -> list[tuple[str, int | None, date, date | None]]:
    facts = (await queries.units_facts([unit_id]))[unit_id]
    return [(v.name, v.parent_id, v.period.first, v.period.last) for v in facts.versions]


async def two_provinces(world: World) -> tuple[int, int]:
    """vks-tuyen-quang with a room, and vks-ha-giang, since the cast's first day."""
    actor = await world.actor("administrator")
    root, day = world.ids["root"], date(2024, 1, 2)
    first, second = [
        await actions.found(NewUnit(code, "province", name), root, day, actor=actor, now=world.now)
        for code, name in zip(("vks-tuyen-quang", "vks-ha-giang"), NAMES_2023, strict=True)
    ]
    await actions.found(
        NewUnit("vks-tuyen-quang.phong-1", "room", "Phòng 1"),
        first,
        day,
        actor=actor,
        now=world.now,
    )
    return first, second


async def test_two_provinces_merge_and_each_day_keeps_its_own_tree(world: World) -> None:
    first, second = await two_provinces(world)
    root = world.ids["root"]
    actor = await world.actor("administrator")
    person = world.ids["em"]
    await Posting(
        person=person, unit=second, post="KSV", is_main=False, valid_from=date(2024, 1, 2)
    ).save()
    merged = await actions.merge(
        [first, second], TUYEN_QUANG, root, DAY, actor=actor, now=world.now
    )

    async def tree(day: date) -> list[tuple[str, str, int]]:
        page = await queries.children_page(root, day)
        return [(row.code, row.name, row.below) for row in page.rows if "vks" in row.code]

    # In Vietnamese order: Hà Giang before Tuyên Quang.
    assert await tree(LAST) == [
        ("vks-ha-giang", NAMES_2023[1], 0),
        ("vks-tuyen-quang", NAMES_2023[0], 1),
    ]
    assert await tree(DAY) == [("vks-tuyen-quang-2025", TUYEN_QUANG.name, 1)]
    assert [(r.id, r.event, r.taken_over) for r in await queries.relations(second)] == [
        (merged, "merge", True)
    ]
    assert {r.id for r in await queries.relations(merged)} == {first, second}
    room = await queries.find_unit("vks-tuyen-quang.phong-1", DAY)
    assert room is not None
    assert await versions(room) == [
        ("Phòng 1", first, date(2024, 1, 2), LAST),
        ("Phòng 1", merged, DAY, None),
    ]
    # The posting stays where it was; the page of the dissolved unit says so.
    assert (await queries.unit_sheet(second)).left_behind == 1
    # Whoever is over the new unit is over what it came from.
    assert await queries.reach([merged]) == {merged, first, second, room}
    assert await invariants.broken() == []


async def test_a_rename_is_logged_with_both_names(world: World) -> None:
    actor = await world.actor("administrator")
    unit = world.ids["phong_1"]
    await actions.rename(unit, "  Phòng\u00a0 Mo\u031b\u0301i ", DAY, actor=actor, now=world.now)
    assert await versions(unit) == [
        ("Phòng 1", world.ids["lang_son"], cast.START, LAST),
        ("Phòng Mới", world.ids["lang_son"], DAY, None),
    ]
    entry = await AuditEntry.select().order_by(AuditEntry.id, ascending=False).first()
    assert entry is not None
    assert (entry["action"], entry["object_id"]) == ("organization.rename", unit)
    assert entry["detail"] == '{"after": "Phòng Mới", "before": "Phòng 1", "day": "2025-07-01"}'
    assert await invariants.broken() == []


async def test_moving_splitting_converting_and_dissolving(world: World) -> None:
    actor = await world.actor("administrator")
    ids, now = world.ids, world.now
    await actions.move(ids["kv_1"], ids["cao_bang"], DAY, actor=actor, now=now)
    assert [line[1] for line in await versions(ids["kv_1"])] == [ids["lang_son"], ids["cao_bang"]]
    parts = [NewUnit("p-1a", "room", "Phòng 1A"), NewUnit("p-1b", "room", "Phòng 1B")]
    new = await actions.split(ids["phong_1"], parts, DAY, people="later", actor=actor, now=now)
    assert len(new) == 2
    rows = await UnitSuccession.select().order_by(UnitSuccession.id)
    assert [(r["predecessor"], r["successor"], r["event"]) for r in rows] == [
        (ids["phong_1"], new[0], "split"),
        (ids["phong_1"], new[1], "split"),
    ]
    school = NewUnit("truong", "school", "Trường Nghiệp vụ")
    converted = await actions.convert(ids["cb_kv_1"], school, DAY, actor=actor, now=now)
    assert (await versions(converted))[0][:2] == ("Trường Nghiệp vụ", ids["cao_bang"])
    assert await actions.dissolve(new[0], date(2025, 8, 1), actor=actor, now=now) == 0
    left = await actions.dissolve(
        ids["kv_1"], date(2025, 8, 1), people="later", actor=actor, now=now
    )
    assert left == 2
    gone = await Unit.select(Unit.dissolved_on).where(Unit.id == ids["kv_1"]).first()
    assert gone == {"dissolved_on": date(2025, 7, 31)}
    assert await invariants.broken() == []


@pytest.mark.parametrize("login", ["officer", "head", "leader", "auditor", "staff", "secretary"])
async def test_nobody_else_changes_a_unit(world: World, login: str) -> None:
    actor = await world.actor(login)
    unit, now = world.ids["phong_1"], world.now
    new = NewUnit("moi", "room", "Phòng mới")
    with pytest.raises(NotVisible):
        await actions.rename(unit, "Tên mới", DAY, actor=actor, now=now)
    with pytest.raises(NotVisible):
        await actions.found(new, unit, DAY, actor=actor, now=now)
    with pytest.raises(NotVisible):
        await actions.dissolve(unit, DAY, actor=actor, now=now)
    with pytest.raises(NotVisible):
        await actions.merge(
            [unit, world.ids["kv_1"]], new, world.ids["lang_son"], DAY, actor=actor, now=now
        )
    assert await Unit.count() == len(cast.UNITS)


async def test_a_refused_event_leaves_nothing_behind(world: World) -> None:
    actor = await world.actor("administrator")
    before = await AuditEntry.count()
    new = NewUnit("kv-1", "room", "Phòng mới")
    for refused, expected in (
        (actions.found(new, world.ids["root"], DAY, actor=actor, now=world.now), "code-taken"),
        (actions.convert(world.ids["phong_1"], new, DAY, actor=actor, now=world.now), "code-taken"),
        (
            actions.move(
                world.ids["lang_son"], world.ids["phong_1"], DAY, actor=actor, now=world.now
            ),
            "cycle",
        ),
    ):
        with pytest.raises(Refused) as error:
            await refused
        assert error.value.refusal.code == expected
    assert await UnitVersion.count() == len(cast.UNITS)
    assert await AuditEntry.count() == before


async def test_two_moves_at_once_cannot_close_a_ring(world: World) -> None:
    """Neither touches a row of the other: only the lock of the whole tree stands between them."""
    actor = await world.actor("administrator")
    ids = world.ids
    answers = await asyncio.gather(
        actions.move(ids["lang_son"], ids["cb_kv_1"], DAY, actor=actor, now=world.now),
        actions.move(ids["cao_bang"], ids["kv_1"], DAY, actor=actor, now=world.now),
        return_exceptions=True,
    )
    codes = [a.refusal.code if isinstance(a, Refused) else a for a in answers]
    assert sorted(codes, key=str) == [None, "cycle"]
    assert await queries.reach([ids["root"]]) == {ids[key] for key, *_ in cast.UNITS}
