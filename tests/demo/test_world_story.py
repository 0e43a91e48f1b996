"""The cast and the papers of the annual round 2025."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from app.demo.world import World, build_world
from app.demo.world.council_facts import Seat
from app.demo.world.movement import REVIEW_WINDOW
from app.demo.world.story_facts import Nominee, Story, SubjectKind
from app.kernel.actor import Role


@pytest.fixture(scope="module")
def world() -> World:
    return build_world()


@pytest.fixture(scope="module")
def story(world: World) -> Story:
    return world.story


def nominee_of(story: Story, key: str) -> Nominee:
    return next(nominee for nominee in story.nominees if nominee.key == key)


def test_the_same_seed_gives_the_same_world(world: World) -> None:
    assert build_world() == world
    assert build_world(7) != world


def test_forty_people_and_twelve_collectives_of_eight_units(story: Story) -> None:
    assert Counter(nominee.kind for nominee in story.nominees) == {
        SubjectKind.INDIVIDUAL: 40,
        SubjectKind.COLLECTIVE: 12,
    }
    assert {nominee.nominating_unit for nominee in story.nominees} == set(story.nominating_units)
    assert len(story.nominating_units) == 8
    people = [nominee.person for nominee in story.nominees if nominee.person]
    assert len(set(people)) == 40
    assert len({nominee.key for nominee in story.nominees}) == 52


def test_nominees_belong_to_the_unit_that_nominates(world: World, story: Story) -> None:
    people = {person.key: person for person in world.people}
    for nominee in story.nominees:
        assert nominee.unit.partition(".")[0] == nominee.nominating_unit
        if nominee.person:
            assert people[nominee.person].unit_on(story.calendar.session_on) == nominee.unit


def test_every_reference_resolves(world: World, story: Story) -> None:
    people = {person.key for person in world.people}
    units = {unit.key for unit in world.units}
    initiatives = {initiative.key for initiative in story.initiatives}
    assert {n.unit for n in story.nominees} <= units
    assert {key for n in story.nominees for key in n.initiatives} <= initiatives
    assert {key for i in story.initiatives for key, _ in i.authors} <= people
    assert {i.unit for i in story.initiatives} <= units
    assert {case.person for case in story.discipline} <= people
    assert {a.by_person for n in story.nominees for a in n.attestations} <= people
    assert {account.person for account in story.accounts} <= people
    assert {grant.unit for account in story.accounts for grant in account.grants} <= units
    assert {*(m.person for m in story.council.members), story.council.secretary} <= people


def test_exactly_one_nominee_fails_and_one_holds_on_discipline(story: Story) -> None:
    nominated = {nominee.person: nominee.key for nominee in story.nominees if nominee.person}
    decided = [
        nominated[case.person]
        for case in story.discipline
        if case.person in nominated and case.decided_on and case.decided_on in REVIEW_WINDOW
    ]
    still_open = [
        nominated[case.person]
        for case in story.discipline
        if case.person in nominated and case.decided_on is None
    ]
    assert decided == [story.fails]
    assert still_open == [story.holds]


def test_neither_of_them_was_a_member_of_a_nominated_collective(world: World, story: Story) -> None:
    units = {unit.key: unit for unit in world.units}
    collectives = {n.unit for n in story.nominees if n.kind is SubjectKind.COLLECTIVE}
    collectives |= {former for key in collectives for former in units[key].predecessors}
    blocked = {nominee_of(story, key).person for key in (story.fails, story.holds)}
    for person in world.people:
        if person.key in blocked:
            assert collectives & {posting.unit for posting in person.postings} == set()


def test_every_nominee_has_a_replicable_recognised_initiative_of_its_own(
    world: World, story: Story
) -> None:
    initiatives = {initiative.key: initiative for initiative in story.initiatives}
    units = {unit.key: unit for unit in world.units}
    for nominee in story.nominees:
        assert len(nominee.initiatives) == 1
        initiative = initiatives[nominee.initiatives[0]]
        assert initiative.replicable
        assert initiative.recognition
        assert initiative.applied_from < initiative.recognition.on
        assert initiative.recognition.on <= story.calendar.nominations_close_on
        assert units[initiative.recognition.by_unit].exists_on(initiative.recognition.on)
        if nominee.person:
            assert nominee.person in dict(initiative.authors)
        else:
            assert initiative.unit == nominee.unit


def test_author_shares_sum_to_one_hundred(story: Story) -> None:
    for initiative in story.initiatives:
        shares = [share for _, share in initiative.authors]
        assert sum(shares) == 100
        assert min(shares) > 0
        assert len(dict(initiative.authors)) == len(shares)


def test_titles_of_initiatives_do_not_repeat(story: Story) -> None:
    assert len({initiative.title for initiative in story.initiatives}) == len(story.initiatives)


def test_evidence_covers_every_criterion_with_a_change(story: Story) -> None:
    for nominee in story.nominees:
        wanted = {criterion.code for criterion in story.criteria.of(nominee.kind)}
        assert {evidence.criterion for evidence in nominee.evidence} == wanted
        assert all(evidence.before != evidence.after for evidence in nominee.evidence)
        assert "{" not in "".join(evidence.statement for evidence in nominee.evidence)
        statements = [evidence.statement for evidence in nominee.evidence]
        assert len(set(statements)) == len(statements)


def test_the_head_attests_g3_and_g4_and_nobody_attests_for_himself(story: Story) -> None:
    for nominee in story.nominees:
        assert [attestation.gate for attestation in nominee.attestations] == ["G3", "G4"]
        assert nominee.person not in {a.by_person for a in nominee.attestations}
        assert all(
            story.calendar.opened_on <= a.on <= story.calendar.nominations_close_on
            for a in nominee.attestations
        )


def test_criteria_carry_the_proposed_hundred_points_and_corrected_wording(story: Story) -> None:
    assert story.criteria.label == "mẫu đề xuất"
    points = {c.code: c.maximum for c in story.criteria.criteria}
    assert [points[c] for c in ("C1", "C2", "C3", "C4")] == [Decimal(n) for n in (25, 40, 20, 15)]
    assert [points[f"T{n}"] for n in range(1, 6)] == [Decimal(n) for n in (20, 20, 20, 25, 15)]
    assert [code for code, *_ in story.criteria.gates] == ["G1", "G2", "G3", "G4", "G5"]
    wording = " ".join(criterion.text for criterion in story.criteria.criteria)
    assert wording.count("công nghệ thông tin, chuyển đổi số") == 1
    assert "tin. chuyển" not in wording
    assert [c.code for c in story.criteria.criteria if c.proposed_wording] == ["T5"]


def test_a_council_of_nine_and_a_secretary_without_a_vote(world: World, story: Story) -> None:
    seats = Counter(member.seat for member in story.council.members)
    assert seats == {Seat.CHAIR: 1, Seat.VICE_CHAIR: 2, Seat.MEMBER: 6}
    members = {member.person for member in story.council.members}
    assert len(members) == 9
    assert story.council.secretary not in members
    assert members & {nominee.person for nominee in story.nominees} == set()


def test_every_role_of_the_round_has_a_sign_in(story: Story) -> None:
    roles = Counter(grant.role for account in story.accounts for grant in account.grants)
    once = (Role.APPRAISER, Role.COUNCIL_SECRETARY, Role.DISCIPLINE_OFFICER, Role.LEADER)
    others = (Role.AUDITOR, Role.ADMINISTRATOR, Role.PERSONNEL_OFFICER)
    every = (*once, *others, Role.INITIATIVE_COUNCIL_MEMBER)
    assert [roles[role] for role in every] == [1] * 8
    assert roles[Role.COUNCIL_MEMBER] == 9
    # A region's, and of 2024 those of four units that ended.
    assert roles[Role.UNIT_OFFICER] == roles[Role.UNIT_HEAD] == 8 + 1 + 4
    assert roles[Role.STAFF] >= 3
    assert len({account.login for account in story.accounts}) == len(story.accounts)
    assert len({account.person for account in story.accounts}) == len(story.accounts)
