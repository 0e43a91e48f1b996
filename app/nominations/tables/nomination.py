from __future__ import annotations

from piccolo.columns import (
    Boolean,
    Date,
    ForeignKey,
    Integer,
    Numeric,
    OnDelete,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from app.accounts.tables import Account
from app.award_history.tables import AwardRecord
from app.catalogue.tables import AwardForm
from app.movement.tables import Criterion, ReviewRound
from app.organization.tables import Person, Unit


class Registration(Table):
    """Đăng ký thi đua: at the start of the year, who means to be nominated for what."""

    id: Serial
    round = ForeignKey(ReviewRound, null=False, on_delete=OnDelete.restrict)
    subject = Varchar(length=20)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict, index=True)
    collective = ForeignKey(Unit, null=True, default=None, on_delete=OnDelete.restrict, index=True)
    unit = ForeignKey(Unit, null=False, on_delete=OnDelete.restrict, index=True)
    award_form = ForeignKey(AwardForm, null=False, on_delete=OnDelete.restrict)
    name = Varchar(length=300)
    post = Varchar(length=200)
    unit_name = Varchar(length=300)
    search_key = Varchar(length=600)
    order_key = Text()
    goal = Text()
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()
    withdrawn_by = ForeignKey(Account, null=True, default=None, on_delete=OnDelete.restrict)
    withdrawn_at = Timestamptz(null=True, default=None)
    withdrawn_because = Text()

    registration_subject = Check(
        "(subject = 'individual' AND person IS NOT NULL AND collective IS NULL)"
        " OR (subject = 'collective' AND person IS NULL AND collective IS NOT NULL)"
    )


class Nomination(Table):
    """A person or a collective as they were on the day: the `*_name` columns are a snapshot.

    `stage`, `at_unit` and `submitted_at` say where the dossier is now. They follow from the
    records beside it (submissions, endorsements, returns, refusals, withdrawals), are written in
    the same transaction and checked by an invariant; lists of 16,000 are sorted out by them.
    `period_*`: the achievement period, where it is not the whole window of the round.
    """

    id: Serial
    code = Varchar(length=30, unique=True)
    round = ForeignKey(ReviewRound, null=False, on_delete=OnDelete.restrict)
    subject = Varchar(length=20)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict, index=True)
    collective = ForeignKey(Unit, null=True, default=None, on_delete=OnDelete.restrict, index=True)
    nominating_unit = ForeignKey(Unit, null=False, on_delete=OnDelete.restrict, index=True)
    award_form = ForeignKey(AwardForm, null=False, on_delete=OnDelete.restrict)
    name = Varchar(length=300)
    post = Varchar(length=200)
    unit_name = Varchar(length=300)
    search_key = Varchar(length=600)
    order_key = Text()
    achievement = Text()
    created_by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    created_at = Timestamptz()
    stage = Varchar(length=12, default="draft")
    at_unit = ForeignKey(Unit, null=True, default=None, on_delete=OnDelete.restrict)
    submitted_at = Timestamptz(null=True, default=None)
    period_from = Date(null=True, default=None)
    period_to = Date(null=True, default=None)

    nomination_person_once = Unique([round, person])
    nomination_collective_once = Unique([round, collective])
    nomination_subject = Check(
        "(subject = 'individual' AND person IS NOT NULL AND collective IS NULL)"
        " OR (subject = 'collective' AND person IS NULL AND collective IS NOT NULL)"
    )
    nomination_stage = Check("stage IN ('draft', 'route', 'office', 'refused', 'withdrawn')")
    # Waiting for a unit's endorsement is the one stage at a unit.
    nomination_at_unit = Check("(stage = 'route') = (at_unit IS NOT NULL)")
    nomination_submitted = Check("stage NOT IN ('route', 'office') OR submitted_at IS NOT NULL")
    nomination_period_in_order = Check(
        "(period_from IS NULL) = (period_to IS NULL) AND period_to >= period_from"
    )


class EvidenceItem(Table):
    """One concrete achievement under one criterion, with its figures before and after.

    `last_on`: achieved or recognised, `first_on`: begun; NULL only for what was entered before
    days were asked for. A withdrawn one stays, marked; `version` lets two tabs notice each other.
    """

    id: Serial
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.restrict, index=True)
    criterion = ForeignKey(Criterion, null=False, on_delete=OnDelete.restrict)
    statement = Text()
    quantity_before = Numeric(digits=(14, 2), null=True, default=None)
    quantity_after = Numeric(digits=(14, 2), null=True, default=None)
    quantity_unit = Varchar(length=40)
    document = Varchar(length=120)
    first_on = Date(null=True, default=None)
    last_on = Date(null=True, default=None)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()
    version = Integer(default=1)
    withdrawn_by = ForeignKey(Account, null=True, default=None, on_delete=OnDelete.restrict)
    withdrawn_at = Timestamptz(null=True, default=None)

    evidence_item_days_in_order = Check(
        "(first_on IS NULL) = (last_on IS NULL) AND last_on >= first_on"
    )


class Attestation(Table):
    """The unit head's signed word on a gate that has no paper of its own (G3, G4) or G1."""

    id: Serial
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.restrict)
    gate = Varchar(length=10)
    positive = Boolean()
    statement = Text()
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()

    attestation_once = Unique([nomination, gate])


class NominationGround(Table):
    """An earlier award that the nomination names among its grounds."""

    id: Serial
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.restrict)
    award = ForeignKey(AwardRecord, null=False, on_delete=OnDelete.restrict, index=True)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()

    nomination_ground_once = Unique([nomination, award])


class GateCheck(Table):
    """The five gates as they stood when scoring opened; live until then, frozen from then on.

    `verdicts` is the JSON of `{gate: {outcome, reasons}}` with public reasons only.
    """

    id: Serial
    nomination = ForeignKey(Nomination, null=False, unique=True, on_delete=OnDelete.restrict)
    outcome = Varchar(length=10)
    verdicts = Text()
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()

    gate_check_outcome = Check("outcome IN ('pass', 'fail', 'hold')")
