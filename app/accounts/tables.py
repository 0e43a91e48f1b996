from __future__ import annotations

from piccolo.columns import Boolean, Date, ForeignKey, OnDelete, Serial, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from app.organization.tables import Person, Unit


class Account(Table):
    """Signs in with `login` (staff code) or `email`, both stored in lower case."""

    id: Serial
    person = ForeignKey(Person, null=True, default=None, unique=True, on_delete=OnDelete.restrict)
    login = Varchar(length=60, unique=True)
    email = Varchar(length=200, null=True, default=None, unique=True)
    name = Varchar(length=200)
    password_hash = Varchar(length=200)
    active = Boolean(default=True)

    account_login_is_lower = Check("login = lower(login)")


class SignInSession(Table):
    """The cookie holds the token, the table only its SHA-256."""

    id: Serial
    token_hash = Varchar(length=64, unique=True)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.cascade, index=True)
    address = Varchar(length=60)
    created_at = Timestamptz()
    last_seen_at = Timestamptz()
    expires_at = Timestamptz()


class SignInFailure(Table):
    """One failed attempt; enough of them within a window slow the next one down."""

    id: Serial
    login = Varchar(length=60, index=True)
    address = Varchar(length=60, index=True)
    at = Timestamptz()


class RoleHeld(Table):
    id: Serial
    account = ForeignKey(Account, null=False, on_delete=OnDelete.restrict, index=True)
    role = Varchar(length=30)
    unit = ForeignKey(Unit, null=False, on_delete=OnDelete.restrict)
    valid_from = Date()
    valid_to = Date(null=True, default=None)

    role_held_once = Unique([account, role, unit, valid_from])
    role_held_dates_in_order = Check("valid_to IS NULL OR valid_to >= valid_from")
