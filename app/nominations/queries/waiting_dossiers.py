"""Dossiers that wait to be made, corrected or sent on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.kernel.actor import Actor, Role
from app.kernel.refusal import N_
from app.kernel.waiting import WaitingItem
from app.nominations import policy
from app.nominations.queries.visible import CAME_BACK, nominated_in, units_of
from app.nominations.queries.waiting_lines import NOT_SCORED, Items, line_of
from app.nominations.tables import Nomination


async def own_draft(actor: Actor, today: date) -> Items:
    rows = await Nomination.raw(
        "SELECT n.id, r.name AS round, r.nominations_close_on AS due FROM nomination n"
        " JOIN review_round r ON r.id = n.round WHERE n.person = {} AND n.stage = 'draft'"
        f" AND n.submitted_at IS NULL AND {NOT_SCORED}"
        " AND r.nominations_open_on <= {} AND r.nominations_close_on >= {} ORDER BY 3, 1",
        actor.person_id,
        today,
        today,
    )
    message = N_("Hồ sơ của Ông/Bà trong {round} đang chuẩn bị.")
    return tuple(
        WaitingItem(message, f"/nominations/{row['id']}", {"round": row["round"]}, row["due"])
        for row in rows
    )


async def to_prepare(actor: Actor, today: date) -> Items:
    rows = await Nomination.raw(
        "SELECT r.id, r.name AS round, o.id IS NOT NULL AND r.nominations_open_on <= {}"
        " AND r.nominations_close_on >= {} AS nominating,"
        " r.registration_open_on <= {} AND r.registration_close_on >= {} AS registering,"
        " r.nominations_close_on, r.registration_close_on,"
        " EXISTS (SELECT FROM registration q WHERE q.round = r.id AND q.withdrawn_at IS NULL"
        " AND q.unit = ANY({})) AS registered,"
        " EXISTS (SELECT FROM nomination n WHERE n.round = r.id AND {}) AS nominated,"
        " (SELECT count(*) FROM nomination n WHERE n.round = r.id AND n.stage = 'draft'"
        f" AND n.submitted_at IS NULL AND {NOT_SCORED} AND {{}})"
        " AS n FROM review_round r LEFT JOIN round_opening o ON o.round = r.id"
        " WHERE least(r.registration_open_on, r.nominations_open_on) <= {}"
        " AND greatest(r.registration_close_on, r.nominations_close_on) >= {}"
        " ORDER BY r.nominations_close_on, r.id",
        *(today,) * 4,
        units_of(actor, *policy.NOMINATE),
        nominated_in(actor, *policy.NOMINATE),
        nominated_in(actor, *policy.NOMINATE),
        today,
        today,
    )
    return tuple(item for row in rows for item in _preparing(row))


def _preparing(row: dict[str, Any]) -> Iterator[WaitingItem]:
    here = f"/rounds/{row['id']}"
    values = {"round": row["round"]}
    if row["registering"] and not row["registered"]:
        message = N_("{round} đang nhận đăng ký thi đua; đơn vị chưa đăng ký ai.")
        due = row["registration_close_on"]
        yield WaitingItem(message, f"{here}/registrations/new", values, due)
    due = row["nominations_close_on"]
    if row["nominating"] and not row["nominated"]:
        message = N_("{round} đang nhận hồ sơ; đơn vị chưa lập đề nghị nào.")
        yield WaitingItem(message, f"{here}/nominations/new", values, due)
    if row["nominating"] and row["n"]:
        message = N_("{n} hồ sơ của {round} chưa nộp.")
        yield WaitingItem(message, f"{here}/nominations?state=draft", values | {"n": row["n"]}, due)


async def to_correct(actor: Actor, today: date) -> Items:
    """Dossiers sent back to their unit: bound by the appraisal's last day, as correcting them."""
    rows = await Nomination.raw(
        "SELECT r.id, r.name AS round, count(*) AS n, r.appraisal_close_on AS due"
        " FROM nomination n JOIN review_round r ON r.id = n.round"
        " WHERE n.stage = 'draft' AND n.submitted_at IS NOT NULL AND ({} OR n.person = {})"
        f" AND coalesce(r.appraisal_close_on >= {{}}, true) AND {NOT_SCORED}"
        " GROUP BY r.id ORDER BY r.id",
        nominated_in(actor, *policy.NOMINATE),
        actor.person_id,
        today,
    )
    message = N_("{n} hồ sơ của {round} bị trả lại, chờ sửa và nộp lại.")
    return tuple(line_of(message, "/nominations?state=draft", row, row["due"]) for row in rows)


async def to_endorse(actor: Actor, today: date) -> Items:
    """What came back once may go up until appraisal ends; the line names the nearest day."""
    rows = await Nomination.raw(
        "SELECT r.id, r.name AS round, count(*) AS n, min(w.due) AS due"
        " FROM nomination n JOIN review_round r ON r.id = n.round CROSS JOIN LATERAL (SELECT CASE"
        f" WHEN {CAME_BACK}"
        " THEN r.appraisal_close_on ELSE r.endorsement_close_on END AS due) w"
        " WHERE n.stage = 'route' AND n.at_unit = ANY({})"
        f" AND coalesce(w.due >= {{}}, true) AND {NOT_SCORED} GROUP BY r.id ORDER BY r.id",
        units_of(actor, Role.UNIT_HEAD),
        today,
    )
    message = N_("{n} hồ sơ của {round} chờ Ông/Bà trình tiếp.")
    return tuple(line_of(message, "/endorsement", row, row["due"]) for row in rows)
