"""A second movement, whose round the council scores today: every member has sheets to fill in."""

from __future__ import annotations

from datetime import date

from app.catalogue.queries import award_form_id
from app.demo.load import Ids
from app.demo.prepare import MOVEMENT_CODE, days_of
from app.demo.world.story_facts import Story
from app.kernel.period import Period
from app.movement.tables import CriteriaSet, Criterion, Movement, ReviewRound
from app.piccolo_conf import DB

CODE = "BDHVS-2025"
_NAME = "Bình dân học vụ số trong ngành Kiểm sát nhân dân"
_SUMMARY = (
    "Phổ cập kỹ năng số cho cán bộ, công chức, viên chức và người lao động; khen thưởng tập thể, cá"
    " nhân tiêu biểu trong học và hướng dẫn người khác học kỹ năng số."
)
_LAUNCHED_ON = date(2025, 4, 28)
_YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
_ROUND_NAME = "Chuyên đề Bình dân học vụ số năm 2025"


async def launch(story: Story, ids: Ids) -> int:
    """The id of its round, with the criteria of the great movement."""
    days = {k: v for k, v in days_of(story.calendar).items() if not k.startswith("registration")}
    async with DB.transaction():
        movement = Movement(
            code=CODE,
            name=_NAME,
            launched_by=ids.units["vksndtc"],
            launched_on=_LAUNCHED_ON,
            summary=_SUMMARY,
        )
        await movement.save()
        round_ = ReviewRound(
            movement=movement.id,
            code=story.code,
            kind="annual",
            name=_ROUND_NAME,
            achievements_from=_YEAR.first,
            achievements_to=_YEAR.last,
            award_form=await award_form_id("giay-khen"),
            individual_set=await _copied_set(movement.id, "individual"),
            collective_set=await _copied_set(movement.id, "collective"),
            **days,
        )
        await round_.save()
    return int(round_.id)


async def _copied_set(movement_id: int, subject: str) -> int:
    made = await CriteriaSet.raw(
        "INSERT INTO criteria_set (movement, subject, version, name, note, based_on, edits)"
        " SELECT {}, s.subject, 1, s.name, s.note, s.id, 0 FROM criteria_set s"
        " JOIN movement m ON m.id = s.movement"
        " WHERE m.code = {} AND s.subject = {} AND s.version = 1 RETURNING id, based_on",
        movement_id,
        MOVEMENT_CODE,
        subject,
    )
    await Criterion.raw(
        "INSERT INTO criterion (criteria_set, code, kind, title, text, max_points, position, help,"
        " source, evidence_required, proposed) SELECT {}, code, kind, title, text, max_points,"
        " position, help, source, evidence_required, proposed FROM criterion"
        " WHERE criteria_set = {} ORDER BY position",
        made[0]["id"],
        made[0]["based_on"],
    )
    return int(made[0]["id"])
