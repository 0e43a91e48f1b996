"""What a row of the table says, and the groups of the cast that rows name."""

from __future__ import annotations

from dataclasses import dataclass

from tests import cast

ANYBODY = frozenset(cast.CAST)
NOBODY: frozenset[str] = frozenset()
MEMBERS = frozenset({"member_1", "member_2", "member_3"})
OFFICE = MEMBERS | {"appraiser", "secretary", "leader", "auditor"}
UNIT = frozenset({"officer", "head"})
OTHER_UNIT = frozenset({"other_officer", "other_head"})
UNITS = UNIT | OTHER_UNIT
DECIDERS = frozenset({"secretary", "leader"})
SECRETARY = frozenset({"secretary"})
APPRAISERS = frozenset({"appraiser", "secretary"})
ADMINISTRATOR = frozenset({"administrator"})
NO_DOSSIERS = frozenset({"administrator", "personnel", "initiative_member"})
LOG = frozenset({"auditor", "leader"})
PERSONNEL = frozenset({"personnel"})
# Whose own session and reminder rows name: the last to ask, so that both are there for all others.
LAST = frozenset({cast.CAST[-1]})
KEEPERS = ADMINISTRATOR | PERSONNEL
SEES_PEOPLE = UNIT | LOG | KEEPERS | {"discipline"}
# Who reads a submitted dossier of the staff member, and of somebody in the other province.
READS = OFFICE | UNIT | {"staff", "discipline"}
OTHER_READS = OFFICE | OTHER_UNIT | {"discipline"}
LISTS = ANYBODY - NO_DOSSIERS
COMMENTS = frozenset({"appraiser", "secretary", "leader", "auditor"})

ROUND = "/rounds/{round_id}"
NOMINATION = "/nominations/{nomination_id}"
MOVEMENT = "/movements/{movement_id}"
DECISION = "/decisions/{decision_id}"


@dataclass(frozen=True)
class Row:
    """Who gets `status` from the route; every other signed-in account gets 404."""

    method: str
    path: str
    status: int
    who: frozenset[str]
    of: str = ""
    """Which nomination, where the path names one: own, other or draft."""
    data: tuple[tuple[str, str], ...] = ()
    kind: str = "postings"
    """Of records, where the path names it."""


def exported(path: str, who: frozenset[str], of: str = "") -> tuple[Row, Row]:
    """Both kinds of file of one list."""
    return Row("GET", f"{path}.csv", 200, who, of), Row("GET", f"{path}.xlsx", 200, who, of)
