from __future__ import annotations

from datetime import datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible, Refused
from app.nominations import policy, queries
from app.nominations.actions.routing import close_items, remember_standing
from app.nominations.rules import returning as rules
from app.nominations.tables import DossierReturn, Endorsement
from app.piccolo_conf import DB


async def return_dossier(
    nomination_id: int, to_step: int, reason: str, *, actor: Actor, now: datetime
) -> None:
    """Send the whole dossier back to the unit (0) or to an earlier level, from where it waits."""
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        if not policy.may_move(actor, dossier):
            raise NotVisible
        steps = await queries.route_of(nomination_id)
        if refusal := rules.refuse_returning(dossier, steps, to_step, today_in_vietnam(now)):
            raise Refused(refusal)
        await DossierReturn(
            nomination=nomination_id,
            from_unit=dossier.at_unit_id,
            to_step=to_step,
            reason=reason,
            by=actor.account_id,
            at=now,
        ).save()
        await Endorsement.raw(
            "UPDATE endorsement SET ended_at = {}"
            " WHERE nomination = {} AND step >= {} AND ended_at IS NULL",
            now,
            nomination_id,
            to_step,
        )
        await close_items(nomination_id, now)
        await remember_standing([nomination_id])
        await audit.record(
            actor, "nominations.return", "nomination", nomination_id, now=now, step=to_step
        )
