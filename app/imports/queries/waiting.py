"""Uploaded sheets that wait for the one who sent them."""

from __future__ import annotations

from datetime import datetime

from app.imports import policy
from app.imports.queries.runs import own
from app.imports.tables import ImportRun
from app.kernel.actor import Actor
from app.kernel.refusal import N_
from app.kernel.waiting import WaitingItem

_MOST = 20


async def waiting(actor: Actor, now: datetime) -> tuple[WaitingItem, ...]:
    """Runs checked without a wrong line and not written yet, newest first."""
    if not policy.may_import(actor):
        return ()
    rows = await ImportRun.raw(
        "SELECT i.id, i.file_name, i.total FROM import_run i WHERE i.state = 'ready' AND {}"
        f" ORDER BY i.id DESC LIMIT {_MOST}",
        await own(actor),
    )
    return tuple(
        WaitingItem(
            N_("Tệp {file} đã kiểm tra xong ({n} dòng), chờ xác nhận ghi."),
            f"/imports/{row['id']}",
            {"file": row["file_name"], "n": row["total"]},
        )
        for row in rows
    )
