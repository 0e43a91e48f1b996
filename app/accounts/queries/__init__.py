"""Accounts, sessions and roles as this reader may see them."""

from app.accounts.queries.administered import (
    LARGEST_ID,
    AccountFacts,
    account_by_login,
    account_for,
    accounts_page,
    deputies_of,
    names_of,
    periods_held,
    role_of,
    roles_of,
)
from app.accounts.queries.called import Called, Concerned, called, concerned_page
from app.accounts.queries.capacity import act_on
from app.accounts.queries.choices import HITS, person_by_code, units_to_choose
from app.accounts.queries.own import open_sessions, reset_link, second_factor
from app.accounts.queries.reach import Reach, reach_of
from app.accounts.queries.sessions import (
    Session,
    actor_for_login,
    actor_for_token,
    actor_of,
    actors_of,
    session_of,
    token_hash,
)

__all__ = [
    "HITS",
    "LARGEST_ID",
    "AccountFacts",
    "Called",
    "Concerned",
    "Reach",
    "Session",
    "account_by_login",
    "account_for",
    "accounts_page",
    "act_on",
    "actor_for_login",
    "actor_for_token",
    "actor_of",
    "actors_of",
    "called",
    "concerned_page",
    "deputies_of",
    "names_of",
    "open_sessions",
    "periods_held",
    "person_by_code",
    "reach_of",
    "reset_link",
    "role_of",
    "roles_of",
    "second_factor",
    "session_of",
    "token_hash",
    "units_to_choose",
]
