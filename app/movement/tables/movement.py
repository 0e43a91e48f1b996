from __future__ import annotations

from typing import Any

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from app.accounts.tables import Account
from app.catalogue.tables import LegalSource
from app.organization.tables import Unit


class Movement(Table):
    """`parent`: the movement that a cluster's or a locality's own movement belongs to."""

    id: Serial
    code = Varchar(length=40, unique=True)
    name = Varchar(length=300)
    launched_by = ForeignKey(Unit, null=False, on_delete=OnDelete.restrict)
    launched_on = Date()
    summary = Text()
    plan = Varchar(length=200)
    ends_on = Date(null=True, default=None)
    parent: ForeignKey[Any] = ForeignKey(
        "self", null=True, default=None, on_delete=OnDelete.restrict, index=True
    )
    version = Integer(default=0)

    movement_dates_in_order = Check("ends_on IS NULL OR ends_on >= launched_on")
    movement_is_not_its_own_parent = Check("parent IS NULL OR parent <> id")


class MovementSource(Table):
    id: Serial
    movement = ForeignKey(Movement, null=False, on_delete=OnDelete.restrict)
    source = ForeignKey(LegalSource, null=False, on_delete=OnDelete.restrict)

    movement_source_once = Unique([movement, source])


class MovementUnit(Table):
    """A unit that joined, from a day to a day (both included)."""

    id: Serial
    movement = ForeignKey(Movement, null=False, on_delete=OnDelete.restrict)
    unit = ForeignKey(Unit, null=False, on_delete=OnDelete.restrict, index=True)
    joined_on = Date()
    left_on = Date(null=True, default=None)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()

    movement_unit_once = Unique([movement, unit, joined_on])
    movement_unit_dates_in_order = Check("left_on IS NULL OR left_on >= joined_on")


class MovementDate(Table):
    """A day that comes back every year: a report due, a cluster's review."""

    id: Serial
    movement = ForeignKey(Movement, null=False, on_delete=OnDelete.restrict)
    name = Varchar(length=200)
    month = Integer()
    day = Integer()

    movement_date_once = Unique([movement, name])
    # 29 February comes back every fourth year only, so it is no yearly day.
    movement_date_exists = Check(
        "month BETWEEN 1 AND 12 AND day BETWEEN 1 AND CASE WHEN month = 2 THEN 28"
        " WHEN month IN (4, 6, 9, 11) THEN 30 ELSE 31 END"
    )
