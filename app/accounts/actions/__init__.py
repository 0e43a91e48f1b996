"""What changes accounts, sessions and roles; each in one transaction with its log entry."""

from app.accounts.actions.administering import (
    deactivate,
    make_reset_link,
    open_account,
    reactivate,
    reset_second_factor,
)
from app.accounts.actions.creating import create_account, create_administrator, grant
from app.accounts.actions.own import (
    change_password,
    end_other_sessions,
    end_session,
    use_reset_link,
)
from app.accounts.actions.roles import appoint_deputy, end_role, give_role
from app.accounts.actions.second_factor import (
    begin_set_up,
    confirm_set_up,
    renew_codes,
    switch_off,
)
from app.accounts.actions.signing_in import give_code, sign_in, sign_out
from app.accounts.passwords import hash_password

__all__ = [
    "appoint_deputy",
    "begin_set_up",
    "change_password",
    "confirm_set_up",
    "create_account",
    "create_administrator",
    "deactivate",
    "end_other_sessions",
    "end_role",
    "end_session",
    "give_code",
    "give_role",
    "grant",
    "hash_password",
    "make_reset_link",
    "open_account",
    "reactivate",
    "renew_codes",
    "reset_second_factor",
    "sign_in",
    "sign_out",
    "switch_off",
    "use_reset_link",
]
