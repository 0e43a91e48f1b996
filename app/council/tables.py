from __future__ import annotations

from piccolo.columns import (
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from app.accounts.tables import Account
from app.movement.tables import ReviewRound
from app.nominations.tables import Nomination
from app.organization.tables import Unit


class Council(Table):
    id: Serial
    unit = ForeignKey(Unit, null=False, on_delete=OnDelete.restrict)
    name = Varchar(length=300)
    founding_paper = Varchar(length=200)
    # How the papers of the agency it advises begin, end and are numbered.
    head_title = Varchar(length=120)
    symbol = Varchar(length=30)
    place = Varchar(length=60)
    valid_from = Date()
    valid_to = Date(null=True, default=None)


class CouncilMember(Table):
    id: Serial
    council = ForeignKey(Council, null=False, on_delete=OnDelete.restrict)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    office = Varchar(length=20)
    position = Integer()
    valid_from = Date()
    valid_to = Date(null=True, default=None)

    council_member_once = Unique([council, account, valid_from])
    council_member_office = Check("office IN ('chair', 'vice_chair', 'member')")


class CouncilSession(Table):
    """The recorded session of a round. The denominator is all members, not those present."""

    id: Serial
    round = ForeignKey(ReviewRound, null=False, unique=True, on_delete=OnDelete.restrict)
    council = ForeignKey(Council, null=False, on_delete=OnDelete.restrict)
    held_on = Date()
    members_total = Integer()
    members_present = Integer()
    minutes_number = Varchar(length=60)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()

    council_session_attendance = Check(
        "members_total > 0 AND members_present > 0 AND members_present <= members_total"
    )


class CouncilResult(Table):
    id: Serial
    session = ForeignKey(CouncilSession, null=False, on_delete=OnDelete.restrict, index=True)
    nomination = ForeignKey(Nomination, null=False, unique=True, on_delete=OnDelete.restrict)
    agree_votes = Integer()
    approved = Boolean()
    note = Text()

    council_result_votes_not_negative = Check("agree_votes >= 0")
