"""The protocol as data: what may be frozen, and the form that makes it without JSON."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.movement.forms.protocol import LONGEST_CHAIN, read_protocol, typed_protocol
from app.movement.rules import (
    ANNUAL_KEY,
    ENDORSING_KINDS,
    FUSION_WORDS,
    CriteriaSetFacts,
    CriterionFacts,
    canonical,
    default_protocol,
    fingerprint,
    proposed_protocol,
    protocol_errors,
    tie_break_choices,
)
from app.scoring.rules.protocol import SUPPORTED
from app.web.forms import Form


def criteria(subject: str, *codes: str) -> CriteriaSetFacts:
    rows = [
        CriterionFacts(n, code, "judged", "", "", Decimal(50), n)
        for n, code in enumerate(codes, start=1)
    ]
    rows.append(CriterionFacts(99, "G1", "gate", "", "", None, 99))
    return CriteriaSetFacts(1, subject, subject, 1, "", tuple(rows))


SETS = {
    "individual": criteria("individual", "C1", "C2"),
    "collective": criteria("collective", "T4", "T5"),
}
ANNUAL = ("VKS-2024", "VKS-2025")


def phase(**change: object) -> dict[str, Any]:
    stated = {"result": "average", "rounds": ["VKS-2024"]} | change
    return default_protocol() | {"phase": stated}


def wrong(protocol: dict[str, Any], *, is_phase: bool = False) -> dict[str, str]:
    found = protocol_errors(protocol, SETS, phase=is_phase, citable=ANNUAL)
    return {name: refusal.code for name, refusal in found.items()}


def changed(path: str, value: object) -> dict[str, Any]:
    """The default protocol with one value at a path such as `gates.G1.min_quantified`."""
    protocol = deepcopy(default_protocol())
    *folders, last = path.split(".")
    inner = protocol
    for folder in folders:
        inner = inner[folder]
    inner[last] = value
    return protocol


def test_what_is_offered_is_what_the_engine_computes() -> None:
    assert tuple(FUSION_WORDS) == SUPPORTED


def test_the_default_protocol_may_be_frozen() -> None:
    assert wrong(default_protocol()) == {}


@pytest.mark.parametrize(
    ("path", "value", "errors"),
    [
        ("fusion", "median", {"fusion": "not-offered"}),
        ("min_members", 0, {"min_members": "out-of-range"}),
        ("min_members", 100, {"min_members": "out-of-range"}),
        ("min_members", True, {"min_members": "out-of-range"}),
        ("decimals", 7, {"decimals": "out-of-range"}),
        ("decimals", 0, {}),
        ("gates.G1.min_quantified", 21, {"min_quantified": "out-of-range"}),
        ("gates.G1.min_quantified", 0, {}),
        ("cut.individual", 0, {"cut_individual": "out-of-range"}),
        ("cut.collective", 12, {}),
        ("tie_breaks.individual", ["criterion:T4"], {"tie_individual": "unknown-tie-break"}),
        ("tie_breaks.individual", ["criterion:G1"], {"tie_individual": "unknown-tie-break"}),
        ("tie_breaks.collective", [ANNUAL_KEY], {"tie_collective": "unknown-tie-break"}),
        (
            "tie_breaks.collective",
            ["criterion:T4", "criterion:T5", "criterion:T4"],
            {"tie_collective": "tie-break-twice"},
        ),
        ("tie_breaks.collective", [], {}),
        ("approval", {"numerator": 0, "denominator": 3}, {"approval": "not-a-share"}),
        ("approval", {"numerator": 3, "denominator": 3}, {}),
        ("quorum", {"numerator": 4, "denominator": 3}, {"quorum": "not-a-share"}),
        ("quorum", {"numerator": 1, "denominator": 101}, {"quorum": "not-a-share"}),
        ("routing", {"endorse": ["room"]}, {"routing": "not-offered"}),
        ("routing", {"endorse": []}, {}),
        ("phase", {"result": "average", "rounds": ["VKS-2024"]}, {"phase_rounds": "no-phase"}),
    ],
)
def test_every_value_has_its_range(path: str, value: object, errors: dict[str, str]) -> None:
    assert wrong(changed(path, value)) == errors


@pytest.mark.parametrize(
    ("protocol", "errors"),
    [
        (phase(), {}),
        (phase(result="best", rounds=list(ANNUAL)), {}),
        (default_protocol(), {"phase_rounds": "no-annual-round"}),
        (phase(rounds=[]), {"phase_rounds": "no-annual-round"}),
        (phase(rounds=["VKS-2026"]), {"phase_rounds": "not-citable"}),
        (phase(rounds=["VKS-2024", "VKS-2024"]), {"phase_rounds": "not-citable"}),
        (phase(result="worst"), {"phase_result": "not-offered"}),
        (phase() | {"tie_breaks": {"individual": [ANNUAL_KEY], "collective": []}}, {}),
    ],
)
def test_a_phase_rests_on_annual_rounds(protocol: dict[str, Any], errors: dict[str, str]) -> None:
    assert wrong(protocol, is_phase=True) == errors


def test_a_protocol_without_gates_cut_and_routing_keeps_their_defaults() -> None:
    protocol = default_protocol()
    for name in ("gates", "cut", "routing"):
        del protocol[name]
    assert wrong(protocol) == {}


def test_nothing_edited_proposes_tie_breaks_of_the_chosen_sets() -> None:
    other = {**SETS, "individual": criteria("individual", "K1")}
    proposed = proposed_protocol(None, other)
    assert proposed["tie_breaks"] == {"individual": [], "collective": ["criterion:T4"]}
    assert protocol_errors(proposed, other, phase=False, citable=()) == {}
    edited = default_protocol() | {"min_members": 9}
    assert proposed_protocol(edited, other) == edited


def test_tie_breaks_are_criteria_with_points_and_in_a_phase_the_years() -> None:
    assert tie_break_choices(SETS, phase=True)["collective"] == (
        "criterion:T4",
        "criterion:T5",
        ANNUAL_KEY,
    )
    assert tie_break_choices({}, phase=False) == {"individual": (), "collective": ()}


def test_the_hash_does_not_depend_on_the_order_of_keys() -> None:
    protocol = default_protocol()
    backwards = dict(reversed(protocol.items()))
    assert canonical(protocol) == canonical(backwards)
    assert fingerprint(protocol) == fingerprint(backwards)
    assert fingerprint(changed("decimals", 3)) != fingerprint(protocol)


def test_an_unreadable_form_says_so_beside_the_field() -> None:
    form = Form(
        typed_protocol(default_protocol(), ()) | {"min_members": "ba", "cut_individual": "x"}
    )
    choices = tie_break_choices(SETS, phase=False)
    assert read_protocol(form, default_protocol(), choices, (), phase=False) is None
    assert {name: refusal.code for name, refusal in form.errors.items()} == {
        "min_members": "not-integer",
        "cut_individual": "not-integer",
    }


SHARES = st.tuples(st.integers(1, 100), st.integers(1, 100)).map(
    lambda pair: {"numerator": min(pair), "denominator": max(pair)}
)


def chain(subject: str, *, phase: bool) -> st.SearchStrategy[list[str]]:
    names = tie_break_choices(SETS, phase=phase)[subject]
    return st.lists(st.sampled_from(names), unique=True, max_size=LONGEST_CHAIN)


@st.composite
def protocols(draw: st.DrawFn) -> tuple[dict[str, Any], bool]:
    is_phase = draw(st.booleans())
    protocol: dict[str, Any] = {
        "fusion": "mean",
        "min_members": draw(st.integers(1, 99)),
        "decimals": draw(st.integers(0, 6)),
        "tie_breaks": {s: draw(chain(s, phase=is_phase)) for s in SETS},
        "cut": {s: draw(st.none() | st.integers(1, 100_000)) for s in SETS},
        "approval": draw(SHARES),
        "quorum": draw(SHARES),
        "routing": {"endorse": [k for k in ENDORSING_KINDS if draw(st.booleans())]},
        "gates": {
            "G1": {"min_quantified": draw(st.integers(0, 20))},
            "G2": {n: draw(st.booleans()) for n in ("individual", "collective", "in_window")},
            "G5": {"no_double_penalty": draw(st.booleans())},
        },
    }
    if is_phase:
        cited = draw(st.lists(st.sampled_from(ANNUAL), unique=True, min_size=1).map(sorted))
        result = draw(st.sampled_from(("average", "best", "years_awarded")))
        protocol["phase"] = {"result": result, "rounds": cited}
    return protocol, is_phase


@given(protocols(), protocols())
def test_the_form_gives_back_the_protocol_it_showed(
    drawn: tuple[dict[str, Any], bool], before: tuple[dict[str, Any], bool]
) -> None:
    protocol, is_phase = drawn
    assert wrong(protocol, is_phase=is_phase) == {}
    form = Form(typed_protocol(protocol, ANNUAL))
    choices = tie_break_choices(SETS, phase=is_phase)
    read = read_protocol(form, before[0], choices, ANNUAL, phase=is_phase)
    assert form.errors == {}
    assert read is not None
    assert canonical(read) == canonical(protocol)
