"""The way of a dossier. Every state is a record with who and when; a later one ends an earlier."""

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
from app.files.tables import StoredFile
from app.movement.tables import Criterion, ReviewRound
from app.nominations.tables.nomination import Nomination
from app.organization.tables import Unit


class Submission(Table):
    """The unit sends the dossier on its way; after a return to the unit, once more."""

    id: Serial
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.restrict)
    number = Integer(default=1)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()

    submission_once = Unique([nomination, number])


class RouteStep(Table):
    """A level that has to endorse, laid down at the first submission; position 1 comes first."""

    id: Serial
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.restrict)
    position = Integer()
    unit = ForeignKey(Unit, null=False, on_delete=OnDelete.restrict, index=True)
    unit_name = Varchar(length=300)

    route_step_once = Unique([nomination, position])
    route_step_is_positive = Check("position > 0")


class EndorsementList(Table):
    """What one level sends on at one time: an ordered list, counts of votes, its own paper.

    It can be undone as a whole until the next level has acted on any of it.
    """

    id: Serial
    round = ForeignKey(ReviewRound, null=False, on_delete=OnDelete.restrict, index=True)
    unit = ForeignKey(Unit, null=False, on_delete=OnDelete.restrict, index=True)
    paper_number = Varchar(length=60)
    paper_on = Date()
    paper = ForeignKey(StoredFile, null=True, default=None, on_delete=OnDelete.restrict)
    paper_name = Varchar(length=200)
    votes_total = Integer(null=True, default=None)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()
    undone_by = ForeignKey(Account, null=True, default=None, on_delete=OnDelete.restrict)
    undone_at = Timestamptz(null=True, default=None)

    endorsement_list_votes = Check("votes_total > 0")
    endorsement_list_undone = Check("(undone_by IS NULL) = (undone_at IS NULL)")


class Endorsement(Table):
    """One dossier in such a list. `step` is the level it passes; `votes` agreed with it.

    `ended_at`: the list was undone, or the dossier was returned to this level or a lower one.
    """

    id: Serial
    endorsement_list = ForeignKey(
        EndorsementList, null=False, on_delete=OnDelete.restrict, index=True
    )
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.restrict, index=True)
    step = Integer()
    position = Integer()
    votes = Integer(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)

    endorsement_once = Unique([endorsement_list, nomination])
    endorsement_in_order = Unique([endorsement_list, position])
    endorsement_not_negative = Check("position > 0 AND step > 0 AND votes >= 0")


class DossierReturn(Table):
    """The whole dossier goes back: to the unit that prepared it (step 0) or an earlier level."""

    id: Serial
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.restrict, index=True)
    # NULL: the council's office.
    from_unit = ForeignKey(Unit, null=True, default=None, on_delete=OnDelete.restrict)
    to_step = Integer()
    reason = Text()
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()

    dossier_return_not_negative = Check("to_step >= 0")


class NominationRefusal(Table):
    """A level or the office does not send the dossier on; it may be taken back with a reason."""

    id: Serial
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.restrict, index=True)
    from_unit = ForeignKey(Unit, null=True, default=None, on_delete=OnDelete.restrict)
    reason = Text()
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()
    lifted_by = ForeignKey(Account, null=True, default=None, on_delete=OnDelete.restrict)
    lifted_at = Timestamptz(null=True, default=None)
    lifted_because = Text()

    nomination_refusal_lifted = Check("(lifted_by IS NULL) = (lifted_at IS NULL)")


class Withdrawal(Table):
    """The nominee or the unit takes the nomination back; final for the round."""

    id: Serial
    nomination = ForeignKey(Nomination, null=False, unique=True, on_delete=OnDelete.restrict)
    reason = Text()
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()


class ItemReturn(Table):
    """One thing sent back by appraisal: only that may be edited, only the asker looks again.

    `item`: `criterion` (with its criterion), `report`, `minutes` or a gate's code. A question
    whose answer was not enough is closed with `accepted` false and asked anew.
    """

    id: Serial
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.restrict, index=True)
    item = Varchar(length=12)
    criterion = ForeignKey(Criterion, null=True, default=None, on_delete=OnDelete.restrict)
    question = Text()
    due_on = Date()
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict, index=True)
    at = Timestamptz()
    answer = Text()
    answered_by = ForeignKey(Account, null=True, default=None, on_delete=OnDelete.restrict)
    answered_at = Timestamptz(null=True, default=None)
    accepted = Boolean(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)

    item_return_item = Check("item IN ('criterion', 'report', 'minutes', 'G1', 'G3', 'G4')")
    item_return_criterion = Check("(item = 'criterion') = (criterion IS NOT NULL)")
    item_return_answered = Check("(answered_by IS NULL) = (answered_at IS NULL)")
    item_return_closed = Check("(accepted IS NULL) = (closed_at IS NULL)")


class InterAgencyOpinion(Table):
    """Hiệp y: another unit is asked for its view by a day, beside the way of the dossier."""

    id: Serial
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.restrict)
    unit = ForeignKey(Unit, null=False, on_delete=OnDelete.restrict, index=True)
    question = Text()
    due_on = Date()
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()
    view = Varchar(length=12, null=True, default=None)
    answer = Text()
    answered_by = ForeignKey(Account, null=True, default=None, on_delete=OnDelete.restrict)
    answered_at = Timestamptz(null=True, default=None)

    inter_agency_opinion_once = Unique([nomination, unit])
    inter_agency_opinion_view = Check("view IN ('agree', 'disagree', 'no_view')")
    inter_agency_opinion_answered = Check(
        "(view IS NULL) = (answered_at IS NULL) AND (answered_by IS NULL) = (answered_at IS NULL)"
    )
