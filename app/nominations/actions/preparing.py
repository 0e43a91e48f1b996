from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import Period, today_in_vietnam
from app.kernel.refusal import NotVisible, Refused
from app.kernel.vietnamese import tidy
from app.nominations import policy, queries, rules
from app.nominations.tables import EvidenceItem
from app.piccolo_conf import DB


async def add_evidence(
    nomination_id: int,
    criterion_code: str,
    statement: str,
    before: Decimal | None,
    after: Decimal | None,
    quantity_unit: str,
    document: str,
    *,
    days: Period,
    actor: Actor,
    now: datetime,
) -> int:
    """`days`: the last one is when it was achieved or recognised; inside the dossier's period."""
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        if not policy.may_enter(actor, dossier):
            raise NotVisible
        today = today_in_vietnam(now)
        new = rules.EvidenceFacts(
            0, criterion_code, statement, before, after, tidy(quantity_unit), tidy(document), days
        )
        refusal = rules.refuse_evidence(dossier, criterion_code, today) or rules.refuse_entry(
            dossier, new, today
        )
        if refusal:
            raise Refused(refusal)
        item = EvidenceItem(
            nomination=nomination_id,
            criterion=next(c.id for c in dossier.criteria if c.code == criterion_code),
            statement=statement,
            quantity_before=before,
            quantity_after=after,
            quantity_unit=new.quantity_unit,
            document=new.document,
            first_on=days.first,
            last_on=days.last,
            by=actor.account_id,
            at=now,
        )
        await item.save()
        await audit.record(
            actor,
            "nominations.add_evidence",
            "nomination",
            nomination_id,
            now=now,
            criterion=criterion_code,
        )
    return int(item.id)
