"""Small drawings of our own, after the bronze drums of Đông Sơn and the lotus; SVG path data.

All coordinates are mm with y downwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, pi, sin

GOLD = "#b8892b"
DEEP_GOLD = "#8f6512"
RED = "#b01116"
CREAM = "#fcf5e0"
WATERMARK = "#f8efd8"


def number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def points(pairs: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in pairs) + "Z"


def polar(x: float, y: float, radius: float, turn: float) -> tuple[float, float]:
    """`turn` in full turns, 0 at the top, clockwise."""
    return x + radius * sin(2 * pi * turn), y - radius * cos(2 * pi * turn)


def circle(x: float, y: float, radius: float) -> str:
    r = number(radius)
    return f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 1 {number(2 * radius)} 0" + (
        f"a{r} {r} 0 1 1 {number(-2 * radius)} 0Z"
    )


def star(x: float, y: float, outer: float, inner: float, rays: int, turn: float = 0.0) -> str:
    return points(
        polar(x, y, outer if step % 2 == 0 else inner, turn + step / (2 * rays))
        for step in range(2 * rays)
    )


def feathers(x: float, y: float, outer: float, inner: float, rays: int) -> str:
    """The chevrons that fill the space between a drum's rays."""
    paths = []
    for ray in range(rays):
        turn = (ray + 0.5) / rays
        for step in range(3):
            tip = inner + (outer - inner) * (0.42 + 0.2 * step)
            spread = 0.36 / rays * (0.5 + 0.22 * step)
            foot = tip + (outer - inner) * 0.2
            left, right = polar(x, y, foot, turn - spread), polar(x, y, foot, turn + spread)
            middle = polar(x, y, tip, turn)
            paths.append(
                f"M{number(left[0])} {number(left[1])}L{number(middle[0])} {number(middle[1])}"
                f"L{number(right[0])} {number(right[1])}"
            )
    return "".join(paths)


def teeth(x: float, y: float, outer: float, inner: float, count: int) -> str:
    """A ring of saw teeth pointing outwards."""
    return "".join(
        points(
            (
                polar(x, y, inner, step / count),
                polar(x, y, outer, (step + 0.5) / count),
                polar(x, y, inner, (step + 1) / count),
            )
        )
        for step in range(count)
    )


def beads(x: float, y: float, radius: float, bead: float, count: int) -> str:
    return "".join(circle(*polar(x, y, radius, step / count), bead) for step in range(count))


def petal(x: float, y: float, length: float, width: float, turn: float) -> str:
    """A pointed petal growing from (x, y)."""
    tip = polar(x, y, length, turn)
    sides = []
    for side in (-1, 1):
        low = polar(*polar(x, y, length * 0.18, turn), width * 0.62 * side, turn + 0.25)
        high = polar(*polar(x, y, length * 0.72, turn), width * 0.5 * side, turn + 0.25)
        sides.append((low, high))
    (a, b), (c, d) = sides
    flat = [number(v) for pair in (a, b, tip, d, c, (x, y)) for v in pair]
    return (
        f"M{number(x)} {number(y)}C{' '.join(flat[0:6])}"
        f"C{' '.join(flat[6:8])} {' '.join(flat[8:10])} {' '.join(flat[10:12])}Z"
    )


def path(d: str, *, fill: str = "none", stroke: str = "none", width: float = 0.0) -> str:
    line = f' stroke="{stroke}" stroke-width="{number(width)}"' if stroke != "none" else ""
    return f'<path d="{d}" fill="{fill}"{line}/>'


def box(x: float, y: float, width: float, height: float) -> str:
    return points(((x, y), (x + width, y), (x + width, y + height), (x, y + height)))
