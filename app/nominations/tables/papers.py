"""Files and minutes that belong to a dossier."""

from __future__ import annotations

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from app.accounts.tables import Account
from app.files.tables import StoredFile
from app.movement.tables import Criterion, ReviewRound
from app.nominations.tables.nomination import EvidenceItem, Nomination
from app.organization.tables import Unit


class EvidenceFile(Table):
    """A file of a dossier: under a criterion (and one achievement), or one of its own papers.

    Removing is marking; the bytes stay under their hash.
    """

    id: Serial
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.restrict, index=True)
    purpose = Varchar(length=12)
    criterion = ForeignKey(Criterion, null=True, default=None, on_delete=OnDelete.restrict)
    evidence = ForeignKey(EvidenceItem, null=True, default=None, on_delete=OnDelete.restrict)
    file = ForeignKey(StoredFile, null=False, on_delete=OnDelete.restrict, index=True)
    name = Varchar(length=200)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()
    removed_by = ForeignKey(Account, null=True, default=None, on_delete=OnDelete.restrict)
    removed_at = Timestamptz(null=True, default=None)
    removed_because = Varchar(length=300)

    evidence_file_purpose = Check("purpose IN ('evidence', 'report', 'minutes', 'other')")
    evidence_file_criterion = Check("(purpose = 'evidence') = (criterion IS NOT NULL)")


class PeerReview(Table):
    """Biên bản bình xét: one meeting of one unit about its nominees of a round.

    `place`: where it met. `locality`: what the unit's papers are dated from; empty on minutes
    written before it was asked for.
    """

    id: Serial
    round = ForeignKey(ReviewRound, null=False, on_delete=OnDelete.restrict)
    unit = ForeignKey(Unit, null=False, on_delete=OnDelete.restrict, index=True)
    number = Varchar(length=60)
    held_on = Date()
    place = Varchar(length=120)
    locality = Varchar(length=60)
    chair = Varchar(length=120)
    secretary = Varchar(length=120)
    members_total = Integer()
    members_present = Integer()
    discussion = Text()
    version = Integer(default=1)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()

    peer_review_once = Unique([round, unit, number])
    peer_review_attendance = Check(
        "members_total > 0 AND members_present > 0 AND members_present <= members_total"
    )


class PeerReviewVote(Table):
    """The count for one nominee; nobody's own vote is kept."""

    id: Serial
    peer_review = ForeignKey(PeerReview, null=False, on_delete=OnDelete.restrict, index=True)
    nomination = ForeignKey(Nomination, null=False, unique=True, on_delete=OnDelete.restrict)
    agree_votes = Integer()
    disagree_votes = Integer()
    note = Text()

    peer_review_vote_not_negative = Check("agree_votes >= 0 AND disagree_votes >= 0")
