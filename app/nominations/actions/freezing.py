from __future__ import annotations

from datetime import datetime

from app.audit import actions as audit
from app.eligibility.queries import Measure, facts_of
from app.eligibility.rules import gate_verdicts, overall, settings_from, to_document
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement.queries import round_facts
from app.nominations import policy, queries
from app.nominations.actions.measuring import freeze_measured
from app.nominations.tables import GateCheck
from app.piccolo_conf import DB


async def freeze_gates(round_id: int, *, actor: Actor, now: datetime) -> int:
    """Answer the gates of every nomination that reached the office for good; returns how many.

    Runs inside the transaction that opens scoring, in a fixed number of statements.
    """
    async with DB.transaction():
        round_ = await round_facts(round_id, lock=True)
        if not policy.may_freeze(actor, round_.unit_id):
            raise NotVisible
        nominees = await queries.to_freeze(round_id)
        if round_.opening is None or not nominees:
            raise Refused(
                Refusal(
                    "nothing-to-freeze", N_("Chưa có hồ sơ nào đến cơ quan thường trực Hội đồng.")
                )
            )
        measure = Measure(round_.kind, round_.achievements, settings_from(round_.opening.protocol))
        found = await facts_of(nominees, measure, today_in_vietnam(now))
        verdicts = {key: gate_verdicts(facts) for key, facts in found.items()}
        # One array per column: a row per parameter would pass the protocol's 32,767.
        await GateCheck.raw(
            "INSERT INTO gate_check (nomination, outcome, verdicts, by, at)"
            " SELECT n, o, v, {}, {} FROM unnest({}::int[], {}::text[], {}::text[]) AS x (n, o, v)",
            actor.account_id,
            now,
            list(verdicts),
            [overall(own).value for own in verdicts.values()],
            [to_document(own) for own in verdicts.values()],
        )
        await freeze_measured(round_, list(verdicts), now=now)
        await audit.record(
            actor, "nominations.freeze_gates", "round", round_id, now=now, count=len(verdicts)
        )
    return len(verdicts)
