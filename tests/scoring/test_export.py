"""The document of a round: one order for the same facts, and the engine reads it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from app.movement.rules import CriterionFacts, default_protocol
from app.scoring.rank_file import canonical, rank
from app.scoring.rules.export import MarkGiven, PanelRecord, rank_document
from app.scoring.rules.standing import Standing, ranks, standings, why_unranked

CRITERIA = tuple(
    CriterionFacts(position, code, "judged", "", "", Decimal(most), position)
    for position, (code, most) in enumerate((("C1", "25.00"), ("C2", "40.00")), start=1)
)
PROTOCOL = default_protocol() | {"min_members": 2}
MEMBERS = [f"M{number}" for number in range(1, 11)]


def record(seed: int | None = None) -> PanelRecord:
    marks = [
        MarkGiven(member, subject, code, Decimal("20.50") + number)
        for number, subject in enumerate(("CN-2", "CN-1"))
        for member in MEMBERS
        for code in ("C2", "C1")
        if (member, subject) != ("M2", "CN-1")
    ]
    members = list(MEMBERS)
    if seed is not None:
        Random(seed).shuffle(marks)
        Random(seed).shuffle(members)
    return PanelRecord(members, ["CN-2", "CN-3", "CN-1"], {("M2", "CN-1")}, marks)


def test_the_document() -> None:
    document = rank_document("individual", PROTOCOL, CRITERIA, record())
    marks = document.pop("marks")
    assert document == {
        "format": "thidua-rank/1",
        "protocol": {
            "fusion": "mean",
            "min_members": 2,
            "decimals": 2,
            "tie_breaks": ["criterion:C2"],
        },
        "criteria": [{"code": "C1", "max": "25"}, {"code": "C2", "max": "40"}],
        "members": MEMBERS,
        "subjects": [{"code": "CN-1"}, {"code": "CN-2"}, {"code": "CN-3"}],
        "recusals": [["M2", "CN-1"]],
    }
    assert marks[:3] == [
        ["M1", "CN-1", "C1", "21.5"],
        ["M1", "CN-1", "C2", "21.5"],
        ["M1", "CN-2", "C1", "20.5"],
    ]
    assert len(marks) == 38


def test_a_cut_is_named_only_when_there_is_one() -> None:
    protocol = PROTOCOL | {"cut": {"individual": 3, "collective": None}}
    found = [
        rank_document(subject, protocol, CRITERIA, record())["protocol"].get("cut")
        for subject in ("individual", "collective")
    ]
    assert found == [3, None]


def test_the_order_of_the_facts_changes_nothing() -> None:
    texts = {
        canonical(rank_document("individual", PROTOCOL, CRITERIA, record(seed)))
        for seed in (None, 1, 2, 3)
    }
    assert len(texts) == 1


MEASURED = CriterionFacts(3, "C3", "measured", "", "", Decimal(35), 3, indicator="x", function="")


def test_a_measured_criterion_is_the_same_mark_on_every_whole_sheet() -> None:
    given = record()
    given.marks.append(MarkGiven("M2", "CN-1", "C1", Decimal(1)))  # type: ignore[attr-defined]
    points = {"CN-1": {"C3": Decimal("12.50")}, "CN-3": {"C3": Decimal(9)}}
    found = replace(given, recusals=(), measured=points)
    document = rank_document("individual", PROTOCOL, (*CRITERIA, MEASURED), found)
    assert document["criteria"][-1] == {"code": "C3", "max": "35"}
    computed = [mark for mark in document["marks"] if mark[2] == "C3"]
    # M2 left C2 open, nobody judged CN-3, and there was nothing to measure on CN-2.
    assert computed == [[f"M{n}", "CN-1", "C3", "12.5"] for n in (1, *range(3, 11))]
    result = rank(document)
    assert standings(result) == (
        Standing("CN-1", 1, False, "55.50", 9),
        Standing("CN-2", None, False, None, 0),
        Standing("CN-3", None, False, None, 0),
    )
    assert len(result["warnings"]) == 11


def test_where_nothing_is_judged_who_did_not_step_aside_has_a_whole_sheet() -> None:
    points = {code: {"C3": Decimal(number)} for number, code in enumerate(("CN-1", "CN-2"))}
    found = PanelRecord(("M1", "M2", "M3"), ("CN-1", "CN-2"), {("M2", "CN-1")}, (), points)
    protocol = PROTOCOL | {"tie_breaks": {"individual": [], "collective": []}}
    result = rank(rank_document("individual", protocol, (MEASURED,), found))
    assert standings(result) == (
        Standing("CN-2", 1, False, "1.00", 3),
        Standing("CN-1", 2, False, "0.00", 2),
    )


def test_a_phase_names_the_annual_result_as_a_key_that_may_break_ties() -> None:
    marks = [
        MarkGiven(member, subject, code, Decimal(20))
        for subject in ("CN-1", "CN-2", "CN-3")
        for member in ("M1", "M2")
        for code in ("C1", "C2")
    ]
    annual = {"CN-1": Decimal("88.333333333"), "CN-2": Decimal("90")}
    found = PanelRecord(("M1", "M2"), ("CN-1", "CN-2", "CN-3"), (), marks, {}, annual)
    protocol = PROTOCOL | {"tie_breaks": {"individual": ["key:annual"], "collective": []}}
    document = rank_document("individual", protocol, CRITERIA, found)
    assert document["subjects"] == [
        {"code": "CN-1", "keys": {"annual": "88.333333333"}},
        {"code": "CN-2", "keys": {"annual": "90"}},
        {"code": "CN-3"},
    ]
    assert ranks(rank(document)) == {"CN-2": 1, "CN-1": 2, "CN-3": 3}


def test_the_engine_ranks_it() -> None:
    result = rank(rank_document("individual", PROTOCOL, CRITERIA, record()))
    assert standings(result) == (
        Standing("CN-1", 1, False, "43.00", 9),
        Standing("CN-2", 2, False, "41.00", 10),
        Standing("CN-3", None, False, None, 0),
    )
    assert ranks(result) == {"CN-1": 1, "CN-2": 2}
    assert why_unranked(0, 2, ("C5", "C6")).values == {"codes": "C5, C6"}
    assert why_unranked(0, 2).values == {"sheets": 0, "needed": 2}
