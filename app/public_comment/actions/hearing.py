from __future__ import annotations

from datetime import date, datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible, Refused
from app.piccolo_conf import DB
from app.public_comment import policy, queries, rules
from app.public_comment.rules import NewComment
from app.public_comment.tables import CommentHandling, PublicationVisits, PublicComment


async def receive(code: str, new: NewComment, *, now: datetime) -> int:
    """A comment of the public; who wrote it stays out of the log. Sent twice it is one comment."""
    today = today_in_vietnam(now)
    async with DB.transaction():
        publication = await queries.public_list(code, today, lock=True)
        if refusal := rules.refuse_comment(publication, today):
            raise Refused(refusal)
        about = None
        if new.about is not None:
            about = await queries.position_id(publication.id, new.about)
        known = await queries.same_comment(publication.id, about, new, now)
        if known is not None:
            return known
        comment = PublicComment(
            publication=publication.id,
            about=about,
            author=new.author,
            contact=new.contact,
            text=new.text,
            at=now,
        )
        await comment.save()
        await audit.record(
            None,
            "public_comment.receive",
            "public_comment",
            comment.id,
            now=now,
            publication=publication.id,
        )
    return int(comment.id)


async def handle(
    publication_id: int,
    comment_id: int,
    conclusion: str,
    text: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    async with DB.transaction():
        comment = await queries.comment_for_update(comment_id, actor)
        if comment.publication_id != publication_id or not policy.may_publish(
            actor, comment.unit_id
        ):
            raise NotVisible
        if refusal := rules.refuse_handling(comment.conclusion):
            raise Refused(refusal)
        await CommentHandling(
            comment=comment_id, conclusion=conclusion, text=text, by=actor.account_id, at=now
        ).save()
        await audit.record(actor, "public_comment.handle", "public_comment", comment_id, now=now)


async def count_visit(publication_id: int, day: date) -> None:
    """Only a number by day is kept: no address, no account, no mark of who it was."""
    await PublicationVisits.raw(
        "INSERT INTO publication_visits (publication, day, visits) VALUES ({}, {}, 1)"
        " ON CONFLICT (publication, day)"
        " DO UPDATE SET visits = publication_visits.visits + 1",
        publication_id,
        day,
    )
