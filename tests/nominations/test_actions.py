"""The life of a nomination: nominated, proved, attested, submitted, frozen."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import date
from decimal import Decimal

import pytest

from app.audit.queries import history
from app.eligibility.rules import GATES
from app.kernel.refusal import NotVisible, Refused
from app.nominations import actions, queries
from app.nominations.tables import EvidenceItem, Nomination, Submission
from app.organization.tables import Person, Posting, Unit, UnitVersion
from app.piccolo_conf import DB
from tests.cast import WORKED
from tests.conftest import World
from tests.nominations.prepared import (
    add_proofs,
    asked,
    attest,
    draft_collective,
    draft_person,
    freeze,
    recognised_initiative,
    submitted_collective,
    submitted_person,
)

pytestmark = pytest.mark.anyio


async def stored(nomination_id: int) -> dict[str, object]:
    row = await Nomination.select().where(Nomination.id == nomination_id).first()
    assert row is not None
    return row


async def test_a_person_is_kept_as_they_were_that_day(world: World) -> None:
    made = await draft_person(world)
    await Person.update({Person.full_name: "Tên Mới"}).where(Person.id == world.ids["anh"])
    row = await stored(made)
    expected = {
        "code": "CN-2025-0001",
        "subject": "individual",
        "person": world.ids["anh"],
        "collective": None,
        "nominating_unit": world.ids["lang_son"],
        "award_form": world.ids["award_form"],
        "name": "Hoàng Văn Ánh",
        "post": "Kiểm sát viên",
        "unit_name": "Phòng 1, Viện kiểm sát nhân dân tỉnh Lạng Sơn",
        "search_key": "hoang van anh kiem sat vien phong 1 vien kiem sat nhan dan tinh lang son"
        " cn 2025 0001",
        "created_by": world.ids["account:officer"],
    }
    assert {name: row[name] for name in expected} == expected


async def test_a_collective_bears_its_own_name_and_its_parents_beside_it(world: World) -> None:
    row = await stored(await draft_collective(world))
    expected = {
        "code": "TT-2025-0001",
        "subject": "collective",
        "person": None,
        "collective": world.ids["kv_1"],
        "nominating_unit": world.ids["lang_son"],
        "name": "Viện kiểm sát nhân dân khu vực 1 - Lạng Sơn",
        "post": "",
        "unit_name": "Viện kiểm sát nhân dân tỉnh Lạng Sơn",
    }
    assert {name: row[name] for name in expected} == expected


async def test_codes_count_on_per_subject_even_at_the_same_moment(world: World) -> None:
    await asyncio.gather(
        draft_person(world, "anh"),
        draft_person(world, "binh"),
        draft_person(world, "chi", "kv_1"),
        draft_person(world, "em", "cb_kv_1"),
        draft_collective(world, "kv_1"),
        draft_collective(world, "cb_kv_1"),
    )
    codes = await Nomination.select(Nomination.code).order_by(Nomination.code).output(as_list=True)
    assert codes == [
        "CN-2025-0001",
        "CN-2025-0002",
        "CN-2025-0003",
        "CN-2025-0004",
        "TT-2025-0001",
        "TT-2025-0002",
    ]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2025-10-19", "nominations-not-open"),
        ("2025-10-20", None),
        ("2025-11-20", None),
        ("2025-11-21", "nominations-closed"),
    ],
)
async def test_the_first_and_the_last_day_count(world: World, day: str, code: str | None) -> None:
    async def nominate() -> int:
        return await actions.nominate_person(
            world.ids["round_2025"],
            world.ids["anh"],
            world.ids["phong_1"],
            "Thành tích.",
            actor=await world.actor("officer"),
            now=world.at(day),
        )

    if code is None:
        assert await nominate() > 0
        return
    with pytest.raises(Refused) as refused:
        await nominate()
    assert refused.value.refusal.code == code
    assert await Nomination.count() == 0


async def test_a_round_that_was_never_opened_takes_nothing(world: World) -> None:
    with pytest.raises(Refused) as refused:
        await actions.nominate_collective(
            world.ids["round_2026"],
            world.ids["kv_1"],
            "Thành tích.",
            actor=await world.actor("officer"),
            now=world.now,
        )
    assert refused.value.refusal.code == "round-not-open"


async def test_nobody_is_nominated_twice_in_a_round(world: World) -> None:
    await draft_person(world)
    await draft_collective(world)
    for again in (draft_person(world), draft_collective(world)):
        with pytest.raises(Refused) as refused:
            await again
        assert refused.value.refusal.code == "already-nominated"
    assert await Nomination.count() == 2


async def test_two_officers_nominating_at_once_make_one_nomination(world: World) -> None:
    answers = await asyncio.gather(draft_person(world), draft_person(world), return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "int"]


async def test_who_has_moved_away_is_not_nominated_here(world: World) -> None:
    await Posting.update({Posting.valid_to: date(2025, 11, 9)}).where(
        Posting.person == world.ids["anh"]
    )
    with pytest.raises(Refused) as refused:
        await draft_person(world)
    assert refused.value.refusal.code == "not-posted"


async def test_a_dissolved_unit_is_not_nominated(world: World) -> None:
    await Unit.update({Unit.dissolved_on: world.now.date()}).where(Unit.id == world.ids["kv_1"])
    with pytest.raises(Refused) as refused:
        await draft_collective(world)
    assert refused.value.refusal.code == "unit-dissolved"
    assert refused.value.refusal.values == {"day": "10/11/2025"}
    # Merged, converted or dissolved: the refusal does not know which.
    assert "kết thúc hoạt động ngày {day}" in refused.value.refusal.message


@pytest.mark.parametrize("login", ["other_officer", "staff", "appraiser", "secretary", "leader"])
async def test_only_the_units_own_officers_nominate(world: World, login: str) -> None:
    with pytest.raises(NotVisible):
        await actions.nominate_person(
            world.ids["round_2025"],
            world.ids["anh"],
            world.ids["phong_1"],
            "Thành tích.",
            actor=await world.actor(login),
            now=world.now,
        )


async def test_evidence_is_added_until_the_nomination_is_submitted(world: World) -> None:
    made = await draft_person(world)
    await add_proofs(world, made, "individual")
    dossier = await queries.nomination(made, await world.actor("officer"))
    assert [(e.criterion_code, e.before, e.after, e.quantity_unit) for e in dossier.evidence] == [
        ("C1", Decimal("3"), Decimal("12"), "giờ"),
        ("C1", Decimal("3"), Decimal("30.5"), "giờ"),
    ]
    await actions.submit(made, actor=await world.actor("officer"), now=world.now)
    with pytest.raises(Refused) as refused:
        await add_proofs(world, made, "individual")
    assert refused.value.refusal.code == "already-submitted"
    assert await EvidenceItem.count() == 2


@pytest.mark.parametrize("criterion", ["T1", "G1", "C9", ""])
async def test_evidence_belongs_to_a_criterion_of_the_round(world: World, criterion: str) -> None:
    made = await draft_person(world)
    with pytest.raises(Refused) as refused:
        await actions.add_evidence(
            made,
            criterion,
            "Việc đã làm.",
            None,
            None,
            "",
            "",
            days=WORKED,
            actor=await world.actor("officer"),
            now=world.now,
        )
    assert refused.value.refusal.code == "unknown-criterion"


async def test_a_nomination_without_evidence_is_not_submitted(world: World) -> None:
    made = await draft_person(world)
    with pytest.raises(Refused) as refused:
        await actions.submit(made, actor=await world.actor("officer"), now=world.now)
    assert refused.value.refusal.code == "no-evidence"


async def test_two_clicks_submit_once(world: World) -> None:
    made = await draft_person(world)
    await add_proofs(world, made, "individual")
    officer = await world.actor("officer")
    answers = await asyncio.gather(
        actions.submit(made, actor=officer, now=world.now),
        actions.submit(made, actor=officer, now=world.now),
        return_exceptions=True,
    )
    refusals = [a.refusal.code for a in answers if isinstance(a, Refused)]
    assert (refusals, answers.count(None)) == (["already-submitted"], 1)
    assert await Submission.count() == 1


async def test_a_late_submission_is_refused(world: World) -> None:
    made = await draft_person(world)
    await add_proofs(world, made, "individual")
    with pytest.raises(Refused) as refused:
        await actions.submit(made, actor=await world.actor("officer"), now=world.at("2025-11-21"))
    assert refused.value.refusal.code == "nominations-closed"


async def test_words_are_given_by_who_has_to_give_them(world: World) -> None:
    made = await submitted_collective(world)
    for gate, login in (("G1", "head"), ("G3", "appraiser"), ("G4", "officer"), ("G5", "head")):
        with pytest.raises(NotVisible):
            await attest(world, made, gate, login)
    await attest(world, made, "G1", "appraiser")
    dossier = await queries.nomination(made, await world.actor("leader"))
    assert {gate: word.by for gate, word in dossier.attestations.items()} == {
        "G1": "Chuyên viên thẩm định",
        "G3": "Viện trưởng Lạng Sơn",
        "G4": "Viện trưởng Lạng Sơn",
    }


async def test_a_word_can_be_changed_until_the_gates_are_frozen(world: World) -> None:
    made = await submitted_person(world)
    await attest(world, made, "G1", "appraiser")
    with pytest.raises(Refused) as refused:
        await attest(world, made, "G1", "appraiser")
    assert refused.value.refusal.code == "already-attested"
    await attest(world, made, "G1", "appraiser", positive=False)
    dossier = await queries.nomination(made, await world.actor("appraiser"))
    assert dossier.attestations["G1"].positive is False
    await freeze(world)
    with pytest.raises(Refused) as refused:
        await attest(world, made, "G1", "appraiser")
    assert refused.value.refusal.code == "gates-frozen"


async def test_a_persons_g3_has_no_word(world: World) -> None:
    made = await draft_person(world)
    with pytest.raises(Refused) as refused:
        await attest(world, made, "G3", "head")
    assert refused.value.refusal.code == "no-such-attestation"


async def test_freezing_answers_every_submitted_nomination_once(world: World) -> None:
    passed = await submitted_person(world)
    await recognised_initiative(world, "anh", "phong_1", "SK-01")
    await attest(world, passed, "G1", "appraiser")
    held = await submitted_collective(world)
    draft = await draft_person(world, "binh")
    assert await freeze(world) == 2
    secretary = await world.actor("secretary")
    failed = await queries.nomination(held, secretary)
    assert (failed.state, tuple(failed.verdicts or ())) == ("fail", GATES)
    assert (await queries.nomination(passed, secretary)).state == "pass"
    officer = await world.actor("officer")
    assert (await queries.nomination(draft, officer)).state == "draft"
    with pytest.raises(Refused) as refused:
        await freeze(world)
    assert refused.value.refusal.code == "nothing-to-freeze"


async def test_freezing_is_the_secretarys(world: World) -> None:
    await submitted_person(world)
    with pytest.raises(NotVisible):
        await actions.freeze_gates(
            world.ids["round_2025"], actor=await world.actor("leader"), now=world.now
        )


async def test_freezing_costs_the_same_for_one_and_for_many(world: World) -> None:
    await submitted_person(world)
    few = await _freeze_and_undo(world, 1)
    for person, unit in (("binh", "phong_1"), ("chi", "kv_1"), ("em", "cb_kv_1")):
        await submitted_person(world, person, unit)
    await submitted_collective(world)
    # One more than for people alone: who belongs to the collectives.
    assert await _freeze_and_undo(world, 5) == few + 1


class Undo(Exception):
    """Ends a transaction so that nothing of it stays."""


async def _freeze_and_undo(world: World, expected: int) -> int:
    """How many statements it took; once frozen, a round would take no more dossiers."""
    with world.count_queries() as counter, contextlib.suppress(Undo):
        async with DB.transaction():
            assert await freeze(world) == expected
            raise Undo
    return asked(counter)


async def test_what_was_frozen_stays_when_the_facts_change(world: World) -> None:
    made = await submitted_person(world)
    await attest(world, made, "G1", "appraiser")
    await freeze(world)
    await recognised_initiative(world, "anh", "phong_1", "SK-01")
    leader = await world.actor("leader")
    dossier = await queries.nomination(made, leader)
    gates = await queries.gates_of(dossier, leader, date(2025, 11, 25))
    assert (gates.frozen, gates.verdicts["G2"].outcome) == (True, "fail")


async def test_a_room_is_found_by_the_name_it_had_that_day(world: World) -> None:
    room = UnitVersion.unit == world.ids["phong_1"]
    await UnitVersion.update({UnitVersion.valid_to: date(2025, 6, 30)}).where(room)
    await UnitVersion(
        unit=world.ids["phong_1"],
        name="Phòng Tổng hợp",
        search_key="phong tong hop",
        order_key="",
        parent=world.ids["lang_son"],
        valid_from=date(2025, 7, 1),
    ).save()
    row = await stored(await draft_person(world))
    assert row["unit_name"] == "Phòng Tổng hợp, Viện kiểm sát nhân dân tỉnh Lạng Sơn"


async def test_every_change_leaves_its_line_in_the_log(world: World) -> None:
    made = await submitted_person(world)
    assert [(line.action, line.actor_name) for line in await history("nomination", made)] == [
        ("nominations.nominate", "Cán bộ đầu mối Lạng Sơn"),
        ("nominations.add_evidence", "Cán bộ đầu mối Lạng Sơn"),
        ("nominations.add_evidence", "Cán bộ đầu mối Lạng Sơn"),
        ("nominations.attest", "Viện trưởng Lạng Sơn"),
        ("nominations.submit", "Cán bộ đầu mối Lạng Sơn"),
    ]


async def test_a_word_given_while_the_gates_freeze_is_counted_or_refused(world: World) -> None:
    made = await submitted_person(world)
    given, _ = await asyncio.gather(
        attest(world, made, "G1", "appraiser"), freeze(world), return_exceptions=True
    )
    dossier = await queries.nomination(made, await world.actor("leader"))
    assert dossier.verdicts is not None
    counted = dossier.verdicts["G1"].outcome == "pass"
    assert counted == (given is None) == ("G1" in dossier.attestations)
