from __future__ import annotations

from datetime import date, datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible, Refused
from app.nominations import policy, queries
from app.nominations.queries.opinions import opinions_of
from app.nominations.rules import opinions as rules
from app.nominations.tables import InterAgencyOpinion
from app.organization.queries import find_unit
from app.piccolo_conf import DB


async def ask_opinion(
    nomination_id: int, unit: str, question: str, due_on: date, *, actor: Actor, now: datetime
) -> int:
    """`unit`: its code, or its whole name."""
    today = today_in_vietnam(now)
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        if not policy.may_ask_views(actor, dossier):
            raise NotVisible
        opinions = await opinions_of(nomination_id)
        unit_id = await find_unit(unit, today)
        if refusal := rules.refuse_opinion(dossier, opinions, unit_id, due_on, today):
            raise Refused(refusal)
        asked = InterAgencyOpinion(
            nomination=nomination_id,
            unit=unit_id,
            question=question,
            due_on=due_on,
            by=actor.account_id,
            at=now,
            answer="",
        )
        await asked.save()
        await audit.record(
            actor, "nominations.ask_opinion", "nomination", nomination_id, now=now, unit=unit_id
        )
    return int(asked.id)


async def give_opinion(
    nomination_id: int, opinion_id: int, view: str, answer: str, *, actor: Actor, now: datetime
) -> None:
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        opinions = await opinions_of(nomination_id)
        opinion = next((found for found in opinions if found.id == opinion_id), None)
        if opinion is None or not policy.may_give_view(actor, opinion.unit_id):
            raise NotVisible
        if refusal := rules.refuse_giving_view(dossier, opinion, today_in_vietnam(now)):
            raise Refused(refusal)
        await InterAgencyOpinion.raw(
            "UPDATE inter_agency_opinion SET view = {}, answer = {}, answered_by = {},"
            " answered_at = {} WHERE id = {}",
            view,
            answer,
            actor.account_id,
            now,
            opinion_id,
        )
        await audit.record(
            actor,
            "nominations.give_opinion",
            "nomination",
            nomination_id,
            now=now,
            unit=opinion.unit_id,
            view=view,
        )
