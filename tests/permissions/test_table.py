"""Every route for every member of the cast, in a round played to its end.

The end is where each answer is stable: whoever may act is refused with words (409) or asked for
the missing fields (422); for everybody else the thing does not exist (404).
"""

from __future__ import annotations

import pytest

from app.main import create_app
from tests import cast
from tests.conftest import World
from tests.leaks import planted as secrets
from tests.permissions import dossier_rows, judging_rows, movement_rows, people_rows
from tests.permissions.asking import ANYBODY, Row
from tests.permissions.planted import path_of, plant

TABLE = (
    Row("GET", "/", 200, ANYBODY),
    *movement_rows.ROWS,
    *dossier_rows.ROWS,
    *judging_rows.ROWS,
    *people_rows.ROWS,
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
    ("GET", "/public-comment/{code}"),
    ("POST", "/public-comment/{code}/comments"),
    ("GET", "/public-comment/{code}/receipts/{receipt}"),
    ("GET", "/calendar/{token}"),
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
    """And a refusal names none of what is secret."""
    person = await secrets.prepare(world)
    planted = await plant(world)
    await secrets.plant(world, planted, person, await secrets.appraise(world))
    words = [word for how in secrets.SECRETS.values() for word in how]
    wrong = []
    told = []
    for login in cast.CAST:
        async with world.client(login, now=world.at("2025-12-20")) as browser:
            for row in TABLE:
                path = path_of(row, world, planted)
                answer = await (
                    browser.get(path) if row.method == "GET" else browser.form(path, dict(row.data))
                )
                expected = row.status if login in row.who else 404
                if answer.status_code != expected:
                    wrong.append((login, row.method, path, answer.status_code, expected))
                if expected == 404 and any(word in answer.text for word in words):
                    told.append((login, row.method, path))
    assert (wrong, told) == ([], [])


@pytest.mark.anyio
async def test_a_stranger_gets_nothing_but_the_sign_in_page(world: World) -> None:
    planted = await plant(world)
    wrong = []
    async with world.client(now=world.at("2025-12-20")) as browser:
        for row in TABLE:
            path = path_of(row, world, planted)
            answer = await (browser.get(path) if row.method == "GET" else browser.form(path))
            location = answer.headers.get("location", "")
            if answer.status_code != 303 or not location.startswith("/sign-in"):
                wrong.append((row.method, path, answer.status_code))
    assert wrong == []


@pytest.mark.anyio
async def test_ids_that_do_not_exist_are_404_for_everybody(world: World) -> None:
    planted = await plant(world)
    wrong = []
    async with world.client("secretary", now=world.at("2025-12-20")) as browser:
        for row in TABLE:
            for number in ("999999", "99999999999999", "0", "abc", "-1"):
                path = path_of(row, world, planted, number)
                if path == row.path:
                    continue
                answer = await (browser.get(path) if row.method == "GET" else browser.form(path))
                if answer.status_code != 404:
                    wrong.append((row.method, path, answer.status_code))
    assert wrong == []
