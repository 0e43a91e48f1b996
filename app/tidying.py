"""The store is tidied every night: what no row names and is older than a day is deleted."""

from __future__ import annotations

import logging
from datetime import datetime

from app.audit import actions as audit
from app.files import upkeep
from app.files.rules import refuse_sweeping
from app.piccolo_conf import DB
from app.web import clock

logger = logging.getLogger("thidua")

QUEUE = "files"
SWEEP = "files.sweep"
# Half past two at night in Vietnam, by the queue's clock.
CRON = "30 19 * * *"


async def sweep_nightly(*, now: datetime | None = None) -> upkeep.Swept:
    """Nothing is deleted where most of the store seems to be another database's."""
    now = now or clock.now()
    found = await upkeep.left_over(now)
    if refusal := refuse_sweeping(found):
        logger.warning("the file store was not swept: %s", refusal.code)
        return upkeep.Swept()
    swept = await upkeep.sweep(found, now)
    if swept.files:
        await record_sweep(swept, now)
    return swept


async def record_sweep(swept: upkeep.Swept, now: datetime) -> None:
    async with DB.transaction():
        await audit.record(
            None, "files.sweep", "file_store", None, now=now, count=swept.files, size=swept.size
        )
