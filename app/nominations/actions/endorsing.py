from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.audit import actions as audit
from app.files import actions as files
from app.files.rules import PDF, tidy_name
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible, Refused
from app.movement.queries import round_facts
from app.nominations import policy
from app.nominations.actions.routing import remember_standing
from app.nominations.queries import endorsing as queries
from app.nominations.queries import endorsing_lists as lists
from app.nominations.rules import endorsing as rules
from app.nominations.tables import Endorsement, EndorsementList
from app.piccolo_conf import DB


@dataclass(frozen=True, slots=True)
class Paper:
    """The level's own paper; `content` the PDF of it, if there is one."""

    number: str
    on: date
    content: bytes | None = None
    file_name: str = ""


async def endorse(
    round_id: int,
    unit_id: int,
    lines: Sequence[rules.ListLine],
    paper: Paper,
    votes_total: int | None = None,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Send these dossiers on in this order; all of them or none. One statement per table."""
    today = today_in_vietnam(now)
    ids = [line.nomination_id for line in lines]
    level = await queries.level(unit_id)
    if not policy.may_endorse(actor, level.id):
        raise NotVisible
    # Opening a stranger's file takes seconds; no row is locked meanwhile.
    file = None
    if paper.content is not None:
        inspected = await _inspected(paper.content)
        # Asked before the paper is stored, too: what is refused leaves nothing behind.
        async with DB.transaction():
            await _checked(ids, round_id, lines, unit_id, votes_total, paper.on, actor, today)
        file = await _stored(paper.content, inspected)
    async with DB.transaction():
        candidates = await _checked(
            ids, round_id, lines, unit_id, votes_total, paper.on, actor, today
        )
        stored = await files.record([file], now) if file else {}
        sent = EndorsementList(
            round=round_id,
            unit=unit_id,
            paper_number=paper.number,
            paper_on=paper.on,
            paper=stored[file.sha256] if file else None,
            paper_name=tidy_name(paper.file_name, PDF) if file else "",
            votes_total=votes_total,
            by=actor.account_id,
            at=now,
        )
        await sent.save()
        steps = {found.id: found.step for found in candidates}
        # One array per column: a row per parameter would pass the protocol's 32,767.
        await Endorsement.raw(
            "INSERT INTO endorsement (endorsement_list, nomination, step, position, votes)"
            " SELECT {}, n, s, p, v FROM"
            " unnest({}::int[], {}::int[], {}::int[], {}::int[]) AS x (n, s, p, v)",
            sent.id,
            ids,
            [steps[nomination_id] for nomination_id in ids],
            list(range(1, len(ids) + 1)),
            [line.votes for line in lines],
        )
        await remember_standing(ids)
        await audit.record(
            actor,
            "nominations.endorse",
            "endorsement_list",
            sent.id,
            now=now,
            round=round_id,
            unit=unit_id,
            count=len(ids),
        )
    return int(sent.id)


async def _checked(
    ids: Sequence[int],
    round_id: int,
    lines: Sequence[rules.ListLine],
    unit_id: int,
    votes_total: int | None,
    paper_on: date,
    actor: Actor,
    today: date,
) -> tuple[rules.Candidate, ...]:
    """The dossiers, locked until the transaction ends; `Refused` unless all may go on."""
    candidates = await queries.candidates_for_update(ids, round_id, actor)
    round_ = await round_facts(round_id)
    opened_on = today_in_vietnam(round_.opening.at) if round_.opening else today
    scored = await queries.scoring_opened(round_id)
    refusal = (
        rules.refuse_endorsing(candidates, lines, unit_id, votes_total)
        or rules.refuse_late_ones(candidates, round_.calendar, scored, today)
        or rules.refuse_paper_day(paper_on, opened_on, today)
    )
    if refusal:
        raise Refused(refusal)
    return candidates


async def _inspected(content: bytes) -> files.Inspected:
    try:
        found = await files.inspect(content)
    except Refused as error:
        raise _about_paper(error) from None
    if found.media_type != PDF:
        raise Refused(rules.NOT_A_PDF)
    return found


async def _stored(content: bytes, inspected: files.Inspected) -> files.Prepared:
    try:
        return await files.put(content, inspected)
    except Refused as error:
        raise _about_paper(error) from None


def _about_paper(error: Refused) -> Refused:
    return Refused(replace(error.refusal, field_name="paper"))


async def undo_endorsement(list_id: int, *, actor: Actor, now: datetime) -> None:
    """Take the whole list back, as long as nobody after this level has touched any of it."""
    async with DB.transaction():
        await EndorsementList.raw(
            "SELECT id FROM endorsement_list WHERE id = {} FOR UPDATE", list_id
        )
        sent = await lists.endorsement_list(list_id, actor)
        if not policy.may_endorse(actor, sent.unit_id):
            raise NotVisible
        rows = await Endorsement.raw(
            "SELECT n.id FROM nomination n WHERE n.id IN (SELECT e.nomination FROM endorsement e"
            " WHERE e.endorsement_list = {}) ORDER BY n.id FOR UPDATE",
            list_id,
        )
        if refusal := rules.refuse_undoing(sent, await lists.acted_on(list_id)):
            raise Refused(refusal)
        await EndorsementList.raw(
            "UPDATE endorsement_list SET undone_by = {}, undone_at = {} WHERE id = {}",
            actor.account_id,
            now,
            list_id,
        )
        await Endorsement.raw(
            "UPDATE endorsement SET ended_at = {} WHERE endorsement_list = {}", now, list_id
        )
        await remember_standing([row["id"] for row in rows])
        await audit.record(
            actor,
            "nominations.undo_endorsement",
            "endorsement_list",
            list_id,
            now=now,
            round=sent.round_id,
            unit=sent.unit_id,
            count=len(rows),
        )
