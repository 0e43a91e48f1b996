from __future__ import annotations

from app.kernel.actor import Actor, Role

# Who manages accounts does not thereby read what others did.
READS = (Role.AUDITOR, Role.LEADER)


def may_read_log(actor: Actor) -> bool:
    """The log speaks of every unit, so the role must be held over the whole tree."""
    return actor.holds(*READS) and bool(actor.top) and actor.top <= actor.units_for(*READS)


def checks_log(actor: Actor) -> bool:
    """Whose work it is to look; a leader may, too."""
    return actor.holds(Role.AUDITOR)
