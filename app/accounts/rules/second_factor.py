"""The second factor: whom it is required of, and which code counts."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Mapping

from app.kernel.actor import Role
from app.kernel.refusal import N_, Refusal

# Who can decide, print or see discipline, and who hands such roles out.
SENSITIVE = frozenset(
    {Role.COUNCIL_SECRETARY, Role.LEADER, Role.DISCIPLINE_OFFICER, Role.ADMINISTRATOR}
)
RECOVERY_CODES = 10
# A code is good for its own half minute and the ones beside it: clocks differ.
STEP_SECONDS = 30
STEPS_BESIDE = 1
# Read aloud without a mistake: no 0 and o, no 1, i and l.
RECOVERY_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
RECOVERY_LENGTH = 12

WRONG_CODE = Refusal(
    "wrong-code",
    N_("Mã không đúng hoặc đã được dùng. Vui lòng chờ mã mới rồi nhập lại."),
    {},
    "code",
)
REQUIRED = "required"
OPTIONAL = "optional"


def needs_second_factor(roles: Collection[Role]) -> bool:
    return not SENSITIVE.isdisjoint(roles)


def is_required(setting: str, *, own_database: bool) -> bool:
    """`setting`: what THIDUA_SECOND_FACTOR says. A word nobody knows is taken for the safe one."""
    if setting:
        return setting.lower() != OPTIONAL
    return not own_database


def step_of(codes: Mapping[int, str], typed: str, last_step: int | None) -> int | None:
    """Which time step the typed code belongs to, if to any; one already used is none."""
    for step, code in sorted(codes.items()):
        if hmac.compare_digest(code, typed) and (last_step is None or step > last_step):
            return step
    return None


def steps_around(unix_seconds: float) -> Iterable[int]:
    here = int(unix_seconds) // STEP_SECONDS
    return range(here - STEPS_BESIDE, here + STEPS_BESIDE + 1)


def plain_code(typed: str) -> str:
    """As people copy them: `123 456`, `ABCD-EFGH-…`."""
    return "".join(char for char in typed if char.isascii() and char.isalnum()).lower()[:40]


def shown_recovery_code(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def refuse_set_up(confirmed: bool) -> Refusal | None:
    if confirmed:
        return Refusal("already-set-up", N_("Xác thực hai bước đã được bật."))
    return None


def refuse_confirmation(started: bool, confirmed: bool) -> Refusal | None:
    if refusal := refuse_set_up(confirmed):
        return refusal
    if not started:
        return Refusal("not-started", N_("Vui lòng tạo mã QR trước khi xác nhận."))
    return None


def refuse_new_codes(confirmed: bool) -> Refusal | None:
    if not confirmed:
        return Refusal("not-set-up", N_("Xác thực hai bước chưa được bật."))
    return None


def refuse_removal(confirmed: bool, must_have: bool) -> Refusal | None:
    if refusal := refuse_new_codes(confirmed):
        return refusal
    if must_have:
        return Refusal(
            "second-factor-required",
            N_("Vai trò của Ông/Bà bắt buộc phải dùng xác thực hai bước nên không tắt được."),
        )
    return None
