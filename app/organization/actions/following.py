"""The people of units that end, posted on in the unit that takes over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.organization import queries, rules
from app.organization.rules import Move
from app.organization.tables import Posting

Moves = dict[int, tuple[Move, ...]]


async def post_on(
    unit_ids: Collection[int], to: int, day: date, *, actor: Actor, now: datetime
) -> int:
    """Everybody still posted there goes on in `to` from `day`, in the same post; how many do."""
    moves: Moves = {}
    for person_id, postings in (await queries.members_postings(unit_ids, day)).items():
        if found := rules.moves_of(postings, unit_ids, to, day):
            moves[person_id] = found
    new = await _write(moves, to)
    told = [
        ("person", person_id, _told(person_id, move, new))
        for person_id, found in moves.items()
        for move in found
    ]
    await audit.record_many(actor, "organization.follow", told, now=now)
    return len(moves)


async def _write(moves: Moves, to: int) -> dict[tuple[int, str, date], int]:
    """Returns the ids of the postings that begin, by person, post and first day."""
    every = [(person_id, move) for person_id, found in moves.items() for move in found]
    ended = [move.ended for _, move in every if move.ended is not None]
    await Posting.raw(
        "UPDATE posting p SET valid_to = e.last FROM unnest({}::int[], {}::date[]) AS e (id, last)"
        " WHERE p.id = e.id",
        [posting.id for posting in ended],
        [posting.period.last for posting in ended],
    )
    await Posting.raw(
        "UPDATE posting SET unit = {} WHERE id = ANY({})",
        to,
        [move.new.id for _, move in every if move.new is not None and move.new.id],
    )
    begun = [(person, move.new) for person, move in every if move.new and not move.new.id]
    rows = await Posting.raw(
        "INSERT INTO posting (person, unit, post, is_main, valid_from, valid_to)"
        " SELECT e.person, {}, e.post, e.main, e.first, e.last FROM unnest({}::int[],"
        " {}::varchar[], {}::bool[], {}::date[], {}::date[]) AS e (person, post, main, first, last)"
        " RETURNING id, person, post, valid_from",
        to,
        [person for person, _ in begun],
        [posting.text for _, posting in begun],
        [posting.is_main for _, posting in begun],
        [posting.period.first for _, posting in begun],
        [posting.period.last for _, posting in begun],
    )
    return {(row["person"], row["post"], row["valid_from"]): row["id"] for row in rows}


def _told(person_id: int, move: Move, new: dict[tuple[int, str, date], int]) -> dict[str, object]:
    detail: dict[str, object] = {"kind": "postings"}
    if move.ended is not None:
        detail["ended"] = move.ended.id
    if move.new is not None:
        first = move.new.period.first
        detail["record"] = move.new.id or new[person_id, move.new.text, first]
        detail |= {"unit": move.new.unit_id, "valid_from": first}
    return detail
