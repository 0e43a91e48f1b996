"""What the builder's actions share: the locked set, and the rows of a criterion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from piccolo.columns import Column

from app.kernel.actor import Actor
from app.kernel.indicators import registered
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement import policy
from app.movement.queries.criteria import (
    LARGEST_ID,
    CriteriaSetPage,
    criteria_facts,
    criteria_set,
)
from app.movement.rules.building import (
    CriterionDraft,
    refuse_building,
    refuse_criterion,
    refuse_stale,
)
from app.movement.rules.measuring import to_text
from app.movement.tables import CriteriaSet, Criterion, CriterionBand


def must_build(actor: Actor, unit_id: int) -> None:
    if not policy.may_build_criteria(actor, unit_id):
        raise NotVisible


async def writable(set_id: int, seen: int, actor: Actor) -> CriteriaSetPage:
    """The set, locked; a form filled in before somebody else's change is not taken."""
    if not 0 < set_id <= LARGEST_ID:
        raise NotVisible
    await CriteriaSet.raw("SELECT 1 FROM criteria_set WHERE id = {} FOR UPDATE", set_id)
    # A round that is just being opened with this set reads it under its own lock: it ends first,
    # or waits for us.
    await CriteriaSet.raw(
        "SELECT 1 FROM review_round WHERE {} IN (individual_set, collective_set) FOR SHARE", set_id
    )
    found = await criteria_set(set_id)
    must_build(actor, found.unit_id)
    if refusal := refuse_building(found.use) or refuse_stale(found.edits, seen):
        raise Refused(refusal)
    return found


def code_of(found: CriteriaSetPage, criterion_id: int) -> str:
    code = next((c.code for c in found.facts.criteria if c.id == criterion_id), None)
    if code is None:
        raise NotVisible
    return code


async def must_fit(draft: CriterionDraft, found: CriteriaSetPage, criterion_id: int | None) -> None:
    others = [c for c in found.facts.criteria if c.id != criterion_id]
    indicators = [
        code for code, known in registered().items() if found.facts.subject in known.subjects
    ]
    if refusal := refuse_criterion(draft, others, indicators):
        raise Refused(refusal)
    if draft.source_id is not None:
        known = await Criterion.raw("SELECT 1 FROM legal_source WHERE id = {}", draft.source_id)
        if not known:
            raise Refused(
                Refusal(
                    "unknown-source",
                    N_("Vui lòng chọn văn bản trong danh mục."),
                    field_name="source",
                )
            )


async def copied_from(origin: str, subject: str) -> int | None:
    if origin in ("empty", "default"):
        return None
    set_id = int(origin) if origin.isdecimal() and int(origin) <= LARGEST_ID else 0
    found = (await criteria_facts([set_id])).get(set_id)
    if found is None or found.subject != subject:
        raise Refused(
            Refusal(
                "unknown-origin",
                N_("Vui lòng chọn một bộ tiêu chí của cùng đối tượng."),
                field_name="origin",
            )
        )
    return set_id


async def copy_criteria(source: int, target: int) -> None:
    """Criteria first, then their levels, found again by code."""
    await Criterion.raw(
        "INSERT INTO criterion (criteria_set, code, kind, title, text, max_points, position, help,"
        " source, evidence_required, proposed, indicator, function)"
        " SELECT {}, code, kind, title, text, max_points, position, help, source,"
        " evidence_required, proposed, indicator, function FROM criterion"
        " WHERE criteria_set = {} ORDER BY position",
        target,
        source,
    )
    await CriterionBand.raw(
        "INSERT INTO criterion_band (criterion, label, description, points_from, points_to,"
        " position) SELECT n.id, b.label, b.description, b.points_from, b.points_to, b.position"
        " FROM criterion_band b JOIN criterion o ON o.id = b.criterion AND o.criteria_set = {}"
        " JOIN criterion n ON n.criteria_set = {} AND n.code = o.code",
        source,
        target,
    )


async def insert_criterion(set_id: int, position: int, draft: CriterionDraft) -> int:
    made = Criterion(criteria_set=set_id, position=position, **_row(draft))
    await made.save()
    await _insert_bands(made.id, draft)
    return int(made.id)


def _row(draft: CriterionDraft) -> dict[str, Any]:
    return {
        "code": draft.code,
        "kind": draft.kind,
        "title": draft.title,
        "text": draft.text,
        "max_points": draft.max_points,
        "help": draft.help,
        "source": draft.source_id,
        "evidence_required": draft.evidence_required,
        "proposed": draft.proposed,
        "indicator": draft.indicator,
        "function": to_text(draft.function) if draft.function is not None else None,
    }


async def replace_criterion(criterion_id: int, draft: CriterionDraft) -> None:
    values: dict[Column | str, Any] = dict(_row(draft).items())
    await Criterion.update(values).where(Criterion.id == criterion_id)
    await CriterionBand.raw("DELETE FROM criterion_band WHERE criterion = {}", criterion_id)
    await _insert_bands(criterion_id, draft)


async def _insert_bands(criterion_id: int, draft: CriterionDraft) -> None:
    rows: Sequence[CriterionBand] = [
        CriterionBand(
            criterion=criterion_id,
            label=band.label,
            description=band.description,
            points_from=band.points_from,
            points_to=band.points_to,
            position=position,
        )
        for position, band in enumerate(draft.bands, start=1)
    ]
    if rows:
        await CriterionBand.insert(*rows)


async def count_edit(set_id: int, actor: Actor, now: datetime) -> None:
    await CriteriaSet.raw(
        "UPDATE criteria_set SET edits = edits + 1, by = {}, at = {} WHERE id = {}",
        actor.account_id,
        now,
        set_id,
    )
