"""Keep the register. The log learns which case changed and nothing of what it is about."""

from __future__ import annotations

from datetime import date, datetime

from app.audit import actions as audit
from app.discipline import policy, queries, rules
from app.discipline.tables import DisciplineCase
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.kernel.vietnamese import tidy
from app.piccolo_conf import DB


async def open_case(
    person_id: int,
    kind: str,
    opened_on: date,
    *,
    actor: Actor,
    now: datetime,
    violated_on: date | None = None,
    note: str = "",
) -> int:
    today = today_in_vietnam(now)
    async with DB.transaction():
        await _must_keep(actor, person_id, today)
        if kind not in rules.KINDS:
            raise Refused(Refusal("unknown-kind", N_("Vui lòng chọn loại vụ việc.")))
        if refusal := rules.refuse_opening(violated_on, opened_on, today):
            raise Refused(refusal)
        case = DisciplineCase(
            person=person_id,
            kind=kind,
            violated_on=violated_on,
            opened_on=opened_on,
            note=tidy(note),
        )
        await case.save()
        await audit.record(actor, "discipline.open_case", "discipline_case", case.id, now=now)
    return int(case.id)


async def decide_case(
    case_id: int,
    form: str,
    decision_number: str,
    decided_on: date,
    *,
    actor: Actor,
    now: datetime,
    served_until: date | None = None,
) -> None:
    today = today_in_vietnam(now)
    async with DB.transaction():
        case = await queries.case_for_update(case_id)
        await _must_keep(actor, case.person_id, today)
        if refusal := rules.refuse_decision(case, form, decided_on, served_until, today):
            raise Refused(refusal)
        await DisciplineCase.update(
            {
                DisciplineCase.form: form,
                DisciplineCase.decision_number: tidy(decision_number),
                DisciplineCase.decided_on: decided_on,
                DisciplineCase.served_until: served_until,
            }
        ).where(DisciplineCase.id == case_id)
        await audit.record(actor, "discipline.decide_case", "discipline_case", case_id, now=now)


async def close_case(case_id: int, closed_on: date, *, actor: Actor, now: datetime) -> None:
    """End a case without a decision: nothing was found, and nothing blocks from that day on."""
    today = today_in_vietnam(now)
    async with DB.transaction():
        case = await queries.case_for_update(case_id)
        await _must_keep(actor, case.person_id, today)
        if refusal := rules.refuse_closing(case, closed_on, today):
            raise Refused(refusal)
        await DisciplineCase.update({DisciplineCase.closed_on: closed_on}).where(
            DisciplineCase.id == case_id
        )
        await audit.record(actor, "discipline.close_case", "discipline_case", case_id, now=now)


async def _must_keep(actor: Actor, person_id: int, today: date) -> None:
    """To everybody else neither the case nor the register exists."""
    if not policy.may_keep_register(actor, await queries.units_of(person_id, today)):
        raise NotVisible
