"""G1 to G4 at every branch, the settings they read and the document they are kept in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.eligibility.rules import (
    GATES,
    EligibilityFacts,
    GateSettings,
    classified_years,
    from_document,
    gate_verdicts,
    overall,
    settings_from,
    sources,
    to_document,
)
from app.kernel.period import Period
from app.kernel.verdict import Outcome, Verdict
from tests.eligibility.known import (
    AFTER,
    BEFORE,
    INSIDE,
    LAST_DAY,
    WINDOW,
    case,
    collective,
    initiative,
    person,
    recognition,
)

PASS, FAIL, HOLD = Outcome.PASS, Outcome.FAIL, Outcome.HOLD


def answer(gate: str, facts: EligibilityFacts) -> tuple[Outcome, list[str]]:
    verdict = gate_verdicts(facts)[gate]
    return verdict.outcome, [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize("facts", [person(), collective()], ids=["person", "collective"])
def test_who_fulfils_everything_passes_everything(facts: EligibilityFacts) -> None:
    verdicts = gate_verdicts(facts)
    assert {gate: verdict.outcome for gate, verdict in verdicts.items()} == dict.fromkeys(
        GATES, PASS
    )
    assert overall(verdicts) is PASS


@pytest.mark.parametrize(
    ("word", "figures", "expected"),
    [
        (True, 2, (PASS, ["outstanding"])),
        (True, 3, (PASS, ["outstanding"])),
        (True, 1, (HOLD, ["few-figures"])),
        (None, 2, (HOLD, ["not-appraised"])),
        (None, 0, (HOLD, ["not-appraised", "few-figures"])),
        (False, 9, (FAIL, ["not-outstanding"])),
    ],
)
def test_g1_needs_a_word_and_figures(
    word: bool | None, figures: int, expected: tuple[Outcome, list[str]]
) -> None:
    words = {} if word is None else {"G1": word}
    assert answer("G1", person(attestations=words, quantified_evidence=figures)) == expected


def test_g1_asks_for_as_many_figures_as_the_round_froze() -> None:
    facts = person(quantified_evidence=4, settings=GateSettings(min_quantified=5))
    reason = gate_verdicts(facts)["G1"].reasons[0]
    assert (reason.code, reason.values) == ("few-figures", {"n": 4, "least": 5})


@pytest.mark.parametrize(
    ("initiatives", "expected"),
    [
        ((), (FAIL, ["no-initiative"])),
        ((initiative(),), (HOLD, ["not-recognised"])),
        ((initiative(recognition()),), (PASS, ["recognised"])),
        # Applied and recognised before the window: rewarded then, or too late for it now.
        ((initiative(recognition(BEFORE), applied=BEFORE),), (FAIL, ["no-initiative"])),
        ((initiative(recognition(), applied=BEFORE),), (PASS, ["recognised"])),
        ((initiative(applied=BEFORE),), (HOLD, ["not-recognised"])),
        ((initiative(recognition(AFTER), applied=BEFORE),), (HOLD, ["recognised-late"])),
        # What another period rewarded carries nobody through this one.
        (
            (initiative(recognition(BEFORE), recognition(AFTER, scope="sector"), applied=BEFORE),),
            (FAIL, ["no-initiative"]),
        ),
        (
            (
                initiative(
                    recognition(BEFORE),
                    recognition(replicable=False, scope="sector"),
                    applied=BEFORE,
                ),
            ),
            (FAIL, ["not-replicable"]),
        ),
        ((initiative(recognition(LAST_DAY)),), (PASS, ["recognised"])),
        ((initiative(recognition(AFTER)),), (HOLD, ["recognised-late"])),
        ((initiative(recognition(replicable=False)),), (FAIL, ["not-replicable"])),
        # Wider replication is a paper of its own; one that says so in time is enough.
        (
            (initiative(recognition(replicable=False), recognition(scope="sector")),),
            (PASS, ["recognised"]),
        ),
        (
            (initiative(recognition(replicable=False), recognition(AFTER, scope="sector")),),
            (FAIL, ["not-replicable"]),
        ),
        ((initiative(recognition(AFTER), applied=AFTER),), (FAIL, ["no-initiative"])),
        ((initiative(applied=LAST_DAY),), (HOLD, ["not-recognised"])),
        # One good initiative is enough; one that may still become good holds.
        (
            (initiative(recognition(replicable=False)), initiative(recognition(), number=2)),
            (PASS, ["recognised"]),
        ),
        (
            (initiative(recognition(replicable=False)), initiative(number=2)),
            (HOLD, ["not-recognised"]),
        ),
    ],
)
def test_g2_an_initiative_recognised_in_time_and_replicable(
    initiatives: tuple[object, ...], expected: tuple[Outcome, list[str]]
) -> None:
    assert answer("G2", person(initiatives=initiatives)) == expected
    assert answer("G2", collective(initiatives=initiatives)) == expected


def test_g2_takes_an_older_initiative_where_the_round_says_so() -> None:
    settings = GateSettings(initiative_in_window=False)
    old = (initiative(recognition(BEFORE), applied=BEFORE),)
    assert answer("G2", person(initiatives=old, settings=settings)) == (PASS, ["recognised"])


def test_g2_names_the_paper_and_its_day() -> None:
    reason = gate_verdicts(person())["G2"].reasons[0]
    assert reason.values == {
        "code": "SK-01",
        "title": "Sổ tay",
        "number": "107/QĐ-VKS",
        "day": "18/04/2025",
    }
    assert reason.source == "khoản 4 Điều 3 Luật Thi đua, khen thưởng số 06/2022/QH15"


def test_g2_may_be_waived_for_one_subject_only() -> None:
    settings = GateSettings(initiative_required={"individual": False, "collective": True})
    assert answer("G2", person(initiatives=(), settings=settings)) == (PASS, ["not-required"])
    assert answer("G2", collective(initiatives=(), settings=settings)) == (
        FAIL,
        ["no-initiative"],
    )


@pytest.mark.parametrize(
    ("levels", "years", "expected"),
    [
        ({2025: "excellent"}, (2025,), (PASS, ["classified-well"])),
        ({2025: "good", 2024: "poor"}, (2025,), (PASS, ["classified-well"])),
        ({2025: "fair"}, (2025,), (FAIL, ["classified-low"])),
        ({2025: "poor"}, (2025,), (FAIL, ["classified-low"])),
        ({}, (2025,), (HOLD, ["not-classified"])),
        ({2024: "good", 2025: "good"}, (2024, 2025), (PASS, ["classified-well"] * 2)),
        ({2024: "good"}, (2024, 2025), (HOLD, ["not-classified"])),
        ({2024: "fair"}, (2024, 2025), (FAIL, ["classified-low"])),
    ],
)
def test_g3_of_a_person_is_the_yearly_classification(
    levels: dict[int, str], years: tuple[int, ...], expected: tuple[Outcome, list[str]]
) -> None:
    assert answer("G3", person(classifications=levels, years=years)) == expected


def test_g3_of_a_person_cannot_be_attested() -> None:
    facts = person(classifications={}, attestations={"G1": True, "G3": True, "G4": True})
    assert answer("G3", facts) == (HOLD, ["not-classified"])


@pytest.mark.parametrize("gate", ["G3", "G4"])
@pytest.mark.parametrize(("word", "outcome"), [(True, PASS), (False, FAIL), (None, HOLD)])
def test_the_heads_word_decides(gate: str, word: bool | None, outcome: Outcome) -> None:
    words = {} if word is None else {gate: word}
    assert gate_verdicts(collective(attestations=words))[gate].outcome is outcome


def test_g4_of_a_person_is_the_heads_word() -> None:
    assert answer("G4", person(attestations={})) == (HOLD, ["unity-not-attested"])


def test_a_gate_nobody_answered_holds() -> None:
    verdicts = dict(gate_verdicts(person()))
    del verdicts["G5"]
    assert overall(verdicts) is HOLD
    assert overall({}) is HOLD
    assert overall(verdicts | {"G1": Verdict(FAIL)}) is FAIL


def test_every_reason_names_its_source() -> None:
    for facts in (
        person(),
        collective(),
        person(attestations={}, initiatives=(), classifications={}, cases=(case(),)),
        collective(attestations={"G1": False, "G3": False, "G4": False}),
    ):
        for verdict in gate_verdicts(facts).values():
            assert verdict.reasons
            assert all(reason.source for reason in verdict.reasons)


def test_the_round_may_name_a_source_of_its_own() -> None:
    own = GateSettings(sources=dict.fromkeys(GATES, "05/KH-VKSTC"))
    verdicts = gate_verdicts(person(settings=own))
    assert {verdict.reasons[0].source for verdict in verdicts.values()} == {"05/KH-VKSTC"}


@pytest.mark.parametrize(
    ("day", "source"),
    [
        (date(2023, 12, 31), sources.MOVEMENT),
        (date(2024, 1, 1), "Nghị định 98/2023/NĐ-CP"),
        (date(2025, 6, 30), "Nghị định 98/2023/NĐ-CP"),
        (date(2025, 7, 1), "Nghị định 152/2025/NĐ-CP"),
    ],
)
def test_the_decree_is_the_one_in_force_that_day(day: date, source: str) -> None:
    assert sources.under_consideration(day) == source


def test_settings_come_from_the_frozen_protocol() -> None:
    protocol = {
        "fusion": "mean",
        "gates": {
            "G1": {"min_quantified": 3, "source": "05/KH-VKSTC"},
            "G2": {"individual": False, "collective": True},
            "G5": {"no_double_penalty": False},
        },
    }
    assert settings_from(protocol) == GateSettings(
        min_quantified=3,
        initiative_required={"individual": False, "collective": True},
        no_double_penalty=False,
        sources={"G1": "05/KH-VKSTC"},
    )


def test_a_protocol_without_gates_keeps_the_defaults() -> None:
    assert settings_from({}) == GateSettings(
        min_quantified=2,
        initiative_required={"individual": True, "collective": True},
        no_double_penalty=True,
    )


@pytest.mark.parametrize(
    ("kind", "first", "last", "years"),
    [
        ("annual", date(2024, 12, 1), date(2025, 11, 30), (2025,)),
        ("annual", date(2025, 1, 1), date(2025, 12, 31), (2025,)),
        ("preliminary", date(2024, 1, 15), date(2025, 11, 30), (2024, 2025)),
        ("preliminary", date(2023, 12, 1), date(2025, 11, 30), (2024, 2025)),
        ("preliminary", date(2025, 12, 1), date(2025, 12, 31), (2025,)),
        ("final", date(2024, 1, 15), date(2030, 11, 30), tuple(range(2024, 2031))),
    ],
)
def test_years_that_are_classified(
    kind: str, first: date, last: date, years: tuple[int, ...]
) -> None:
    assert classified_years(kind, Period(first, last)) == years


def test_a_running_window_has_no_years() -> None:
    with pytest.raises(ValueError, match="end"):
        classified_years("annual", Period(INSIDE))
    with pytest.raises(ValueError, match="end"):
        gate_verdicts(replace(person(), window=Period(WINDOW.first)))


def test_verdicts_survive_being_stored() -> None:
    verdicts = gate_verdicts(person(attestations={}, cases=(case(),)))
    stored = to_document(verdicts)
    assert from_document(stored) == verdicts
    assert to_document(from_document(stored)) == stored
