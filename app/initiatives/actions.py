from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.audit import actions as audit
from app.initiatives import policy, queries, rules
from app.initiatives.rules import Author
from app.initiatives.tables import Initiative, InitiativeAuthor, InitiativeRecognition
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.kernel.vietnamese import tidy
from app.piccolo_conf import DB


async def submit(
    code: str,
    title: str,
    summary: str,
    unit_id: int,
    applied_from: date,
    benefit: str,
    authors: Sequence[Author],
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """`benefit`: the measured effect in words, with its figures before and after."""
    async with DB.transaction():
        if not policy.may_submit(actor, unit_id, authors):
            raise NotVisible
        if refusal := rules.refuse_authors(authors):
            raise Refused(refusal)
        if await Initiative.exists().where(Initiative.code == code):
            raise Refused(Refusal("code-taken", N_("Mã sáng kiến đã được dùng.")))
        initiative = Initiative(
            code=code,
            title=tidy(title),
            summary=tidy(summary),
            unit=unit_id,
            applied_from=applied_from,
            benefit=tidy(benefit),
        )
        await initiative.save()
        await InitiativeAuthor.insert(
            *(
                InitiativeAuthor(initiative=initiative.id, person=a.person_id, share=a.share)
                for a in authors
            )
        )
        await audit.record(
            actor, "initiatives.submit", "initiative", initiative.id, now=now, code=code
        )
    return int(initiative.id)


async def recognise(
    initiative_id: int,
    scope: str,
    number: str,
    recognised_on: date,
    replicable: bool,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Record the paper; recognition for a wider scope is a paper of its own."""
    async with DB.transaction():
        initiative = await queries.initiative_for_update(initiative_id)
        if not policy.may_recognise(actor, initiative.unit_id):
            raise NotVisible
        today = today_in_vietnam(now)
        if refusal := rules.refuse_recognition(initiative, scope, recognised_on, today):
            raise Refused(refusal)
        await InitiativeRecognition(
            initiative=initiative_id,
            scope=scope,
            number=tidy(number),
            recognised_on=recognised_on,
            replicable=replicable,
        ).save()
        await audit.record(
            actor, "initiatives.recognise", "initiative", initiative_id, now=now, scope=scope
        )
