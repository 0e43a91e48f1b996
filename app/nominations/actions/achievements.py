"""An achievement is changed or withdrawn; the row stays either way."""

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


async def edit_evidence(
    nomination_id: int,
    item_id: int,
    statement: str,
    before: Decimal | None,
    after: Decimal | None,
    quantity_unit: str,
    document: str,
    version: int,
    *,
    days: Period,
    actor: Actor,
    now: datetime,
) -> None:
    """`version`: the one the reader had before them; the criterion stays what it was."""
    async with DB.transaction():
        dossier, item = await _item(nomination_id, item_id, actor)
        today = today_in_vietnam(now)
        new = rules.EvidenceFacts(
            item_id,
            item.criterion_code,
            statement,
            before,
            after,
            tidy(quantity_unit),
            tidy(document),
            days,
        )
        refusal = rules.refuse_editing(dossier, item, version, today) or rules.refuse_entry(
            dossier, new, today
        )
        if refusal:
            raise Refused(refusal)
        await EvidenceItem.raw(
            "UPDATE evidence_item SET statement = {}, quantity_before = {}, quantity_after = {},"
            " quantity_unit = {}, document = {}, first_on = {}, last_on = {}, by = {}, at = {},"
            " version = version + 1 WHERE id = {}",
            statement,
            before,
            after,
            new.quantity_unit,
            new.document,
            days.first,
            days.last,
            actor.account_id,
            now,
            item_id,
        )
        await audit.record(
            actor,
            "nominations.edit_evidence",
            "nomination",
            nomination_id,
            now=now,
            criterion=item.criterion_code,
            record=item_id,
            version=version + 1,
        )


async def withdraw_evidence(
    nomination_id: int, item_id: int, version: int, *, actor: Actor, now: datetime
) -> None:
    async with DB.transaction():
        dossier, item = await _item(nomination_id, item_id, actor)
        if refusal := rules.refuse_editing(dossier, item, version, today_in_vietnam(now)):
            raise Refused(refusal)
        await EvidenceItem.raw(
            "UPDATE evidence_item SET withdrawn_by = {}, withdrawn_at = {} WHERE id = {}",
            actor.account_id,
            now,
            item_id,
        )
        await audit.record(
            actor,
            "nominations.withdraw_evidence",
            "nomination",
            nomination_id,
            now=now,
            criterion=item.criterion_code,
            record=item_id,
        )


async def _item(
    nomination_id: int, item_id: int, actor: Actor
) -> tuple[rules.Dossier, rules.EvidenceFacts]:
    dossier = await queries.nomination_for_update(nomination_id, actor)
    if not policy.may_enter(actor, dossier):
        raise NotVisible
    return dossier, dossier.item(item_id)
