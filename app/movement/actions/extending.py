from __future__ import annotations

from datetime import date, datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, Refusal, Refused
from app.movement import queries
from app.movement.actions.planned import planned_round
from app.movement.rules import COLUMNS, STAGES, Extended, announced, plan_extension
from app.movement.tables import ReviewRound, StageExtension
from app.piccolo_conf import DB


async def extend_stage(
    round_id: int,
    stage: str,
    new_last: date,
    reason: str,
    *,
    move_following: bool,
    actor: Actor,
    now: datetime,
) -> tuple[Extended, ...]:
    """Give an announced stage more days; returns what was moved, that stage first."""
    async with DB.transaction():
        round_ = await planned_round(round_id, actor)
        today = today_in_vietnam(now)
        opened = round_.opening is not None
        if not opened and STAGES[stage].last not in announced(round_.calendar, today, opened=False):
            raise Refused(
                Refusal("not-open", N_("Đợt xét chưa mở: vui lòng sửa trực tiếp lịch của đợt."))
            )
        planned = plan_extension(
            round_.calendar,
            stage,
            new_last,
            today,
            move_following=move_following,
            finished=await queries.finished_stages(round_id),
        )
        if isinstance(planned, Refusal):
            raise Refused(planned)
        stages = planned.stages
        columns = {name: getattr(planned.calendar, name) for name in COLUMNS}
        columns["version"] = round_.version + 1
        await ReviewRound.update(columns).where(ReviewRound.id == round_id)  # type: ignore[arg-type]
        await StageExtension.insert(
            *(
                StageExtension(
                    round=round_id,
                    stage=moved.stage,
                    old_last=moved.old_last,
                    new_last=moved.new_last,
                    reason=reason,
                    by=actor.account_id,
                    at=now,
                )
                for moved in stages
            )
        )
        # The reason is a text of people and stands on the page of the round, not in the log.
        await audit.record(
            actor,
            "movement.extend_stage",
            "round",
            round_id,
            now=now,
            stage=stage,
            day=[stages[0].old_last, new_last],
            count=len(stages),
        )
    return stages
