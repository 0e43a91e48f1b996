from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible, Refused
from app.movement import policy, queries
from app.movement.rules import canonical, criteria_document, proposed_protocol, refuse_opening
from app.movement.tables import RoundOpening
from app.piccolo_conf import DB


async def open_round(
    round_id: int,
    *,
    actor: Actor,
    now: datetime,
    protocol: Mapping[str, Any] | None = None,
) -> str:
    """Freeze criteria and protocol, the proposed one where none is given.

    Returns the protocol's SHA-256.
    """
    async with DB.transaction():
        round_ = await queries.round_facts(round_id, lock=True)
        if not policy.may_open_round(actor, round_.unit_id):
            raise NotVisible
        if refusal := refuse_opening(round_, protocol):
            raise Refused(refusal)
        frozen = canonical(protocol or proposed_protocol(round_.proposed, round_.sets))
        criteria = canonical(criteria_document(round_.sets))
        hashes = [hashlib.sha256(text.encode()).hexdigest() for text in (frozen, criteria)]
        await RoundOpening(
            round=round_id,
            by=actor.account_id,
            at=now,
            protocol=frozen,
            protocol_sha256=hashes[0],
            criteria=criteria,
            criteria_sha256=hashes[1],
        ).save()
        await audit.record(
            actor, "movement.open_round", "round", round_id, now=now, protocol_sha256=hashes[0]
        )
    return hashes[0]
