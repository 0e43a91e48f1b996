from __future__ import annotations

from datetime import datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible, Refused
from app.movement.policy import may_build_criteria
from app.movement.queries import round_facts
from app.movement.queries.criteria import criteria_set
from app.movement.rules import criteria_document
from app.movement.rules.correcting import Shown, affected, refuse_correcting, refuse_unseen
from app.movement.rules.protocol import canonical, fingerprint
from app.movement.tables import CriteriaCorrection
from app.nominations.queries import correcting as queries
from app.nominations.rules.correcting import refuse_moving
from app.nominations.tables import Nomination
from app.piccolo_conf import DB

# What stands under a criterion, and the column that says in whose dossier. What was withdrawn or
# removed under a criterion that is gone stays where it was.
_MOVES = (
    ("evidence_item", "nomination"),
    ("evidence_file", "nomination"),
    ("item_return", "nomination"),
    ("score_column_mark", "score_column"),
)


async def correct_criteria(
    round_id: int, new_set_id: int, reason: str, shown: Shown, *, actor: Actor, now: datetime
) -> str:
    """Put another version in place of a set of an open round; returns the new text's SHA-256.

    `shown`: what the comparison was made of. Everything that stands under the old criteria moves
    to those of the same code.
    """
    async with DB.transaction():
        round_ = await round_facts(round_id, lock=True)
        if not may_build_criteria(actor, round_.unit_id):
            raise NotVisible
        new = await criteria_set(new_set_id, lock=True)
        await queries.lock_dossiers(round_id)
        if refusal := refuse_correcting(round_, new.facts, new.movement_id):
            raise Refused(refusal)
        subject = new.facts.subject
        old = round_.sets[subject]
        if refusal := refuse_unseen(shown, Shown(old.id, new.edits)):
            raise Refused(refusal)
        changes = affected(old, new.facts)
        uses = await queries.uses_of(round_id, old.id, [change.code for change in changes])
        opened = await queries.scoring_opened(round_id)
        if refusal := refuse_moving(changes, uses, scoring_opened=opened):
            raise Refused(refusal)
        document = criteria_document({**round_.sets, subject: new.facts})
        sha256 = fingerprint(document)
        await CriteriaCorrection(
            round=round_id,
            old_set=old.id,
            new_set=new_set_id,
            reason=reason,
            criteria=canonical(document),
            criteria_sha256=sha256,
            by=actor.account_id,
            at=now,
        ).save()
        await Nomination.raw(
            f"UPDATE review_round SET {subject}_set = {{}} WHERE id = {{}}", new_set_id, round_id
        )
        for table, column in _MOVES:
            await _move(table, column, old.id, new_set_id, round_id)
        await audit.record(
            actor,
            "nominations.correct_criteria",
            "round",
            round_id,
            now=now,
            old_set=old.id,
            new_set=new_set_id,
            criteria_sha256=sha256,
        )
    return sha256


async def _move(table: str, column: str, old: int, new: int, round_id: int) -> None:
    """One statement; `table` and `column` are our own words."""
    owners = "SELECT id FROM nomination WHERE round = {}"
    if column == "score_column":
        owners = f"SELECT id FROM score_column WHERE nomination IN ({owners})"
    await Nomination.raw(
        f"UPDATE {table} t SET criterion = n.id FROM criterion o"
        " JOIN criterion n ON n.criteria_set = {} AND n.code = o.code"
        f" WHERE t.criterion = o.id AND o.criteria_set = {{}} AND t.{column} IN ({owners})",
        new,
        old,
        round_id,
    )
