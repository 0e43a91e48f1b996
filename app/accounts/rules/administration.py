"""What an administrator of accounts may change, and what nobody may."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from app.kernel.actor import Role
from app.kernel.period import Period, show_date
from app.kernel.refusal import N_, Refusal


@dataclass(frozen=True, slots=True)
class HeldRole:
    """One role of one account over a unit and what lies below, both days included."""

    id: int
    account_id: int
    role: Role
    unit_id: int
    unit_name: str
    period: Period
    stands_in_for: int | None = None
    stands_in_for_name: str | None = None


# Why a second factor is taken away; what they are called is said where the log is read.
RESET_REASONS = ("codes_lost", "telephone_replaced", "stolen")
LAST_ADMINISTRATOR = Refusal(
    "last-administrator",
    N_("Đây là quản trị viên cuối cùng của đơn vị. Vui lòng giao vai trò cho người khác trước."),
)
OWN_ACCOUNT = Refusal(
    "own-account",
    N_("Không tự thay đổi được vai trò và tình trạng tài khoản của chính mình."),
)


def refuse_managing(asker_id: int, account_id: int, within: bool) -> Refusal | None:
    """`within`: every unit the account has to do with lies in the administrator's own units.

    Else the administrator of a province could take over an account of the central office that
    also holds a role there.
    """
    if asker_id == account_id:
        return OWN_ACCOUNT
    if not within:
        return Refusal(
            "beyond-own-units",
            N_("Tài khoản này có vai trò ở đơn vị ngoài phạm vi quản trị của Ông/Bà."),
        )
    return None


def refuse_grant(
    own: bool, unit_covered: bool, period: Period, held: Collection[Period], today: date
) -> Refusal | None:
    """`held`: periods in which the account holds the same role over the same unit."""
    if own:
        return OWN_ACCOUNT
    if not unit_covered:
        return Refusal(
            "unit-not-covered",
            N_("Chỉ giao được vai trò ở đơn vị thuộc phạm vi quản trị của Ông/Bà."),
            {},
            "unit",
        )
    return _refuse_days(period, today) or _refuse_twice(period, held)


def refuse_deputy(
    own: bool,
    held: HeldRole,
    deputy_id: int,
    period: Period,
    other: Collection[Period],
    today: date,
) -> Refusal | None:
    """`held`: the role stood in for; `other`: when the deputy holds the same role there."""
    if own:
        return OWN_ACCOUNT
    if deputy_id == held.account_id:
        return Refusal(
            "own-deputy", N_("Không ai tự thay mình. Vui lòng chọn người khác."), {}, "deputy"
        )
    if held.stands_in_for is not None:
        return Refusal(
            "deputy-of-deputy", N_("Người đang thay không giao tiếp cho người khác được.")
        )
    if period.last is None:
        return Refusal("no-end", N_("Vui lòng nhập ngày cuối của thời gian thay."), {}, "valid_to")
    if refusal := _refuse_days(period, today):
        return refusal
    if period.first not in held.period or period.last not in held.period:
        return Refusal(
            "outside-role",
            N_("Thời gian thay phải nằm trong thời gian giữ vai trò của người được thay."),
            {},
            "valid_to",
        )
    return _refuse_twice(period, other)


def refuse_end(own: bool, period: Period, last: date, today: date) -> Refusal | None:
    """`last`: the last day on which the role is to be held; yesterday ends it at once."""
    if own:
        return OWN_ACCOUNT
    if period.last is not None and period.last < today:
        return Refusal("already-ended", N_("Vai trò này đã kết thúc."))
    if last < today - timedelta(days=1):
        return Refusal(
            "ends-in-the-past",
            N_("Không kết thúc lùi ngày được; sớm nhất là {day}."),
            {"day": show_date(today - timedelta(days=1))},
            "last",
        )
    if period.last is not None and last > period.last:
        return Refusal(
            "ends-later", N_("Không kéo dài vai trò ở đây được. Vui lòng giao mới."), {}, "last"
        )
    return None


def refuse_deactivating(active: bool) -> Refusal | None:
    if not active:
        return Refusal("already-inactive", N_("Tài khoản đã bị khóa."))
    return None


def refuse_reactivating(active: bool) -> Refusal | None:
    return Refusal("already-active", N_("Tài khoản đang hoạt động.")) if active else None


def refuse_link(active: bool) -> Refusal | None:
    """A link for an account that is locked would never open."""
    return Refusal("inactive", N_("Tài khoản đang bị khóa.")) if not active else None


def refuse_second_factor_reset(protected: bool) -> Refusal | None:
    """Who lost telephone and recovery codes; without a second factor nothing is in the way."""
    if not protected:
        return Refusal("not-protected", N_("Tài khoản này chưa bật xác thực hai bước."))
    return None


def _refuse_days(period: Period, today: date) -> Refusal | None:
    if period.first < today:
        return Refusal(
            "starts-in-the-past", N_("Ngày bắt đầu không được trước hôm nay."), {}, "valid_from"
        )
    if period.last is not None and period.last < period.first:
        return Refusal("dates-reversed", N_("Ngày kết thúc phải sau ngày bắt đầu."), {}, "valid_to")
    return None


def _refuse_twice(period: Period, held: Collection[Period]) -> Refusal | None:
    if any(period.overlaps(other) for other in held):
        return Refusal(
            "already-held",
            N_("Người này đã giữ vai trò đó ở đơn vị đó trong thời gian này."),
            {},
            "role",
        )
    return None
