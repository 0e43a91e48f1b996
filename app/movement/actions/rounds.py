"""Plan a round before it is opened: what it is, when its stages are, how it will be judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

import asyncpg

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement import queries
from app.movement.actions.planned import planned_movement, planned_round
from app.movement.rules import (
    CHANGED,
    CODE_TAKEN,
    COLUMNS,
    AnnualRound,
    Calendar,
    RoundPlan,
    announced,
    calendar_a_year_later,
    calendar_errors,
    canonical,
    citable,
    fingerprint,
    protocol_errors,
    refuse_moving_announced,
    refuse_renaming_only,
    refuse_round,
)
from app.movement.tables import CriteriaSet, ReviewRound
from app.piccolo_conf import DB


async def create_round(
    movement_id: int, plan: RoundPlan, *, like: int | None, actor: Actor, now: datetime
) -> int:
    """`like`: the round of last year whose calendar, a year later, and protocol it takes over."""
    try:
        async with DB.transaction():
            await planned_movement(movement_id, actor)
            await _check(movement_id, plan, but=0)
            columns = _columns(plan) | {"movement": movement_id}
            if like is not None:
                model = await queries.round_facts(like)
                if model.movement_id != movement_id:
                    raise NotVisible
                columns |= _copied(model.calendar)
                protocol = model.opening.protocol if model.opening else model.proposed
                # What a phase cites are years of its own, so that part is not copied.
                kept = {name: value for name, value in (protocol or {}).items() if name != "phase"}
                columns["protocol"] = canonical(kept) if kept else None
            row = ReviewRound(**columns)
            await row.save()
            detail = {"source": like} if like is not None else {}
            await audit.record(
                actor,
                "movement.create_round",
                "round",
                row.id,
                now=now,
                code=plan.code,
                **detail,
            )
    except asyncpg.UniqueViolationError:
        raise Refused(CODE_TAKEN) from None
    return int(row.id)


async def change_round(
    round_id: int, plan: RoundPlan, version: int, *, actor: Actor, now: datetime
) -> None:
    """Refused with CHANGED when `version` is not the stored one any more."""
    movement_id = (await queries.round_facts(round_id)).movement_id
    try:
        async with DB.transaction():
            # Always the movement before its rounds, so that two plans never wait for each other.
            await planned_movement(movement_id, actor)
            round_ = await queries.round_facts(round_id, lock=True)
            stored = await queries.stored_round(round_id)
            if stored.version != version:
                raise Refused(CHANGED)
            if round_.opening is not None:
                refusal = refuse_renaming_only(plan, stored.plan)
                if refusal:
                    raise Refused(refusal)
            else:
                await _check(movement_id, plan, but=round_id)
            changed = [
                field.name
                for field in fields(plan)
                if getattr(plan, field.name) != getattr(stored.plan, field.name)
            ]
            if not changed:
                return
            await _write(round_id, _columns(plan), version)
            await audit.record(
                actor,
                "movement.change_round",
                "round",
                round_id,
                now=now,
                fields=", ".join(changed),
                version=version + 1,
            )
    except asyncpg.UniqueViolationError:
        raise Refused(CODE_TAKEN) from None


async def set_calendar(
    round_id: int, calendar: Calendar, version: int, *, actor: Actor, now: datetime
) -> None:
    """Every day that is not announced yet; of an open round these are the empty ones."""
    async with DB.transaction():
        round_ = await planned_round(round_id, actor)
        if round_.version != version:
            raise Refused(CHANGED)
        changed = [
            name for name in COLUMNS if getattr(calendar, name) != getattr(round_.calendar, name)
        ]
        opened = round_.opening is not None
        fixed = announced(round_.calendar, today_in_vietnam(now), opened=opened)
        if refusal := refuse_moving_announced(fixed.intersection(changed), opened=opened):
            raise Refused(refusal)
        errors = calendar_errors(calendar, round_.achievements.first)
        if errors:
            raise Refused(next(iter(errors.values())))
        if not changed:
            return
        await _write(round_id, {name: getattr(calendar, name) for name in COLUMNS}, version)
        await audit.record(
            actor,
            "movement.set_calendar",
            "round",
            round_id,
            now=now,
            fields=", ".join(changed),
            version=version + 1,
        )


async def set_protocol(
    round_id: int, protocol: Mapping[str, Any], version: int, *, actor: Actor, now: datetime
) -> str:
    """Until opening freezes it; returns its SHA-256."""
    async with DB.transaction():
        round_ = await planned_round(round_id, actor)
        if round_.opening is not None:
            raise Refused(
                Refusal("already-open", N_("Đợt xét này đã được mở; tiêu chí đã được chốt."))
            )
        if round_.version != version:
            raise Refused(CHANGED)
        errors = protocol_errors(
            protocol,
            round_.sets,
            phase=round_.is_phase,
            citable=citable(round_.annual, round_.achievements),
        )
        if errors:
            raise Refused(next(iter(errors.values())))
        digest = fingerprint(protocol)
        await _write(round_id, {"protocol": canonical(protocol)}, version)
        await audit.record(
            actor,
            "movement.set_protocol",
            "round",
            round_id,
            now=now,
            protocol_sha256=digest,
            version=version + 1,
        )
    return digest


async def _check(movement_id: int, plan: RoundPlan, *, but: int) -> None:
    """Locks the movement: of two annual rounds planned at once the second sees the first."""
    stored = await queries.stored_movement(movement_id, lock=True)
    annual: tuple[AnnualRound, ...] = await queries.annual_rounds(movement_id, but=but)
    if refusal := refuse_round(plan, stored.plan.life, annual):
        raise Refused(refusal)
    for subject, set_id in (
        ("individual", plan.individual_set),
        ("collective", plan.collective_set),
    ):
        if set_id is not None and not await CriteriaSet.exists().where(
            CriteriaSet.id == set_id,
            CriteriaSet.movement == movement_id,
            CriteriaSet.subject == subject,
        ):
            raise NotVisible


async def _write(round_id: int, columns: Mapping[str, object], version: int) -> None:
    values = {**columns, "version": version + 1}
    await ReviewRound.update(values).where(ReviewRound.id == round_id)  # type: ignore[arg-type]


def _columns(plan: RoundPlan) -> dict[str, Any]:
    columns = {field.name: getattr(plan, field.name) for field in fields(plan)}
    window = columns.pop("achievements")
    return columns | {"achievements_from": window.first, "achievements_to": window.last}


def _copied(calendar: Calendar) -> dict[str, Any]:
    moved = calendar_a_year_later(calendar)
    return {name: getattr(moved, name) for name in COLUMNS}
