"""What must not exist in the live data: every room says it about its own tables."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import ModuleType

from app.accounts import invariants as accounts
from app.audit import invariants as audit
from app.award_history import invariants as award_history
from app.certificates import invariants as certificates
from app.council import invariants as council
from app.decisions import invariants as decisions
from app.discipline import invariants as discipline
from app.imports import invariants as imports
from app.initiatives import invariants as initiatives
from app.movement import invariants as movement
from app.nominations import invariants as nominations
from app.organization import invariants as organization
from app.public_comment import invariants as public_comment
from app.reminders import invariants as reminders
from app.scoring import invariants as scoring

Query = Callable[[], Awaitable[list[str]]]

ROOMS = (
    audit,
    organization,
    accounts,
    imports,
    movement,
    initiatives,
    discipline,
    award_history,
    nominations,
    scoring,
    council,
    public_comment,
    decisions,
    certificates,
    reminders,
)
_PREFIX = "broken_"


def queries() -> dict[str, Query]:
    """Every room's `broken_…` by name: `broken_log_chain` is `log-chain`."""
    return {
        name.removeprefix(_PREFIX).replace("_", "-"): query
        for room in ROOMS
        for name, query in _of(room)
    }


def _of(room: ModuleType) -> list[tuple[str, Query]]:
    return [(name, found) for name, found in vars(room).items() if name.startswith(_PREFIX)]


async def broken() -> list[str]:
    """One line for each thing that must not exist: the invariant's name and what breaks it."""
    return [f"{name}: {what}" for name, query in queries().items() for what in await query()]
