"""What some nominees were awarded the year before this system: entered by their units."""

from __future__ import annotations

from datetime import date

from app.award_history.actions import add_award
from app.award_history.rules import NewAward
from app.catalogue.queries import award_form_id
from app.demo.performing import Performance, at
from app.kernel.period import Period

_EVERY = 4
_DECIDED_ON = date(2024, 12, 20)
_YEAR = Period(date(2024, 1, 15), date(2024, 11, 30))
_ACHIEVEMENT = "Có thành tích xuất sắc trong phong trào học tập suốt đời năm 2024."


async def remember(play: Performance) -> None:
    day = play.story.calendar.opened_on
    form = await award_form_id("giay-khen")
    for number, nominee in enumerate(play.story.nominees[::_EVERY], start=1):
        if nominee.person is None:
            continue  # many of today's collectives were others in 2024
        await add_award(
            play.ids.people[nominee.person],
            None,
            NewAward(
                form,
                "Giấy khen",
                "thematic",
                f"{210 + number}/QĐ-VKS",
                _DECIDED_ON,
                "Viện trưởng Viện kiểm sát nhân dân tối cao",
                _YEAR,
                _ACHIEVEMENT,
            ),
            actor=await play.officer_over(nominee.nominating_unit, day),
            now=at(day, 14),
        )
