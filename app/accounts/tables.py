from __future__ import annotations

from piccolo.columns import (
    BigInt,
    Boolean,
    Date,
    ForeignKey,
    OnDelete,
    Serial,
    Timestamptz,
    Varchar,
)
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
    # A second factor is asked for once the first code was confirmed; the step of the last code
    # is kept so that no code is taken twice.
    totp_secret = Varchar(length=64, null=True, default=None)
    totp_confirmed_at = Timestamptz(null=True, default=None)
    totp_last_step = BigInt(null=True, default=None)

    account_login_is_lower = Check("login = lower(login)")


class SignInSession(Table):
    """The cookie holds the token, the table only its SHA-256."""

    id: Serial
    token_hash = Varchar(length=64, unique=True)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.cascade, index=True)
    address = Varchar(length=60)
    user_agent = Varchar(length=200, default="")
    # False between the right password and the right code: such a session shows nothing yet.
    complete = Boolean(default=True)
    created_at = Timestamptz()
    last_seen_at = Timestamptz()
    expires_at = Timestamptz()


class RecoveryCode(Table):
    """Ten of these replace a lost telephone, each once."""

    id: Serial
    account = ForeignKey(Account, null=False, on_delete=OnDelete.cascade, index=True)
    code_hash = Varchar(length=64, unique=True)
    used_at = Timestamptz(null=True, default=None)


class PasswordReset(Table):
    """A link an administrator hands over; it opens once and only for a while."""

    id: Serial
    account = ForeignKey(Account, null=False, on_delete=OnDelete.cascade, index=True)
    token_hash = Varchar(length=64, unique=True)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    created_at = Timestamptz()
    expires_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)

    password_reset_expires_later = Check("expires_at > created_at")


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
    # Set for a deputy who stands in for somebody for a period.
    stands_in_for = ForeignKey(
        Account, null=True, default=None, on_delete=OnDelete.restrict, index=True
    )

    role_held_once = Unique([account, role, unit, valid_from])
    role_held_dates_in_order = Check("valid_to IS NULL OR valid_to >= valid_from")
