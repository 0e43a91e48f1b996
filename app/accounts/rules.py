"""Sign-in: lifetimes and throttling. Seconds and counts are policy, not law."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.kernel.refusal import N_, Refusal

IDLE_LIMIT = timedelta(hours=2)
ABSOLUTE_LIMIT = timedelta(hours=12)
FAILURE_WINDOW = timedelta(minutes=15)
FAILURES_PER_LOGIN = 5
FAILURES_PER_ADDRESS = 30
SHORTEST_PASSWORD = 10
LONGEST_LOGIN = 60
LONGEST_NAME = 200

WRONG_SIGN_IN = Refusal("wrong-sign-in", N_("Tên đăng nhập hoặc mật khẩu không đúng."))


def refuse_attempt(by_login: int, by_address: int) -> Refusal | None:
    """Counts of failures within `FAILURE_WINDOW`; the same answer for a login that is unknown."""
    if by_login >= FAILURES_PER_LOGIN or by_address >= FAILURES_PER_ADDRESS:
        minutes = int(FAILURE_WINDOW.total_seconds() // 60)
        return Refusal(
            "too-many-attempts",
            N_("Đăng nhập sai quá nhiều lần. Vui lòng thử lại sau {minutes} phút."),
            {"minutes": minutes},
        )
    return None


def refuse_naming(login: str, name: str) -> Refusal | None:
    """What an account is signed in with and shown as; the columns hold no more."""
    if not 1 <= len(login) <= LONGEST_LOGIN or not login.isprintable() or " " in login:
        return Refusal(
            "bad-login",
            N_("Tên đăng nhập phải có từ 1 đến {n} ký tự, không có khoảng trắng."),
            {"n": LONGEST_LOGIN},
        )
    if not 1 <= len(name) <= LONGEST_NAME:
        return Refusal("bad-name", N_("Họ và tên phải có từ 1 đến {n} ký tự."), {"n": LONGEST_NAME})
    return None


def refuse_password(password: str) -> Refusal | None:
    if len(password) < SHORTEST_PASSWORD:
        return Refusal(
            "short-password", N_("Mật khẩu phải có ít nhất {n} ký tự."), {"n": SHORTEST_PASSWORD}
        )
    return None


def is_alive(created_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
    return now - last_seen_at < IDLE_LIMIT and now - created_at < ABSOLUTE_LIMIT
