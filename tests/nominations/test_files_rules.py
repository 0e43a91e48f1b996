"""Where a file belongs, and when it may come or go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from app.files.rules import PDF
from app.kernel.period import VIETNAM, Period
from app.movement.rules import CriterionFacts
from app.nominations.rules import Dossier, DossierRound, EvidenceFacts, OpenReturn
from app.nominations.rules import files as rules
from app.nominations.rules.files import FileFacts, Spot
from tests.cast import WORKED

DAYS = Period(date(2025, 10, 20), date(2025, 11, 20))
TODAY, LAST, LATE = date(2025, 11, 10), date(2025, 11, 20), date(2025, 11, 21)
AT = datetime(2025, 11, 10, 9, tzinfo=VIETNAM)


def criterion(code: str, kind: str) -> CriterionFacts:
    return CriterionFacts(1, code, kind, code, code, Decimal(10), 1)


DOSSIER = Dossier(
    id=1,
    code="CN-2025-0001",
    review=DossierRound(1, "VKS-2025", "2025", "annual", DAYS, DAYS, "Giấy khen", {}),
    subject="individual",
    person_id=1,
    collective_id=None,
    nominating_unit_id=1,
    name="A",
    post="",
    unit_name="",
    achievement="",
    criteria=(criterion("C1", "judged"), criterion("C2", "attested"), criterion("G1", "gate")),
    evidence=(EvidenceFacts(7, "C2", "Đã học", None, None, "", "", WORKED),),
    attestations={},
    submitted_at=None,
    outcome=None,
    verdicts=None,
    frozen_at=None,
    stage="draft",
    at_unit_id=None,
    period=DAYS,
)
SUBMITTED = replace(DOSSIER, stage="office", submitted_at=AT)
FILE = FileFacts(
    3, Spot("evidence", "C1"), "a.pdf", PDF, 1024, "a" * 64, 2, None, "B", AT, None, None, ""
)
REMOVED = replace(FILE, removed_by="B", removed_at=AT, removed_because="nhầm")


def code_of(refusal: object) -> str | None:
    return getattr(refusal, "code", None)


def test_every_criterion_but_the_gates_each_achievement_and_the_papers_take_files() -> None:
    assert [spot.key for spot in rules.spots(DOSSIER)] == [
        "criterion:C1",
        "criterion:C2",
        "evidence:7",
        "report",
        "minutes",
        "other",
    ]


@pytest.mark.parametrize(
    ("spot", "item"),
    [(Spot("evidence", "C1"), "criterion"), (Spot("report"), "report"), (Spot("other"), "other")],
)
def test_a_place_is_what_appraisal_sends_back(spot: Spot, item: str) -> None:
    assert spot.item == item


@pytest.mark.parametrize(
    ("today", "code"), [(TODAY, None), (LAST, None), (LATE, "nominations-closed")]
)
def test_a_draft_takes_files_through_the_last_day(today: date, code: str | None) -> None:
    assert {code_of(rules.refuse_filing(DOSSIER, s, today)) for s in rules.spots(DOSSIER)} == {code}
    assert code_of(rules.refuse_any_filing(DOSSIER, today)) == code


@pytest.mark.parametrize(
    "spot",
    [
        Spot("evidence", "G1"),
        Spot("evidence", "C9"),
        Spot("evidence", "C1", 7),
        Spot("evidence", "C2", 8),
        Spot("anything"),
    ],
)
def test_a_place_the_dossier_does_not_have_takes_none(spot: Spot) -> None:
    assert rules.refuse_filing(DOSSIER, spot, TODAY) == rules.NO_SUCH_SPOT


def test_a_submitted_one_takes_only_what_was_sent_back_until_its_day() -> None:
    asked = (OpenReturn(1, "criterion", "C2", LATE), OpenReturn(2, "minutes", "", TODAY))
    back = replace(SUBMITTED, open_returns=asked)
    assert [s.key for s in rules.open_spots(SUBMITTED, TODAY)] == []
    assert [s.key for s in rules.open_spots(back, TODAY)] == [
        "criterion:C2",
        "evidence:7",
        "minutes",
    ]
    assert [s.key for s in rules.open_spots(back, LATE)] == ["criterion:C2", "evidence:7"]
    assert code_of(rules.refuse_any_filing(SUBMITTED, TODAY)) == "already-submitted"
    assert rules.refuse_any_filing(back, LATE) is None
    assert code_of(rules.refuse_any_filing(back, date(2025, 11, 22))) == "answer-late"


def test_a_file_is_removed_where_one_could_be_added_and_once() -> None:
    back = replace(SUBMITTED, open_returns=(OpenReturn(1, "criterion", "C1", TODAY),))
    assert rules.refuse_removing(DOSSIER, FILE, TODAY) is None
    assert code_of(rules.refuse_removing(DOSSIER, REMOVED, TODAY)) == "already-removed"
    assert code_of(rules.refuse_removing(SUBMITTED, FILE, TODAY)) == "already-submitted"
    assert rules.refuse_removing(back, FILE, TODAY) is None
    other = replace(FILE, spot=Spot("evidence", "C2"))
    assert code_of(rules.refuse_removing(back, other, TODAY)) == "already-submitted"


def test_the_same_paper_may_lie_in_two_places_and_come_back_after_it_was_removed() -> None:
    assert rules.already_there([FILE], FILE.spot) == {FILE.sha256}
    assert rules.already_there([FILE], Spot("evidence", "C2")) == frozenset()
    assert rules.already_there([REMOVED], FILE.spot) == frozenset()


def test_removed_files_make_room() -> None:
    full = [FILE] * rules.MOST_FILES
    assert rules.refuse_count(full[1:], 1) is None
    assert code_of(rules.refuse_count(full, 1)) == "too-many-files"
    assert rules.refuse_count([*full[1:], REMOVED], 1) is None


@pytest.mark.parametrize(
    ("size", "kilobytes", "megabytes"),
    [(1, 1, "0.0"), (1536, 2, "0.0"), (1_048_576, 1024, "1.0"), (20_971_520, 20480, "20.0")],
)
def test_sizes(size: int, kilobytes: int, megabytes: str) -> None:
    file = replace(FILE, size=size)
    assert (file.kilobytes, file.megabytes) == (kilobytes, Decimal(megabytes))
