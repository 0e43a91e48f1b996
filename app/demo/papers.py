"""Copy what the round brought forth into a folder: the very bytes that were stored."""

from __future__ import annotations

import os
from pathlib import Path

from app.certificates.tables import Certificate
from app.decisions.tables import AwardDecision
from app.files import store
from app.scoring.tables import Ranking

RANKING_NAMES = {"individual": "xep-hang-ca-nhan", "collective": "xep-hang-tap-the"}


def try_folder(out: Path) -> None:
    """Raises OSError before any work is done for a folder nothing can be written to."""
    out.mkdir(parents=True, exist_ok=True)
    probe = out / ".thidua"
    probe.touch()
    probe.unlink()


async def write(out: Path) -> None:
    folder = out / "giay-khen"
    folder.mkdir(parents=True, exist_ok=True)
    for row in await Ranking.raw("SELECT subject, input, result FROM ranking"):
        name = RANKING_NAMES[row["subject"]]
        _replace(out / f"{name}.json", row["input"].encode())
        _replace(out / f"{name}.ket-qua.json", row["result"].encode())
    decisions = await AwardDecision.raw(
        "SELECT f.sha256 AS decision, p.sha256 AS print_file FROM award_decision d"
        " JOIN stored_file f ON f.id = d.file JOIN issue_batch b ON b.decision = d.id"
        " JOIN stored_file p ON p.id = b.print_file"
    )
    for row in decisions:
        _replace(out / "quyet-dinh.pdf", await store.read(row["decision"]))
        _replace(out / "giay-khen.pdf", await store.read(row["print_file"]))
    certificates = await Certificate.raw(
        "SELECT c.number, f.sha256 FROM certificate c JOIN stored_file f ON f.id = c.file"
        " ORDER BY c.number"
    )
    for row in certificates:
        _replace(folder / f"{row['number']:04d}.pdf", await store.read(row["sha256"]))


def _replace(path: Path, content: bytes) -> None:
    """Whole or not at all, also when killed in the middle."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    os.replace(part, path)
