from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from app.audit import actions as audit
from app.catalogue import queries as catalogue
from app.catalogue.rules import Coefficient, Salary, coefficient_on, salary_on
from app.council.rules import ApprovedNomination
from app.decisions import policy, queries, rules
from app.decisions.documents import AwardRow, DecisionData, render_decision
from app.decisions.rules import AnnexItem, Held
from app.decisions.tables import AwardDecision, DecisionItem, NumberSeries
from app.decisions.wording import wording
from app.files import actions as files
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement import queries as movement
from app.movement.rules import AwardFormFacts, RoundFacts
from app.nominations import actions as nominations
from app.piccolo_conf import DB
from app.public_comment.queries import open_until

Found = TypeVar("Found", Salary, Coefficient)


async def take_numbers(series: str, count: int = 1) -> int:
    """The first of `count` consecutive numbers of a series that begins at 1.

    To be called in the transaction that uses them: it holds the series until the commit, and a
    rollback gives the numbers back, so there is never a gap.
    """
    rows = await NumberSeries.raw(
        "INSERT INTO number_series (code, last_number) VALUES ({}, {}) ON CONFLICT (code)"
        " DO UPDATE SET last_number = number_series.last_number + EXCLUDED.last_number"
        " RETURNING last_number",
        series,
        count,
    )
    return int(rows[0]["last_number"]) - count + 1


async def decide(
    round_id: int,
    signed_on: date,
    place: str,
    signer_capacity: str,
    signer_title: str,
    signer_name: str,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Record the signed decision of a round: number, annex, bonus by that day's law, PDF.

    `signer_capacity` is `KT.`, `TL.`, `TUQ.` or, when the head signs, empty. Returns the
    decision's id.
    """
    async with DB.transaction():
        round_ = await movement.round_facts(round_id, lock=True)
        if not policy.may_decide(actor, round_.unit_id):
            raise NotVisible
        held, approved = await _council_result(round_id, signed_on, today_in_vietnam(now))
        if refusal := rules.refuse_while_public(await open_until(round_id, signed_on)):
            raise Refused(refusal)
        form, law = await _law(round_, signed_on)
        items = rules.annex(approved, law.coefficients, law.salary.amount)
        sources = await queries.legal_sources(round_.movement_id, signed_on)
        words = wording(round_, form, held, sources)
        series = f"decision:{signed_on.year}"
        taken = await take_numbers(series)
        document = DecisionData(
            **asdict(words),
            number=rules.number_text(taken, held.issuer.symbol),
            place=place,
            decided_on=signed_on,
            signer_capacity=rules.capacity_line(signer_capacity, held.issuer.head),
            signer_title=signer_title,
            signer_name=signer_name,
            individuals=_rows(words.award, items, "individual"),
            collectives=_rows(words.award, items, "collective"),
        )
        # Setting pages is work for the processor; other readers need not wait for it.
        pdf = await asyncio.to_thread(render_decision, document)
        decision = AwardDecision(
            round=round_id,
            series=series,
            series_number=taken,
            number=document.number,
            signed_on=signed_on,
            place=place,
            authority=document.authority,
            signer_capacity=signer_capacity,
            signer_title=signer_title,
            signer_name=signer_name,
            base_salary=law.salary.amount,
            data=_frozen(document, law),
            file=await files.keep(pdf, "application/pdf", now),
            by=actor.account_id,
            at=now,
        )
        await decision.save()
        decision_id = int(decision.id)
        await _save_items(decision_id, items)
        await nominations.keep_awards(
            [item.nomination_id for item in items],
            document.number,
            signed_on,
            document.authority,
            actor=actor,
            now=now,
        )
        detail = {"round": round_id, "number": document.number, "items": len(items)}
        await audit.record(actor, "decisions.decide", "decision", decision_id, now=now, **detail)
    return decision_id


async def _council_result(
    round_id: int, signed_on: date, today: date
) -> tuple[Held, tuple[ApprovedNomination, ...]]:
    preparation = await queries.preparation(round_id)
    if refusal := rules.refuse_decision(preparation):
        raise Refused(refusal)
    held = preparation.held
    assert held is not None  # noqa: S101 - refused above
    if refusal := rules.refuse_signing_day(held.on, signed_on, today):
        raise Refused(refusal)
    return held, preparation.approved


@dataclass(frozen=True, slots=True)
class _Law:
    """What is in force on the day of signing; `coefficients` by kind of subject."""

    salary: Salary
    entries: dict[str, Coefficient]

    @property
    def coefficients(self) -> dict[str, Decimal]:
        return {subject: entry.coefficient for subject, entry in self.entries.items()}


async def _law(round_: RoundFacts, day: date) -> tuple[AwardFormFacts, _Law]:
    form = round_.award_form
    if form is None:
        raise Refused(Refusal("no-award-form", N_("Đợt xét chưa có hình thức khen thưởng.")))
    salary = _or_refused(salary_on(day, await catalogue.salaries()))
    known = await catalogue.coefficients(form.code)
    entries = {
        subject: _or_refused(coefficient_on(day, form.code, subject, known))
        for subject in round_.sets
    }
    return form, _Law(salary, entries)


def _or_refused(found: Found | Refusal) -> Found:
    if isinstance(found, Refusal):
        raise Refused(found)
    return found


def _rows(award: str, items: Sequence[AnnexItem], subject: str) -> tuple[AwardRow, ...]:
    return tuple(
        AwardRow(item.name, item.position_line, award, item.bonus_amount)
        for item in items
        if item.subject == subject
    )


def _frozen(document: DecisionData, law: _Law) -> str:
    """Canonical JSON of what the file was made from and of the law the bonus rests on."""
    bonus = {
        "base_salary": asdict(law.salary),
        "coefficients": {subject: asdict(entry) for subject, entry in law.entries.items()},
    }
    return json.dumps(
        {"document": asdict(document), "bonus": bonus},
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        default=str,
    )


async def _save_items(decision_id: int, items: Sequence[AnnexItem]) -> None:
    await DecisionItem.raw(
        "INSERT INTO decision_item (decision, nomination, position, coefficient, bonus_amount)"
        " SELECT {}, * FROM unnest({}::int[], {}::int[], {}::numeric[], {}::int[])",
        decision_id,
        [item.nomination_id for item in items],
        [item.position for item in items],
        [item.coefficient for item in items],
        [item.bonus_amount for item in items],
    )
