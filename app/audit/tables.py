from __future__ import annotations

from piccolo.columns import BigInt, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table


class AuditEntry(Table):
    """One change of state. No foreign keys: the log outlives what it speaks of.

    `previous_hash` and `hash` chain the entries; a trigger refuses UPDATE, DELETE and TRUNCATE.
    """

    id: Serial
    at = Timestamptz()
    account_id = Integer(null=True, default=None)
    actor_name = Varchar(length=200)
    roles = Varchar(length=300)
    address = Varchar(length=60)
    action = Varchar(length=60, index=True)
    object_kind = Varchar(length=40)
    object_id = BigInt(null=True, default=None)
    detail = Text()
    previous_hash = Varchar(length=64, unique=True)
    hash = Varchar(length=64, unique=True)
    # JSON: in which role, over which unit, for whom. NULL for the system itself and for entries
    # written before this was kept.
    acted_as = Text(null=True, default=None)

    audit_entry_hash_is_hex = Check("hash ~ '^[0-9a-f]{64}$'")
