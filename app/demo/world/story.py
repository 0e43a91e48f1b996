"""The rounds from nomination to vote, put together from their parts."""

from __future__ import annotations

from app.demo.world.accounts import build_accounts
from app.demo.world.council import build_council, build_recusals
from app.demo.world.council_facts import Council, Recusal
from app.demo.world.discipline import CASES
from app.demo.world.initiatives import build_initiatives
from app.demo.world.movement import CALENDAR, build_criteria, build_movement
from app.demo.world.nominees import NomineeMaker, Occasion
from app.demo.world.picker import Picker
from app.demo.world.roster import Roster
from app.demo.world.scores import Panel, as_marks, leave_incomplete, score, separate, tie
from app.demo.world.selection import DISCIPLINED, UNDER_CONSIDERATION, build_lists
from app.demo.world.standings import Sheets, in_order
from app.demo.world.story_facts import CriteriaSet, Nominee, Story, SubjectKind
from app.demo.world.votes import vote

_AWARDED = {SubjectKind.INDIVIDUAL: 20, SubjectKind.COLLECTIVE: 8}
_UNFINISHED_MEMBER = "M5"


def build_story(roster: Roster, picker: Picker) -> Story:
    criteria = build_criteria()
    lists = build_lists(roster, picker)
    initiatives = build_initiatives(lists, roster, picker)
    occasion = Occasion("N", "năm 2025", (2025,), CALENDAR.attested)
    nominees = NomineeMaker(occasion, roster, criteria, initiatives, picker).make(lists)
    council = build_council(roster)
    recusals = build_recusals(roster, council, nominees, initiatives)
    fails = _subject_of(DISCIPLINED, nominees)
    holds = _subject_of(UNDER_CONSIDERATION, nominees)
    cleared = tuple(n for n in nominees if n.key not in (fails, holds))
    unfinished = _unfinished(cleared, recusals)
    panels = _panels(council, criteria, recusals)
    people, collectives = _sheets(cleared, panels, unfinished, roster, picker)
    rankings = (
        (in_order(people, len(panels[SubjectKind.INDIVIDUAL].criteria)), SubjectKind.INDIVIDUAL),
        (
            in_order(collectives, len(panels[SubjectKind.COLLECTIVE].criteria)),
            SubjectKind.COLLECTIVE,
        ),
    )
    return Story(
        code="VKS-2025",
        in_words=occasion.in_words,
        minutes_number="15/BB-HĐTĐKT",
        movement=build_movement(),
        criteria=criteria,
        calendar=CALENDAR,
        council=council,
        nominating_units=tuple(line.unit for line in lists),
        nominees=nominees,
        initiatives=initiatives,
        discipline=CASES,
        fails=fails,
        holds=holds,
        recusals=recusals,
        incomplete_sheet=(_UNFINISHED_MEMBER, unfinished),
        marks=(*as_marks(people), *as_marks(collectives)),
        votes=tuple(
            result
            for ranking, kind in rankings
            for result in vote(ranking, _AWARDED[kind], recusals, picker)
        ),
        accounts=build_accounts(roster, council, lists, nominees),
    )


def _subject_of(person: str, nominees: tuple[Nominee, ...]) -> str:
    return next(nominee.key for nominee in nominees if nominee.person == person)


def _unfinished(cleared: tuple[Nominee, ...], recusals: tuple[Recusal, ...]) -> str:
    """Some individual in the middle of the list whom nobody recused from."""
    recused = {recusal.subject for recusal in recusals}
    people = [n.key for n in cleared if n.person and n.key not in recused]
    return people[len(people) // 2]


def _panels(
    council: Council, criteria: CriteriaSet, recusals: tuple[Recusal, ...]
) -> dict[SubjectKind, Panel]:
    members = tuple(member.code for member in council.members)
    return {kind: Panel(members, criteria.of(kind), recusals) for kind in SubjectKind}


def _sheets(
    cleared: tuple[Nominee, ...],
    panels: dict[SubjectKind, Panel],
    unfinished: str,
    roster: Roster,
    picker: Picker,
) -> tuple[Sheets, Sheets]:
    """Sheets of the individuals, with one unfinished and one tie, and of the collectives."""
    individual, collective = (panels[kind] for kind in SubjectKind)
    people = score(tuple(n.key for n in cleared if n.person), individual, picker)
    leave_incomplete(people, _UNFINISHED_MEMBER, unfinished, individual)
    separate(people, individual)
    tie(people, individual, {n.key: roster.person(n.person).sex for n in cleared if n.person})
    collectives = score(tuple(n.key for n in cleared if not n.person), collective, picker)
    separate(collectives, collective)
    return people, collectives
