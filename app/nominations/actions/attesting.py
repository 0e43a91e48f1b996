from __future__ import annotations

from datetime import datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible, Refused
from app.nominations import policy, queries, rules
from app.nominations.tables import Attestation
from app.piccolo_conf import DB


async def attest(
    nomination_id: int,
    gate: str,
    positive: bool,
    statement: str,
    *,
    actor: Actor,
    now: datetime,
    seen: str | None = None,
) -> None:
    """Give the word a gate rests on. `seen`: as in `refuse_attestation`."""
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        if not policy.may_attest(actor, dossier, gate):
            raise NotVisible
        if refusal := rules.refuse_attestation(
            dossier, gate, positive, statement, actor.person_id, today_in_vietnam(now), seen
        ):
            raise Refused(refusal)
        await Attestation.raw(
            "INSERT INTO attestation (nomination, gate, positive, statement, by, at)"
            " VALUES ({}, {}, {}, {}, {}, {}) ON CONFLICT (nomination, gate) DO UPDATE SET"
            " positive = excluded.positive, statement = excluded.statement, by = excluded.by,"
            " at = excluded.at",
            nomination_id,
            gate,
            positive,
            statement,
            actor.account_id,
            now,
        )
        await audit.record(
            actor, "nominations.attest", "nomination", nomination_id, now=now, gate=gate
        )
