from __future__ import annotations

from datetime import date, datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible, Refused
from app.nominations import policy, queries
from app.nominations.queries.items import item_of, items_of
from app.nominations.rules import Dossier
from app.nominations.rules import items as rules
from app.nominations.tables import ItemReturn
from app.piccolo_conf import DB


async def ask_item(
    nomination_id: int, key: str, question: str, due_on: date, *, actor: Actor, now: datetime
) -> int:
    """`key` is one of `rules.askable`."""
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        if not policy.may_appraise(actor, dossier):
            raise NotVisible
        items = await items_of(nomination_id)
        if refusal := rules.refuse_item(dossier, items, key, due_on, today_in_vietnam(now)):
            raise Refused(refusal)
        asked = await _ask(dossier, key, question, due_on, actor, now)
    return int(asked.id)


async def answer_item(
    nomination_id: int, item_id: int, answer: str, *, actor: Actor, now: datetime
) -> None:
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        item = await item_of(nomination_id, item_id)
        if not policy.may_answer(actor, dossier, item.item):
            raise NotVisible
        if refusal := rules.refuse_answering(dossier, item, today_in_vietnam(now)):
            raise Refused(refusal)
        await ItemReturn.raw(
            "UPDATE item_return SET answer = {}, answered_by = {}, answered_at = {} WHERE id = {}",
            answer,
            actor.account_id,
            now,
            item_id,
        )
        await _record(actor, "nominations.answer_item", nomination_id, item.key, now)


async def accept_item(nomination_id: int, item_id: int, *, actor: Actor, now: datetime) -> None:
    """The answer is enough, or the question is let go; the asker's word alone."""
    async with DB.transaction():
        item = await _own_item(nomination_id, item_id, actor, now)
        await _close(item_id, now, accepted=True)
        await _record(actor, "nominations.accept_item", nomination_id, item.key, now)


async def ask_item_again(
    nomination_id: int, item_id: int, question: str, due_on: date, *, actor: Actor, now: datetime
) -> int:
    """Close the question and ask it anew: another text, another day; the asker's word alone."""
    async with DB.transaction():
        item = await _own_item(nomination_id, item_id, actor, now)
        dossier = await queries.nomination(nomination_id, actor)
        if refusal := rules.refuse_due_day(dossier, due_on, today_in_vietnam(now)):
            raise Refused(refusal)
        await _close(item_id, now, accepted=False)
        asked = await _ask(dossier, item.key, question, due_on, actor, now)
    return int(asked.id)


async def _own_item(
    nomination_id: int, item_id: int, actor: Actor, now: datetime
) -> rules.ItemReturnFacts:
    dossier = await queries.nomination_for_update(nomination_id, actor)
    item = await item_of(nomination_id, item_id)
    today = today_in_vietnam(now)
    own = item.looked_at_by(actor.account_id, today)
    if not policy.may_appraise(actor, dossier) or not own:
        raise NotVisible
    if refusal := rules.refuse_closing(dossier, item, today):
        raise Refused(refusal)
    return item


async def _ask(
    dossier: Dossier, key: str, question: str, due_on: date, actor: Actor, now: datetime
) -> ItemReturn:
    item, code = rules.split_item(key)
    asked = ItemReturn(
        nomination=dossier.id,
        item=item,
        criterion=next((c.id for c in dossier.criteria if c.code == code), None),
        question=question,
        due_on=due_on,
        by=actor.account_id,
        at=now,
        answer="",
    )
    await asked.save()
    await _record(actor, "nominations.ask_item", dossier.id, key, now)
    return asked


async def _close(item_id: int, now: datetime, *, accepted: bool) -> None:
    await ItemReturn.raw(
        "UPDATE item_return SET accepted = {}, closed_at = {} WHERE id = {}",
        accepted,
        now,
        item_id,
    )


async def _record(actor: Actor, action: str, nomination_id: int, key: str, now: datetime) -> None:
    item, code = rules.split_item(key)
    await audit.record(actor, action, "nomination", nomination_id, now=now, item=code or item)
