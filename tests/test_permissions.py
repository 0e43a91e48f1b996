"""Every route for every member of the cast, in a round played to its end.

The end is where each answer is stable: whoever may act is refused with words (409) or asked for
the missing fields (422); for everybody else the thing does not exist (404).
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from app.main import create_app
from tests import cast
from tests.conftest import World
from tests.finished_round import Finished, finish
from tests.imports import given

ANYBODY = frozenset(cast.CAST)
MEMBERS = frozenset({"member_1", "member_2", "member_3"})
OFFICE = MEMBERS | {"appraiser", "secretary", "leader", "auditor"}
UNIT = frozenset({"officer", "head"})
OTHER_UNIT = frozenset({"other_officer", "other_head"})
DECIDERS = frozenset({"secretary", "leader"})
SECRETARY = frozenset({"secretary"})
ADMINISTRATOR = frozenset({"administrator"})
NO_DOSSIERS = frozenset({"administrator", "personnel", "initiative_member"})
LOG = frozenset({"auditor", "leader"})
PERSONNEL = frozenset({"personnel"})
KEEPERS = ADMINISTRATOR | PERSONNEL
SEES_PEOPLE = UNIT | LOG | KEEPERS | {"discipline"}


@dataclass(frozen=True)
class Row:
    """Who gets `status` from the route; every other signed-in account gets 404."""

    method: str
    path: str
    status: int
    who: frozenset[str]
    of: str = ""
    """Which nomination, where the path names one: own, other or draft."""
    data: tuple[tuple[str, str], ...] = ()


ROUND, NOMINATION, DECISION = (
    "/rounds/{round_id}",
    "/nominations/{nomination_id}",
    "/decisions/{decision_id}",
)
CERTIFICATE = "/certificates/{certificate_id}"
ACCOUNT = "/accounts/{account_id}"
HELD = f"{ACCOUNT}/roles/{{role_id}}"
RECORDS = "/people/{person_id}/records/{kind}"
RECORD = f"{RECORDS}/{{record_id}}"
G4 = (("gate", "G4"),)

TABLE = (
    Row("GET", "/", 200, ANYBODY),
    Row("GET", "/movements", 200, ANYBODY),
    Row("GET", "/movements/{movement_id}", 200, ANYBODY),
    Row("GET", ROUND, 200, ANYBODY),
    Row("POST", f"{ROUND}/opening", 409, SECRETARY),
    Row("GET", f"{ROUND}/nominations", 200, ANYBODY - NO_DOSSIERS),
    Row("GET", f"{ROUND}/nominations/new", 200, UNIT | OTHER_UNIT),
    Row("POST", f"{ROUND}/nominations", 422, UNIT | OTHER_UNIT),
    Row("GET", NOMINATION, 200, OFFICE | UNIT | {"staff", "discipline"}, "own"),
    Row("GET", NOMINATION, 200, OFFICE | OTHER_UNIT | {"discipline"}, "other"),
    Row("GET", NOMINATION, 200, UNIT, "draft"),
    Row("POST", f"{NOMINATION}/evidence", 422, UNIT, "own"),
    Row("POST", f"{NOMINATION}/evidence", 422, OTHER_UNIT, "other"),
    Row("POST", f"{NOMINATION}/evidence", 422, UNIT, "draft"),
    Row("POST", f"{NOMINATION}/attestations", 422, frozenset({"head"}), "own", G4),
    Row("POST", f"{NOMINATION}/attestations", 422, frozenset({"other_head"}), "other", G4),
    Row("POST", f"{NOMINATION}/attestations", 422, frozenset({"head"}), "draft", G4),
    Row("POST", f"{NOMINATION}/submission", 409, UNIT, "own"),
    Row("POST", f"{NOMINATION}/submission", 409, OTHER_UNIT, "other"),
    Row("POST", f"{NOMINATION}/submission", 409, UNIT, "draft"),
    Row("GET", f"{ROUND}/score-sheet", 200, MEMBERS),
    Row("GET", f"{NOMINATION}/sheet", 303, MEMBERS, "own"),
    Row("GET", f"{NOMINATION}/sheet", 303, frozenset(), "draft"),
    Row("POST", f"{NOMINATION}/sheet", 409, MEMBERS, "own"),
    Row("POST", f"{NOMINATION}/sheet", 422, frozenset(), "draft"),
    Row("POST", f"{NOMINATION}/recusal", 422, MEMBERS, "other"),
    Row("POST", f"{NOMINATION}/recusal", 422, frozenset(), "draft"),
    Row("POST", f"{ROUND}/scoring-opening", 409, SECRETARY),
    Row("POST", f"{ROUND}/scoring-closure", 409, SECRETARY),
    Row("GET", f"{ROUND}/ranking", 200, OFFICE),
    Row("GET", f"{ROUND}/ranking/{{subject}}/export.json", 200, OFFICE),
    Row("GET", f"{ROUND}/council-session", 200, OFFICE),
    Row("POST", f"{ROUND}/council-session", 422, SECRETARY),
    # Decided: the form leads everybody on to the decision, which is published.
    Row("GET", f"{ROUND}/decision", 303, ANYBODY),
    Row("POST", f"{ROUND}/decision", 422, DECIDERS),
    Row("GET", DECISION, 200, ANYBODY),
    Row("GET", f"{DECISION}/decision.pdf", 200, ANYBODY),
    Row("GET", f"{DECISION}/certificates", 200, ANYBODY),
    Row("POST", f"{DECISION}/certificates", 409, DECIDERS),
    Row("GET", f"{DECISION}/print-file.pdf", 200, OFFICE),
    Row("GET", "/certificate-batches/{batch_id}/progress", 303, OFFICE),
    Row("GET", "/certificates", 200, ANYBODY),
    Row("GET", CERTIFICATE, 200, OFFICE | UNIT | {"staff"}),
    Row("GET", f"{CERTIFICATE}/certificate.pdf", 200, OFFICE | UNIT | {"staff"}),
    Row("GET", f"{CERTIFICATE}/preview.png", 200, OFFICE | UNIT | {"staff"}),
    Row("GET", "/units", 200, ANYBODY),
    Row("GET", "/units/export.csv", 200, ANYBODY),
    Row("GET", "/units/export.xlsx", 200, ANYBODY),
    Row("GET", "/units/{unit_id}", 200, ANYBODY),
    Row("GET", "/units/{unit_id}/events", 200, KEEPERS),
    Row("POST", "/units/{unit_id}/events", 422, KEEPERS),
    Row("GET", "/people", 200, SEES_PEOPLE | OTHER_UNIT),
    Row("GET", "/people/export.csv", 200, SEES_PEOPLE | OTHER_UNIT),
    Row("GET", "/people/export.xlsx", 200, SEES_PEOPLE | OTHER_UNIT),
    Row("GET", "/people/{person_id}", 200, SEES_PEOPLE | {"staff"}),
    Row("GET", f"{RECORDS}/new", 200, KEEPERS),
    Row("POST", RECORDS, 422, KEEPERS),
    Row("GET", RECORD, 200, KEEPERS),
    Row("POST", RECORD, 422, KEEPERS),
    Row("POST", f"{RECORD}/removal", 422, KEEPERS),
    Row("GET", "/audit", 200, LOG),
    Row("GET", "/audit/{entry_id}", 200, LOG),
    Row("GET", "/audit/export.csv", 200, LOG),
    Row("GET", "/audit/export.xlsx", 200, LOG),
    Row("POST", "/audit/verification", 303, LOG),
    Row("GET", "/account", 200, ANYBODY),
    Row("POST", "/account/password", 422, ANYBODY),
    Row("POST", "/account/other-sessions/end", 303, ANYBODY),
    Row("POST", "/account/sessions/{session_id}/end", 404, frozenset()),
    Row("GET", "/account/second-factor", 200, ANYBODY),
    Row("POST", "/account/second-factor/confirmation", 409, ANYBODY),
    Row("POST", "/account/second-factor/removal", 409, ANYBODY),
    Row("POST", "/account/second-factor/recovery-codes", 409, ANYBODY),
    Row("POST", "/account/second-factor", 303, ANYBODY),
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
    Row("GET", "/imports", 200, KEEPERS),
    Row("GET", "/imports/new", 200, KEEPERS),
    Row("POST", "/imports", 422, KEEPERS),
    Row("GET", "/imports/template/{name}", 200, KEEPERS),
    Row("GET", "/imports/{run_id}", 200, ADMINISTRATOR),
    Row("GET", "/imports/{run_id}/progress", 303, ADMINISTRATOR),
    Row("POST", "/imports/{run_id}/application", 409, ADMINISTRATOR),
    Row("POST", "/imports/{run_id}/conversion", 409, ADMINISTRATOR),
)

# Open to the whole world, signed in or not.
PUBLIC = {
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/sign-in/code"),
    ("POST", "/sign-in/code"),
    ("GET", "/reset/{token}"),
    ("POST", "/reset/{token}"),
    ("POST", "/sign-out"),
    ("POST", "/language"),
    ("GET", "/static/{name}"),
    ("GET", "/v"),
    ("GET", "/v/{code}"),
}


def routes() -> set[tuple[str, str]]:
    return {
        (method, route.path_format)
        for route in create_app().routes
        for method in getattr(route, "methods", ())
        if method != "OPTIONS"
    }


def test_every_route_has_its_row_and_every_row_its_route(var: object) -> None:
    assert {(row.method, row.path) for row in TABLE} | PUBLIC == routes()


@pytest.mark.anyio
async def test_everybody_gets_what_the_table_says(world: World) -> None:
    finished = await finish(world)
    await import_something(world)
    wrong = []
    for login in cast.CAST:
        async with world.client(login, now=world.at("2025-12-20")) as browser:
            for row in TABLE:
                path = path_of(row, world, finished)
                answer = await (
                    browser.get(path) if row.method == "GET" else browser.form(path, dict(row.data))
                )
                expected = row.status if login in row.who else 404
                if answer.status_code != expected:
                    wrong.append((login, row.method, path, answer.status_code, expected))
    assert wrong == []


@pytest.mark.anyio
async def test_a_stranger_gets_nothing_but_the_sign_in_page(world: World) -> None:
    finished = await finish(world)
    await import_something(world)
    wrong = []
    async with world.client(now=world.at("2025-12-20")) as browser:
        for row in TABLE:
            path = path_of(row, world, finished)
            answer = await (browser.get(path) if row.method == "GET" else browser.form(path))
            location = answer.headers.get("location", "")
            if answer.status_code != 303 or not location.startswith("/sign-in"):
                wrong.append((row.method, path, answer.status_code))
    assert wrong == []


@pytest.mark.anyio
async def test_ids_that_do_not_exist_are_404_for_everybody(world: World) -> None:
    finished = await finish(world)
    await import_something(world)
    wrong = []
    async with world.client("secretary", now=world.at("2025-12-20")) as browser:
        for row in TABLE:
            for number in ("999999", "99999999999999", "0", "abc", "-1"):
                path = path_of(row, world, finished, number)
                if path == row.path:
                    continue
                answer = await (browser.get(path) if row.method == "GET" else browser.form(path))
                if answer.status_code != 404:
                    wrong.append((row.method, path, answer.status_code))
    assert wrong == []


async def import_something(world: World) -> None:
    """The administrator's own run, the first one, applied."""
    administrator = await world.actor("administrator")
    await given.bring_in(world, administrator, "people", given.sheet("people", given.PERSON))


def path_of(row: Row, world: World, finished: Finished, number: str | None = None) -> str:
    nomination = getattr(finished, row.of) if row.of else 0
    return row.path.format(
        round_id=number or world.ids["round_2025"],
        movement_id=number or world.ids["movement"],
        nomination_id=number or nomination,
        decision_id=number or finished.decision,
        batch_id=number or finished.batch,
        certificate_id=number or finished.certificate,
        unit_id=number or world.ids["phong_1"],
        person_id=number or world.ids["anh"],
        entry_id=number or 1,
        run_id=number or 1,
        account_id=number or world.ids["account:staff"],
        role_id=number or 1,
        session_id=number or 999_999,
        subject="individual",
        kind="postings",
        record_id=number or 1,
        name="people.xlsx",
    )
