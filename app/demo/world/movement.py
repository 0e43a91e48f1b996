"""The movement of the seed, its reviews and the calendar of the round that is played."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.demo.world.story_facts import (
    Calendar,
    CriteriaSet,
    Criterion,
    Movement,
    ReviewRound,
    RoundKind,
    SubjectKind,
)
from app.kernel.period import Period
from app.movement.criteria_default import default_document

TITLE = "Xây dựng xã hội học tập, đẩy mạnh học tập suốt đời"
# A working year of the Procuracy runs from 1 December to 30 November.
REVIEW_WINDOW = Period(date(2024, 12, 1), date(2025, 11, 30))
_LAUNCHED_ON = date(2024, 1, 15)
_PLACE = "Hà Nội"

CALENDAR = Calendar(
    # After the reorganisation of 1 July: earlier the units were others.
    registration=Period(date(2025, 7, 7), date(2025, 8, 15)),
    opened_on=date(2025, 10, 20),
    nominated_on=date(2025, 11, 10),
    attested=Period(date(2025, 11, 10), date(2025, 11, 19)),
    nominations_close_on=date(2025, 11, 20),
    appraised_on=date(2025, 11, 21),
    scoring=Period(date(2025, 11, 24), date(2025, 12, 5)),
    session_on=date(2025, 12, 12),
    comment=Period(date(2025, 12, 15), date(2025, 12, 18)),
    signed_on=date(2025, 12, 19),
    place=_PLACE,
)
# The first year of the movement, in the units of before the reorganisation.
CALENDAR_2024 = Calendar(
    registration=Period(date(2024, 2, 19), date(2024, 3, 29)),
    opened_on=date(2024, 10, 21),
    nominated_on=date(2024, 11, 11),
    attested=Period(date(2024, 11, 11), date(2024, 11, 19)),
    nominations_close_on=date(2024, 11, 20),
    appraised_on=date(2024, 11, 21),
    scoring=Period(date(2024, 11, 25), date(2024, 12, 4)),
    session_on=date(2024, 12, 11),
    comment=Period(date(2024, 12, 12), date(2024, 12, 17)),
    signed_on=date(2024, 12, 20),
    place=_PLACE,
)


def achievement_line(title: str, in_words: str) -> str:
    return f'Đã có thành tích xuất sắc trong Phong trào thi đua "{title}" {in_words}'


def build_movement() -> Movement:
    kinds = RoundKind
    lines = (
        ("2024", kinds.ANNUAL, "Tổng kết năm 2024", date(2024, 11, 30), "played"),
        ("2025", kinds.ANNUAL, "Tổng kết năm 2025", date(2025, 11, 30), "played"),
        ("2023-2025", kinds.PRELIMINARY, "Sơ kết 2023 - 2025", date(2025, 11, 30), "planned"),
        ("2023-2030", kinds.FINAL, "Tổng kết 2023 - 2030", date(2030, 11, 30), "planned"),
    )
    rounds = tuple(
        ReviewRound(
            key,
            kind,
            name,
            REVIEW_WINDOW if key == "2025" else Period(_LAUNCHED_ON, last),
            status,
        )
        for key, kind, name, last, status in lines
    )
    name = f'Phong trào thi đua "{TITLE}" giai đoạn 2023 - 2030'
    return Movement(name, "05/KH-VKSTC", _LAUNCHED_ON, 2030, rounds)


def build_criteria() -> CriteriaSet:
    data = default_document()
    criteria = tuple(
        Criterion(
            line["code"],
            SubjectKind(line["subject"]),
            line["title"],
            line["text"],
            Decimal(line["maximum"]),
            line["wording"] == "proposed",
        )
        for line in data["criteria"]
    )
    gates = tuple((line["code"], line["title"], line["text"]) for line in data["gates"])
    return CriteriaSet(data["label"], criteria, gates)
