"""A mistake in the criteria of an open round: shown, refused or put right, and moved along."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from decimal import Decimal

import pytest

from app.kernel.refusal import NotVisible, Refused
from app.movement.queries import corrections_of, round_facts
from app.movement.queries.criteria import criteria_set
from app.movement.rules import criteria_document
from app.movement.rules.correcting import Shown
from app.movement.rules.protocol import canonical
from app.movement.tables import CriteriaCorrection
from app.nominations import actions as nominations
from app.nominations.actions.columns import save_column
from app.nominations.actions.correcting import correct_criteria
from app.nominations.queries.correcting import dossiers_affected, uses_of
from app.nominations.tables import EvidenceItem, ItemReturn, Nomination
from tests.cast import WORKED
from tests.conftest import World
from tests.movement.criteria_builder import add, change, comparison, id_of, judged, new_set, remove
from tests.nominations.prepared import add_proofs, draft_person, freeze, submitted_person

pytestmark = pytest.mark.anyio


async def version(world: World, subject: str = "individual") -> int:
    """A copy of what the open round is judged by."""
    return await new_set(world, subject, str(world.ids[f"set:{subject}"]))


async def corrected(
    world: World, set_id: int, login: str = "secretary", shown: Shown | None = None
) -> str:
    return await correct_criteria(
        world.ids["round_2025"],
        set_id,
        "Ghi nhầm điểm tối đa.",
        shown or await comparison(world.ids["round_2025"], set_id),
        actor=await world.actor(login),
        now=world.now,
    )


async def refused(world: World, set_id: int) -> str:
    with pytest.raises(Refused) as error:
        await corrected(world, set_id)
    assert not await CriteriaCorrection.exists()
    return error.value.refusal.code


async def self_score(world: World, nomination: int, **marks: str) -> None:
    await save_column(
        nomination,
        "self",
        {code: Decimal(mark) for code, mark in marks.items()},
        "",
        0,
        actor=await world.actor("officer"),
        now=world.now,
    )


async def swap_points(world: World, set_id: int) -> None:
    """C1 from 25 to 20, C4 from 15 to 20."""
    await change(world, set_id, "C1", judged("C1", "20", text="Nội dung C1 đã sửa"))
    await change(world, set_id, "C4", judged("C4", "20"))


async def criteria_of(nomination: int) -> list[tuple[int, str]]:
    """(set, code) of everything that stands in the dossier."""
    rows = await Nomination.raw(
        "SELECT c.criteria_set, c.code FROM (SELECT criterion FROM evidence_item"
        " WHERE nomination = {} UNION ALL SELECT criterion FROM item_return WHERE nomination = {}"
        " UNION ALL SELECT m.criterion FROM score_column_mark m JOIN score_column s"
        " ON s.id = m.score_column WHERE s.nomination = {}) x"
        " JOIN criterion c ON c.id = x.criterion ORDER BY c.code",
        nomination,
        nomination,
        nomination,
    )
    return [(row["criteria_set"], row["code"]) for row in rows]


async def test_the_new_version_takes_the_place_of_the_old(world: World) -> None:
    set_id = await version(world)
    await swap_points(world, set_id)
    sha256 = await corrected(world, set_id)
    round_ = await round_facts(world.ids["round_2025"])
    assert round_.sets["individual"].id == set_id
    assert round_.sets["collective"].id == world.ids["set:collective"]
    (kept,) = await CriteriaCorrection.select()
    assert kept["criteria"] == canonical(criteria_document(round_.sets))
    assert kept["criteria_sha256"] == sha256
    assert sha256 == hashlib.sha256(kept["criteria"].encode()).hexdigest()
    assert round_.opening is not None
    assert round_.opening.criteria_sha256 != sha256
    found = await corrections_of(world.ids["round_2025"])
    assert [(line.old_version, line.new_version, line.reason) for line in found.made] == [
        (1, 2, "Ghi nhầm điểm tối đa.")
    ]
    assert found.drafts == ()


async def test_everything_in_the_dossiers_moves_to_the_criteria_of_the_same_code(
    world: World,
) -> None:
    nomination = await draft_person(world)
    await add_proofs(world, nomination, "individual")
    await self_score(world, nomination, C1="20", C4="15")
    await ItemReturn(
        nomination=nomination,
        item="criterion",
        criterion=await id_of(world.ids["set:individual"], "C1"),
        question="?",
        due_on=world.now.date(),
        by=world.ids["account:appraiser"],
        at=world.now,
        answer="",
    ).save()
    set_id = await version(world)
    await swap_points(world, set_id)
    await corrected(world, set_id)
    assert await criteria_of(nomination) == [(set_id, "C1")] * 4 + [(set_id, "C4")]


async def test_another_round_on_the_same_set_keeps_it(world: World) -> None:
    nomination = await draft_person(world)
    await add_proofs(world, nomination, "individual")
    old = world.ids["set:individual"]
    await Nomination.raw(
        "UPDATE review_round SET individual_set = {} WHERE id = {}", old, world.ids["round_2026"]
    )
    set_id = await version(world)
    await swap_points(world, set_id)
    await corrected(world, set_id)
    other = await round_facts(world.ids["round_2026"])
    assert other.sets["individual"].id == old


async def test_a_corrected_set_and_the_one_before_stay_frozen(world: World) -> None:
    set_id = await version(world)
    await swap_points(world, set_id)
    await corrected(world, set_id)
    for frozen in (set_id, world.ids["set:individual"]):
        with pytest.raises(Refused) as error:
            await remove(world, frozen, "C1")
        assert error.value.refusal.code == "criteria-frozen"


async def test_a_correction_can_itself_be_corrected(world: World) -> None:
    first = await version(world)
    await swap_points(world, first)
    await corrected(world, first)
    second = await new_set(world, origin=str(first))
    await change(world, second, "C1", judged("C1", "19.5"))
    await change(world, second, "C4", judged("C4", "20.5"))
    await corrected(world, second)
    lines = (await corrections_of(world.ids["round_2025"])).made
    assert [(line.old_set, line.new_set) for line in lines] == [
        (first, second),
        (world.ids["set:individual"], first),
    ]


async def test_a_criterion_with_evidence_may_not_go(world: World) -> None:
    nomination = await draft_person(world)
    set_id = await version(world)
    await remove(world, set_id, "C1")
    await change(world, set_id, "C4", judged("C4", "40"))
    await add_proofs(world, nomination, "individual")
    assert await refused(world, set_id) == "evidence-stands-there"
    # What was withdrawn stands there no more; it stays where it was.
    await EvidenceItem.raw(
        "UPDATE evidence_item SET withdrawn_at = {}, withdrawn_by = {}",
        world.now,
        world.ids["account:officer"],
    )
    await corrected(world, set_id)
    assert set(await criteria_of(nomination)) == {(world.ids["set:individual"], "C1")}


async def test_marks_hold_a_criterion_and_its_maximum(world: World) -> None:
    nomination = await draft_person(world)
    await self_score(world, nomination, C1="20.01")
    set_id = await version(world)
    await swap_points(world, set_id)
    assert await refused(world, set_id) == "mark-above-maximum"
    await remove(world, set_id, "C1")
    await change(world, set_id, "C4", judged("C4", "40"))
    assert await refused(world, set_id) == "marks-stand-there"


async def test_a_set_that_is_not_ready_is_refused(world: World) -> None:
    set_id = await version(world)
    await remove(world, set_id, "C1")
    assert await refused(world, set_id) == "not-a-hundred"
    assert await refused(world, world.ids["set:individual"]) == "no-other-version"


async def test_nothing_is_corrected_once_scoring_opened(world: World) -> None:
    nomination = await submitted_person(world)
    await freeze(world)
    set_id = await version(world)
    await swap_points(world, set_id)
    assert await refused(world, set_id) == "scoring-opened"
    assert {found for found, _ in await criteria_of(nomination)} == {world.ids["set:individual"]}


@pytest.mark.parametrize("login", ["member_1", "leader", "officer", "auditor"])
async def test_only_the_secretary_corrects(world: World, login: str) -> None:
    set_id = await version(world)
    with pytest.raises(NotVisible):
        await corrected(world, set_id, login)


async def test_evidence_added_at_the_same_moment_is_not_lost(world: World) -> None:
    nomination = await draft_person(world)
    set_id = await version(world)
    await swap_points(world, set_id)
    await asyncio.gather(corrected(world, set_id), add_proofs(world, nomination, "individual"))
    assert await criteria_of(nomination) == [(set_id, "C1")] * 2


async def test_evidence_added_at_the_same_moment_holds_its_criterion(world: World) -> None:
    """Whoever is first: nothing ends under a criterion that is not there."""
    nomination = await draft_person(world)
    set_id = await version(world)
    await remove(world, set_id, "C1")
    await change(world, set_id, "C4", judged("C4", "40"))
    done, added = await asyncio.gather(
        corrected(world, set_id),
        add_proofs(world, nomination, "individual"),
        return_exceptions=True,
    )
    if isinstance(done, Refused):
        assert added is None
        assert set(await criteria_of(nomination)) == {(world.ids["set:individual"], "C1")}
    else:
        assert isinstance(added, Refused)
        assert await criteria_of(nomination) == []


async def test_the_secretary_counts_only_what_was_handed_in(world: World) -> None:
    """Drafts hold a correction back, but what they contain is nobody else's business."""
    draft = await draft_person(world, "binh")
    await add_proofs(world, draft, "individual")
    sent = await submitted_person(world)
    secretary = await world.actor("secretary")
    round_id, old = world.ids["round_2025"], world.ids["set:individual"]
    assert (await uses_of(round_id, old, ["C1"]))["C1"].achievements == 4
    assert (await uses_of(round_id, old, ["C1"], secretary))["C1"].achievements == 2
    assert await uses_of(round_id, old, ["C2"]) == {}
    page = await dossiers_affected(round_id, old, ["C1", "C2"], secretary)
    assert [(d.id, dict(d.uses)["C1"].achievements) for d in page.rows] == [(sent, 2)]
    assert (await dossiers_affected(round_id, old, ["C2"], secretary)).rows == ()


async def test_the_page_shows_what_changes_for_whom_and_then_does_it(world: World) -> None:
    await submitted_person(world)
    round_id = world.ids["round_2025"]
    set_id = await version(world)
    await swap_points(world, set_id)
    path = f"/rounds/{round_id}/corrections/{set_id}"
    async with world.client("secretary") as browser:
        listed = (await browser.get(f"/rounds/{round_id}")).text
        assert path in listed
        page = await browser.get(path)
        assert page.status_code == 200
        assert "điểm tối đa từ 25 thành 20" in page.text
        assert "Hoàng Văn Ánh" in page.text
        assert "2 minh chứng" in page.text
        without = await browser.form(path, {"reason": ""})
        assert without.status_code == 422
        old_set = str(world.ids["set:individual"])
        sent = {"reason": "Nhầm điểm", "old_set": old_set, "edits": "2"}
        for name in ("old_set", "edits"):
            assert f'name="{name}" value="{sent[name]}"' in page.text
        done = await browser.form(path, sent)
        assert done.status_code == 303
        again = await browser.form(path, sent)
        assert again.status_code == 409
        assert "Nhầm điểm</textarea>" in again.text
        missing = await browser.get(f"/rounds/{round_id}/corrections/99999")
        assert missing.status_code == 404
    async with world.client("staff") as browser:
        seen = (await browser.get(f"/rounds/{round_id}")).text
        assert "Nhầm điểm" in seen
        assert "phiên bản 1 thành 2" in seen
        assert (await browser.get(path)).status_code == 404


async def test_only_what_was_shown_is_applied(world: World) -> None:
    """Another window changed the version after the page was opened."""
    round_id = world.ids["round_2025"]
    set_id = await version(world)
    await swap_points(world, set_id)
    path = f"/rounds/{round_id}/corrections/{set_id}"
    old_set = str(world.ids["set:individual"])
    async with world.client("secretary") as browser:
        await browser.get(path)
        await change(world, set_id, "C1", judged("C1", "19"))
        await change(world, set_id, "C4", judged("C4", "21"))
        sent = {"reason": "Nhầm điểm", "old_set": old_set, "edits": "2"}
        for stale in (sent, {"reason": "Nhầm điểm"}, sent | {"edits": "x"}):
            refused_page = await browser.form(path, stale)
            assert refused_page.status_code == 409
            assert "Bộ tiêu chí đã thay đổi sau khi Ông/Bà mở trang này" in refused_page.text
            assert "điểm tối đa từ 25 thành 19" in refused_page.text
            assert "Nhầm điểm</textarea>" in refused_page.text
            assert 'name="edits" value="4"' in refused_page.text
        assert not await CriteriaCorrection.exists()
        done = await browser.form(path, sent | {"edits": "4"})
        assert done.status_code == 303


async def test_a_comparison_with_another_old_version_is_not_applied(world: World) -> None:
    first, second = await version(world), await version(world)
    await swap_points(world, first)
    await swap_points(world, second)
    seen = await comparison(world.ids["round_2025"], second)
    await corrected(world, first)
    with pytest.raises(Refused) as error:
        await corrected(world, second, shown=seen)
    assert error.value.refusal.code == "comparison-changed"
    await corrected(world, second)


async def test_the_page_costs_the_same_for_one_dossier_as_for_three(world: World) -> None:
    await submitted_person(world)
    set_id = await version(world)
    await swap_points(world, set_id)
    path = f"/rounds/{world.ids['round_2025']}/corrections/{set_id}"
    counts = []
    async with world.client("secretary") as browser:
        for more in ((), (("binh", "phong_1"), ("em", "cb_kv_1"))):
            for person, unit in more:
                await submitted_person(world, person, unit)
            with world.count_queries() as counter:
                assert (await browser.get(path)).status_code == 200
            counts.append(counter.count)
    assert counts[0] == counts[1]


async def test_a_new_criterion_is_there_for_the_dossiers(world: World) -> None:
    nomination = await draft_person(world)
    set_id = await version(world)
    await change(world, set_id, "C1", judged("C1", "20"))
    await add(world, set_id, replace(judged("C5", "5"), evidence_required=True))
    await corrected(world, set_id)
    await nominations.add_evidence(
        nomination,
        "C5",
        "Việc mới.",
        None,
        None,
        "",
        "",
        days=WORKED,
        actor=await world.actor("officer"),
        now=world.now,
    )
    assert await criteria_of(nomination) == [(set_id, "C5")]
    assert (await criteria_set(set_id)).use.opened == ("Tổng kết năm 2025",)
