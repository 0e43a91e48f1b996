from __future__ import annotations

from datetime import datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible, Refused
from app.nominations import policy, queries
from app.nominations.actions.routing import close_items, remember_standing
from app.nominations.rules import returning as rules
from app.nominations.tables import NominationRefusal
from app.piccolo_conf import DB


async def refuse(nomination_id: int, reason: str, *, actor: Actor, now: datetime) -> None:
    """Not send the dossier on; whoever has it in hand."""
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        if not policy.may_move(actor, dossier):
            raise NotVisible
        if refusal := rules.refuse_stopping(dossier):
            raise Refused(refusal)
        await NominationRefusal(
            nomination=nomination_id,
            from_unit=dossier.at_unit_id,
            reason=reason,
            by=actor.account_id,
            at=now,
        ).save()
        await close_items(nomination_id, now)
        await remember_standing([nomination_id])
        await audit.record(actor, "nominations.refuse", "nomination", nomination_id, now=now)


async def lift_refusal(nomination_id: int, reason: str, *, actor: Actor, now: datetime) -> None:
    """Go on with it: it waits again where it was refused."""
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        if not policy.may_move(actor, dossier):
            raise NotVisible
        if refusal := rules.refuse_lifting(dossier):
            raise Refused(refusal)
        await NominationRefusal.raw(
            "UPDATE nomination_refusal SET lifted_by = {}, lifted_at = {}, lifted_because = {}"
            " WHERE nomination = {} AND lifted_at IS NULL",
            actor.account_id,
            now,
            reason,
            nomination_id,
        )
        await remember_standing([nomination_id])
        await audit.record(actor, "nominations.lift_refusal", "nomination", nomination_id, now=now)
