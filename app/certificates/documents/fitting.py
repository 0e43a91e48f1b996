"""From data to lines with sizes and distances: everything a page needs to be set without luck."""

from __future__ import annotations

from dataclasses import replace

from app.certificates.documents.blocks import Block, Sheet, height, spread
from app.certificates.documents.data import CertificateData
from app.certificates.documents.page import SIGNATURE_GAP, Page
from app.certificates.rules import Fitted, TextTooLong, fit
from app.kernel.lines import Face
from app.kernel.period import in_words
from app.web import pdf_fonts

LEADING = 1.25
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
# Type sizes in points on A4; the last of each is the smallest that still looks like a certificate.
AUTHORITY = (17.0, 16.0, 15.0, 14.0, 13.0, 12.0)
TITLE = (44.0, 40.0, 36.0, 32.0, 28.0, 24.0)
NAME_ALONE = tuple(size / 2 for size in range(54, 39, -1))
NAME_WRAPPED = tuple(size / 2 for size in range(42, 29, -1))
BODY = tuple(size / 2 for size in range(31, 20, -1))
SIGNER = (13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5)
RECORD = (11.5, 11.0, 10.5, 10.0, 9.5, 9.0)
CODE = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
PREFIX_RATIO = 0.72
# What must remain of the height for distances between the blocks, in points on A4.
LEAST_DISTANCES = 18.0
WIDEST_PART = 17.0


class Fitter:
    """Fits many certificates; holds the measured faces."""

    def __init__(self) -> None:
        self.text = Face(pdf_fonts.advances(pdf_fonts.TEXT))
        self.bold = Face(pdf_fonts.advances(pdf_fonts.BOLD))
        self.italic = Face(pdf_fonts.advances(pdf_fonts.ITALIC))
        self.display = Face(pdf_fonts.advances(pdf_fonts.DISPLAY))

    def sheet(self, data: CertificateData) -> Sheet:
        """Raises `TextTooLong` or `UnprintableText` naming the field, `Refused` on the paper."""
        page = Page(data.width_mm, data.height_mm)
        signer = self._signer(data, page)
        ceiling = page.floor - sum(block.before + block.height for block in signer)
        body = self._body(data, page, ceiling - page.top)
        code = self._block(page, "code", data.code, self.text, CODE, width=page.code_size)
        return Sheet(data, page, body, signer, self._record(data, page), code)

    def _block(
        self,
        page: Page,
        kind: str,
        text: str,
        face: Face,
        points: tuple[float, ...],
        *,
        lines: int = 1,
        width: float | None = None,
        leading: float = LEADING,
        stretch: float = 0.0,
    ) -> Block:
        sizes = [page.points(size) for size in points]
        fitted = fit(kind, text, face, width=width or page.text_width, sizes=sizes, max_lines=lines)
        return Block(kind, fitted.size, fitted.lines, fitted.size * leading, stretch)

    def _signer(self, data: CertificateData, page: Page) -> tuple[Block, ...]:
        day = f"{data.place}, {in_words(data.decided_on)}"
        column = page.column
        blocks = [self._block(page, "place", day, self.italic, SIGNER, width=column)]
        for kind in ("signer_capacity", "signer_title"):
            if text := getattr(data, kind).upper():
                block = self._block(page, kind, text, self.bold, SIGNER, lines=2, width=column)
                blocks.append(block)
        name = self._block(
            page, "signer_name", data.signer_name, self.bold, (14.5, *SIGNER), width=column
        )
        return (*blocks, replace(name, before=SIGNATURE_GAP))

    def _record(self, data: CertificateData, page: Page) -> tuple[Block, ...]:
        width = page.width - 2 * page.side - page.column - page.code_size - 6 * page.scale
        texts = (
            f"Số quyết định: {data.decision_number},",
            in_words(data.decided_on),
            f"Số sổ vàng: {data.register_number}",
        )
        kinds = ("decision_number", "decided_on", "register_number")
        return tuple(
            self._block(page, kind, text, self.text, RECORD, lines=2, width=width)
            for kind, text in zip(kinds, texts, strict=True)
        )

    def _name(self, data: CertificateData, page: Page, step: int) -> tuple[Block, ...]:
        """On one line with its prefix, or on two below it and smaller by `step`."""
        prefix = data.subject_prefix
        before = self.text.width(prefix + " ") if prefix else 0
        for points in NAME_ALONE:
            size = page.points(points)
            room = page.text_width - before * size * PREFIX_RATIO / 1000
            if (fitted := self._one_line(data.name, size, room)) is not None:
                return (Block("name", size, fitted.lines, size * LEADING, 1.6, prefix=prefix),)
        block = self._block(page, "name", data.name, self.bold, NAME_WRAPPED[step:], lines=2)
        if not prefix:
            return (replace(block, stretch=1.6),)
        above = self._block(page, "subject_prefix", prefix, self.text, (16.0,), stretch=1.2)
        return (above, block)

    def _one_line(self, text: str, size: float, room: float) -> Fitted | None:
        try:
            return fit("name", text, self.bold, width=room, sizes=(size,), max_lines=1)
        except TextTooLong:
            return None

    def _body(self, data: CertificateData, page: Page, room: float) -> tuple[Block, ...]:
        """The largest name, position and achievement that leave some air between the blocks."""
        head = self._head(data, page)
        blocks = head
        for step in range(len(BODY)):
            try:
                lines = (*self._name(data, page, step), *self._lines(data, page, BODY[step]))
            except TextTooLong:
                if step == len(BODY) - 1:
                    raise
                continue
            blocks = (*head, *lines)
            if height(blocks) + page.points(LEAST_DISTANCES) <= room:
                return spread(blocks, room, page.points(WIDEST_PART))
        longest = max(blocks[len(head) :], key=lambda block: block.height)
        raise TextTooLong(longest.kind, getattr(data, longest.kind))

    def _head(self, data: CertificateData, page: Page) -> tuple[Block, ...]:
        authority, title = data.authority.upper(), data.award_title.upper()
        # The stylesheet spaces the letters of the title by 0.06 em.
        width = page.text_width * 0.9
        return (
            self._block(page, "country", COUNTRY, self.bold, (13.5,), leading=1.2),
            # The rule below the motto needs its own space.
            self._block(page, "motto", MOTTO, self.bold, (14.5,), leading=1.5),
            self._block(page, "authority", authority, self.bold, AUTHORITY, lines=2, stretch=2.6),
            self._block(page, "given", "Tặng", self.text, (16.0,), stretch=0.7, leading=1.2),
            self._block(
                page,
                "award_title",
                title,
                self.display,
                TITLE,
                width=width,
                leading=1.24,
                stretch=0.8,
            ),
        )

    def _lines(self, data: CertificateData, page: Page, points: float) -> tuple[Block, ...]:
        """Position and achievement, always in one common size."""
        wanted = (("position_line", self.text, 0.6), ("achievement", self.italic, 0.9))
        return tuple(
            self._block(page, kind, text, face, (points,), lines=3, stretch=stretch)
            for kind, face, stretch in wanted
            if (text := getattr(data, kind))
        )
