"""Whatever the facts: nothing makes up for a gate, and no gate looks at another's facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.discipline.rules import DisciplineFacts
from app.eligibility.rules import (
    GATES,
    EligibilityFacts,
    from_document,
    gate_verdicts,
    overall,
    to_document,
)
from app.eligibility.rules.facts import Membership
from app.initiatives.rules import Recognition
from app.kernel.period import Period
from app.kernel.verdict import Outcome
from tests.eligibility.known import PERSON, collective, initiative, person

days = st.dates(date(2023, 1, 1), date(2026, 12, 31))
recognitions = st.builds(
    Recognition,
    scope=st.sampled_from(["base", "sector"]),
    number=st.text(max_size=8),
    recognised_on=days,
    replicable=st.booleans(),
)
initiatives = st.lists(
    st.builds(
        lambda applied, papers: initiative(*papers, applied=applied),
        days,
        st.lists(recognitions, max_size=2),
    ),
    max_size=3,
).map(tuple)
words = st.dictionaries(st.sampled_from(["G1", "G3", "G4"]), st.booleans())


@st.composite
def cases(draw: st.DrawFn) -> DisciplineFacts:
    opened = draw(days)
    later = st.dates(opened, date(2027, 12, 31))
    decided_on = draw(st.none() | later)
    return DisciplineFacts(
        case_id=draw(st.integers(1, 99)),
        person_id=PERSON,
        kind=draw(st.sampled_from(["discipline", "investigation", "complaint"])),
        violated_on=draw(st.none() | st.dates(date(2022, 1, 1), opened)),
        opened_on=opened,
        form=None if decided_on is None else "warning",
        decided_on=decided_on,
        served_until=None
        if decided_on is None
        else draw(st.none() | st.dates(decided_on, date(2029, 1, 1))),
        closed_on=draw(st.none() | later) if decided_on is None else None,
    )


periods = st.tuples(days, days).map(lambda pair: Period(min(pair), max(pair)))
members = st.lists(periods, max_size=3).map(lambda own: {PERSON: Membership(tuple(own))})
many_facts = st.builds(
    lambda subject, **changes: replace(subject, **changes),
    st.sampled_from([person(), collective()]),
    on=st.dates(date(2025, 10, 20), date(2025, 12, 31)),
    quantified_evidence=st.integers(0, 5),
    attestations=words,
    initiatives=initiatives,
    classifications=st.dictionaries(
        st.just(2025), st.sampled_from(["excellent", "good", "fair", "poor"])
    ),
    cases=st.lists(cases(), max_size=3).map(tuple),
    members=members,
)
# What each gate may look at; everything else must leave its verdict alone.
LOOKS_AT = {
    "G1": {"quantified_evidence"},
    "G2": {"initiatives"},
    "G3": {"classifications"},
    "G4": set(),
    "G5": {"cases", "members", "on"},
}
FIELDS = sorted(set().union(*LOOKS_AT.values()))


@given(many_facts)
def test_a_failed_gate_is_never_compensated(facts: EligibilityFacts) -> None:
    verdicts = gate_verdicts(facts)
    outcomes = [verdict.outcome for verdict in verdicts.values()]
    if Outcome.FAIL in outcomes:
        assert overall(verdicts) is Outcome.FAIL
    elif Outcome.HOLD in outcomes:
        assert overall(verdicts) is Outcome.HOLD
    else:
        assert overall(verdicts) is Outcome.PASS


@given(many_facts, many_facts, st.sampled_from(GATES))
def test_a_gate_does_not_move_with_the_facts_of_the_others(
    facts: EligibilityFacts, other: EligibilityFacts, gate: str
) -> None:
    foreign = {name: getattr(other, name) for name in FIELDS if name not in LOOKS_AT[gate]}
    own_word = {gate: facts.attestations[gate]} if gate in facts.attestations else {}
    foreign_words = {g: word for g, word in other.attestations.items() if g != gate}
    changed = replace(facts, attestations=foreign_words | own_word, **foreign)
    before, after = gate_verdicts(facts)[gate], gate_verdicts(changed)[gate]
    assert after.outcome is before.outcome


@given(many_facts, st.integers(1, 1000))
def test_more_figures_never_turn_a_hold_of_another_gate_into_a_pass(
    facts: EligibilityFacts, more: int
) -> None:
    before = gate_verdicts(facts)
    grown = replace(facts, quantified_evidence=facts.quantified_evidence + more)
    after = gate_verdicts(grown)
    assert [after[gate] for gate in GATES[1:]] == [before[gate] for gate in GATES[1:]]
    if overall(before) is Outcome.HOLD and before["G1"].outcome is Outcome.PASS:
        assert overall(after) is Outcome.HOLD


@given(many_facts, cases())
def test_one_case_more_never_helps(facts: EligibilityFacts, one_more: DisciplineFacts) -> None:
    rank = {Outcome.PASS: 0, Outcome.HOLD: 1, Outcome.FAIL: 2}
    before = gate_verdicts(facts)["G5"].outcome
    after = gate_verdicts(replace(facts, cases=(*facts.cases, one_more)))["G5"].outcome
    assert rank[after] >= rank[before]


@given(many_facts)
def test_every_verdict_explains_itself_and_can_be_stored(facts: EligibilityFacts) -> None:
    verdicts = gate_verdicts(facts)
    assert all(v.reasons and all(r.source for r in v.reasons) for v in verdicts.values())
    for verdict in verdicts.values():
        for reason in verdict.reasons:
            assert "{" not in reason.message.format(**reason.values).replace(
                str(reason.values.get("number", "")), ""
            )
    assert from_document(to_document(verdicts)) == verdicts
