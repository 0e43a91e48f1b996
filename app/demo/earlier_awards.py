"""Awards from before this system, entered by those who keep the history.

Those of 2023 went to units and to people in units that the merger of July 2025 ended: each is
shown under the name of its day, and found from the unit of today.
"""

from __future__ import annotations

from datetime import date

from app.award_history.actions import add_award
from app.award_history.rules import NewAward
from app.catalogue.queries import award_form_id
from app.demo.performing import Performance, at
from app.kernel.actor import Actor
from app.kernel.period import Period

_EVERY = 4
_DECIDED_ON = date(2023, 12, 22)
_YEAR = Period(date(2022, 12, 1), date(2023, 11, 30))
_ISSUER = "Viện trưởng Viện kiểm sát nhân dân tối cao"
_OF_A_PERSON = "Hoàn thành xuất sắc nhiệm vụ năm 2023, tích cực tự học, tự bồi dưỡng."
_OF_A_UNIT = "Tập thể hoàn thành xuất sắc nhiệm vụ công tác năm 2023."
UNITS_OF_2023 = ("vks-ha-giang", "vks-bac-kan")
PERSON_OF_2023 = "p015"
"""Worked in Hà Giang then, in Tuyên Quang now."""


async def remember(play: Performance) -> None:
    day = play.story.calendar.opened_on
    form = await award_form_id("giay-khen")
    keeper = await play.actor("thu-ky", day)
    number = 210
    for unit in UNITS_OF_2023:
        number += 1
        await _add(play, form, None, unit, number, keeper)
    people = [n.person for n in play.story.nominees[::_EVERY] if n.person]
    officers = {n.person: n.nominating_unit for n in play.story.nominees}
    for person in dict.fromkeys([PERSON_OF_2023, *people]):
        number += 1
        officer = await play.officer_over(officers[person], day)
        await _add(play, form, person, None, number, officer)


async def _add(
    play: Performance,
    form: int,
    person: str | None,
    unit: str | None,
    number: int,
    actor: Actor,
) -> None:
    await add_award(
        play.ids.people[person] if person else None,
        play.ids.units[unit] if unit else None,
        NewAward(
            form,
            "Giấy khen",
            "merit",
            f"{number}/QĐ-VKSTC",
            _DECIDED_ON,
            _ISSUER,
            _YEAR,
            _OF_A_PERSON if person else _OF_A_UNIT,
        ),
        actor=actor,
        now=at(play.story.calendar.opened_on, 14),
    )
