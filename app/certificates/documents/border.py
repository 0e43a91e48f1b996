"""The ornamental border, corners, watermark and emblem of one page as SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.certificates.documents import motifs as m
from app.certificates.documents.band import Side
from app.certificates.documents.emblem import RADIUS, emblem
from app.certificates.documents.page import Page

MARGIN = 7.0
BAND = 11.0
CORNER = 15.0

Emblem = Callable[[float, float, float], str]


def background(page: Page, draw_emblem: Emblem = emblem) -> str:
    """A complete `<svg>` of the page's size. `draw_emblem` gets its centre (mm) and the scale."""
    s = page.scale
    middle = page.width / 2
    parts = [
        _watermark(middle, page.height / 2 + 4 * s, 58 * s, s),
        *_band(page),
        *(_corner(x, y, dx, dy, s) for x, y, dx, dy in _corners(page)),
        draw_emblem(middle, (MARGIN + RADIUS - 0.2) * s, s),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{page.width}mm" height="{page.height}mm"'
        f' viewBox="0 0 {page.width} {page.height}">{"".join(parts)}</svg>'
    )


def _frame(page: Page, inset: float) -> str:
    inset = (MARGIN + inset) * page.scale
    return m.box(inset, inset, page.width - 2 * inset, page.height - 2 * inset)


def _band(page: Page) -> Iterator[str]:
    s = page.scale
    yield m.path(_frame(page, 0.35), stroke=m.RED, width=0.7 * s)
    yield m.path(_frame(page, 1.15), stroke=m.GOLD, width=0.2 * s)
    yield m.path(_frame(page, 5.5), stroke=m.CREAM, width=6.1 * s)
    yield m.path(_frame(page, 2.3), stroke=m.GOLD, width=0.3 * s)
    yield m.path(_frame(page, 8.7), stroke=m.GOLD, width=0.3 * s)
    yield m.path(_frame(page, BAND - 0.15), stroke=m.RED, width=0.3 * s)
    sides = list(_sides(page))
    ties = "".join(tie for side in sides for tie in side.ties())
    rings = "".join(ring for side in sides for ring in side.rings())
    dots = "".join(dot for side in sides for dot in side.dots())
    saw = "".join(tooth for side in sides for tooth in side.saw())
    yield m.path(ties, stroke=m.GOLD, width=0.32 * s)
    yield m.path(rings, fill=m.CREAM, stroke=m.DEEP_GOLD, width=0.32 * s)
    yield m.path(dots, fill=m.RED)
    yield m.path(saw, fill=m.GOLD)


def _sides(page: Page) -> Iterator[Side]:
    s = page.scale
    edge, far = MARGIN * s, (MARGIN + CORNER) * s
    w, h = page.width, page.height
    yield Side((far, edge), (w - far, edge), s)
    yield Side((w - edge, far), (w - edge, h - far), s)
    yield Side((w - far, h - edge), (far, h - edge), s)
    yield Side((edge, h - far), (edge, far), s)


def _corners(page: Page) -> Iterator[tuple[float, float, int, int]]:
    edge = MARGIN * page.scale
    for x, dx in ((edge, 1), (page.width - edge, -1)):
        for y, dy in ((edge, 1), (page.height - edge, -1)):
            yield x, y, dx, dy


def _corner(x: float, y: float, dx: int, dy: int, s: float) -> str:
    """A small drum face in a square, and a lotus opening towards the text."""
    size = CORNER * s
    left, top = min(x, x + dx * size), min(y, y + dy * size)
    cx, cy = x + dx * size / 2, y + dy * size / 2
    return "".join(
        (
            m.path(m.box(left, top, size, size), fill="#fff", stroke=m.RED, width=0.7 * s),
            m.path(
                m.box(left + 1.1 * s, top + 1.1 * s, size - 2.2 * s, size - 2.2 * s),
                fill=m.CREAM,
                stroke=m.GOLD,
                width=0.3 * s,
            ),
            _drum(cx, cy, 5.7 * s, s),
            _lotus(x + dx * (size + 0.4 * s), y + dy * (size + 0.4 * s), dx, dy, 0.8 * s),
        )
    )


def _drum(x: float, y: float, radius: float, s: float) -> str:
    return "".join(
        (
            m.path(m.circle(x, y, radius), fill="#fff", stroke=m.GOLD, width=0.35 * s),
            m.path(m.teeth(x, y, radius * 0.95, radius * 0.8, 36), fill=m.GOLD),
            m.path(m.circle(x, y, radius * 0.76), stroke=m.DEEP_GOLD, width=0.2 * s),
            m.path(m.star(x, y, radius * 0.7, radius * 0.26, 12), fill=m.RED),
            m.path(m.circle(x, y, radius * 0.13), fill="#f3c64b"),
        )
    )


def _lotus(x: float, y: float, dx: int, dy: int, s: float) -> str:
    turn = {(1, 1): 0.375, (-1, 1): 0.625, (1, -1): 0.125, (-1, -1): 0.875}[dx, dy]
    outer, middle = (
        "".join(m.petal(x, y, length * s, width * s, turn + side * lean) for side in (-1, 1))
        for lean, length, width in ((0.155, 5.4, 2.6), (0.08, 6.6, 3.0))
    )
    inner = m.petal(x, y, 7.4 * s, 3.2 * s, turn)
    drop = "".join(m.circle(*m.polar(x, y, d * s, turn), r * s) for d, r in ((9, 0.5), (10.6, 0.3)))
    return (
        m.path(outer, fill=m.CREAM, stroke=m.GOLD, width=0.3 * s)
        + m.path(middle, fill=m.CREAM, stroke=m.GOLD, width=0.3 * s)
        + m.path(inner, fill="#fff", stroke=m.RED, width=0.3 * s)
        + m.path(drop, fill=m.GOLD)
    )


def _watermark(x: float, y: float, radius: float, s: float) -> str:
    """A drum face so pale that it never competes with the text."""

    def thin(d: str) -> str:
        return m.path(d, stroke=m.WATERMARK, width=0.35 * s)

    rings = "".join(m.circle(x, y, radius * part) for part in (1, 0.97, 0.86, 0.83, 0.66, 0.63))
    return "".join(
        (
            thin(rings),
            m.path(m.teeth(x, y, radius * 0.96, radius * 0.88, 96), fill=m.WATERMARK),
            thin(m.beads(x, y, radius * 0.745, radius * 0.045, 40)),
            m.path(m.beads(x, y, radius * 0.745, radius * 0.016, 40), fill=m.WATERMARK),
            m.path(m.star(x, y, radius * 0.6, radius * 0.16, 14), fill=m.WATERMARK),
            thin(m.feathers(x, y, radius * 0.6, radius * 0.16, 14)),
        )
    )
