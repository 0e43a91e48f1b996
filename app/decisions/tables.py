from __future__ import annotations

from piccolo.columns import (
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
from app.files.tables import StoredFile
from app.movement.tables import ReviewRound
from app.nominations.tables import Nomination


class NumberSeries(Table):
    """Gap-free numbers: taken under a row lock in the transaction that uses them."""

    id: Serial
    code = Varchar(length=60, unique=True)
    last_number = Integer()

    number_series_not_negative = Check("last_number >= 0")


class AwardDecision(Table):
    id: Serial
    round = ForeignKey(ReviewRound, null=False, unique=True, on_delete=OnDelete.restrict)
    series = Varchar(length=40)
    series_number = Integer()
    number = Varchar(length=60)
    signed_on = Date()
    place = Varchar(length=60)
    authority = Varchar(length=200)
    signer_capacity = Varchar(length=10)
    signer_title = Varchar(length=120)
    signer_name = Varchar(length=120)
    base_salary = Integer()
    data = Text()
    file = ForeignKey(StoredFile, null=False, on_delete=OnDelete.restrict)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()

    # Numbers start again each year, so only number and year together name one paper.
    award_decision_number_once = Unique([series, series_number])
    award_decision_number_is_positive = Check("series_number > 0")


class DecisionItem(Table):
    id: Serial
    decision = ForeignKey(AwardDecision, null=False, on_delete=OnDelete.restrict)
    nomination = ForeignKey(Nomination, null=False, unique=True, on_delete=OnDelete.restrict)
    position = Integer()
    coefficient = Numeric(digits=(6, 3))
    bonus_amount = Integer()

    decision_item_position_once = Unique([decision, position])
    decision_item_bonus_not_negative = Check("bonus_amount >= 0")
