"""Items sent back, views and words that somebody is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from piccolo.querystring import QueryString

from app.kernel.actor import Actor, Role
from app.kernel.refusal import N_
from app.nominations import policy
from app.nominations.queries.items import looked_at_by
from app.nominations.queries.visible import FROM, awaiting_word_of, nominated_in, units_of
from app.nominations.queries.waiting_lines import Items, line_of
from app.nominations.tables import Nomination


async def to_answer(actor: Actor, today: date) -> Items:
    """Items sent back, while they may be answered.

    The nominee answers for criteria and the report, the unit for all.
    """
    rows = await _items_by_round(
        "count(*) AS n, min(i.due_on) AS due",
        QueryString(
            "i.answered_at IS NULL AND i.due_on >= {} AND ({} OR (n.person = {}"
            " AND i.item IN ('criterion', 'report')))",
            today,
            nominated_in(actor, *policy.NOMINATE),
            actor.person_id,
        ),
    )
    message = N_("{n} mục của {round} bị trả lại, chờ bổ sung.")
    return tuple(line_of(message, "/nominations?task=asked", row, row["due"]) for row in rows)


async def asked_by(actor: Actor, today: date) -> Items:
    """Only the asker looks again; after they left the office, whoever is there."""
    rows = await _items_by_round(
        "count(*) FILTER (WHERE i.answered_at IS NOT NULL) AS answered,"
        " count(*) FILTER (WHERE i.answered_at IS NULL) AS overdue,"
        " min(i.due_on) FILTER (WHERE i.answered_at IS NULL) AS since,"
        " r.appraisal_close_on AS due",
        QueryString(
            "{} AND (i.answered_at IS NOT NULL OR i.due_on < {})",
            looked_at_by(actor, today),
            today,
        ),
    )
    found: Items = ()
    for row in rows:
        if row["answered"]:
            message = N_("{n} mục của {round} đã được bổ sung, chờ Ông/Bà xem lại.")
            line = row | {"n": row["answered"]}
            found += (line_of(message, "/appraisal?state=answered", line, row["due"]),)
        if row["overdue"]:
            message = N_("{n} mục của {round} quá hạn mà chưa được bổ sung.")
            line = row | {"n": row["overdue"]}
            found += (line_of(message, "/appraisal?state=overdue", line, row["since"]),)
    return found


async def _items_by_round(columns: str, whose: QueryString) -> list[dict[str, Any]]:
    """Of items not closed, at the office and not judged yet: nobody else can act on them."""
    rows: list[dict[str, Any]] = await Nomination.raw(
        f"SELECT r.id, r.name AS round, {columns} FROM item_return i"
        " JOIN nomination n ON n.id = i.nomination JOIN review_round r ON r.id = n.round"
        " WHERE i.closed_at IS NULL AND n.stage = 'office'"
        " AND NOT EXISTS (SELECT FROM gate_check g WHERE g.nomination = n.id) AND {}"
        " GROUP BY r.id ORDER BY r.id",
        whose,
    )
    return rows


async def views(actor: Actor, today: date) -> Items:
    rows = await Nomination.raw(
        "SELECT r.id, r.name AS round, count(*) AS n, min(i.due_on) AS due"
        " FROM inter_agency_opinion i JOIN nomination n ON n.id = i.nomination"
        " JOIN review_round r ON r.id = n.round"
        " WHERE i.answered_at IS NULL AND i.unit = ANY({}) AND i.due_on >= {}"
        " AND n.stage IN ('route', 'office')"
        " AND NOT EXISTS (SELECT FROM gate_check g WHERE g.nomination = n.id)"
        " GROUP BY r.id ORDER BY r.id",
        units_of(actor, *policy.NOMINATE),
        today,
    )
    message = N_("{n} hồ sơ của {round} chờ ý kiến hiệp y của đơn vị.")
    return tuple(line_of(message, "/nominations?task=view", row, row["due"]) for row in rows)


async def words(actor: Actor, today: date) -> Items:
    """The unit head's until the nomination days end, the appraiser's until appraisal does."""
    last = (
        "coalesce(r.appraisal_close_on, r.nominations_close_on)"
        if actor.holds(Role.APPRAISER)
        else "r.nominations_close_on"
    )
    rows = await Nomination.raw(
        f"SELECT r.id, r.name AS round, count(*) AS n, {last} AS due FROM {FROM}"
        " JOIN review_round r ON r.id = n.round WHERE {}"
        " AND coalesce(r.appraisal_close_on >= {}, true)"
        " AND (n.submitted_at IS NOT NULL OR r.nominations_close_on >= {})"
        " GROUP BY r.id ORDER BY r.id",
        awaiting_word_of(actor),
        today,
        today,
    )
    message = N_("{n} hồ sơ của {round} chờ xác nhận hoặc thẩm định.")
    return tuple(
        line_of(
            message,
            "/nominations?task=word",
            row,
            row["due"] if row["due"] and row["due"] >= today else None,
        )
        for row in rows
    )
