"""What the dossiers of all rounds ask of somebody today; a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from piccolo.querystring import QueryString

from app.kernel.actor import Actor, Role
from app.kernel.period import show_date, today_in_vietnam
from app.kernel.refusal import N_
from app.kernel.waiting import WaitingItem
from app.nominations import policy
from app.nominations.queries.visible import FROM, awaiting_word_of, nominated_in, units_of
from app.nominations.tables import Nomination

Items = tuple[WaitingItem, ...]
_MOST = 20
# Opening scoring freezes every dossier at the office at once, so any one of them tells.
_NOT_SCORED = (
    "NOT EXISTS (SELECT FROM gate_check x WHERE x.nomination = (SELECT y.id FROM nomination y"
    " WHERE y.round = r.id AND y.stage = 'office' LIMIT 1))"
)


async def waiting(actor: Actor, now: datetime) -> Items:
    """Each kind of work is one statement, asked only of those whose work it can be."""
    today = today_in_vietnam(now)
    items: Items = ()
    if actor.person_id is not None:
        items += await _own_draft(actor, today)
    if policy.may_nominate(actor):
        items += await _to_prepare(actor, today)
        items += await _views(actor, today)
    if policy.may_nominate(actor) or actor.person_id is not None:
        items += await _to_correct(actor, today)
        items += await _to_answer(actor)
    if actor.holds(Role.UNIT_HEAD):
        items += await _to_endorse(actor, today)
    if policy.gives_word(actor):
        items += await _words(actor, today)
    if policy.follows_cases(actor):
        items += await _held_by_cases(actor, today)
    if policy.has_desk(actor):
        items += await _asked_by(actor, today)
    return items


async def _own_draft(actor: Actor, today: date) -> Items:
    rows = await Nomination.raw(
        "SELECT n.id, r.name AS round, r.nominations_close_on AS due FROM nomination n"
        " JOIN review_round r ON r.id = n.round WHERE n.person = {} AND n.stage = 'draft'"
        f" AND n.submitted_at IS NULL AND {_NOT_SCORED}"
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


async def _to_prepare(actor: Actor, today: date) -> Items:
    rows = await Nomination.raw(
        "SELECT r.id, r.name AS round, o.id IS NOT NULL AND r.nominations_open_on <= {}"
        " AND r.nominations_close_on >= {} AS nominating,"
        " r.registration_open_on <= {} AND r.registration_close_on >= {} AS registering,"
        " r.nominations_close_on, r.registration_close_on,"
        " EXISTS (SELECT FROM registration q WHERE q.round = r.id AND q.withdrawn_at IS NULL"
        " AND q.unit = ANY({})) AS registered,"
        " EXISTS (SELECT FROM nomination n WHERE n.round = r.id AND {}) AS nominated,"
        " (SELECT count(*) FROM nomination n WHERE n.round = r.id AND n.stage = 'draft'"
        f" AND n.submitted_at IS NULL AND {_NOT_SCORED} AND {{}})"
        " AS n FROM review_round r LEFT JOIN round_opening o ON o.round = r.id"
        " WHERE least(r.registration_open_on, r.nominations_open_on) <= {}"
        " AND r.nominations_close_on >= {} ORDER BY r.nominations_close_on, r.id",
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


async def _to_correct(actor: Actor, today: date) -> Items:
    """Dossiers sent back to their unit: bound by the appraisal's last day, as correcting them."""
    rows = await Nomination.raw(
        "SELECT r.id, r.name AS round, count(*) AS n, r.appraisal_close_on AS due"
        " FROM nomination n JOIN review_round r ON r.id = n.round"
        " WHERE n.stage = 'draft' AND n.submitted_at IS NOT NULL AND ({} OR n.person = {})"
        f" AND coalesce(r.appraisal_close_on >= {{}}, true) AND {_NOT_SCORED}"
        " GROUP BY r.id ORDER BY r.id",
        nominated_in(actor, *policy.NOMINATE),
        actor.person_id,
        today,
    )
    message = N_("{n} hồ sơ của {round} bị trả lại, chờ sửa và nộp lại.")
    return tuple(_line(message, "/nominations?state=draft", row, row["due"]) for row in rows)


async def _to_answer(actor: Actor) -> Items:
    """Items sent back. The nominee answers for criteria and the report, the unit for all."""
    rows = await _items_by_round(
        "count(*) AS n, min(i.due_on) AS due",
        QueryString(
            "i.answered_at IS NULL AND ({} OR (n.person = {}"
            " AND i.item IN ('criterion', 'report')))",
            nominated_in(actor, *policy.NOMINATE),
            actor.person_id,
        ),
    )
    message = N_("{n} mục của {round} bị trả lại, chờ bổ sung.")
    return tuple(_line(message, "/nominations?task=asked", row, row["due"]) for row in rows)


async def _asked_by(actor: Actor, today: date) -> Items:
    """Only the asker looks again."""
    rows = await _items_by_round(
        "count(*) FILTER (WHERE i.answered_at IS NOT NULL) AS answered,"
        " count(*) FILTER (WHERE i.answered_at IS NULL) AS overdue,"
        " min(i.due_on) FILTER (WHERE i.answered_at IS NULL) AS since,"
        " r.appraisal_close_on AS due",
        QueryString(
            "i.by = {} AND (i.answered_at IS NOT NULL OR i.due_on < {})", actor.account_id, today
        ),
    )
    found: Items = ()
    for row in rows:
        if row["answered"]:
            message = N_("{n} mục của {round} đã được bổ sung, chờ Ông/Bà xem lại.")
            line = row | {"n": row["answered"]}
            found += (_line(message, "/appraisal?state=answered", line, row["due"]),)
        if row["overdue"]:
            message = N_("{n} mục của {round} quá hạn mà chưa được bổ sung.")
            line = row | {"n": row["overdue"]}
            found += (_line(message, "/appraisal?state=overdue", line, row["since"]),)
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


async def _to_endorse(actor: Actor, today: date) -> Items:
    """What came back once may go up until appraisal ends; the line names the nearest day."""
    rows = await Nomination.raw(
        "SELECT r.id, r.name AS round, count(*) AS n, min(w.due) AS due"
        " FROM nomination n JOIN review_round r ON r.id = n.round CROSS JOIN LATERAL (SELECT CASE"
        " WHEN EXISTS (SELECT FROM dossier_return d WHERE d.nomination = n.id)"
        " THEN r.appraisal_close_on ELSE r.endorsement_close_on END AS due) w"
        " WHERE n.stage = 'route' AND n.at_unit = ANY({})"
        f" AND coalesce(w.due >= {{}}, true) AND {_NOT_SCORED} GROUP BY r.id ORDER BY r.id",
        units_of(actor, Role.UNIT_HEAD),
        today,
    )
    message = N_("{n} hồ sơ của {round} chờ Ông/Bà trình tiếp.")
    return tuple(_line(message, "/endorsement", row, row["due"]) for row in rows)


async def _views(actor: Actor, today: date) -> Items:
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
    return tuple(_line(message, "/nominations?task=view", row, row["due"]) for row in rows)


async def _words(actor: Actor, today: date) -> Items:
    """The unit head's until the nomination days end, the appraiser's until appraisal does."""
    last = (
        "coalesce(r.appraisal_close_on, r.nominations_close_on)"
        if actor.holds(Role.APPRAISER)
        else "r.nominations_close_on"
    )
    rows = await Nomination.raw(
        f"SELECT r.id, r.name AS round, count(*) AS n, {last} AS due FROM {FROM}"
        " JOIN review_round r ON r.id = n.round WHERE {} GROUP BY r.id ORDER BY r.id",
        awaiting_word_of(actor),
    )
    message = N_("{n} hồ sơ của {round} chờ xác nhận hoặc thẩm định.")
    return tuple(
        _line(
            message,
            "/nominations?task=word",
            row,
            row["due"] if row["due"] and row["due"] >= today else None,
        )
        for row in rows
    )


async def _held_by_cases(actor: Actor, today: date) -> Items:
    """Without a due day on purpose: what is dated leaves the house in letters and calendars."""
    rows = await Nomination.raw(
        "SELECT n.id, n.name, r.name AS round, min(c.opened_on) AS since FROM nomination n"
        " JOIN review_round r ON r.id = n.round JOIN discipline_case c ON c.person = n.person"
        " WHERE c.decided_on IS NULL AND c.closed_on IS NULL AND c.opened_on <= {}"
        f" AND n.stage IN ('route', 'office') AND {_NOT_SCORED} AND {{}}"
        f" GROUP BY n.id, r.id ORDER BY r.id, n.id LIMIT {_MOST}",
        today,
        nominated_in(actor, *policy.FOLLOWS_CASES),
    )
    message = N_("{name}, {round}: hồ sơ tạm giữ, vụ việc từ ngày {day} chưa có kết luận.")
    return tuple(
        WaitingItem(
            message,
            f"/nominations/{row['id']}",
            {"name": row["name"], "round": row["round"], "day": show_date(row["since"])},
        )
        for row in rows
    )


def _line(message: str, path: str, row: dict[str, Any], due: date | None) -> WaitingItem:
    values = {"n": row["n"], "round": row["round"]}
    return WaitingItem(message, f"/rounds/{row['id']}{path}", values, due)
