"""The verification code as dark modules, for a one-bit picture or as SVG."""

from __future__ import annotations

from dataclasses import dataclass

import segno

# ISO/IEC 18004: four light modules all round.
QUIET = 4


@dataclass(frozen=True, slots=True)
class Code:
    """`rows` are packed bits, most significant first, 1 for light; `size` counts the quiet zone."""

    size: int
    rows: bytes


def matrix(url: str) -> list[list[bool]]:
    """Dark modules with their quiet zone. Level M survives a fold or a coffee stain."""
    code = segno.make_qr(url, error="m", boost_error=False)
    return [[bool(dark) for dark in row] for row in code.matrix_iter(border=QUIET)]


def picture(url: str) -> Code:
    rows = matrix(url)
    size = len(rows)
    padding = -size % 8
    packed = (
        int("".join("0" if dark else "1" for dark in row) + "1" * padding, 2).to_bytes(
            (size + padding) // 8, "big"
        )
        for row in rows
    )
    return Code(size, b"".join(packed))


def svg(url: str, edge_mm: float) -> str:
    """One rectangle per dark module; what a plain template would inline."""
    rows = matrix(url)
    d = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{edge_mm:.3f}mm" height="{edge_mm:.3f}mm"'
        f' viewBox="0 0 {len(rows)} {len(rows)}"><path d="{d}" fill="#1c1a17"/></svg>'
    )
