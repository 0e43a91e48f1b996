"""Every route for every member of the cast, in a round played to its end.

The end is where each answer is stable: whoever may act is refused with words (409) or asked for
the missing fields (422); for everybody else the thing does not exist (404).
"""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote, unquote

import httpx
import pytest

from app.main import create_app
from app.web.render import FLASH_COOKIE
from tests import cast
from tests.conftest import World
from tests.leaks import planted as secrets
from tests.leaks.readers import MAY_READ
from tests.permissions import dossier_rows, judging_rows, movement_rows, people_rows
from tests.permissions.asking import ANYBODY, Row
from tests.permissions.planted import path_of, plant, plant_records

TESTS = Path(__file__).parent.parent
TABLE = (
    Row("GET", "/", 200, ANYBODY),
    *movement_rows.ROWS,
    *dossier_rows.ROWS,
    *judging_rows.ROWS,
    *people_rows.ROWS,
)

# Open to the whole world, signed in or not; each with the test that asks it without an account.
SIGN_IN, CODE = "accounts/test_sign_in.py::", "accounts/test_second_factor.py::"
RESET = "accounts/test_own_account.py::"
SHELL = "web/test_shell.py::"
VERIFY = "certificates/test_verify.py::"
COMMENT = "public_comment/test_commenting.py::"
PUBLIC = {
    ("GET", "/sign-in"): f"{SHELL}test_every_answer_carries_the_strict_headers",
    ("POST", "/sign-in"): f"{SIGN_IN}test_signing_in_opens_one_session_and_leads_back",
    ("GET", "/sign-in/code"): f"{CODE}test_a_waiting_session_is_forgotten_after_a_while",
    (
        "POST",
        "/sign-in/code",
    ): f"{CODE}test_the_password_alone_opens_nothing_once_a_telephone_is_there",
    ("GET", "/reset/{token}"): f"{RESET}test_a_reset_link_sets_the_password_once",
    ("POST", "/reset/{token}"): f"{RESET}test_a_reset_link_sets_the_password_once",
    ("POST", "/sign-out"): f"{SIGN_IN}test_signing_out_is_logged_once_and_only_by_who_was_in",
    ("POST", "/language"): f"{SHELL}test_the_language_is_chosen_and_kept",
    ("GET", "/static/{name}"): f"{SHELL}test_nothing_outside_static_is_served",
    ("GET", "/v"): f"{VERIFY}test_the_form_needs_no_sign_in_and_no_code",
    ("GET", "/v/{code}"): f"{VERIFY}test_a_code_proves_the_certificate_and_says_no_more",
    ("GET", "/public-comment/{code}"): "public_comment/test_public_page.py::"
    "test_names_posts_units_and_award_are_read_without_an_account",
    ("POST", "/public-comment/{code}/comments"): f"{COMMENT}"
    "test_a_comment_is_taken_and_gets_a_receipt",
    ("GET", "/public-comment/{code}/receipts/{receipt}"): f"{COMMENT}"
    "test_a_receipt_is_not_found_by_guessing",
    ("GET", "/calendar/{token}"): "reminders/test_feed.py::test_the_answer",
}


def routes() -> set[tuple[str, str]]:
    return {
        (method, route.path_format)
        for route in create_app().routes
        for method in getattr(route, "methods", ())
        if method != "OPTIONS"
    }


def test_every_route_has_its_row_and_every_row_its_route(var: object) -> None:
    assert {(row.method, row.path) for row in TABLE} | set(PUBLIC) == routes()


def test_what_is_open_to_the_world_has_a_test_that_asks_it() -> None:
    """And nothing is public and in the table at once."""
    assert {(row.method, row.path) for row in TABLE}.isdisjoint(PUBLIC)
    missing = []
    for route, test in PUBLIC.items():
        file, _, name = test.partition("::")
        if f"async def {name}(" not in (TESTS / file).read_text("utf-8"):
            missing.append((route, test))
    assert missing == []


@pytest.mark.anyio
async def test_everybody_gets_what_the_table_says(world: World) -> None:
    """And no page, refusal, form or message names a secret to who may not know it."""
    person = await secrets.prepare(world)
    planted = await plant(world)
    await plant_records(world)
    await secrets.plant(world, planted, person, await secrets.appraise(world))
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
                secret = named(answer)
                if secret - (set() if expected == 404 else may_know(login)):
                    told.append((login, row.method, path, answer.status_code, sorted(secret)))
    assert (wrong, told) == ([], [])


def named(answer: httpx.Response) -> set[str]:
    """Which secrets its page says, or the message it leaves for the next one."""
    flash = json.loads(unquote(answer.cookies.get(FLASH_COOKIE, "{}")))
    said = f"{answer.text} {flash} {unquote(answer.headers.get('location', ''))}"
    return {secret for secret, how in secrets.SECRETS.items() if any(w in said for w in how)}


def test_a_secret_is_found_on_the_page_and_in_the_message_for_the_next_one() -> None:
    flash = quote(json.dumps({"kind": "error", "text": "Cách chức"}))
    answer = httpx.Response(
        303,
        text="17,37",
        headers={"location": "/", "set-cookie": f"{FLASH_COOKIE}={flash}"},
        request=httpx.Request("POST", "http://testserver/"),
    )
    assert named(answer) == {"mark", "discipline"}


def may_know(login: str) -> set[str]:
    return {secret for secret, logins in MAY_READ.items() if login in logins}


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
