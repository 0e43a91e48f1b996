"""What a dossier owes before it may be submitted is named, criterion by criterion."""

from __future__ import annotations

import pytest

from app.movement.rules import CriterionFacts
from app.nominations.rules import Dossier, refuse_incomplete, refuse_submission
from app.nominations.rules.completeness import without_evidence, without_paper
from tests.nominations.dossiers import TODAY, criterion, dossier, entry

ASKED = (
    criterion("C1", evidence_required=True),
    criterion("C2"),
    criterion("C3", "attested", evidence_required=True),
    # The system shows its own rows: nobody has to bring any.
    criterion("C4", "measured", evidence_required=True),
)


def asked(*shown: object, **changes: object) -> Dossier:
    return dossier(criteria=ASKED, evidence=shown, **changes)


def test_every_required_criterion_without_an_achievement_is_named() -> None:
    assert without_evidence(asked(entry("C2"))) == ("C1", "C3")
    refusal = refuse_incomplete(asked(entry("C2")))
    assert refusal is not None
    assert (refusal.code, refusal.values) == ("evidence-owed", {"criteria": "C1, C3"})


@pytest.mark.parametrize(
    ("shown", "files", "owed"),
    [
        ((), {}, ("C3",)),
        ((entry("C3"),), {}, ("C3",)),
        ((entry("C3", document="Báo cáo số 4"),), {}, ()),
        ((entry("C3", 1), entry("C3", 2, document="Báo cáo số 4")), {}, ()),
        ((entry("C3"),), {"C3": 1}, ()),
        ((entry("C3"),), {"C1": 1}, ("C3",)),
        # A file without a word on what it shows is no statement.
        ((), {"C3": 1}, ("C3",)),
    ],
)
def test_an_attested_criterion_needs_words_and_a_paper(
    shown: tuple[object, ...], files: dict[str, int], owed: tuple[str, ...]
) -> None:
    assert without_paper(asked(*shown, files=files)) == owed


def test_a_paper_is_asked_for_only_after_the_achievements() -> None:
    refusal = refuse_incomplete(asked(entry("C1"), entry("C3")))
    assert refusal is not None
    assert (refusal.code, refusal.values) == ("paper-owed", {"criteria": "C3"})


def test_nothing_is_asked_of_a_set_that_asks_nothing() -> None:
    plain: tuple[CriterionFacts, ...] = (criterion("C1"), criterion("C2"))
    assert refuse_incomplete(dossier(criteria=plain)) is None


def test_a_complete_dossier_may_be_submitted_and_an_incomplete_one_not() -> None:
    complete = asked(entry("C1"), entry("C3", 2, document="Báo cáo số 4"))
    assert refuse_submission(complete, TODAY) is None
    refusal = refuse_submission(asked(entry("C1")), TODAY)
    assert refusal is not None
    assert refusal.code == "evidence-owed"
