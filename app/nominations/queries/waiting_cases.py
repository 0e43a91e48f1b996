"""What the discipline register asks of who keeps it: dossiers held by an open case."""

from __future__ import annotations

from datetime import date

from app.kernel.actor import Actor
from app.kernel.period import show_date
from app.kernel.refusal import N_
from app.kernel.waiting import WaitingItem
from app.nominations import policy
from app.nominations.queries.visible import nominated_in
from app.nominations.queries.waiting_lines import NOT_SCORED, Items
from app.nominations.tables import Nomination

_MOST = 20


async def held_by_cases(actor: Actor, today: date) -> Items:
    """Without a due day on purpose: what is dated leaves the house in letters and calendars."""
    rows = await Nomination.raw(
        "SELECT n.id, n.name, r.name AS round, min(c.opened_on) AS since FROM nomination n"
        " JOIN review_round r ON r.id = n.round JOIN discipline_case c ON c.person = n.person"
        " WHERE c.decided_on IS NULL AND c.closed_on IS NULL AND c.opened_on <= {}"
        f" AND n.stage IN ('route', 'office') AND {NOT_SCORED} AND {{}}"
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
