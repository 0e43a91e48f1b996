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
from app.catalogue.tables import AwardForm, LegalSource
from app.organization.tables import Unit


class Movement(Table):
    id: Serial
    code = Varchar(length=40, unique=True)
    name = Varchar(length=300)
    launched_by = ForeignKey(Unit, null=False, on_delete=OnDelete.restrict)
    launched_on = Date()
    summary = Text()


class MovementSource(Table):
    id: Serial
    movement = ForeignKey(Movement, null=False, on_delete=OnDelete.restrict)
    source = ForeignKey(LegalSource, null=False, on_delete=OnDelete.restrict)

    movement_source_once = Unique([movement, source])


class CriteriaSet(Table):
    id: Serial
    movement = ForeignKey(Movement, null=False, on_delete=OnDelete.restrict)
    subject = Varchar(length=20)
    version = Integer()
    name = Varchar(length=200)
    note = Text()

    criteria_set_version_once = Unique([movement, subject, version])
    criteria_set_subject = Check("subject IN ('individual', 'collective')")


class Criterion(Table):
    """A criterion carries points; a gate carries none and no score compensates it."""

    id: Serial
    criteria_set = ForeignKey(CriteriaSet, null=False, on_delete=OnDelete.restrict)
    code = Varchar(length=10)
    kind = Varchar(length=12)
    title = Varchar(length=120)
    text = Text()
    max_points = Numeric(digits=(6, 2), null=True, default=None)
    position = Integer()

    criterion_code_once = Unique([criteria_set, code])
    criterion_kind = Check("kind IN ('criterion', 'gate')")
    criterion_points_match_kind = Check(
        "(kind = 'gate') = (max_points IS NULL) AND (max_points IS NULL OR max_points > 0)"
    )


class ReviewRound(Table):
    """One annual or phase review. Every day named here is the last or first day that counts."""

    id: Serial
    movement = ForeignKey(Movement, null=False, on_delete=OnDelete.restrict, index=True)
    code = Varchar(length=40, unique=True)
    kind = Varchar(length=12)
    name = Varchar(length=200)
    achievements_from = Date()
    achievements_to = Date()
    nominations_open_on = Date(null=True, default=None)
    nominations_close_on = Date(null=True, default=None)
    scoring_close_on = Date(null=True, default=None)
    session_on = Date(null=True, default=None)
    award_form = ForeignKey(AwardForm, null=True, default=None, on_delete=OnDelete.restrict)
    individual_set = ForeignKey(CriteriaSet, null=True, default=None, on_delete=OnDelete.restrict)
    collective_set = ForeignKey(CriteriaSet, null=True, default=None, on_delete=OnDelete.restrict)

    review_round_kind = Check("kind IN ('annual', 'preliminary', 'final')")
    review_round_window_in_order = Check("achievements_to >= achievements_from")
    review_round_days_in_order = Check(
        "nominations_close_on >= nominations_open_on AND scoring_close_on >= nominations_close_on"
        " AND session_on >= scoring_close_on"
    )


class RoundOpening(Table):
    """Opening freezes criteria and protocol; both canonical texts are kept with their hash."""

    id: Serial
    round = ForeignKey(ReviewRound, null=False, unique=True, on_delete=OnDelete.restrict)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()
    protocol = Text()
    protocol_sha256 = Varchar(length=64)
    criteria = Text()
    criteria_sha256 = Varchar(length=64)
