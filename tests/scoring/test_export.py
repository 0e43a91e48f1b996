"""The document of a round: one order for the same facts, and the engine reads it."""

from __future__ import annotations

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
    return PanelRecord(members, ["CN-2", "CN-3", "CN-1"], [("M2", "CN-1")], marks)


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


def test_the_engine_ranks_it() -> None:
    result = rank(rank_document("individual", PROTOCOL, CRITERIA, record()))
    assert standings(result) == (
        Standing("CN-1", 1, False, "43.00", 9),
        Standing("CN-2", 2, False, "41.00", 10),
        Standing("CN-3", None, False, None, 0),
    )
    assert ranks(result) == {"CN-1": 1, "CN-2": 2}
    assert why_unranked(0, 2).values == {"sheets": 0, "needed": 2}
