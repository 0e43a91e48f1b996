from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible, Refused
from app.movement.queries import round_facts
from app.piccolo_conf import DB
from app.public_comment import policy, queries, rules
from app.public_comment.days_off import days_off
from app.public_comment.rules import NewPublication
from app.public_comment.tables import Publication, PublicationItem

# Read out over a telephone and typed from a poster: no letter that looks like a digit.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_CODE_LENGTH = 8


async def publish(round_id: int, new: NewPublication, *, actor: Actor, now: datetime) -> int:
    """Names, posts and units are kept as they are published; the last day follows from the law."""
    today = today_in_vietnam(now)
    async with DB.transaction():
        # The round's row stays locked: two lists at once would see each other too late.
        round_ = await round_facts(round_id, lock=True)
        if not policy.may_publish(actor, round_.unit_id):
            raise NotVisible
        last_on = rules.last_working_day(new.first_on, new.working_days, days_off(new.first_on))
        other = await queries.open_until(round_id, today)
        if refusal := rules.refuse_publishing(round_.calendar, new.first_on, last_on, today, other):
            raise Refused(refusal)
        found = await queries.listed(round_id, new)
        if refusal := rules.refuse_basis(new.basis, round_.calendar, found):
            raise Refused(refusal)
        publication = Publication(
            round=round_id,
            code="".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH)),
            title=new.title,
            first_on=new.first_on,
            last_on=last_on,
            working_days=new.working_days,
            contact=new.contact,
            by=actor.account_id,
            at=now,
            withdrawn_because="",
        )
        await publication.save()
        await _keep_items(publication.id, found.nomination_ids)
        await audit.record(
            actor,
            "public_comment.publish",
            "publication",
            publication.id,
            now=now,
            round=round_id,
            items=len(found.nomination_ids),
            valid_from=new.first_on,
            valid_to=last_on,
        )
    return int(publication.id)


async def withdraw(publication_id: int, because: str, *, actor: Actor, now: datetime) -> None:
    async with DB.transaction():
        publication = await queries.publication_for_update(publication_id, actor)
        if not policy.may_publish(actor, publication.unit_id):
            raise NotVisible
        if refusal := rules.refuse_withdrawal(publication, today_in_vietnam(now)):
            raise Refused(refusal)
        await Publication.raw(
            "UPDATE publication SET withdrawn_by = {}, withdrawn_at = {}, withdrawn_because = {}"
            " WHERE id = {}",
            actor.account_id,
            now,
            because,
            publication_id,
        )
        await audit.record(actor, "public_comment.withdraw", "publication", publication_id, now=now)


async def _keep_items(publication_id: int, nomination_ids: Sequence[int]) -> None:
    await PublicationItem.raw(
        "INSERT INTO publication_item"
        " (publication, nomination, position, subject, name, post, unit_name, award_form)"
        " SELECT {}, n.id, x.position, n.subject, n.name, n.post, n.unit_name, n.award_form"
        " FROM unnest({}::int[]) WITH ORDINALITY AS x (id, position)"
        " JOIN nomination n ON n.id = x.id",
        publication_id,
        list(nomination_ids),
    )
