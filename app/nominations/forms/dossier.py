"""What the pages of a nomination post. Each reader returns its record, or None with errors set."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.kernel.period import Period
from app.kernel.refusal import N_
from app.movement.rules import SUBJECTS
from app.nominations.rules import ATTESTED_GATES, refuse_figures, refuse_period
from app.web.forms import LARGEST_INTEGER, Form

# What still fits a certificate of A4 with the longest name and unit (tested).
LONGEST_ACHIEVEMENT = 300
LONGEST_STATEMENT = 2000


@dataclass(frozen=True, slots=True)
class NewNomination:
    """`person_id` is None for a collective, whose own unit `unit_id` then is."""

    subject: str
    person_id: int | None
    unit_id: int
    achievement: str
    period: Period


@dataclass(frozen=True, slots=True)
class NewEvidence:
    criterion_code: str
    statement: str
    before: Decimal | None
    after: Decimal | None
    quantity_unit: str
    document: str
    days: Period


@dataclass(frozen=True, slots=True)
class NewAttestation:
    gate: str
    positive: bool
    statement: str


def read_nomination(form: Form, window: Period) -> NewNomination | None:
    """`window`: of the round; it is the achievement period where none is typed."""
    subject = form.choice("subject", SUBJECTS)
    achievement = form.text("achievement", longest=LONGEST_ACHIEVEMENT)
    numbers = read_choice(form.values.get("nominee", ""), 2 if subject == "individual" else 1)
    if numbers is None:
        form.refuse("nominee", "not-chosen", N_("Vui lòng chọn một đối tượng trong danh sách."))
    period = _period(form, window)
    if form.errors or numbers is None or period is None:
        return None
    *person, unit_id = numbers
    return NewNomination(subject, person[0] if person else None, unit_id, achievement, period)


def _period(form: Form, window: Period) -> Period | None:
    if not (form.values.get("period_from") or form.values.get("period_to")):
        return window
    first, last = form.day("period_from"), form.day("period_to")
    if first is None or last is None:
        return None
    period = Period(first, last)
    refusal = refuse_period(window, period)
    if refusal and refusal.field_name:
        form.errors[refusal.field_name] = refusal
    return period


def read_evidence(form: Form) -> NewEvidence | None:
    code = form.text("criterion", longest=10)
    statement = form.text("statement", longest=LONGEST_STATEMENT)
    before, after = form.quantity("before"), form.quantity("after")
    quantity_unit = form.text("quantity_unit", longest=40, required=False)
    document = form.text("document", longest=120, required=False)
    days = _days(form)
    refusal = refuse_figures(before, after, quantity_unit)
    if refusal and refusal.field_name:
        # An unreadable figure has its own message already; it is not a missing one.
        form.errors.setdefault(refusal.field_name, refusal)
    if form.errors or days is None:
        return None
    return NewEvidence(code, statement, before, after, quantity_unit, document, days)


def _days(form: Form) -> Period | None:
    """Done on one day where the first is left out."""
    last = form.day("last_on")
    first = form.day("first_on") if form.values.get("first_on", "").strip() else last
    return None if first is None or last is None else Period(first, last)


def read_attestation(form: Form) -> NewAttestation | None:
    gates = {gate for gates in ATTESTED_GATES.values() for gate in gates}
    gate = form.choice("gate", gates)
    positive = form.choice("positive", ("yes", "no"))
    statement = form.text("statement", longest=LONGEST_STATEMENT)
    return None if form.errors else NewAttestation(gate, positive == "yes", statement)


def read_choice(typed: str, parts: int) -> list[int] | None:
    """`12` for a unit, `7-12` for a person in a unit; None for anything else."""
    numbers = typed.split("-")
    if len(numbers) != parts or not all(n.isascii() and n.isdigit() for n in numbers):
        return None
    values = [int(n) for n in numbers if len(n) <= 10]
    good = len(values) == parts and all(0 < value <= LARGEST_INTEGER for value in values)
    return values if good else None
