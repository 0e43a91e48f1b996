from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_
from app.kernel.waiting import WaitingItem
from app.nominations.policy import NOMINATE
from app.nominations.queries.visible import FROM, awaiting_word_of, seen_by
from app.nominations.tables import Nomination


async def waiting(actor: Actor, now: datetime) -> tuple[WaitingItem, ...]:
    """What a unit has to finish before the deadline, and which words are owed; one statement."""
    today = today_in_vietnam(now)
    own = list(actor.units_for(*NOMINATE))
    rows = await Nomination.raw(
        "SELECT r.id, r.name, r.nominations_close_on AS due,"
        " r.nominations_open_on <= {} AND r.nominations_close_on >= {} AS running,"
        " count(x.id) FILTER (WHERE x.own) AS own,"
        " count(x.id) FILTER (WHERE x.own AND x.draft) AS drafts,"
        " count(x.id) FILTER (WHERE x.owed) AS owed"
        " FROM review_round r JOIN round_opening o ON o.round = r.id LEFT JOIN ("
        " SELECT n.id, n.round, n.nominating_unit = ANY({}) AS own, n.stage = 'draft' AS draft,"
        f" {{}} AS owed FROM {FROM} WHERE {{}}) AS x ON x.round = r.id"
        " GROUP BY r.id ORDER BY r.nominations_close_on, r.id",
        today,
        today,
        own,
        awaiting_word_of(actor),
        seen_by(actor),
    )
    return tuple(item for row in rows for item in _items(row, bool(own), today))


def _items(row: dict[str, Any], nominates: bool, today: date) -> Iterator[WaitingItem]:
    href = f"/rounds/{row['id']}/nominations"
    values = {"round": row["name"]}
    if nominates and row["running"] and not row["own"]:
        message = N_("{round} đang nhận hồ sơ; đơn vị chưa lập đề nghị nào.")
        yield WaitingItem(message, f"{href}/new", values, row["due"])
    if row["running"] and row["drafts"]:
        message = N_("{n} hồ sơ của {round} chưa nộp.")
        yield WaitingItem(message, f"{href}?state=draft", values | {"n": row["drafts"]}, row["due"])
    if row["owed"]:
        message = N_("{n} hồ sơ của {round} chờ xác nhận hoặc thẩm định.")
        due = row["due"] if row["due"] >= today else None
        yield WaitingItem(message, f"{href}?state=owed", values | {"n": row["owed"]}, due)
