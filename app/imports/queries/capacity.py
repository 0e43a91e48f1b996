"""By which of several roles a sheet was brought in: for the log."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.accounts.queries import act_on
from app.imports import policy
from app.imports.rules.problems import Outcome
from app.kernel.actor import Actor
from app.organization.queries import act_for, act_over
from app.organization.tables import Unit


async def act_with(actor: Actor, kind: str, outcome: Outcome, today: date) -> None:
    """Call once it is written, so that what is new has its place as well."""
    rows: list[Any] = [*outcome.new, *outcome.changed]
    roles = policy.roles_for(kind)
    if kind == "units":
        codes = [row.code for row in rows]
        found = await Unit.raw("SELECT id FROM unit WHERE code = ANY({})", codes)
        await act_over(actor, roles, [row["id"] for row in found])
    elif kind == "accounts":
        await act_on(actor, [row.login for row in rows], today)
    else:
        await act_for(actor, roles, _people(kind, outcome), today)


def _people(kind: str, outcome: Outcome) -> set[int]:
    new: Any = outcome.new
    changed: Any = outcome.changed
    if kind == "people":
        # Those not yet posted lie in no unit: any of the roles brings them in.
        return {person_id for person_id, _ in changed}
    if kind == "classifications":
        return {row[0] for row in new} | {row[2] for row in changed}
    return {row.person for row in (*new, *changed)}
