"""Labelled levels of a judged criterion, as score sheets on paper have them: 27-30, 21-26, …"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from app.kernel.points import show_points
from app.kernel.refusal import N_, Refusal
from app.movement.rules.facts import Band


def highest_first(bands: Sequence[Band]) -> tuple[Band, ...]:
    return tuple(sorted(bands, key=lambda band: band.points_from, reverse=True))


def refuse_bands(bands: Sequence[Band], max_points: Decimal) -> Refusal | None:
    """No points lie in two levels, and no whole number of points lies in none.

    Papers write 27-30 above 21-26: half points between two levels belong to the lower one
    (`band_of`). A criterion without any level is judged freely.
    """
    if not bands:
        return None
    ordered = highest_first(bands)[::-1]
    return (
        next((found for band in ordered if (found := _refuse_one(band, max_points))), None)
        or _refuse_neighbours(ordered)
        or _refuse_ends(ordered, max_points)
    )


def band_of(bands: Sequence[Band], points: Decimal) -> Band | None:
    """The level some points have reached; None below the lowest."""
    return next((band for band in highest_first(bands) if band.points_from <= points), None)


def _refuse_one(band: Band, max_points: Decimal) -> Refusal | None:
    if band.points_to < band.points_from:
        return _refusal("band-reversed", N_("Mức “{label}”: điểm cuối nhỏ hơn điểm đầu."), band)
    if band.points_to > max_points:
        return _refusal("band-above-maximum", N_("Mức “{label}” vượt quá điểm tối đa."), band)
    return None


def _refuse_neighbours(ordered: Sequence[Band]) -> Refusal | None:
    for lower, higher in pairwise(ordered):
        names = {"lower": lower.label, "higher": higher.label}
        if higher.points_from <= lower.points_to:
            message = N_("Mức “{lower}” và mức “{higher}” chồng lên nhau.")
            return Refusal("bands-overlap", message, names, "bands")
        if higher.points_from > _next_whole(lower.points_to):
            message = N_("Giữa mức “{lower}” và mức “{higher}” còn khoảng điểm bỏ trống.")
            return Refusal("bands-gap", message, names, "bands")
    return None


def _refuse_ends(ordered: Sequence[Band], max_points: Decimal) -> Refusal | None:
    if ordered[-1].points_to != max_points:
        return Refusal(
            "bands-miss-maximum",
            N_("Mức cao nhất phải đến đúng điểm tối đa ({maximum})."),
            {"maximum": show_points(max_points)},
            "bands",
        )
    if ordered[0].points_from > 1:
        return Refusal(
            "bands-miss-bottom",
            N_("Mức thấp nhất phải bắt đầu từ 0 hoặc 1 điểm."),
            field_name="bands",
        )
    return None


def _next_whole(points: Decimal) -> Decimal:
    return points // 1 + 1


def _refusal(code: str, message: str, band: Band) -> Refusal:
    return Refusal(code, message, {"label": band.label}, "bands")
