"""What the dossiers of all rounds ask of somebody today; a fixed number of statements."""

from __future__ import annotations

from datetime import datetime

from app.kernel.actor import Actor, Role
from app.kernel.period import today_in_vietnam
from app.nominations import policy
from app.nominations.queries.waiting_cases import held_by_cases
from app.nominations.queries.waiting_dossiers import own_draft, to_correct, to_endorse, to_prepare
from app.nominations.queries.waiting_lines import Items
from app.nominations.queries.waiting_questions import asked_by, to_answer, views, words


async def waiting(actor: Actor, now: datetime) -> Items:
    """Each kind of work is one statement, asked only of those whose work it can be."""
    today = today_in_vietnam(now)
    items: Items = ()
    if actor.person_id is not None:
        items += await own_draft(actor, today)
    if policy.may_nominate(actor):
        items += await to_prepare(actor, today)
        items += await views(actor, today)
    if policy.may_nominate(actor) or actor.person_id is not None:
        items += await to_correct(actor, today)
        items += await to_answer(actor, today)
    if actor.holds(Role.UNIT_HEAD):
        items += await to_endorse(actor, today)
    if policy.gives_word(actor):
        items += await words(actor, today)
    if policy.follows_cases(actor):
        items += await held_by_cases(actor, today)
    if policy.has_desk(actor):
        items += await asked_by(actor, today)
    return items
