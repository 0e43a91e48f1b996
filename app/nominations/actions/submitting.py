from __future__ import annotations

from datetime import date, datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible, Refused
from app.nominations import policy, queries, rules
from app.nominations.actions.routing import remember_standing
from app.nominations.tables import RouteStep, Submission
from app.piccolo_conf import DB


async def submit(nomination_id: int, *, actor: Actor, now: datetime) -> None:
    """Send the dossier on its way; the levels it passes are laid down the first time."""
    today = today_in_vietnam(now)
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        if not policy.may_prepare(actor, dossier):
            raise NotVisible
        if refusal := rules.refuse_submission(dossier, today):
            raise Refused(refusal)
        if not await queries.route_of(nomination_id):
            await _lay_down(dossier, today)
        number = await queries.submissions_of(nomination_id) + 1
        await Submission(
            nomination=nomination_id, number=number, by=actor.account_id, at=now
        ).save()
        await remember_standing([nomination_id])
        await audit.record(actor, "nominations.submit", "nomination", nomination_id, now=now)


async def _lay_down(dossier: rules.Dossier, today: date) -> None:
    place = await queries.place_of_collective(dossier.nominating_unit_id, today)
    levels = rules.endorsing_levels(place.way, dossier.review.protocol)
    if levels:
        await RouteStep.insert(
            *(
                RouteStep(
                    nomination=dossier.id,
                    position=position,
                    unit=step.id,
                    unit_name=step.name,
                )
                for position, step in enumerate(levels, start=1)
            )
        )
