"""Marks and votes, recomputed here from the marks alone."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from app.demo.world import build_world
from app.demo.world.story_facts import Story, SubjectKind

Sheet = dict[str, Decimal]


@pytest.fixture(scope="module")
def story() -> Story:
    return build_world().story


def sheets_of(story: Story, kind: SubjectKind) -> dict[str, dict[str, Sheet]]:
    subjects = {nominee.key for nominee in story.nominees if nominee.kind is kind}
    found: dict[str, dict[str, Sheet]] = defaultdict(lambda: defaultdict(dict))
    for mark in story.marks:
        if mark.subject in subjects:
            found[mark.subject][mark.member][mark.criterion] = Decimal(mark.points)
    return found


def standing(story: Story, kind: SubjectKind, tie_break: str) -> dict[str, tuple[Fraction, ...]]:
    """Subject -> (mean of complete sheets, mean of the tie-break criterion)."""
    size = len(story.criteria.of(kind))
    result = {}
    for subject, sheets in sheets_of(story, kind).items():
        whole = [sheet for sheet in sheets.values() if len(sheet) == size]
        total = sum((Fraction(mark) for sheet in whole for mark in sheet.values()), Fraction(0))
        part = sum((Fraction(sheet[tie_break]) for sheet in whole), Fraction(0))
        result[subject] = (total / len(whole), part / len(whole))
    return result


def test_marks_lie_within_the_maxima_with_at_most_two_decimals(story: Story) -> None:
    maximum = {criterion.code: criterion.maximum for criterion in story.criteria.criteria}
    for mark in story.marks:
        points = Decimal(mark.points)
        assert 0 <= points <= maximum[mark.criterion]
        exponent = points.as_tuple().exponent
        assert isinstance(exponent, int)
        assert -2 <= exponent <= 0
    triples = {(mark.member, mark.subject, mark.criterion) for mark in story.marks}
    assert len(triples) == len(story.marks)


def test_all_but_the_failed_and_the_held_are_scored(story: Story) -> None:
    scored = {mark.subject for mark in story.marks}
    assert {n.key for n in story.nominees} - scored == {story.fails, story.holds}


def test_only_the_recused_have_no_sheet_and_only_one_sheet_is_incomplete(story: Story) -> None:
    members = {member.code for member in story.council.members}
    absent, incomplete = set(), []
    for kind in SubjectKind:
        size = len(story.criteria.of(kind))
        for subject, sheets in sheets_of(story, kind).items():
            absent |= {(member, subject) for member in members - set(sheets)}
            incomplete += [(m, subject) for m, sheet in sheets.items() if len(sheet) < size]
    assert absent == {(recusal.member, recusal.subject) for recusal in story.recusals}
    assert len(story.recusals) == 2
    assert incomplete == [story.incomplete_sheet]


def test_one_true_tie_near_the_top_ten_and_no_other(story: Story) -> None:
    values = standing(story, SubjectKind.INDIVIDUAL, "C2")
    ordered = sorted(values.values(), reverse=True)
    ties = [rank for rank, pair in enumerate(pairwise(ordered), 1) if pair[0] == pair[1]]
    assert ties == [9]
    assert len({mean for mean, _ in ordered}) == 37


def test_the_tied_pair_differs_neither_in_any_criterion_nor_in_sex(story: Story) -> None:
    values = standing(story, SubjectKind.INDIVIDUAL, "C2")
    ordered = sorted(values, key=lambda subject: values[subject], reverse=True)
    pair = ordered[8:10]
    for code in ("C1", "C3", "C4"):
        by_code = standing(story, SubjectKind.INDIVIDUAL, code)
        assert by_code[pair[0]] == by_code[pair[1]]
    people = {n.key: n.person for n in story.nominees}
    sexes = {p.sex for p in build_world().people if p.key in [people[key] for key in pair]}
    assert len(sexes) == 1


def test_collectives_are_ranked_without_a_tie(story: Story) -> None:
    values = standing(story, SubjectKind.COLLECTIVE, "T4")
    assert len({mean for mean, _ in values.values()}) == len(values) == 12


def test_votes_count_nine_and_decide_by_two_thirds_of_all(story: Story) -> None:
    recused = {recusal.subject for recusal in story.recusals}
    awarded = {vote.subject for vote in story.votes if 3 * vote.agree >= 2 * 9}
    for vote in story.votes:
        assert vote.agree + vote.against + vote.not_voting == 9
        assert min(vote.agree, vote.against) >= 0
        assert vote.not_voting == (vote.subject in recused)
    for kind, wanted in ((SubjectKind.INDIVIDUAL, 20), (SubjectKind.COLLECTIVE, 8)):
        values = standing(story, kind, story.criteria.of(kind)[0].code)
        best = sorted(values, key=lambda subject: values[subject][0], reverse=True)[:wanted]
        assert awarded & set(values) == set(best)
    assert len({vote.subject for vote in story.votes}) == len(story.votes) == 50
