"""Units, people, accounts, imports and the log."""

from __future__ import annotations

from tests.permissions.asking import (
    ADMINISTRATOR,
    ANYBODY,
    COMMENTS,
    KEEPERS,
    LAST,
    LOG,
    OTHER_UNIT,
    PERSONNEL,
    SECRETARY,
    SEES_PEOPLE,
    UNIT,
    Row,
    exported,
)

RECORDS = "/people/{person_id}/records/{kind}"
RECORD = f"{RECORDS}/{{record_id}}"
ACCOUNT = "/accounts/{account_id}"
HELD = f"{ACCOUNT}/roles/{{role_id}}"
AWARD = "/awards/{award_id}"
SEES_AWARDS = SEES_PEOPLE | {"staff", "appraiser", "secretary"}
KEEPS_AWARDS = UNIT | SECRETARY


def of_records(kind: str, who: frozenset[str]) -> tuple[Row, ...]:
    """Every kind has keepers of its own."""
    return (
        Row("GET", f"{RECORDS}/new", 200, who, kind=kind),
        Row("POST", RECORDS, 422, who, kind=kind),
        Row("GET", RECORD, 200, who, kind=kind),
        Row("POST", RECORD, 422, who, kind=kind),
        Row("POST", f"{RECORD}/removal", 422, who, kind=kind),
    )


ROWS = (
    Row("GET", "/units", 200, ANYBODY),
    Row("GET", "/units/{unit_id}", 200, ANYBODY),
    Row("GET", "/units/{unit_id}/events", 200, KEEPERS),
    Row("POST", "/units/{unit_id}/events", 422, KEEPERS),
    Row("GET", "/people", 200, SEES_PEOPLE | OTHER_UNIT),
    Row("GET", "/people/new", 200, KEEPERS),
    Row("POST", "/people", 422, KEEPERS),
    Row("GET", "/people/{person_id}", 200, SEES_PEOPLE | {"staff"}),
    Row("GET", "/people/{person_id}/edit", 200, KEEPERS),
    Row("POST", "/people/{person_id}/edit", 422, KEEPERS),
    *of_records("postings", KEEPERS),
    *of_records("classifications", PERSONNEL),
    *of_records("pipeline", KEEPERS),
    *of_records("absences", KEEPERS),
    Row("GET", "/imports", 200, KEEPERS),
    Row("GET", "/imports/new", 200, KEEPERS),
    Row("POST", "/imports", 422, KEEPERS),
    Row("GET", "/imports/template/{name}", 200, KEEPERS),
    Row("GET", "/imports/{run_id}", 200, ADMINISTRATOR),
    Row("GET", "/imports/{run_id}/progress", 303, ADMINISTRATOR),
    Row("POST", "/imports/{run_id}/application", 409, ADMINISTRATOR),
    Row("POST", "/imports/{run_id}/conversion", 409, ADMINISTRATOR),
    *exported("/units/export", ANYBODY),
    *exported("/units/{unit_id}/children/export", ANYBODY),
    *exported("/units/{unit_id}/members/export", SEES_PEOPLE | OTHER_UNIT),
    *exported("/people/{person_id}/awards/export", SEES_AWARDS),
    *exported("/units/{unit_id}/awards/export", ANYBODY),
    *exported("/people/export", SEES_PEOPLE | OTHER_UNIT),
    *exported("/imports/export", KEEPERS),
    *exported("/imports/{run_id}/lines/export", ADMINISTRATOR),
    Row("GET", "/audit", 200, LOG),
    Row("GET", "/audit/{entry_id}", 200, LOG),
    Row("POST", "/audit/verification", 303, LOG),
    Row("GET", "/account", 200, ANYBODY),
    Row("POST", "/account/password", 422, ANYBODY),
    # Before the next, which would end it.
    Row("POST", "/account/sessions/{session_id}/end", 303, LAST),
    Row("POST", "/account/other-sessions/end", 303, ANYBODY),
    Row("GET", "/account/second-factor", 200, ANYBODY),
    Row("POST", "/account/second-factor/confirmation", 409, ANYBODY),
    Row("POST", "/account/second-factor/removal", 409, ANYBODY),
    Row("POST", "/account/second-factor/recovery-codes", 409, ANYBODY),
    Row("POST", "/account/second-factor", 422, ANYBODY),
    Row("GET", "/accounts", 200, ADMINISTRATOR),
    Row("GET", "/accounts/new", 200, ADMINISTRATOR),
    Row("POST", "/accounts", 422, ADMINISTRATOR),
    Row("GET", ACCOUNT, 200, ADMINISTRATOR),
    Row("POST", f"{ACCOUNT}/deactivation", 303, ADMINISTRATOR),
    Row("POST", f"{ACCOUNT}/reactivation", 303, ADMINISTRATOR),
    Row("POST", f"{ACCOUNT}/reset-links", 200, ADMINISTRATOR),
    Row("POST", f"{ACCOUNT}/second-factor/removal", 409, ADMINISTRATOR),
    Row("GET", f"{ACCOUNT}/roles/new", 200, ADMINISTRATOR),
    Row("POST", f"{ACCOUNT}/roles", 422, ADMINISTRATOR),
    Row("GET", HELD, 200, ADMINISTRATOR),
    Row("POST", f"{HELD}/end", 422, ADMINISTRATOR),
    Row("POST", f"{HELD}/deputies", 422, ADMINISTRATOR),
    Row("GET", "/rights", 200, ANYBODY),
    # A dossier: who manages accounts does not thereby learn of it.
    Row("GET", "/rights/{thing}/{thing_id}", 200, frozenset({"auditor"})),
    *exported("/rights/{thing}/{thing_id}/export", frozenset({"auditor"})),
    *exported("/audit/export", LOG),
    *exported("/accounts/export", ADMINISTRATOR),
    Row("GET", "/awards", 200, COMMENTS),
    *exported("/awards/export", COMMENTS),
    Row("GET", AWARD, 200, SEES_AWARDS),
    Row("POST", f"{AWARD}/removal", 422, KEEPS_AWARDS),
    Row("GET", "/people/{person_id}/awards", 200, SEES_AWARDS),
    Row("GET", "/people/{person_id}/awards/new", 200, KEEPS_AWARDS),
    Row("POST", "/people/{person_id}/awards", 422, KEEPS_AWARDS),
    Row("GET", "/units/{unit_id}/awards", 200, ANYBODY),
    Row("GET", "/units/{unit_id}/awards/new", 200, KEEPS_AWARDS),
    Row("POST", "/units/{unit_id}/awards", 422, KEEPS_AWARDS),
    Row("GET", "/reminders", 200, ANYBODY),
    Row("GET", "/reminders/unread", 200, ANYBODY),
    Row("POST", "/reminders/reading", 303, ANYBODY),
    Row("POST", "/reminders/{reminder_id}/reading", 303, LAST),
    Row("GET", "/account/calendar", 200, ANYBODY),
    Row("POST", "/account/calendar", 200, ANYBODY),
    Row("POST", "/account/calendar/revocation", 303, ANYBODY),
)
