from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Sequence
from datetime import datetime

from app.audit import actions as audit
from app.catalogue.rules import printed_title
from app.certificates import policy, queries
from app.certificates.codes import new_code, register_number, register_series
from app.certificates.documents import CertificateData, check
from app.certificates.queries import Awarded
from app.certificates.tables import Certificate, IssueBatch
from app.decisions import queries as decisions
from app.decisions.actions import take_numbers
from app.decisions.queries import DecisionFacts
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible, Refused
from app.piccolo_conf import DB

# The name under which a worker knows the job.
MAKE_FILES = "certificates.make_files"
QUEUE = "certificates"
_PREFIXES = {"female": "Bà", "male": "Ông"}


def public_url() -> str:
    """Where readers of a printed code reach this site; no slash at the end."""
    return os.environ.get("THIDUA_PUBLIC_URL", "").strip().rstrip("/") or "http://127.0.0.1:8000"


async def order_issue(decision_id: int, *, actor: Actor, now: datetime) -> int:
    """Enter all certificates of a decision into the register and order their files.

    Register numbers, codes and content are fixed here once and for all, in one transaction with
    the job that makes the files. After a failure the same order takes the work up again. A text
    that cannot be printed is refused before any number is taken.
    """
    async with DB.transaction():
        decision = await decisions.decision(decision_id)
        if not policy.may_issue(actor, decision.unit_id):
            raise NotVisible
        batch = await queries.batch_for_update(decision_id)
        if refusal := policy.refuse_issue(batch.state if batch else None):
            raise Refused(refusal)
        batch_id = batch.id if batch else await _register(decision, actor, now)
        await enqueue(batch_id)
        await audit.record(
            actor,
            "certificates.resume_issue" if batch else "certificates.order_issue",
            "decision",
            decision_id,
            now=now,
            batch=batch_id,
        )
    return batch_id


async def enqueue(batch_id: int) -> None:
    """Put the job into the queue on our own connection, so that it commits with the order."""
    await IssueBatch.raw(
        "UPDATE issue_batch SET state = 'queued', error = '' WHERE id = {}", batch_id
    )
    await IssueBatch.raw(
        "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW({}::varchar, {}::varchar, 0, NULL, NULL,"
        " jsonb_build_object('batch_id', {}::int), NULL)::procrastinate_job_to_defer_v1])",
        QUEUE,
        MAKE_FILES,
        batch_id,
    )


async def _register(decision: DecisionFacts, actor: Actor, now: datetime) -> int:
    awarded = await queries.awarded(decision.id)
    series = register_series(decision.signed_on.year)
    first = await take_numbers(series, len(awarded))
    certificates = [
        _content(decision, found, number) for number, found in enumerate(awarded, start=first)
    ]
    # Measuring text is work for the processor; other readers need not wait for it.
    await asyncio.to_thread(check, certificates)
    batch = IssueBatch(
        decision=decision.id,
        total=len(awarded),
        state="queued",
        error="",
        by=actor.account_id,
        at=now,
    )
    await batch.save()
    await _insert(int(batch.id), series, first, awarded, certificates, now)
    return int(batch.id)


def _content(decision: DecisionFacts, found: Awarded, number: int) -> CertificateData:
    code = new_code()
    return CertificateData(
        subject_prefix="Tập thể" if found.sex is None else _PREFIXES[found.sex],
        name=found.name,
        position_line=found.position_line,
        achievement=found.achievement,
        award_title=printed_title(decision.award_form),
        authority=decision.authority,
        decision_number=decision.number,
        decided_on=decision.signed_on,
        register_number=register_number(number, decision.signed_on.year, decision.award_form),
        place=decision.place,
        signer_capacity=decision.capacity_line,
        signer_title=decision.signer_title,
        signer_name=decision.signer_name,
        verify_url=f"{public_url()}/v/{code}",
        code=code,
        width_mm=decision.paper_width,
        height_mm=decision.paper_height,
    )


async def _insert(
    batch_id: int,
    series: str,
    first: int,
    awarded: Sequence[Awarded],
    certificates: Sequence[CertificateData],
    now: datetime,
) -> None:
    await Certificate.raw(
        "INSERT INTO certificate"
        " (batch, item, series, number, register_number, code, data, issued_at)"
        " SELECT {}, e.item, {}, e.number, e.register_number, e.code, e.data, {}"
        " FROM unnest({}::int[], {}::int[], {}::varchar[], {}::varchar[], {}::text[])"
        " AS e(item, number, register_number, code, data)",
        batch_id,
        series,
        now,
        [found.item_id for found in awarded],
        list(range(first, first + len(awarded))),
        [content.register_number for content in certificates],
        [content.code for content in certificates],
        [
            json.dumps(content.to_json(), ensure_ascii=False, sort_keys=True)
            for content in certificates
        ],
    )
