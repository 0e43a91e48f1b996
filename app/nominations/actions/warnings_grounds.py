"""Earlier awards that a dossier names as its grounds."""

from __future__ import annotations

from datetime import datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.nominations import policy, queries, rules
from app.nominations.tables import NominationGround
from app.piccolo_conf import DB

NOT_THEIR_AWARD = Refusal(
    "not-their-award",
    N_("Vui lòng chọn một khen thưởng trong lịch sử của đối tượng này."),
    field_name="award",
)
ALREADY_NAMED = Refusal(
    "already-named", N_("Khen thưởng này đã được nêu làm căn cứ."), field_name="award"
)


async def add_ground(nomination_id: int, award_id: int, *, actor: Actor, now: datetime) -> None:
    """Only an award of the nominee, or of a unit the nominee came from."""
    async with DB.transaction():
        dossier = await _editable(nomination_id, actor, now)
        if award_id not in {award.id for award in await queries.ground_choices(dossier)}:
            raise Refused(NOT_THEIR_AWARD)
        rows = await NominationGround.raw(
            "INSERT INTO nomination_ground (nomination, award, by, at) VALUES ({}, {}, {}, {})"
            " ON CONFLICT DO NOTHING RETURNING id",
            nomination_id,
            award_id,
            actor.account_id,
            now,
        )
        if not rows:
            raise Refused(ALREADY_NAMED)
        await audit.record(
            actor, "nominations.add_ground", "nomination", nomination_id, now=now, award=award_id
        )


async def remove_ground(nomination_id: int, ground_id: int, *, actor: Actor, now: datetime) -> None:
    async with DB.transaction():
        await _editable(nomination_id, actor, now)
        if not 0 < ground_id < 2**31:
            raise NotVisible
        rows = await NominationGround.raw(
            "DELETE FROM nomination_ground WHERE id = {} AND nomination = {} RETURNING award",
            ground_id,
            nomination_id,
        )
        if not rows:
            raise NotVisible
        await audit.record(
            actor,
            "nominations.remove_ground",
            "nomination",
            nomination_id,
            now=now,
            award=rows[0]["award"],
        )


async def _editable(nomination_id: int, actor: Actor, now: datetime) -> rules.Dossier:
    dossier = await queries.nomination_for_update(nomination_id, actor)
    if not policy.may_enter(actor, dossier):
        raise NotVisible
    if refusal := rules.refuse_preparing(dossier, today_in_vietnam(now)):
        raise Refused(refusal)
    return dossier
