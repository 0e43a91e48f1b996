"""A neutral emblem of our own in the place of the national one.

The national emblem may be printed only by those entitled to it, from their own artwork: pass
its SVG fragment to `border.background` instead of this one.
"""

from __future__ import annotations

from app.certificates.documents import motifs as m

RADIUS = 13.0


def emblem(x: float, y: float, scale: float) -> str:
    """A gold star on red, between two ears of rice; `RADIUS` mm times `scale` around (x, y)."""
    s = scale
    parts = [
        m.path(m.circle(x, y, RADIUS * s), fill="#fff", stroke=m.GOLD, width=0.45 * s),
        m.path(m.circle(x, y, (RADIUS - 0.9) * s), stroke=m.GOLD, width=0.18 * s),
        m.path(m.circle(x, y, 7.9 * s), fill=m.RED, stroke=m.GOLD, width=0.5 * s),
        m.path(m.star(x, y, 5.8 * s, 5.8 * 0.382 * s, 5), fill="#f3c64b"),
        m.path(_ears(x, y, s), fill=m.GOLD),
        m.path(_knot(x, y, s), fill=m.RED),
    ]
    return "".join(parts)


def _ears(x: float, y: float, s: float) -> str:
    """Grains in pairs along two arcs, from the knot below up to the open top."""
    grains = []
    for side in (-1, 1):
        for step in range(13):
            turn = side * (0.445 - step * 0.0315)
            for distance, lean in ((9.15, 0.07), (10.15, -0.03)):
                foot = m.polar(x, y, distance * s, turn)
                grains.append(m.petal(*foot, 2.0 * s, 0.62 * s, turn - side * (0.25 + lean)))
    return "".join(grains)


def _knot(x: float, y: float, s: float) -> str:
    low = y + 9.9 * s
    left = m.points(((x, low), (x - 2.6 * s, low - 1.0 * s), (x - 2.6 * s, low + 1.0 * s)))
    right = m.points(((x, low), (x + 2.6 * s, low - 1.0 * s), (x + 2.6 * s, low + 1.0 * s)))
    return left + right + m.circle(x, low, 0.85 * s)
