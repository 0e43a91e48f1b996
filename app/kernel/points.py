"""Points are exact decimals with at most two places; never float."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from app.kernel.refusal import N_, Refusal

_PLAIN = re.compile(r"[0-9]{1,4}([.,][0-9]{1,2})?")


def parse_points(text: str, maximum: Decimal) -> Decimal | Refusal:
    """Read what a person typed, with a comma or a point: `17,5` and `17.5` are the same mark."""
    text = text.strip()
    if not _PLAIN.fullmatch(text):
        return Refusal("not-points", N_("Điểm phải là số không âm, tối đa hai chữ số thập phân."))
    points = Decimal(text.replace(",", "."))
    if points > maximum:
        return Refusal(
            "above-maximum",
            N_("Điểm không được vượt quá {maximum}."),
            {"maximum": show_points(maximum)},
        )
    return points


def show_points(points: Decimal, decimals: int | None = None) -> str:
    """Vietnamese notation: decimal comma, and no trailing zeros unless `decimals` is fixed."""
    if decimals is not None:
        quantum = Decimal(1).scaleb(-decimals)
        return format(points.quantize(quantum, ROUND_HALF_UP), "f").replace(".", ",")
    text = format(points, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")
