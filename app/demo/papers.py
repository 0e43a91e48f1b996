"""Copy what the rounds brought forth into a folder: the very bytes that were stored."""

from __future__ import annotations

import os
from pathlib import Path

from app.certificates.tables import Certificate
from app.decisions.tables import AwardDecision
from app.files import store
from app.scoring.tables import Ranking

# The round told in full lies at the top.
FOLDERS = {"VKS-2025": "", "VKS-2024": "nam-2024", "VKS-2023-2025": "so-ket-2023-2025"}
RANKING_NAMES = {"individual": "xep-hang-ca-nhan", "collective": "xep-hang-tap-the"}


def try_folder(out: Path) -> None:
    """Raises OSError before any work is done for a folder nothing can be written to."""
    out.mkdir(parents=True, exist_ok=True)
    probe = out / ".thidua"
    probe.touch()
    probe.unlink()


async def write(out: Path) -> None:
    for code, place in FOLDERS.items():
        folder = out / place
        await _rankings(folder, code)
        await _decision(folder, code)


async def _rankings(folder: Path, code: str) -> None:
    rows = await Ranking.raw(
        "SELECT k.subject, k.input, k.result FROM ranking k"
        " JOIN review_round r ON r.id = k.round WHERE r.code = {}",
        code,
    )
    for row in rows:
        name = RANKING_NAMES[row["subject"]]
        _replace(folder / f"{name}.json", row["input"].encode())
        _replace(folder / f"{name}.ket-qua.json", row["result"].encode())


async def _decision(folder: Path, code: str) -> None:
    decisions = await AwardDecision.raw(
        "SELECT d.id, f.sha256 AS decision, p.sha256 AS print_file FROM award_decision d"
        " JOIN review_round r ON r.id = d.round JOIN stored_file f ON f.id = d.file"
        " JOIN issue_batch b ON b.decision = d.id JOIN stored_file p ON p.id = b.print_file"
        " WHERE r.code = {}",
        code,
    )
    for row in decisions:
        _replace(folder / "quyet-dinh.pdf", await store.read(row["decision"]))
        _replace(folder / "giay-khen.pdf", await store.read(row["print_file"]))
        await _certificates(folder / "giay-khen", row["id"])


async def _certificates(folder: Path, decision_id: int) -> None:
    rows = await Certificate.raw(
        "SELECT c.number, f.sha256 FROM certificate c JOIN decision_item i ON i.id = c.item"
        " JOIN stored_file f ON f.id = c.file WHERE i.decision = {} ORDER BY c.number",
        decision_id,
    )
    for row in rows:
        _replace(folder / f"{row['number']:04d}.pdf", await store.read(row["sha256"]))


def _replace(path: Path, content: bytes) -> None:
    """Whole or not at all, also when killed in the middle."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    os.replace(part, path)
