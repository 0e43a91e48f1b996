"""What the product reminds somebody of, and the calendar each may subscribe to."""

from __future__ import annotations

from piccolo.columns import Date, ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from app.accounts.tables import Account


class Reminder(Table):
    """One sentence to one account. `occasion` names what it is about, so that it comes once.

    `figures` is the JSON of the figures in `message`, a gettext id.
    """

    id: Serial
    account = ForeignKey(Account, null=False, on_delete=OnDelete.cascade)
    occasion = Varchar(length=120)
    message = Text()
    figures = Text()
    href = Varchar(length=200)
    due_on = Date(null=True, default=None)
    at = Timestamptz()
    read_at = Timestamptz(null=True, default=None)
    mailed_at = Timestamptz(null=True, default=None)

    reminder_once = Unique([account, occasion])


class CalendarFeed(Table):
    """The secret address of one person's calendar; only its SHA-256 lies here."""

    id: Serial
    account = ForeignKey(Account, null=False, unique=True, on_delete=OnDelete.cascade)
    token_hash = Varchar(length=64, unique=True)
    at = Timestamptz()
