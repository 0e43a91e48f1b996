"""What a movement and its rounds may look like, and how a round is copied into the next year."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.kernel.period import Period, show_date
from app.kernel.refusal import N_, Refusal
from app.movement.rules.calendar import COLUMNS, Calendar

METHODS = {
    "thematic": N_("Khen thưởng theo phong trào, chuyên đề"),
    "merit": N_("Khen thưởng công trạng"),
    "sudden": N_("Khen thưởng đột xuất"),
}
PHASES = ("preliminary", "final")
LONGEST_YEAR = 366

CHANGED = Refusal(
    "changed-meanwhile",
    N_("Nội dung này vừa được sửa ở nơi khác, nên chưa ghi. Phần Ông/Bà đã nhập vẫn còn bên dưới."),
)
CODE_TAKEN = Refusal("code-taken", N_("Mã này đã được dùng."), field_name="code")


@dataclass(frozen=True, slots=True)
class MovementPlan:
    """What a form says of a movement; `launched_by` and `parent` are ids."""

    code: str
    name: str
    plan: str
    launched_by: int
    launched_on: date
    ends_on: date | None
    summary: str
    parent: int | None = None

    @property
    def life(self) -> Period:
        return Period(self.launched_on, self.ends_on)


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a form says of a round, but for its calendar and its protocol; ids where ids are."""

    code: str
    name: str
    kind: str
    method: str
    achievements: Period
    award_form: int | None
    individual_set: int | None
    collective_set: int | None


@dataclass(frozen=True, slots=True)
class AnnualRound:
    code: str
    name: str
    achievements: Period


def refuse_movement(plan: MovementPlan, windows: Iterable[Period]) -> Refusal | None:
    """`windows`: of the rounds it already has, which must go on lying inside its dates."""
    if plan.ends_on is not None and plan.ends_on < plan.launched_on:
        return Refusal(
            "ends-before-launch",
            N_("Ngày kết thúc không được trước ngày phát động."),
            field_name="ends_on",
        )
    for window in windows:
        if refusal := refuse_window(window, plan.life):
            wrong_end = refusal.code == "after-the-movement"
            return Refusal(
                "round-outside",
                N_("Phong trào đã có đợt xét với thời gian lập thành tích {first} – {last}."),
                _days(window),
                "ends_on" if wrong_end else "launched_on",
            )
    return None


def refuse_parent(movement_id: int, above_parent: Collection[int]) -> Refusal | None:
    """`above_parent`: the chosen parent and every movement it belongs to itself."""
    if movement_id in above_parent:
        return Refusal(
            "cycle",
            N_("Không thể chọn chính phong trào này hoặc phong trào thành phần của nó."),
            field_name="parent",
        )
    return None


def refuse_window(window: Period, movement: Period) -> Refusal | None:
    """Achievements are counted inside the movement's dates.

    A movement launched in the first months of a year is commonly counted from the year before
    (launched in quarter I of 2024, first phase 2023 - 2025), so the window may begin in the
    calendar year before the launch, but must reach the launch.
    """
    assert window.last is not None  # noqa: S101 - a round's window has its last day
    if window.last < window.first:
        return Refusal(
            "window-backwards",
            N_("Ngày cuối không được trước ngày đầu."),
            field_name="achievements_to",
        )
    if window.last < movement.first:
        return Refusal(
            "before-the-launch",
            N_("Thời gian lập thành tích phải kéo dài tới sau ngày phát động ({day})."),
            {"day": show_date(movement.first)},
            "achievements_to",
        )
    earliest = date(movement.first.year - 1, 1, 1)
    if window.first < earliest:
        return Refusal(
            "before-the-movement",
            N_("Thời gian lập thành tích không được bắt đầu trước ngày {day}."),
            {"day": show_date(earliest)},
            "achievements_from",
        )
    if movement.last is not None and window.last > movement.last:
        return Refusal(
            "after-the-movement",
            N_("Phong trào kết thúc ngày {day}."),
            {"day": show_date(movement.last)},
            "achievements_to",
        )
    return None


def refuse_round(
    plan: RoundPlan, movement: Period, annual: Iterable[AnnualRound]
) -> Refusal | None:
    """`annual`: the other annual rounds of the movement.

    Annual windows do not overlap, or one achievement would be rewarded in two years; a phase
    runs across them by nature.
    """
    if refusal := refuse_window(plan.achievements, movement):
        return refusal
    if plan.kind != "annual":
        return None
    first, last = plan.achievements.first, plan.achievements.last
    if last is None or (last - first).days >= LONGEST_YEAR:
        return Refusal(
            "longer-than-a-year",
            N_("Đợt tổng kết năm không dài quá một năm."),
            field_name="achievements_to",
        )
    for other in annual:
        if plan.achievements.overlaps(other.achievements):
            return Refusal(
                "annual-overlap",
                N_("Trùng thời gian với đợt {code} ({first} – {last})."),
                {"code": other.code, **_days(other.achievements)},
                "achievements_from",
            )
    return None


def refuse_renaming_only(plan: RoundPlan, stored: RoundPlan) -> Refusal | None:
    """Of an opened round the name may be mended; all else was frozen and announced."""
    if _frozen(stored) != _frozen(plan):
        return Refusal(
            "round-open", N_("Đợt xét đã mở: chỉ còn sửa được tên gọi; các mục khác đã chốt.")
        )
    return None


def a_year_later(day: date) -> date:
    """29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def calendar_a_year_later(calendar: Calendar) -> Calendar:
    days = {name: getattr(calendar, name) for name in COLUMNS}
    return Calendar(**{name: a_year_later(day) if day else None for name, day in days.items()})


def words_a_year_later(text: str, year: int) -> str:
    """`Tổng kết năm 2025` becomes `Tổng kết năm 2026`; other numbers stay."""
    return re.sub(rf"(?<!\d){year}(?!\d)", str(year + 1), text)


def citable(annual: Iterable[AnnualRound], window: Period) -> Mapping[str, AnnualRound]:
    """The annual rounds a phase may rest on, by code: those wholly inside its own window."""
    return {
        found.code: found
        for found in annual
        if found.achievements.first in window
        and found.achievements.last is not None
        and found.achievements.last in window
    }


def _frozen(plan: RoundPlan) -> tuple[object, ...]:
    return (
        plan.code,
        plan.kind,
        plan.method,
        plan.achievements,
        plan.award_form,
        plan.individual_set,
        plan.collective_set,
    )


def _days(window: Period) -> dict[str, object]:
    return {
        "first": show_date(window.first),
        "last": show_date(window.last) if window.last else "",
    }
