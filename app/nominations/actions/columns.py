from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible, Refused
from app.nominations import policy, queries, rules
from app.nominations.tables import ScoreColumn
from app.piccolo_conf import DB


async def save_column(
    nomination_id: int,
    giver: str,
    marks: Mapping[str, Decimal | None],
    note: str,
    version: int,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """The whole sheet at once, complete or not; returns its new version.

    `marks` by criterion code; None takes a mark away. `version`: what the reader had before them.
    """
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        if not policy.may_give(actor, dossier, giver):
            raise NotVisible
        stored = await queries.stored_column(nomination_id, giver)
        if refusal := rules.refuse_marks(
            dossier, giver, stored, marks, version, today_in_vietnam(now), actor.person_id
        ):
            raise Refused(refusal)
        rows = await ScoreColumn.raw(
            "INSERT INTO score_column (nomination, giver, version, note, by, at)"
            " VALUES ({}, {}, 1, {}, {}, {}) ON CONFLICT (nomination, giver) DO UPDATE SET"
            " version = score_column.version + 1, note = excluded.note, by = excluded.by,"
            " at = excluded.at RETURNING id, version",
            nomination_id,
            giver,
            note,
            actor.account_id,
            now,
        )
        column_id, saved = int(rows[0]["id"]), int(rows[0]["version"])
        await _write(column_id, dossier, marks)
        await audit.record(
            actor,
            "nominations.save_points",
            "nomination",
            nomination_id,
            now=now,
            giver=giver,
            version=saved,
        )
    return saved


async def _write(
    column_id: int, dossier: rules.Dossier, marks: Mapping[str, Decimal | None]
) -> None:
    ids = {criterion.code: criterion.id for criterion in dossier.criteria}
    given = {ids[code]: points for code, points in marks.items() if points is not None}
    # By code: a corrected set has other rows for the same criteria.
    await ScoreColumn.raw(
        "DELETE FROM score_column_mark m USING criterion c WHERE c.id = m.criterion"
        " AND m.score_column = {} AND c.code = ANY({})",
        column_id,
        list(marks),
    )
    await ScoreColumn.raw(
        "INSERT INTO score_column_mark (score_column, criterion, points)"
        " SELECT {}, c, p FROM unnest({}::int[], {}::numeric[]) AS x (c, p)",
        column_id,
        list(given),
        list(given.values()),
    )
