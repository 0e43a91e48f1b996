"""What the log asks of its auditor."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.audit.policy import checks_log, may_read_log
from app.audit.queries.chain import last_check
from app.kernel.actor import Actor
from app.kernel.period import show_date, today_in_vietnam
from app.kernel.refusal import N_
from app.kernel.waiting import WaitingItem

HREF = "/audit"
# A month without a look is too long.
STALE = timedelta(days=30)


async def waiting(actor: Actor, now: datetime) -> tuple[WaitingItem, ...]:
    """At most one statement; nothing while the last check is recent and found all in order."""
    if not (checks_log(actor) and may_read_log(actor)):
        return ()
    last = await last_check()
    if last is None:
        return (WaitingItem(N_("Chuỗi nhật ký chưa được kiểm tra lần nào."), HREF),)
    day = show_date(today_in_vietnam(last.at))
    if last.misfit is not None:
        message = N_("Lần kiểm tra ngày {day} tìm thấy mục nhật ký không khớp.")
    elif now - last.at > STALE:
        message = N_("Lần kiểm tra chuỗi nhật ký gần nhất đã từ ngày {day}.")
    else:
        return ()
    return (WaitingItem(message, HREF, {"day": day}),)
