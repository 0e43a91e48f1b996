"""The annual round 2024, in the units of before the merger, and the review of both years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.demo.world.council_facts import Mark, VoteResult
from app.demo.world.files import rows
from app.demo.world.former_offices import head_then
from app.demo.world.movement import CALENDAR_2024
from app.demo.world.nominees import NomineeMaker, Occasion
from app.demo.world.picker import Picker
from app.demo.world.roster import Roster
from app.demo.world.scores import Panel, as_marks, score, separate
from app.demo.world.selection import UnitList
from app.demo.world.standings import in_order
from app.demo.world.story_facts import Calendar, Initiative, Nominee, Story, SubjectKind
from app.demo.world.votes import vote

_AWARDED_2024 = {SubjectKind.INDIVIDUAL: 9, SubjectKind.COLLECTIVE: 4}
# Nobody is ready yet.
_SCORED_BY_PLACE = (0, 1, 2, 3, 4, 5, 6, 7, 8)
_AWARDED_IN_PHASE = {SubjectKind.INDIVIDUAL: 5, SubjectKind.COLLECTIVE: 4}


def lists_2024(roster: Roster) -> tuple[UnitList, ...]:
    return _lists("units_2024.csv", roster)


def build_2024(
    story: Story, roster: Roster, initiatives: tuple[Initiative, ...], picker: Picker
) -> Story:
    """`roster`: of that year. What does not change with the year is `story`'s."""
    occasion = Occasion("N-24", "năm 2024", (2024,), CALENDAR_2024.attested)
    maker = NomineeMaker(occasion, roster, story.criteria, initiatives, picker)
    return _played(
        replace(
            story,
            code="VKS-2024",
            in_words=occasion.in_words,
            minutes_number="12/BB-HĐTĐKT",
            calendar=CALENDAR_2024,
            initiatives=initiatives,
        ),
        maker.make(lists_2024(roster)),
        _AWARDED_2024,
        picker,
    )


def build_phase(
    story: Story,
    earlier: Story,
    roster: Roster,
    calendar: Calendar,
    picker: Picker,
) -> Story:
    """The preliminary review: its nominees rest on what they did in both years."""
    initiatives = (*story.initiatives, *earlier.initiatives)
    occasion = Occasion("N-GD", "giai đoạn 2023 - 2025", (2024, 2025), calendar.attested)
    maker = NomineeMaker(occasion, roster, story.criteria, initiatives, picker)
    return _played(
        replace(
            story,
            code="VKS-2023-2025",
            in_words=occasion.in_words,
            minutes_number="06/BB-HĐTĐKT",
            calendar=calendar,
            initiatives=(),
        ),
        maker.make(_lists("units_phase.csv", roster)),
        _AWARDED_IN_PHASE,
        picker,
    )


def build_thematic(story: Story, roster: Roster, calendar: Calendar, picker: Picker) -> Story:
    """A round of another movement while it is scored: each member has done another part."""
    occasion = Occasion("N-CD", "năm 2025", (2025,), calendar.attested, "Bình dân học vụ số")
    maker = NomineeMaker(occasion, roster, story.criteria, story.initiatives, picker)
    found = _played(
        replace(story, code="BDHVS-2025", minutes_number="", calendar=calendar, initiatives=()),
        maker.make(_lists("units_thematic.csv", roster)),
        {SubjectKind.INDIVIDUAL: 0, SubjectKind.COLLECTIVE: 0},
        picker,
    )
    done = {
        (member.code, nominee.key)
        for member, count in zip(found.council.members, _SCORED_BY_PLACE, strict=True)
        for nominee in found.nominees[:count]
    }
    marks = tuple(mark for mark in found.marks if (mark.member, mark.subject) in done)
    return replace(found, marks=marks, votes=())


def _lists(name: str, roster: Roster) -> tuple[UnitList, ...]:
    return tuple(
        UnitList(
            row["unit"],
            row["symbol"],
            tuple(roster.person(key) for key in row["people"].split(";") if key),
            tuple(key for key in row["collectives"].split(";") if key),
            0,
            head_then(row["unit"], roster),
        )
        for row in rows(name)
    )


def _played(
    story: Story, nominees: tuple[Nominee, ...], awarded: Mapping[SubjectKind, int], picker: Picker
) -> Story:
    """Every member scores everybody: what can go wrong is told by the round 2025."""
    members = tuple(member.code for member in story.council.members)
    marks: list[Mark] = []
    votes: list[VoteResult] = []
    for kind in SubjectKind:
        panel = Panel(members, story.criteria.of(kind), ())
        sheets = score(tuple(n.key for n in nominees if n.kind is kind), panel, picker)
        separate(sheets, panel)
        marks += as_marks(sheets)
        votes += vote(in_order(sheets, len(panel.criteria)), awarded[kind], (), picker)
    return replace(
        story,
        nominating_units=tuple(dict.fromkeys(n.nominating_unit for n in nominees)),
        nominees=nominees,
        fails=None,
        holds=None,
        recusals=(),
        incomplete_sheet=None,
        marks=tuple(marks),
        votes=tuple(votes),
    )
