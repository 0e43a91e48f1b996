"""By which of several roles somebody acts, where `reach` decides: for the log."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from app.kernel.actor import Actor, Holding, Role
from app.organization.queries.reach import reach_of_each
from app.organization.tables import Posting


async def act_over(actor: Actor, roles: Sequence[Role], unit_ids: Collection[int]) -> None:
    """Call after the check: the actor acts on all the units, by what reaches each of them."""
    await _act(actor, roles, [{unit_id} for unit_id in unit_ids])


async def act_for(
    actor: Actor, roles: Sequence[Role], person_ids: Collection[int], today: date
) -> None:
    """Call after the check: for each person one of their units is enough."""
    if len(_held(actor, roles)) < 2:
        return
    rows = await Posting.raw(
        "SELECT z.person, array_agg(z.unit) AS units FROM posting z WHERE z.person = ANY({})"
        " AND (z.valid_to IS NULL OR z.valid_to >= {} OR NOT EXISTS (SELECT FROM posting n"
        " WHERE n.person = z.person AND (n.valid_to IS NULL OR n.valid_to > z.valid_to)))"
        " GROUP BY z.person",
        sorted(person_ids),
        today,
    )
    # Most people of a sheet share their units with others.
    await _act(actor, roles, {frozenset(row["units"]) for row in rows})


async def _act(actor: Actor, roles: Sequence[Role], things: Collection[Collection[int]]) -> None:
    """`things`: the units of each, one of which is enough."""
    held = _held(actor, roles)
    if len(held) < 2:
        return
    reached = await reach_of_each([own.covers for own in held])
    actor.acts_by(
        *(
            [own for own, units in zip(held, reached, strict=True) if not units.isdisjoint(thing)]
            for thing in things
        )
    )


def _held(actor: Actor, roles: Sequence[Role]) -> list[Holding]:
    return [own for own in actor.holdings if own.role in roles]
