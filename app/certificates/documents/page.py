"""Where things stand on a page of any size, in mm. The drawing is made for A4 landscape."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.refusal import N_, Refusal, Refused

POINT = 25.4 / 72
# NĐ 50/2006/NĐ-CP, art. 28: room for signature and seal, whatever the paper.
SIGNATURE_GAP = 35.0
SMALLEST = (210, 148)
LARGEST = (1000, 1000)


@dataclass(frozen=True, slots=True)
class Page:
    width: int
    height: int

    def __post_init__(self) -> None:
        long, short = max(self.width, self.height), min(self.width, self.height)
        if long < SMALLEST[0] or short < SMALLEST[1] or long > LARGEST[0]:
            values = {"width": self.width, "height": self.height}
            message = N_("Khổ giấy {width} × {height} mm không in được giấy khen.")
            raise Refused(Refusal("page-size", message, values, "width_mm"))

    @property
    def scale(self) -> float:
        """1 on A4 landscape; ornament and type grow and shrink together."""
        return min(self.width / 297, self.height / 210)

    def points(self, size: float) -> float:
        """A type size given in points for A4, in mm on this page."""
        return size * POINT * self.scale

    @property
    def text_width(self) -> float:
        return self.width - 2 * 31 * self.scale

    @property
    def top(self) -> float:
        """Where the national lines begin, below the emblem."""
        return 36.5 * self.scale

    @property
    def floor(self) -> float:
        """Lowest edge of text, above the border."""
        return self.height - 22.5 * self.scale

    @property
    def column(self) -> float:
        """Width of the signer's column."""
        return min(118 * self.scale, self.width * 0.46)

    @property
    def side(self) -> float:
        """Distance of the bottom columns from the paper's edge."""
        return 30 * self.scale

    @property
    def code_size(self) -> float:
        """Edge of the QR code; below 20 mm cheap phones begin to struggle."""
        return max(25 * self.scale, 20.0)
