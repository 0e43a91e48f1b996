"""How far the issue of a decision's certificates has come, and what is left to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.certificates import policy
from app.certificates.queries.register import LARGEST_ID
from app.certificates.tables import Certificate, IssueBatch
from app.kernel.actor import Actor
from app.kernel.refusal import N_, NotVisible
from app.kernel.waiting import WaitingItem


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """`made` of `total` files are stored; `error` is a Vietnamese sentence when it failed.

    `unit_id`: launched the movement.
    """

    id: int
    decision_id: int
    decision_number: str
    state: str
    error: str
    total: int
    made: int
    print_file: str | None
    unit_id: int


async def batch_for_update(decision_id: int) -> BatchFacts | None:
    """The batch of a decision; holds the decision's row, so that two orders come one by one."""
    await IssueBatch.raw("SELECT id FROM award_decision WHERE id = {} FOR UPDATE", decision_id)
    return await batch_of(decision_id)


async def batch_of(decision_id: int) -> BatchFacts | None:
    """The caller has loaded the decision as visible."""
    return await _batch("b.decision", decision_id)


async def batch(batch_id: int) -> BatchFacts:
    """For the work itself: no reader is asked for."""
    found = await _batch("b.id", batch_id) if 0 < batch_id <= LARGEST_ID else None
    if found is None:
        raise NotVisible
    return found


async def batch_for(batch_id: int, actor: Actor) -> BatchFacts:
    """The progress of a batch counts everybody's certificates, so only those who see all see it."""
    found = await batch(batch_id)
    if not policy.sees_all(actor, found.unit_id):
        raise NotVisible
    return found


async def _batch(column: str, value: int) -> BatchFacts | None:
    rows = await IssueBatch.raw(
        "SELECT b.id, b.decision AS decision_id, d.number AS decision_number, b.state, b.error,"
        " b.total, (SELECT count(file) FROM certificate WHERE batch = b.id) AS made,"
        " f.sha256 AS print_file, w.launched_by AS unit_id"
        " FROM issue_batch b JOIN award_decision d ON d.id = b.decision"
        " JOIN review_round r ON r.id = d.round JOIN movement w ON w.id = r.movement"
        f" LEFT JOIN stored_file f ON f.id = b.print_file WHERE {column} = {{}}",
        value,
    )
    return BatchFacts(**rows[0]) if rows else None


async def unmade(batch_id: int) -> tuple[tuple[int, str], ...]:
    """(id, frozen content) of the certificates that have no file yet, in register order."""
    rows = await Certificate.raw(
        "SELECT id, data FROM certificate WHERE batch = {} AND file IS NULL ORDER BY number",
        batch_id,
    )
    return tuple((row["id"], row["data"]) for row in rows)


async def made_files(batch_id: int) -> tuple[str, ...]:
    """The SHA-256 of every stored file of the batch, in register order."""
    rows = await Certificate.raw(
        "SELECT f.sha256 FROM certificate c JOIN stored_file f ON f.id = c.file"
        " WHERE c.batch = {} ORDER BY c.number",
        batch_id,
    )
    return tuple(row["sha256"] for row in rows)


async def abandoned(silent_seconds: int) -> tuple[int, ...]:
    """Batches under way that no job will finish: it was lost, or its worker fell silent."""
    rows = await IssueBatch.raw(
        "SELECT b.id FROM issue_batch b WHERE b.state IN ('queued', 'running') AND NOT EXISTS"
        " (SELECT 1 FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w"
        " ON w.id = j.worker_id WHERE (j.args ->> 'batch_id')::int = b.id AND"
        " (j.status = 'todo' OR (j.status = 'doing' AND w.last_heartbeat >"
        " now() - make_interval(secs => {})))) ORDER BY b.id",
        silent_seconds,
    )
    return tuple(row["id"] for row in rows)


async def waiting(actor: Actor, now: datetime) -> tuple[WaitingItem, ...]:
    """Decisions whose certificates are still to be ordered, and orders that failed."""
    if not (units := policy.issues_for(actor)):
        return ()
    rows = await IssueBatch.raw(
        "SELECT d.id, d.number, b.state FROM award_decision d"
        " JOIN review_round r ON r.id = d.round JOIN movement w ON w.id = r.movement"
        " LEFT JOIN issue_batch b ON b.decision = d.id"
        " WHERE w.launched_by = ANY({}::int[]) AND (b.id IS NULL OR b.state = 'failed')"
        " ORDER BY d.signed_on, d.id LIMIT 20",
        sorted(units),
    )
    ordered = N_("Cấp giấy khen theo Quyết định số {number}.")
    failed = N_("Tạo giấy khen theo Quyết định số {number} bị lỗi; cần thực hiện lại.")
    return tuple(
        WaitingItem(
            failed if row["state"] else ordered,
            f"/decisions/{row['id']}/certificates",
            {"number": row["number"]},
        )
        for row in rows
    )
