"""The files of a dossier; its reader was asked for when the dossier was loaded."""

from __future__ import annotations

from typing import Any

from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible
from app.nominations.queries.dossier import LARGEST_ID
from app.nominations.queries.visible import FROM, seen_by
from app.nominations.rules.facts import Dossier
from app.nominations.rules.files import FileFacts, Spot
from app.nominations.tables import EvidenceFile

_SELECT = (
    "SELECT e.id, e.purpose, c.code, e.evidence, w.withdrawn_at, e.name, f.media_type, f.size,"
    " f.sha256, p.pages, t.sha256 AS thumbnail, b.name AS by_name, e.at, r.name AS removed_by,"
    " e.removed_at, e.removed_because FROM evidence_file e JOIN stored_file f ON f.id = e.file"
    " JOIN account b ON b.id = e.by LEFT JOIN criterion c ON c.id = e.criterion"
    " LEFT JOIN evidence_item w ON w.id = e.evidence LEFT JOIN file_preview p ON p.file = f.id"
    " LEFT JOIN stored_file t ON t.id = p.thumbnail LEFT JOIN account r ON r.id = e.removed_by"
)


async def files_of(dossier: Dossier, *, removed: bool) -> tuple[FileFacts, ...]:
    """In the order in which they came; `removed`: those too that were removed since."""
    rows = await EvidenceFile.raw(
        f"{_SELECT} WHERE e.nomination = {{}} AND ({{}} OR e.removed_at IS NULL) ORDER BY e.id",
        dossier.id,
        removed,
    )
    return tuple(_file(row) for row in rows)


async def file_of(nomination_id: int, file_id: int, actor: Actor) -> FileFacts:
    """One file of a dossier this actor may see; a removed one is no longer served."""
    if not (0 < nomination_id <= LARGEST_ID and 0 < file_id <= LARGEST_ID):
        raise NotVisible
    rows = await EvidenceFile.raw(
        f"{_SELECT} WHERE e.id = {{}} AND e.nomination = {{}} AND e.removed_at IS NULL"
        f" AND EXISTS (SELECT FROM {FROM} WHERE n.id = e.nomination AND {{}})",
        file_id,
        nomination_id,
        seen_by(actor),
    )
    if not rows:
        raise NotVisible
    return _file(rows[0])


def _file(row: dict[str, Any]) -> FileFacts:
    # A file stays under its criterion when the achievement it proved is withdrawn.
    evidence = row["evidence"] if row["withdrawn_at"] is None else None
    return FileFacts(
        id=row["id"],
        spot=Spot(row["purpose"], row["code"] or "", evidence),
        name=row["name"],
        media_type=row["media_type"],
        size=row["size"],
        sha256=row["sha256"],
        pages=row["pages"],
        thumbnail=row["thumbnail"],
        by=row["by_name"],
        at=row["at"],
        removed_by=row["removed_by"],
        removed_at=row["removed_at"],
        removed_because=row["removed_because"],
    )
