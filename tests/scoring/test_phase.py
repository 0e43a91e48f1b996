"""A phase round cites the frozen results of its years: of the same people, and of merged units."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.decisions.tables import AwardDecision, DecisionItem
from app.kernel.indicators import Measurable, registered
from app.kernel.period import Period
from app.kernel.refusal import Refused
from app.movement.queries import round_facts
from app.nominations.queries import nomination
from app.organization.tables import Unit, UnitSuccession
from app.scoring import queries
from app.scoring.actions import close_scoring, open_scoring, save_marks
from app.scoring.rank_file import recompute
from app.scoring.tables import Ranking, ScoringOpening
from tests.conftest import World
from tests.scoring import given, rounds

pytestmark = pytest.mark.anyio

WINDOW = (date(2023, 12, 1), date(2025, 11, 30))
PERIOD = Period(*WINDOW)
CITED = ["VKS-2024", "VKS-2025-A"]


async def years(world: World) -> tuple[int, int]:
    """Two annual rounds of the phase."""
    sets = {"individual": world.ids["set:individual"], "collective": world.ids["set:collective"]}
    made = [
        await rounds.open_round(
            world,
            code,
            sets=sets,
            window=(date(year - 1, 12, 1), date(year, 11, 30)),
        )
        for code, year in zip(CITED, (2024, 2025), strict=True)
    ]
    return made[0], made[1]


async def phase(world: World, result: str = "average", **more: Any) -> int:
    return await rounds.open_round(
        world,
        "VKS-2023-2025",
        kind="preliminary",
        window=WINDOW,
        sets={
            "individual": world.ids["set:individual"],
            "collective": world.ids["set:collective"],
        },
        more={"phase": {"result": result, "rounds": CITED}, **more},
    )


async def decided(world: World, round_id: int, *nominations: int) -> None:
    await Ranking.raw(
        "INSERT INTO stored_file (sha256, size, media_type, stored_at)"
        " VALUES (repeat('0', 64), 1, 'application/pdf', now()) ON CONFLICT DO NOTHING"
    )
    decision = AwardDecision(
        round=round_id,
        series="test",
        series_number=round_id,
        number=f"{round_id}/QĐ",
        signed_on=date(2025, 12, 1),
        place="",
        authority="",
        signer_capacity="",
        signer_title="",
        signer_name="",
        base_salary=1,
        data="{}",
        file=(await Ranking.raw("SELECT min(id) AS id FROM stored_file"))[0]["id"],
        by=world.ids["account:leader"],
        at=world.now,
    )
    await decision.save()
    for position, id_ in enumerate(nominations, start=1):
        await DecisionItem(
            decision=decision.id,
            nomination=id_,
            position=position,
            coefficient=Decimal(1),
            bonus_amount=0,
        ).save()


async def played(world: World, result: str = "average", **more: Any) -> tuple[int, list[int]]:
    """Three people: one with both years, one with one, one who was never ranked."""
    first, second = await years(world)
    phase_id = await phase(world, result, **more)
    ids = await given.nominations(world, 3, outcome=None, round_id=phase_id)
    early = await rounds.same_again(ids, first, "A-")
    late = await rounds.same_again(ids[:2], second, "B-")
    await rounds.frozen(
        world, first, {early[0]: ("80.10", 2), early[1]: ("91.00", 1), early[2]: None}
    )
    await rounds.frozen(world, second, {late[0]: ("90.20", 1), late[1]: None})
    await decided(world, first, early[0], early[1])
    await decided(world, second, late[0])
    return phase_id, ids


@pytest.mark.parametrize(
    ("result", "values"),
    [
        ("average", ["85.15", "91", None]),
        ("best", ["90.2", "91", None]),
        ("years_awarded", ["2", "1", "0"]),
    ],
)
async def test_what_is_cited(world: World, result: str, values: list[str | None]) -> None:
    phase_id, ids = await played(world, result)
    round_ = await round_facts(phase_id)
    await queries.cited_results(round_, ids[:1])  # a connection learns its types once
    with world.count_queries() as counter:
        found = await queries.cited_results(round_, ids)
    assert [found[id_].value for id_ in ids] == [v if v is None else Decimal(v) for v in values]
    assert [(own.round_name, own.value, own.rank) for own in found[ids[0]].results] == [
        ("Đợt VKS-2024", Decimal("80.10"), 2),
        ("Đợt VKS-2025-A", Decimal("90.20"), 1),
    ]
    assert counter.count == 3


async def test_an_annual_round_cites_nothing(world: World) -> None:
    ids = await given.nominations(world, 1)
    assert await queries.cited_results(await round_facts(world.ids["round_2025"]), ids) == {}


async def test_only_readers_of_rankings_see_it_on_the_dossier(world: World) -> None:
    _, ids = await played(world)
    seen = {}
    for login in ("leader", "auditor", "officer"):
        actor = await world.actor(login)
        found = await queries.cited_of(await nomination(ids[0], actor), actor)
        seen[login] = found and found.value
    assert seen == {"leader": Decimal("85.15"), "auditor": Decimal("85.15"), "officer": None}


async def test_the_dossier_shows_what_is_cited(world: World) -> None:
    _, ids = await played(world)
    texts = {}
    for login in ("leader", "officer"):
        async with world.client(login) as client:
            texts[login] = (await client.get(f"/nominations/{ids[0]}/points")).text
    assert "Đợt VKS-2024</a>: 80,10<span" in texts["leader"]
    assert "Trung bình điểm các năm: 85,15" in texts["leader"]
    assert "VKS-2024" not in texts["officer"]
    assert "85,15" not in texts["officer"]


async def test_a_collective_answers_for_the_units_that_merged_into_it(world: World) -> None:
    """Two units of 2024 became one in 2025; a part that was split off inherits nothing."""
    first, second = await years(world)
    merged, part = await _unit(world, "merged"), await _unit(world, "part")
    for predecessor, successor, event in (
        ("phong_1", merged, "merge"),
        ("kv_1", merged, "merge"),
        ("phong_1", part, "split"),
    ):
        await UnitSuccession(
            predecessor=world.ids[predecessor],
            successor=successor,
            happened_on=date(2025, 1, 1),
            event=event,
        ).save()
    world.ids |= {"merged": merged, "part": part}
    phase_id = await phase(world)
    asked = [
        await given.collective(world, unit, None, round_id=phase_id) for unit in ("merged", "part")
    ]
    before = [
        await given.collective(world, unit, None, round_id=world.ids["round_2025"])
        for unit in ("phong_1", "kv_1", "cb_kv_1")
    ]
    early = await rounds.same_again(before, first, "A-")
    late = await rounds.same_again(asked[:1], second, "B-")
    await rounds.frozen(
        world, first, {early[0]: ("70.00", 2), early[1]: ("81.00", 1), early[2]: ("60.00", 3)}
    )
    await rounds.frozen(world, second, {late[0]: ("90.00", 1)})
    found = await queries.cited_results(await round_facts(phase_id), asked)
    # The mean of the two units of 2024 is one year, 2025 the other.
    assert found[asked[0]].value == Decimal("82.75")
    assert [own.name for own in found[asked[0]].results] == [
        "Tập thể phong_1",
        "Tập thể kv_1",
        "Tập thể merged",
    ]
    assert (found[asked[1]].value, found[asked[1]].results) == (None, ())


async def _unit(world: World, code: str) -> int:
    unit = Unit(code=code, kind="room", founded_on=date(2025, 1, 1))
    await unit.save()
    return int(unit.id)


@pytest.mark.parametrize(("result", "waits"), [("average", False), ("years_awarded", True)])
async def test_opening_waits_for_what_is_cited(world: World, result: str, waits: bool) -> None:
    first, second = await years(world)
    phase_id = await phase(world, result)
    ids = await given.nominations(world, 1, outcome=None, round_id=phase_id)
    [early] = await rounds.same_again(ids, first, "A-")
    await rounds.frozen(world, first, {early: ("80.00", 1)})
    await decided(world, first, early)

    async def refusal() -> tuple[str, Mapping[str, object]] | None:
        try:
            await open_scoring(
                phase_id,
                [world.ids[f"account:{login}"] for login in given.MEMBERS],
                actor=await world.actor("secretary"),
                now=world.at(given.OPENED),
            )
        except Refused as error:
            return error.refusal.code, error.refusal.values
        return None

    named = ("annual-not-frozen", {"rounds": "Đợt VKS-2025-A"})
    assert await refusal() == named
    async with world.client("secretary", now=world.at(given.OPENED)) as client:
        text = (await client.get(f"/rounds/{phase_id}/council-session")).text
    assert "đợt xét được dẫn chưa chốt kết quả (Đợt VKS-2025-A)." in text
    assert "/scoring-opening" not in text
    await rounds.frozen(world, second, {})
    # Years awarded are known when they are decided, and not before.
    assert await refusal() == (named if waits else None)
    if waits:
        await decided(world, second)
        assert await refusal() is None
    assert await ScoringOpening.exists().where(ScoringOpening.round == phase_id)


async def test_the_annual_result_breaks_the_tie_and_is_shown(world: World) -> None:
    phase_id, ids = await played(
        world, tie_breaks={"individual": ["key:annual"], "collective": ["key:annual"]}
    )
    await open_scoring(
        phase_id,
        [world.ids[f"account:{login}"] for login in given.MEMBERS],
        actor=await world.actor("secretary"),
        now=world.at(given.OPENED),
    )
    await Ranking.raw("ALTER TABLE gate_check DISABLE TRIGGER USER")
    await Ranking.raw("UPDATE gate_check SET outcome = 'pass'")
    marks = {code: Decimal(text) for code, text in given.INDIVIDUAL.items()}
    for login in given.MEMBERS:
        for id_ in ids:
            await save_marks(
                id_, marks, 0, actor=await world.actor(login), now=world.at(given.SCORING)
            )
    await close_scoring(phase_id, actor=await world.actor("secretary"), now=world.at(given.SCORING))
    stored = await Ranking.select().where(Ranking.round == phase_id).first()
    assert stored is not None
    document = json.loads(stored["input"])
    assert [subject.get("keys") for subject in document["subjects"]] == [
        {"annual": "85.15"},
        {"annual": "91"},
        None,
    ]
    again = json.loads(recompute(stored["input"].encode()))
    assert again == json.loads(stored["result"])
    assert [(row["subject"], row["rank"]) for row in again["rows"]] == [
        ("CN-2025-00002", 1),
        ("CN-2025-00001", 2),
        ("CN-2025-00003", 3),
    ]
    async with world.client("leader", now=world.at(given.AFTER)) as client:
        text = (await client.get(f"/rounds/{phase_id}/ranking")).text
        sheet = (await client.get(f"/rounds/{phase_id}/ranking/individual/export.csv")).text
    assert "<b>85,15</b>" in text
    assert "Đợt VKS-2024</a>: 80,10, hạng 2, được khen thưởng" in text
    assert "Không có kết quả năm nào." in text
    assert "Kết quả các năm" in sheet.splitlines()[0]
    assert sheet.splitlines()[1].rstrip().endswith("91")


@pytest.mark.parametrize(
    ("code", "values", "amounts"),
    [
        ("annual_average", ["85.15", "91", None], ["80.10", "90.20"]),
        ("annual_best", ["90.2", "91", None], ["80.10", "90.20"]),
        ("years_awarded", ["2", "1", "0"], ["1", "1"]),
    ],
)
async def test_the_years_can_be_measured(
    world: World, code: str, values: list[str | None], amounts: list[str]
) -> None:
    _, ids = await played(world)
    auditor = await world.actor("auditor")
    nominees = [
        Measurable(id_, (await nomination(id_, auditor)).person_id, None, PERIOD) for id_ in ids
    ]
    measure = registered()[f"scoring.{code}"].measure
    await measure(nominees[:1])  # a connection learns its types once
    with world.count_queries() as counter:
        found = await measure(nominees)
    assert [found[id_].value for id_ in ids] == [v if v is None else Decimal(v) for v in values]
    rows = found[ids[0]].rows
    assert [row.amount for row in rows] == [Decimal(amount) for amount in amounts]
    assert [(row.label, row.note) for row in rows] == [
        # How the others were ranked is not for every reader of a dossier.
        (f"Đợt {cited}", "Người thứ 1")
        for cited in CITED
    ]
    assert rows[0].href.startswith("/rounds/")
    assert counter.count <= 4


async def test_outside_the_period_nothing_is_known(world: World) -> None:
    _, ids = await played(world)
    person = (await nomination(ids[0], await world.actor("auditor"))).person_id
    period = Period(date(2022, 12, 1), date(2023, 11, 30))
    for code in ("scoring.annual_average", "scoring.annual_best", "scoring.years_awarded"):
        found = await registered()[code].measure([Measurable(1, person, None, period)])
        assert (found[1].value, found[1].rows) == (None, ())


INDICATORS = ("scoring.annual_average", "scoring.annual_best", "scoring.years_awarded")


async def test_a_year_whose_decision_is_not_signed_is_not_shown_to_readers_of_dossiers(
    world: World,
) -> None:
    first, second = await years(world)
    (id_,) = await given.nominations(world, 1, outcome=None, round_id=await phase(world))
    (early,) = await rounds.same_again([id_], first, "A-")
    (late,) = await rounds.same_again([id_], second, "B-")
    await rounds.frozen(world, first, {early: ("80.10", 2)})
    await rounds.frozen(world, second, {late: ("90.20", 1)})
    await decided(world, first, early)
    person = (await nomination(id_, await world.actor("auditor"))).person_id
    for code, value in zip(INDICATORS, ("80.1", "80.1", "1"), strict=True):
        found = await registered()[code].measure([Measurable(1, person, None, PERIOD)])
        assert found[1].value == Decimal(value)
        assert [row.label for row in found[1].rows] == [f"Đợt {CITED[0]}"]


async def test_years_of_another_movement_are_not_measured(world: World) -> None:
    _, ids = await played(world)
    person = (await nomination(ids[0], await world.actor("auditor"))).person_id
    own = world.ids["movement"]
    for code, value in zip(INDICATORS, ("85.15", "90.2", "2"), strict=True):
        nominees = [
            Measurable(n, person, None, PERIOD, movement)
            for n, movement in enumerate((own, own + 1), start=1)
        ]
        found = await registered()[code].measure(nominees)
        assert (found[1].value, len(found[1].rows)) == (Decimal(value), 2)
        assert (found[2].value, found[2].rows) == (None, ())


async def test_a_dossier_is_measured_within_its_own_movement(world: World) -> None:
    _, ids = await played(world)
    dossier = await nomination(ids[0], await world.actor("auditor"))
    assert dossier.review.movement_id == world.ids["movement"]
