"""What a person or a collective was awarded, in this system or before it."""

from __future__ import annotations

from piccolo.columns import Boolean, Date, ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from app.accounts.tables import Account
from app.catalogue.tables import AwardForm
from app.organization.tables import Person, Unit


class AwardRecord(Table):
    """One award by one decision. `period_*`: the achievement period the decision names.

    `from_decision`: written by a decision of this system, so it is corrected there only.
    """

    id: Serial
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict, index=True)
    collective = ForeignKey(Unit, null=True, default=None, on_delete=OnDelete.restrict, index=True)
    award_form = ForeignKey(AwardForm, null=False, on_delete=OnDelete.restrict)
    method = Varchar(length=20)
    decision_number = Varchar(length=60)
    decided_on = Date()
    issuer = Varchar(length=200)
    period_from = Date(null=True, default=None)
    period_to = Date(null=True, default=None)
    achievement = Text()
    from_decision = Boolean(default=False)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()
    removed_by = ForeignKey(Account, null=True, default=None, on_delete=OnDelete.restrict)
    removed_at = Timestamptz(null=True, default=None)
    removed_because = Text()

    award_record_subject = Check("(person IS NULL) <> (collective IS NULL)")
    award_record_method = Check(
        "method IN ('merit', 'thematic', 'sudden', 'contribution', 'seniority', 'external')"
    )
    award_record_period_in_order = Check(
        "(period_from IS NULL) = (period_to IS NULL) AND period_to >= period_from"
    )
