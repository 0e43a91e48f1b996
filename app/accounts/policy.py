"""Who may do what with accounts. Which accounts an administrator sees is decided at loading."""

from __future__ import annotations

from app.kernel.actor import Actor, Role


def may_administer(actor: Actor) -> bool:
    return actor.holds(Role.ADMINISTRATOR)


def administered_units(actor: Actor) -> frozenset[int]:
    return actor.units_for(Role.ADMINISTRATOR)


def may_ask_about(asker: Actor, account_id: int) -> bool:
    """About whose rights one may ask: the own, or anybody's one can see at all."""
    return asker.account_id == account_id or asker.holds(Role.ADMINISTRATOR, Role.AUDITOR)
