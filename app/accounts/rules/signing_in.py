"""Sign-in: lifetimes and throttling. Seconds and counts are policy, not law."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.kernel.refusal import N_, Refusal

IDLE_LIMIT = timedelta(hours=2)
ABSOLUTE_LIMIT = timedelta(hours=12)
# Between the password and the code: long enough to set a telephone up, too short to be forgotten.
UNFINISHED_LIMIT = timedelta(minutes=15)
FAILURE_WINDOW = timedelta(minutes=15)
FAILURES_PER_LOGIN = 5
FAILURES_PER_ADDRESS = 30
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
LONGEST_LOGIN = 60
LONGEST_NAME = 200
RESET_LIMIT = timedelta(hours=48)

WRONG_SIGN_IN = Refusal("wrong-sign-in", N_("Tên đăng nhập hoặc mật khẩu không đúng."))
WRONG_PASSWORD = Refusal("wrong-password", N_("Mật khẩu hiện tại không đúng."), {}, "old_password")
DEAD_LINK = Refusal(
    "dead-link",
    N_(
        "Liên kết đã được dùng, đã hết hạn hoặc không tồn tại. Vui lòng đề nghị quản trị viên cấp"
        " liên kết mới."
    ),
)


def failures_per_address(setting: str) -> int:
    """What THIDUA_FAILURES_PER_ADDRESS says; anything but a whole number from 1 is the default."""
    plain = setting.isascii() and setting.isdigit() and len(setting) <= 6
    return (int(setting) if plain else 0) or FAILURES_PER_ADDRESS


def refuse_attempt(by_login: int, by_address: int, per_address: int) -> Refusal | None:
    """Counts of failures within `FAILURE_WINDOW`; the same answer for a login that is unknown."""
    if by_login >= FAILURES_PER_LOGIN or by_address >= per_address:
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
            "login",
        )
    if "@" in login:
        # Else one could be somebody else's address, and with both one signs in.
        return Refusal(
            "login-with-at",
            N_("Tên đăng nhập không được có dấu @. Địa chỉ thư điện tử được ghi ở mục riêng."),
            {},
            "login",
        )
    if not 1 <= len(name) <= LONGEST_NAME:
        return Refusal(
            "bad-name",
            N_("Họ và tên phải có từ 1 đến {n} ký tự."),
            {"n": LONGEST_NAME},
            "name",
        )
    return None


def refuse_password(password: str, login: str = "") -> Refusal | None:
    """Length is what counts (no rules about signs, which only make passwords predictable)."""
    if len(password) < SHORTEST_PASSWORD:
        return Refusal(
            "short-password", N_("Mật khẩu phải có ít nhất {n} ký tự."), {"n": SHORTEST_PASSWORD}
        )
    if len(password) > LONGEST_PASSWORD:
        return Refusal(
            "long-password", N_("Mật khẩu chỉ được có tối đa {n} ký tự."), {"n": LONGEST_PASSWORD}
        )
    if password.casefold() == login or len(set(password)) == 1:
        return Refusal(
            "plain-password", N_("Mật khẩu quá dễ đoán. Vui lòng chọn một mật khẩu khác.")
        )
    return None


def refuse_new_password(password: str, repeated: str, login: str) -> Refusal | None:
    if refusal := refuse_password(password, login):
        return Refusal(refusal.code, refusal.message, refusal.values, "password")
    if password != repeated:
        return Refusal(
            "not-repeated", N_("Hai lần nhập mật khẩu không giống nhau."), {}, "repeated"
        )
    return None


def refuse_reset(used: bool, active: bool, expires_at: datetime, now: datetime) -> Refusal | None:
    return DEAD_LINK if used or not active or now >= expires_at else None


def is_alive(expires_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
    """`expires_at`: fixed when the session began, sooner for one that waits for its second step."""
    return now < expires_at and now - last_seen_at < IDLE_LIMIT
