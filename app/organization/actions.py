from __future__ import annotations

from datetime import datetime

from app.audit import actions as audit
from app.kernel.period import today_in_vietnam
from app.kernel.vietnamese import order_key, search_key
from app.organization.tables import Unit, UnitVersion
from app.piccolo_conf import DB

OFFICE_NAME = "Cơ quan"


async def found_office(now: datetime) -> int:
    """The first unit of an empty database; its name is put right when the units are imported."""
    async with DB.transaction():
        today = today_in_vietnam(now)
        unit = Unit(code="co-quan", kind="supreme", founded_on=today)
        await unit.save()
        await UnitVersion(
            unit=unit.id,
            name=OFFICE_NAME,
            search_key=search_key(OFFICE_NAME),
            order_key=order_key(OFFICE_NAME),
            valid_from=today,
        ).save()
        await audit.record(None, "organization.found", "unit", unit.id, now=now)
    return int(unit.id)
