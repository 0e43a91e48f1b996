"""Rounds, own work and yearly days as an iCalendar file, read back with a reader of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.kernel.waiting import WaitingItem
from app.movement.rules import Calendar
from app.reminders.ical import calendar_file
from app.reminders.rules import (
    Event,
    RoundDays,
    YearlyDate,
    deadline_events,
    round_events,
    yearly_event,
)
from tests.reminders.calendar_reader import events_in, whole

AT = datetime(2025, 11, 1, 2, tzinfo=UTC)
BASE = "https://thidua.example.vn"
ROUND = RoundDays(
    7,
    "Tổng kết năm 2025",
    4,
    AT,
    Calendar(
        nominations_open_on=date(2025, 10, 20),
        nominations_close_on=date(2025, 11, 20),
        scoring_close_on=date(2025, 12, 5),
        session_on=date(2025, 12, 12),
    ),
)


def words(message: str, **values: object) -> str:
    return message.format(**values) if values else message


def read(*events: Event) -> list[dict[str, Any]]:
    return events_in(calendar_file("Lịch Thi Đua", events, BASE))


def test_the_closing_day_is_included() -> None:
    nomination, scoring, session = read(*round_events([ROUND], words))
    assert (nomination["dtstart"], nomination["dtend"]) == (date(2025, 10, 20), date(2025, 11, 21))
    assert (scoring["dtstart"], scoring["dtend"]) == (date(2025, 12, 5), date(2025, 12, 6))
    assert (session["dtstart"], session["dtend"]) == (date(2025, 12, 12), date(2025, 12, 13))


def test_what_an_event_says() -> None:
    nomination, scoring, _ = read(*round_events([ROUND], words))
    assert str(nomination["summary"]) == "Tổng kết năm 2025: Tự chấm điểm và đề nghị"
    assert str(scoring["summary"]) == "Tổng kết năm 2025: hạn cuối, Chấm điểm"
    assert str(scoring["uid"]) == "round-7-scoring@thidua.example.vn"
    assert str(scoring["url"]) == f"{BASE}/rounds/7"
    assert int(scoring["sequence"]) == 4
    assert scoring["dtstamp"] == AT
    assert str(scoring["transp"]) == "TRANSPARENT"


def test_a_round_without_days_has_no_events() -> None:
    assert round_events([RoundDays(1, "x", 0, AT, Calendar())], words) == ()


def test_own_work_keeps_its_name_when_it_is_put_off() -> None:
    def event(n: int, due: date) -> dict[str, Any]:
        item = WaitingItem("{n} mục", "/nominations", {"n": n}, due)
        return read(*deadline_events([item], 3, AT, words))[0]

    first, later = event(2, date(2025, 11, 20)), event(1, date(2025, 11, 25))
    assert str(first["uid"]) == str(later["uid"])
    assert int(later["sequence"]) > int(first["sequence"])
    assert (later["dtstart"], later["dtend"]) == (date(2025, 11, 25), date(2025, 11, 26))
    assert str(later["summary"]) == "1 mục"


def test_work_without_a_day_is_not_in_it() -> None:
    assert deadline_events([WaitingItem("x", "/")], 3, AT, words) == ()


@pytest.mark.parametrize("last", [None, date(2030, 12, 31)])
def test_a_yearly_day_comes_back_until_the_movement_ends(last: date | None) -> None:
    yearly = YearlyDate(9, "Báo cáo năm", 11, 10, 2, "Phong trào", date(2024, 1, 15), last)
    event = yearly_event(yearly, AT)
    assert event is not None
    found = read(event)[0]
    assert found["dtstart"] == date(2024, 11, 10)
    assert found["rrule"]["FREQ"] == ["YEARLY"]
    assert found["rrule"].get("UNTIL") == ([last] if last else None)
    assert str(found["summary"]) == "Phong trào: Báo cáo năm"


def test_a_yearly_day_after_the_movement_never_comes() -> None:
    yearly = YearlyDate(9, "x", 11, 10, 2, "y", date(2024, 11, 11), date(2025, 11, 9))
    assert yearly_event(yearly, AT) is None


def test_the_whole_file() -> None:
    found = whole(calendar_file("Lịch Thi Đua", (), BASE))
    assert str(found["version"]) == "2.0"
    assert str(found["name"]) == "Lịch Thi Đua"
    assert found["refresh-interval"].dt.total_seconds() == 4 * 3600
    assert found["refresh-interval"].params["VALUE"] == "DURATION"
    assert str(found["x-wr-timezone"]) == "Asia/Ho_Chi_Minh"


def test_the_same_events_give_the_same_bytes() -> None:
    events = round_events([ROUND], words)
    assert calendar_file("x", events, BASE) == calendar_file("x", events, BASE)


def test_no_line_is_longer_than_the_format_allows() -> None:
    long = RoundDays(1, "Đợt xét rất dài " * 12, 0, AT, ROUND.calendar)
    text = calendar_file("x", round_events([long], words), BASE)
    assert max(len(line) for line in text.split(b"\r\n")) <= 75
