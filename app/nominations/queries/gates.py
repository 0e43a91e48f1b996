"""The gates of one dossier on a day: frozen where scoring found them, else answered now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.discipline.policy import may_read_details
from app.discipline.rules import DisciplineFacts
from app.eligibility.queries import Measure, Nominee, facts_of
from app.eligibility.rules import gate_verdicts, settings_from
from app.eligibility.rules.conduct import case_outcome
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.verdict import Outcome, Verdict
from app.nominations.rules import Dossier, DossierRound


@dataclass(frozen=True, slots=True)
class Gates:
    """`frozen`: as scoring found them. `cases`: only for who may read dates and form.

    `min_quantified`: how many figures G1 asks for.
    """

    verdicts: Mapping[str, Verdict]
    frozen: bool
    cases: tuple[DisciplineFacts, ...]
    min_quantified: int


async def gates_of(dossier: Dossier, actor: Actor, today: date) -> Gates:
    """Frozen verdicts where there are any, else answered now; at most four statements."""
    on = today if dossier.frozen_at is None else today_in_vietnam(dossier.frozen_at)
    nominee = Nominee(
        dossier.id,
        dossier.subject,
        dossier.person_id,
        dossier.collective_id,
        dossier.quantified_evidence,
        {gate: word.positive for gate, word in dossier.attestations.items()},
    )
    facts = (await facts_of([nominee], measure_of(dossier.review), on))[dossier.id]
    cases = tuple(
        case
        for case in facts.cases
        if may_read_details(actor, dossier.nominating_unit_id, case.person_id)
        and case_outcome(case, facts) is not Outcome.PASS
    )
    frozen = dossier.verdicts is not None
    verdicts = dossier.verdicts if dossier.verdicts is not None else gate_verdicts(facts)
    return Gates(verdicts, frozen, cases, facts.settings.min_quantified)


def measure_of(review: DossierRound) -> Measure:
    return Measure(review.kind, review.achievements, settings_from(review.protocol))
