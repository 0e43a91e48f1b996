"""Lines with their sizes and distances: what the template only has to place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.certificates.documents.data import CertificateData
from app.certificates.documents.page import Page


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one kind; `size`, `leading` and `before` (the distance above) in mm."""

    kind: str
    size: float
    lines: tuple[str, ...]
    leading: float
    stretch: float = 0.0
    before: float = 0.0
    # Set before the first line, smaller.
    prefix: str = ""

    @property
    def height(self) -> float:
        return self.leading * len(self.lines)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One fitted certificate."""

    data: CertificateData
    page: Page
    body: tuple[Block, ...]
    signer: tuple[Block, ...]
    record: tuple[Block, ...]
    code: Block


def height(blocks: Sequence[Block]) -> float:
    return sum(block.height for block in blocks)


def spread(blocks: Sequence[Block], room: float, widest: float) -> tuple[Block, ...]:
    """Share what is left of the height among the distances, part of it below the last line.

    On tall paper what is too much goes above the authority and below the text.
    """
    free = room - height(blocks)
    parts = sum(block.stretch for block in blocks) + 2.0
    part = min(free / parts, widest)
    spare = 0.3 * (free - part * parts)
    return tuple(
        replace(
            block,
            before=block.stretch * part + (spare if block.kind == "authority" else 0.0),
        )
        for block in blocks
    )
