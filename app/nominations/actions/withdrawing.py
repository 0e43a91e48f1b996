from __future__ import annotations

from datetime import datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible, Refused
from app.nominations import policy, queries
from app.nominations.actions.routing import close_items, remember_standing
from app.nominations.rules import returning as rules
from app.nominations.tables import Withdrawal
from app.piccolo_conf import DB


async def withdraw(nomination_id: int, reason: str, *, actor: Actor, now: datetime) -> None:
    """Take the nomination back, for this round for good."""
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        if not policy.may_withdraw(actor, dossier):
            raise NotVisible
        if refusal := rules.refuse_withdrawal(dossier):
            raise Refused(refusal)
        await Withdrawal(
            nomination=nomination_id, reason=reason, by=actor.account_id, at=now
        ).save()
        await close_items(nomination_id, now)
        await remember_standing([nomination_id])
        await audit.record(actor, "nominations.withdraw", "nomination", nomination_id, now=now)
