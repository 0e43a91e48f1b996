"""A published list, who looked at it (how many only), what was said and how it was handled."""

from __future__ import annotations

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from app.accounts.tables import Account
from app.catalogue.tables import AwardForm
from app.movement.tables import ReviewRound
from app.nominations.tables import Nomination


class Publication(Table):
    """`code` is its public address; `working_days` were asked for, `last_on` follows from them."""

    id: Serial
    round = ForeignKey(ReviewRound, null=False, on_delete=OnDelete.restrict, index=True)
    code = Varchar(length=20, unique=True)
    title = Varchar(length=300)
    first_on = Date()
    last_on = Date()
    working_days = Integer()
    contact = Varchar(length=300)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()
    withdrawn_by = ForeignKey(Account, null=True, default=None, on_delete=OnDelete.restrict)
    withdrawn_at = Timestamptz(null=True, default=None)
    withdrawn_because = Text()

    publication_days = Check("working_days > 0 AND last_on >= first_on")


class PublicationExtension(Table):
    """A running list that was given more working days; `reason` is for the office to read."""

    id: Serial
    publication = ForeignKey(Publication, null=False, on_delete=OnDelete.restrict, index=True)
    old_last = Date()
    new_last = Date()
    reason = Text()
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()

    publication_extension_is_later = Check("new_last > old_last")


class PublicationItem(Table):
    """What the public reads, as it was published."""

    id: Serial
    publication = ForeignKey(Publication, null=False, on_delete=OnDelete.restrict)
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.restrict, index=True)
    position = Integer()
    subject = Varchar(length=20)
    name = Varchar(length=300)
    post = Varchar(length=200)
    unit_name = Varchar(length=300)
    award_form = ForeignKey(AwardForm, null=False, on_delete=OnDelete.restrict)

    publication_item_once = Unique([publication, nomination])
    publication_item_position_once = Unique([publication, position])


class PublicationVisits(Table):
    """A count by day; nobody who looked is known."""

    id: Serial
    publication = ForeignKey(Publication, null=False, on_delete=OnDelete.restrict)
    day = Date()
    visits = Integer()

    publication_visits_once = Unique([publication, day])
    publication_visits_not_negative = Check("visits >= 0")


class PublicComment(Table):
    """`about`: the one nominee it speaks of, if any. Read by the office, not by the public."""

    id: Serial
    publication = ForeignKey(Publication, null=False, on_delete=OnDelete.restrict, index=True)
    about = ForeignKey(PublicationItem, null=True, default=None, on_delete=OnDelete.restrict)
    author = Varchar(length=120)
    contact = Varchar(length=200)
    text = Text()
    at = Timestamptz()


class CommentHandling(Table):
    id: Serial
    comment = ForeignKey(PublicComment, null=False, unique=True, on_delete=OnDelete.restrict)
    conclusion = Varchar(length=20)
    text = Text()
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()

    comment_handling_conclusion = Check(
        "conclusion IN ('founded', 'partly_founded', 'unfounded', 'forwarded')"
    )
