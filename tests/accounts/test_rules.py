"""Every branch of what is decided without a database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts import rules
from app.accounts.rules import HeldRole
from app.kernel.actor import Role
from app.kernel.period import Period
from app.kernel.refusal import Refusal
from tests.cast import at

TODAY = date(2025, 11, 10)
NOW = at("2025-11-10")
DAY = timedelta(days=1)


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("by_login", "by_address", "expected"),
    [(0, 0, None), (4, 59, None), (5, 0, "too-many-attempts"), (0, 60, "too-many-attempts")],
)
def test_attempts_are_counted_by_login_and_by_address(
    by_login: int, by_address: int, expected: str | None
) -> None:
    assert code(rules.refuse_attempt(by_login, by_address, 60)) == expected


@pytest.mark.parametrize(
    ("setting", "allowed"),
    [
        ("", 30),
        ("200", 200),
        ("1", 1),
        ("0", 30),
        ("-5", 30),
        ("nhiều", 30),
        ("²", 30),
        ("9" * 7, 30),
    ],
)
def test_an_office_of_one_address_may_be_given_more_failures(setting: str, allowed: int) -> None:
    assert rules.failures_per_address(setting) == allowed


@pytest.mark.parametrize(
    ("password", "login", "expected"),
    [
        ("chín-ký-tự"[:9], "officer", "short-password"),
        ("x" * 201, "officer", "long-password"),
        ("MOT.MA.CAN.BO", "mot.ma.can.bo", "plain-password"),
        ("aaaaaaaaaaaa", "officer", "plain-password"),
        ("mười ký tự", "officer", None),
    ],
)
def test_a_password_is_long_and_not_plain(password: str, login: str, expected: str | None) -> None:
    assert code(rules.refuse_password(password, login)) == expected


@pytest.mark.parametrize(
    ("login", "name", "expected"),
    [
        ("x", "Ánh", None),
        ("x" * 60, "Á" * 200, None),
        ("", "Ánh", "bad-login"),
        ("x" * 61, "Ánh", "bad-login"),
        ("hai từ", "Ánh", "bad-login"),
        ("x\x00y", "Ánh", "bad-login"),
        ("x@y.vn", "Ánh", "login-with-at"),
        ("x", "", "bad-name"),
        ("x", "Á" * 201, "bad-name"),
    ],
)
def test_an_account_has_a_login_without_spaces_and_a_name(
    login: str, name: str, expected: str | None
) -> None:
    assert code(rules.refuse_naming(login, name)) == expected


def test_a_new_password_is_typed_twice_and_each_refusal_stands_beside_its_field() -> None:
    different = rules.refuse_new_password("mười ký tự", "mười ký tư", "officer")
    short = rules.refuse_new_password("ngắn", "ngắn", "officer")
    assert different is not None
    assert short is not None
    assert (different.code, different.field_name) == ("not-repeated", "repeated")
    assert (short.code, short.field_name) == ("short-password", "password")
    assert rules.refuse_new_password("mười ký tự", "mười ký tự", "officer") is None


@pytest.mark.parametrize(
    ("used", "active", "minutes", "expected"),
    [
        (False, True, 1, None),
        (False, True, 0, "dead-link"),
        (True, True, 1, "dead-link"),
        (False, False, 1, "dead-link"),
    ],
)
def test_a_reset_link_opens_once_in_time_for_an_active_account(
    used: bool, active: bool, minutes: int, expected: str | None
) -> None:
    expires_at = NOW + timedelta(minutes=minutes)
    assert code(rules.refuse_reset(used, active, expires_at, NOW)) == expected


def test_a_session_ends_when_idle_and_at_last_in_any_case() -> None:
    idle = rules.IDLE_LIMIT
    second = timedelta(seconds=1)
    assert rules.is_alive(NOW + second, NOW - idle + second, NOW)
    assert not rules.is_alive(NOW + second, NOW - idle, NOW)
    assert not rules.is_alive(NOW, NOW, NOW)


def test_who_decides_prints_or_sees_discipline_needs_a_second_factor() -> None:
    needing = {role for role in Role if rules.needs_second_factor([role])}
    assert needing == {
        Role.COUNCIL_SECRETARY,
        Role.LEADER,
        Role.DISCIPLINE_OFFICER,
        Role.ADMINISTRATOR,
    }
    assert rules.needs_second_factor([Role.STAFF, Role.LEADER])
    assert not rules.needs_second_factor([])


@pytest.mark.parametrize(
    ("setting", "own_database", "expected"),
    [
        ("", True, False),
        ("", False, True),
        ("required", True, True),
        ("optional", False, False),
        ("Optional", False, False),
        ("optoinal", True, True),
    ],
)
def test_the_second_factor_is_required_in_real_use(
    setting: str, own_database: bool, expected: bool
) -> None:
    assert rules.is_required(setting, own_database=own_database) is expected


CODES = {10: "000111", 11: "222333", 12: "444555"}


@pytest.mark.parametrize(
    ("typed", "last_step", "expected"),
    [
        ("222333", None, 11),
        ("222333", 10, 11),
        ("222333", 11, None),
        ("000111", 11, None),
        ("444555", 11, 12),
        ("999999", None, None),
        ("", None, None),
    ],
)
def test_a_code_counts_once_and_none_before_it_counts_again(
    typed: str, last_step: int | None, expected: int | None
) -> None:
    assert rules.step_of(CODES, typed, last_step) == expected


def test_codes_of_the_neighbouring_half_minutes_count() -> None:
    assert list(rules.steps_around(3600.5)) == [119, 120, 121]


@given(st.text(alphabet=rules.RECOVERY_LETTERS, min_size=1, max_size=12))
def test_a_recovery_code_is_read_back_as_it_is_shown(recovery_code: str) -> None:
    shown = rules.shown_recovery_code(recovery_code)
    assert rules.plain_code(f"  {shown.upper()} ") == recovery_code


def test_setting_up_confirming_and_removing_follow_one_another() -> None:
    assert rules.refuse_set_up(confirmed=False) is None
    assert code(rules.refuse_set_up(confirmed=True)) == "already-set-up"
    assert rules.refuse_confirmation(started=True, confirmed=False) is None
    assert code(rules.refuse_confirmation(started=False, confirmed=False)) == "not-started"
    assert code(rules.refuse_confirmation(started=True, confirmed=True)) == "already-set-up"
    assert rules.refuse_removal(confirmed=True, must_have=False) is None
    assert code(rules.refuse_removal(confirmed=False, must_have=False)) == "not-set-up"
    assert code(rules.refuse_removal(confirmed=True, must_have=True)) == "second-factor-required"


def test_an_account_that_reaches_further_than_its_administrator_is_not_theirs() -> None:
    assert rules.refuse_managing(1, 2, within=True) is None
    assert code(rules.refuse_managing(1, 2, within=False)) == "beyond-own-units"
    assert code(rules.refuse_managing(1, 1, within=True)) == "own-account"


def days(first: int, last: int | None = None) -> Period:
    """Days counted from today."""
    return Period(TODAY + first * DAY, None if last is None else TODAY + last * DAY)


@pytest.mark.parametrize(
    ("own", "covered", "period", "held", "expected"),
    [
        (False, True, days(0), [], None),
        (False, True, days(3, 3), [days(-9, 2)], None),
        (True, True, days(0), [], "own-account"),
        (False, False, days(0), [], "unit-not-covered"),
        (False, True, days(-1), [], "starts-in-the-past"),
        (False, True, days(2, 1), [], "dates-reversed"),
        (False, True, days(2, 4), [days(-9, 2)], "already-held"),
        (False, True, days(2), [days(9)], "already-held"),
    ],
)
def test_a_role_is_granted_within_the_own_units_from_today_on_and_once(
    own: bool, covered: bool, period: Period, held: list[Period], expected: str | None
) -> None:
    assert code(rules.refuse_grant(own, covered, period, held, TODAY)) == expected


def role(period: Period, stands_in_for: int | None = None) -> HeldRole:
    return HeldRole(1, 7, Role.LEADER, 3, "Đơn vị", period, stands_in_for)


@pytest.mark.parametrize(
    ("own", "held", "deputy", "period", "other", "expected"),
    [
        (False, role(days(-9)), 8, days(0, 5), [], None),
        (False, role(days(-9, 5)), 8, days(5, 5), [], None),
        (True, role(days(-9)), 8, days(0, 5), [], "own-account"),
        (False, role(days(-9)), 7, days(0, 5), [], "own-deputy"),
        (False, role(days(-9), 4), 8, days(0, 5), [], "deputy-of-deputy"),
        (False, role(days(-9)), 8, days(0), [], "no-end"),
        (False, role(days(-9)), 8, days(-1, 5), [], "starts-in-the-past"),
        (False, role(days(-9)), 8, days(5, 4), [], "dates-reversed"),
        (False, role(days(-9, 5)), 8, days(0, 6), [], "outside-role"),
        (False, role(days(3)), 8, days(2, 6), [], "outside-role"),
        (False, role(days(-9)), 8, days(0, 5), [days(5, 9)], "already-held"),
    ],
)
def test_a_deputy_holds_the_role_of_somebody_else_for_days_within_it(
    own: bool,
    held: HeldRole,
    deputy: int,
    period: Period,
    other: list[Period],
    expected: str | None,
) -> None:
    assert code(rules.refuse_deputy(own, held, deputy, period, other, TODAY)) == expected


@pytest.mark.parametrize(
    ("own", "period", "last", "expected"),
    [
        (False, days(-9), -1, None),
        (False, days(-9, 9), 9, None),
        (True, days(-9), 0, "own-account"),
        (False, days(-9, -1), -1, "already-ended"),
        (False, days(-9), -2, "ends-in-the-past"),
        (False, days(-9, 9), 10, "ends-later"),
    ],
)
def test_a_role_ends_yesterday_at_the_earliest_and_never_later_than_it_would(
    own: bool, period: Period, last: int, expected: str | None
) -> None:
    assert code(rules.refuse_end(own, period, TODAY + last * DAY, TODAY)) == expected


def test_an_account_is_locked_and_opened_in_turn() -> None:
    assert rules.refuse_deactivating(active=True) is None
    assert code(rules.refuse_deactivating(active=False)) == "already-inactive"
    assert rules.refuse_reactivating(active=False) is None
    assert code(rules.refuse_reactivating(active=True)) == "already-active"
    assert rules.refuse_link(active=True) is None
    assert code(rules.refuse_link(active=False)) == "inactive"


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/605", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0", "Firefox, Linux"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_people_know_it(user_agent: str, expected: str) -> None:
    assert rules.device_of(user_agent) == expected
