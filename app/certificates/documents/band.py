"""The band of rings joined by tangents and its row of saw teeth, along one side of the border."""

from __future__ import annotations

from collections.abc import Iterator

from app.certificates.documents import motifs as m


class Side:
    """One straight run of the band, from corner to corner."""

    def __init__(self, start: tuple[float, float], end: tuple[float, float], s: float) -> None:
        self.s = s
        self.start = start
        self.length = abs(end[0] - start[0]) + abs(end[1] - start[1])
        self.along = ((end[0] - start[0]) / self.length, (end[1] - start[1]) / self.length)
        # Inwards is to the right of the direction, as the sides run clockwise.
        self.inward = (-self.along[1], self.along[0])
        self.count = max(1, round(self.length / (6.4 * s)))
        self.pitch = self.length / self.count

    def at(self, along: float, inward: float) -> tuple[float, float]:
        (x, y), (ax, ay), (ix, iy) = self.start, self.along, self.inward
        return x + ax * along + ix * inward, y + ay * along + iy * inward

    def _centres(self) -> Iterator[tuple[float, float]]:
        for step in range(self.count):
            yield self.at((step + 0.5) * self.pitch, 5.5 * self.s)

    def rings(self) -> Iterator[str]:
        for x, y in self._centres():
            yield m.circle(x, y, 1.95 * self.s)
            yield m.circle(x, y, 1.2 * self.s)

    def dots(self) -> Iterator[str]:
        for x, y in self._centres():
            yield m.circle(x, y, 0.55 * self.s)

    def ties(self) -> Iterator[str]:
        """The tangents that make a row of rings run like a wave; half a tie at either end."""
        for step in range(-1, self.count):
            first, last = (step + 0.5) * self.pitch, (step + 1.5) * self.pitch
            for a, b in ((-1.95, 1.2), (-1.2, 1.95)):
                low, high = (5.5 + a) * self.s, (5.5 + b) * self.s
                middle = (low + high) / 2
                begin, end = self.at(first, low), self.at(last, high)
                if step == -1:
                    begin = self.at((first + last) / 2, middle)
                if step == self.count - 1:
                    end = self.at((first + last) / 2, middle)
                yield f"M{m.number(begin[0])} {m.number(begin[1])}"
                yield f"L{m.number(end[0])} {m.number(end[1])}"

    def saw(self) -> Iterator[str]:
        count = self.count * 4
        width = self.length / count
        for step in range(count):
            base, tip = 8.95 * self.s, 10.25 * self.s
            yield m.points(
                (
                    self.at(step * width, base),
                    self.at((step + 1) * width, base),
                    self.at((step + 0.5) * width, tip),
                )
            )
