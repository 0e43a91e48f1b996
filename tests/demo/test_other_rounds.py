"""The year 2024 in the units of before the merger, and the rounds that are under way today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from app.demo.calendars import reviewed_today, scored_today
from app.demo.world import World, build_world
from app.demo.world.story_facts import Calendar, Nominee, Story, SubjectKind
from app.kernel.actor import Role
from app.public_comment.days_off import days_off
from app.public_comment.rules import is_working
from tests.demo.naming import name_on

TODAY = date(2026, 11, 22)
# A Sunday, the eve of Tết, two days inside it, the day after a feast, and a year's first day.
DAYS = (TODAY, date(2027, 2, 5), date(2027, 2, 8), date(2026, 5, 2), date(2027, 1, 1))


@pytest.fixture(scope="module")
def world() -> World:
    return build_world()


def test_twelve_people_and_six_collectives_stood_in_2024(world: World) -> None:
    assert Counter(nominee.kind for nominee in world.earlier.nominees) == {
        SubjectKind.INDIVIDUAL: 12,
        SubjectKind.COLLECTIVE: 6,
    }
    assert Counter(n.nominating_unit for n in world.earlier.nominees) == {
        "vks-lang-son": 4,
        "vks-ha-giang": 3,
        "vks-tuyen-quang": 2,
        "vks-thua-thien-hue": 3,
        "vks-dak-lak": 2,
        "van-phong": 2,
        "cuc-tktp": 1,
        "truong-dhks-hn": 1,
    }


def test_they_stood_in_the_units_they_belonged_to_then(world: World) -> None:
    people = {person.key: person for person in world.people}
    units = {unit.key: unit for unit in world.units}
    day = world.earlier.calendar.session_on
    for nominee in world.earlier.nominees:
        assert units[nominee.unit].exists_on(day)
        if nominee.person:
            assert people[nominee.person].unit_on(day) == nominee.unit
    gone = {n.unit for n in world.earlier.nominees if not units[n.unit].exists_on(TODAY)}
    assert name_on(units["vks-ha-giang"], day) == "Viện kiểm sát nhân dân tỉnh Hà Giang"
    assert gone == {
        "vks-huyen-bac-son",
        "vks-huyen-dong-van",
        "vks-ha-giang",
        "vks-huyen-na-hang",
        "vks-huyen-a-luoi",
        "vks-huyen-krong-pac",
        "truong-dhks-hn",
    }


def test_each_had_a_recognised_initiative_of_that_year(world: World) -> None:
    initiatives = {initiative.key: initiative for initiative in world.earlier.initiatives}
    for nominee in world.earlier.nominees:
        found = initiatives[nominee.initiatives[0]]
        assert found.recognition
        assert found.applied_from.year == found.recognition.on.year == 2024
        assert found.recognition.on <= world.earlier.calendar.nominations_close_on
        assert sum(share for _, share in found.authors) == 100
    titles = [i.title for i in (*world.earlier.initiatives, *world.story.initiatives)]
    assert len(set(titles)) == len(titles)


def test_its_papers_speak_of_that_year_and_are_signed_on_weekdays(world: World) -> None:
    for nominee in world.earlier.nominees:
        assert nominee.achievement_line.endswith("năm 2024")
        assert {item.document_date.year for item in nominee.evidence} == {2024}
        for day in (*(i.document_date for i in nominee.evidence), nominee.attestations[0].on):
            assert day.weekday() < 5
        assert "2025" not in " ".join(item.statement for item in nominee.evidence)


def test_offices_that_ended_had_an_officer_and_a_head_until_then(world: World) -> None:
    ended = {
        (account.login, grant.role, grant.unit)
        for account in world.story.accounts
        for grant in account.grants
        if grant.until == date(2025, 6, 30)
    }
    assert ended == {
        ("dm.tuyen-quang", Role.UNIT_OFFICER, "vks-ha-giang"),
        ("tt.tuyen-quang", Role.UNIT_HEAD, "vks-ha-giang"),
        ("dm.tuyen-quang-2024", Role.UNIT_OFFICER, "vks-tuyen-quang"),
        ("tt.tuyen-quang-2024", Role.UNIT_HEAD, "vks-tuyen-quang"),
        ("dm.dak-lak-2024", Role.UNIT_OFFICER, "vks-dak-lak"),
        ("tt.dak-lak", Role.UNIT_HEAD, "vks-dak-lak"),
        ("dm.truong-dhks", Role.UNIT_OFFICER, "truong-dhks-hn"),
        ("tt.truong-dhks", Role.UNIT_HEAD, "truong-dhks-hn"),
    }


def test_the_review_rests_on_both_years_and_their_evidence(world: World) -> None:
    phase = world.phase(reviewed_today(TODAY))
    stood = {n.person for n in world.earlier.nominees if n.person}
    assert [n.person in stood for n in phase.nominees if n.person] == [True, False] + [True] * 5
    for nominee in phase.nominees:
        assert nominee.achievement_line.endswith("giai đoạn 2023 - 2025")
        assert {item.document_date.year for item in nominee.evidence} == {2024, 2025}


def test_each_member_has_scored_another_part_of_the_thematic_round(world: World) -> None:
    theme = world.thematic(scored_today(TODAY))
    done = Counter(member for member, _ in {(m.member, m.subject) for m in theme.marks})
    assert len(theme.nominees) == 9
    assert [done[member.code] for member in theme.council.members] == list(range(9))


def test_offices_act_and_sign_on_working_days_only(world: World) -> None:
    """Neither on weekends nor on feasts: initiatives begin around Tết and the last of April."""
    for story in (world.earlier, world.story):
        calendar, days = story.calendar, []
        for stage in (calendar.registration, calendar.scoring, calendar.comment):
            days += [stage.first, stage.last or stage.first]
        days += [calendar.opened_on, calendar.nominated_on, calendar.nominations_close_on]
        days += [calendar.appraised_on, calendar.session_on, calendar.signed_on]
        days += [i.applied_from for i in story.initiatives]
        days += [i.recognition.on for i in story.initiatives if i.recognition]
        days += [item.document_date for n in story.nominees for item in n.evidence]
        days += [word.on for n in story.nominees for word in n.attestations]
        assert [day for day in days if not is_working(day, days_off(date(day.year, 1, 1)))] == []


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("made", [reviewed_today, scored_today])
def test_calendars_of_today_run_in_order_over_working_days(
    made: Callable[[date], Calendar], today: date
) -> None:
    calendar = made(today)
    scoring, comment = calendar.scoring, calendar.comment
    assert scoring.last is not None
    assert comment.last is not None
    days = [
        calendar.opened_on,
        calendar.nominated_on,
        calendar.nominations_close_on,
        calendar.appraised_on,
        scoring.first,
        scoring.last,
        calendar.session_on,
        comment.first,
        comment.last,
        calendar.signed_on,
    ]
    assert days == sorted(set(days))
    assert [day for day in days if not is_working(day, days_off(date(day.year, 1, 1)))] == []
    if made is reviewed_today:
        assert comment.first < today <= comment.last
    else:
        assert scoring.first + timedelta(days=2) < today < scoring.last


def test_another_seed_has_its_year_2024_too() -> None:
    other: Story = build_world(7).earlier
    people: list[Nominee] = [n for n in other.nominees if n.person]
    assert len(people) == 12
