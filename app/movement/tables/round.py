from __future__ import annotations

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from app.accounts.tables import Account
from app.catalogue.tables import AwardForm
from app.movement.tables.criteria import CriteriaSet
from app.movement.tables.movement import Movement


class ReviewRound(Table):
    """One annual or phase review. Every day named here is the last or first day that counts.

    `protocol`: the proposed protocol as canonical JSON until opening freezes it; NULL is the
    default one. `method` is the kind of commendation (loại hình) its awards belong to.
    """

    id: Serial
    movement = ForeignKey(Movement, null=False, on_delete=OnDelete.restrict, index=True)
    code = Varchar(length=40, unique=True)
    kind = Varchar(length=12)
    name = Varchar(length=200)
    achievements_from = Date()
    achievements_to = Date()
    registration_open_on = Date(null=True, default=None)
    registration_close_on = Date(null=True, default=None)
    nominations_open_on = Date(null=True, default=None)
    nominations_close_on = Date(null=True, default=None)
    endorsement_close_on = Date(null=True, default=None)
    appraisal_close_on = Date(null=True, default=None)
    scoring_close_on = Date(null=True, default=None)
    session_on = Date(null=True, default=None)
    comment_open_on = Date(null=True, default=None)
    comment_close_on = Date(null=True, default=None)
    decision_on = Date(null=True, default=None)
    award_form = ForeignKey(AwardForm, null=True, default=None, on_delete=OnDelete.restrict)
    individual_set = ForeignKey(CriteriaSet, null=True, default=None, on_delete=OnDelete.restrict)
    collective_set = ForeignKey(CriteriaSet, null=True, default=None, on_delete=OnDelete.restrict)
    method = Varchar(length=20, default="thematic")
    protocol = Text(null=True, default=None)
    version = Integer(default=0)

    review_round_kind = Check("kind IN ('annual', 'preliminary', 'final')")
    review_round_method = Check("method IN ('merit', 'thematic', 'sudden')")
    review_round_window_in_order = Check("achievements_to >= achievements_from")
    review_round_days_in_order = Check(
        "nominations_close_on >= nominations_open_on AND scoring_close_on >= nominations_close_on"
        " AND session_on >= scoring_close_on"
    )
    # A day that is not set is compared with nothing.
    review_round_stages_in_order = Check(
        "registration_close_on >= registration_open_on"
        " AND endorsement_close_on >= nominations_close_on"
        " AND appraisal_close_on >= coalesce(endorsement_close_on, nominations_close_on)"
        " AND scoring_close_on >= coalesce(appraisal_close_on, endorsement_close_on)"
        " AND comment_close_on >= comment_open_on"
        " AND decision_on >= coalesce(comment_close_on, session_on)"
    )


class StageExtension(Table):
    """A stage of the calendar that was given more days; `stage` is a key of `rules.STAGES`."""

    id: Serial
    round = ForeignKey(ReviewRound, null=False, on_delete=OnDelete.restrict, index=True)
    stage = Varchar(length=20)
    old_last = Date()
    new_last = Date()
    reason = Text()
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()

    stage_extension_is_later = Check("new_last > old_last")


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


class CriteriaCorrection(Table):
    """After opening, a mistake is corrected by a new version only, with its reason.

    `criteria` is the canonical text of both sets from then on, like that of the opening.
    """

    id: Serial
    round = ForeignKey(ReviewRound, null=False, on_delete=OnDelete.restrict, index=True)
    old_set = ForeignKey(CriteriaSet, null=False, on_delete=OnDelete.restrict)
    new_set = ForeignKey(CriteriaSet, null=False, on_delete=OnDelete.restrict)
    reason = Text()
    criteria = Text()
    criteria_sha256 = Varchar(length=64)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()

    criteria_correction_once = Unique([round, old_set])
    criteria_correction_is_another = Check("new_set <> old_set")
