"""The movement, its rounds and criteria sets as the demo starts with them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from app.audit import actions as audit
from app.catalogue.queries import award_form_id
from app.catalogue.tables import LegalSource
from app.demo.load import Ids
from app.demo.world import World
from app.demo.world.story_facts import Calendar, SubjectKind
from app.kernel.actor import Actor
from app.movement.criteria_default import default_criteria
from app.movement.queries.criteria import source_choices
from app.movement.tables import (
    CriteriaSet,
    Criterion,
    Movement,
    MovementSource,
    ReviewRound,
)
from app.piccolo_conf import DB

MOVEMENT_CODE = "XHHT-2023-2030"
_KINDS = {"annual": "annual", "preliminary_review": "preliminary", "final_review": "final"}
_SUMMARY = (
    "Khen thưởng vào dịp tổng kết hằng năm, đồng thời khen thưởng trong đợt sơ kết giai đoạn "
    "2023 - 2025 và tổng kết giai đoạn 2023 - 2030."
)
_PLAN_NOTE = "Kế hoạch phát động trong thế giới minh họa."


async def prepare(world: World, ids: Ids, *, actor: Actor, now: datetime) -> dict[str, int]:
    """Returns the ids of the rounds by their codes; those that are played have their days."""
    async with DB.transaction():
        movement = await _movement(world, ids)
        sets = {subject: await _criteria_set(world, movement, subject) for subject in SubjectKind}
        form = await award_form_id("giay-khen")
        calendars = {story.code: story.calendar for story in (world.earlier, world.story)}
        made = {}
        for line in world.story.movement.rounds:
            code = f"VKS-{line.key}"
            calendar: dict[str, Any] = {}
            if line.status == "played":
                calendar = days_of(calendars[code]) | {
                    "award_form": form,
                    "individual_set": sets[SubjectKind.INDIVIDUAL],
                    "collective_set": sets[SubjectKind.COLLECTIVE],
                }
            round_ = ReviewRound(
                movement=movement,
                code=code,
                kind=_KINDS[line.kind.value],
                name=line.name,
                achievements_from=line.achievements.first,
                achievements_to=line.achievements.last,
                **calendar,
            )
            await round_.save()
            made[code] = int(round_.id)
        await audit.record(actor, "movement.create", "movement", movement, now=now)
    return made


def days_of(calendar: Calendar) -> dict[str, Any]:
    return {
        "registration_open_on": calendar.registration.first,
        "registration_close_on": calendar.registration.last,
        "nominations_open_on": calendar.opened_on,
        "nominations_close_on": calendar.nominations_close_on,
        "endorsement_close_on": calendar.nominations_close_on,
        "appraisal_close_on": calendar.appraised_on,
        "scoring_close_on": calendar.scoring.last,
        "session_on": calendar.session_on,
        "comment_open_on": calendar.comment.first,
        "comment_close_on": calendar.comment.last,
        "decision_on": calendar.signed_on,
    }


async def _movement(world: World, ids: Ids) -> int:
    story = world.story.movement
    movement = Movement(
        code=MOVEMENT_CODE,
        name=story.name.removeprefix("Phong trào thi đua ").replace('"', ""),
        launched_by=ids.units["vksndtc"],
        launched_on=story.launched_on,
        summary=_SUMMARY,
    )
    await movement.save()
    plan = LegalSource(
        number=story.plan_number,
        title="Kế hoạch thực hiện phong trào thi đua",
        issuer="Viện kiểm sát nhân dân tối cao",
        signed_on=story.launched_on,
        effective_from=story.launched_on,
        note=_PLAN_NOTE,
    )
    await plan.save()
    await MovementSource(movement=movement.id, source=plan.id).save()
    return int(movement.id)


async def _criteria_set(world: World, movement_id: int, subject: SubjectKind) -> int:
    criteria = world.story.criteria
    names = {SubjectKind.INDIVIDUAL: "cá nhân", SubjectKind.COLLECTIVE: "tập thể"}
    found = CriteriaSet(
        movement=movement_id,
        subject=subject.value,
        version=1,
        name=f"Bộ tiêu chí đối với {names[subject]}",
        note=f"Điểm tối đa là {criteria.label}.",
    )
    await found.save()
    lines: list[tuple[str, str, str, str, Decimal | None]] = [
        (c.code, "judged", c.title, c.text, c.maximum) for c in criteria.of(subject)
    ]
    lines += [(code, "gate", title, text, None) for code, title, text in criteria.gates]
    papers = {paper.number: paper.id for paper in await source_choices()}
    proposed = {draft.code: draft for draft in default_criteria(subject.value, papers)}
    await Criterion.insert(
        *(
            Criterion(
                criteria_set=found.id,
                source=proposed[code].source_id,
                evidence_required=proposed[code].evidence_required,
                code=code,
                kind=kind,
                title=title,
                text=text,
                max_points=points,
                position=position,
            )
            for position, (code, kind, title, text, points) in enumerate(lines, start=1)
        )
    )
    return int(found.id)
