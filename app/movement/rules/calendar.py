"""The stages of a round: each from a day to a day in Vietnam, both of which count."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.kernel.period import show_date
from app.kernel.refusal import N_, Refusal


@dataclass(frozen=True, slots=True)
class Calendar:
    """Columns of `review_round` by the same names; None where no day is set."""

    registration_open_on: date | None = None
    registration_close_on: date | None = None
    nominations_open_on: date | None = None
    nominations_close_on: date | None = None
    endorsement_close_on: date | None = None
    appraisal_close_on: date | None = None
    scoring_close_on: date | None = None
    session_on: date | None = None
    comment_open_on: date | None = None
    comment_close_on: date | None = None
    decision_on: date | None = None


COLUMNS = tuple(Calendar.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Stage:
    """`first` and `last` are COLUMNS. Without a `first` it begins when the one before lets it."""

    label: str
    first: str | None
    last: str

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name in (self.first, self.last) if name))

    @property
    def one_day(self) -> bool:
        return self.first == self.last


STAGES = {
    "registration": Stage(N_("Đăng ký thi đua"), "registration_open_on", "registration_close_on"),
    "nomination": Stage(
        N_("Tự chấm điểm và đề nghị"), "nominations_open_on", "nominations_close_on"
    ),
    "endorsement": Stage(N_("Các cấp xác nhận và trình"), None, "endorsement_close_on"),
    "appraisal": Stage(N_("Thẩm định"), None, "appraisal_close_on"),
    "scoring": Stage(N_("Chấm điểm"), None, "scoring_close_on"),
    "session": Stage(N_("Họp Hội đồng"), "session_on", "session_on"),
    "comment": Stage(N_("Lấy ý kiến công khai"), "comment_open_on", "comment_close_on"),
    "decision": Stage(N_("Ban hành quyết định"), "decision_on", "decision_on"),
}


@dataclass(frozen=True, slots=True)
class StageDays:
    key: str
    label: str
    first: date | None
    last: date | None
    one_day: bool


@dataclass(frozen=True, slots=True)
class Countdown:
    """`state`: unplanned, ahead, running, last-day or over; `days` to its first or last day."""

    state: str
    days: int = 0


def stage_days(calendar: Calendar) -> tuple[StageDays, ...]:
    return tuple(
        StageDays(
            key,
            stage.label,
            getattr(calendar, stage.first) if stage.first else None,
            getattr(calendar, stage.last),
            stage.one_day,
        )
        for key, stage in STAGES.items()
    )


def countdown(stage: StageDays, today: date) -> Countdown:
    """The closing day still counts: on it the stage is not over."""
    if stage.last is None:
        return Countdown("unplanned")
    if today > stage.last:
        return Countdown("over")
    if today == stage.last:
        return Countdown("last-day")
    if stage.first is not None and today < stage.first:
        return Countdown("ahead", (stage.first - today).days)
    return Countdown("running", (stage.last - today).days)


def announced(calendar: Calendar, today: date, *, opened: bool) -> frozenset[str]:
    """COLUMNS that only an extension moves: all days once the round is open, and those of
    registration from its first day, for units register before the round opens."""
    stages: list[Stage] = []
    if opened:
        stages = list(STAGES.values())
    elif calendar.registration_open_on is not None and calendar.registration_open_on <= today:
        stages = [STAGES["registration"]]
    columns = (name for stage in stages for name in stage.columns)
    return frozenset(name for name in columns if getattr(calendar, name) is not None)


def refuse_moving_announced(moved: Collection[str], *, opened: bool) -> Refusal | None:
    """`moved`: announced columns that would get another day, or none."""
    if not moved:
        return None
    if opened:
        message = N_("Đợt xét đã mở: ngày đã công bố chỉ thay đổi bằng gia hạn có lý do.")
    else:
        message = N_("Đã bắt đầu đăng ký thi đua: ngày đăng ký chỉ thay đổi bằng gia hạn có lý do.")
    return Refusal("announced", message)


def calendar_errors(calendar: Calendar, window_first: date) -> dict[str, Refusal]:
    """What is wrong, by column; nothing where the days may stand as they are.

    Stages may be left out. Those that have a day end in the order of STAGES; two may end on the
    same day, but the comments' last day counts whole, so the decision comes after it.
    `window_first`: the first day whose achievements count.
    """
    errors: dict[str, Refusal] = {}
    reached: date | None = None
    for stage in STAGES.values():
        first = getattr(calendar, stage.first) if stage.first else None
        last = getattr(calendar, stage.last)
        if stage.first and (first is None) != (last is None):
            missing = stage.first if first is None else stage.last
            errors[missing] = Refusal(
                "half-a-stage", N_("Giai đoạn cần có cả ngày bắt đầu và ngày kết thúc.")
            )
            continue
        if last is None:
            continue
        if first is not None and last < first:
            errors[stage.last] = _not_before(
                "ends-before-it-begins",
                first,
                N_("Ngày kết thúc không được sớm hơn ngày bắt đầu ({day})."),
            )
        elif reached is not None and last < reached:
            errors[stage.last] = _not_before("before-the-stage-before", reached, _OUT_OF_ORDER)
        reached = max(reached, last) if reached is not None else last
    if "decision_on" not in errors and (heard_until := still_heard(calendar)):
        errors["decision_on"] = _not_before("decision-while-heard", heard_until, STILL_HEARD)
    errors |= _beginnings(calendar, window_first, errors)
    return errors


def still_heard(calendar: Calendar) -> date | None:
    """The last day of comments, where the decision would not come after it."""
    last, decision = calendar.comment_close_on, calendar.decision_on
    return last if last is not None and decision is not None and decision <= last else None


STILL_HEARD = N_("Phải sau ngày {day}, ngày cuối lấy ý kiến công khai (tính cả ngày đó).")
_OUT_OF_ORDER = N_("Không được sớm hơn ngày {day}, khi giai đoạn liền trước kết thúc.")


def _beginnings(
    calendar: Calendar, window_first: date, found: dict[str, Refusal]
) -> dict[str, Refusal]:
    errors = {}
    opens, comment = calendar.nominations_open_on, calendar.comment_open_on
    if opens is not None and opens < window_first:
        errors["nominations_open_on"] = _not_before(
            "before-the-window",
            window_first,
            N_("Không được sớm hơn ngày {day}, ngày đầu của thời gian lập thành tích."),
        )
    registration = calendar.registration_open_on
    if opens is not None and registration is not None and opens < registration:
        errors["nominations_open_on"] = _not_before(
            "before-registration",
            registration,
            N_("Không được sớm hơn ngày bắt đầu đăng ký ({day})."),
        )
    # What is published for comment is what the council has agreed to.
    ended = [
        day
        for key, stage in STAGES.items()
        if key not in ("comment", "decision") and (day := getattr(calendar, stage.last)) is not None
    ]
    if comment is not None and ended and comment < max(ended):
        errors["comment_open_on"] = _not_before(
            "before-the-stage-before", max(ended), _OUT_OF_ORDER
        )
    return {name: refusal for name, refusal in errors.items() if name not in found}


def _not_before(code: str, day: date, message: str) -> Refusal:
    return Refusal(code, message, {"day": show_date(day)})
