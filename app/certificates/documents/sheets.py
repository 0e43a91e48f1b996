"""The text of many certificates in one WeasyPrint run, taken apart into pages.

Starting a document, its styles and its fonts costs far more than setting one more page, and
border, emblem and QR code are not in this run at all: `blank.py` lays them under the text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf

from app.certificates.documents import border, qr
from app.certificates.documents.blocks import Sheet
from app.web import pdf

STYLES = "certificates/certificate.css"
# WeasyPrint states full opacity before every colour and a kerning of 0 between many glyphs.
_IDLE = re.compile(rb"/[aA]1\.0 gs\n|>0<")


@dataclass(frozen=True, slots=True)
class Text:
    """One page's drawing operators, and which font family each resource name in them means."""

    content: bytes
    fonts: dict[str, str]


def markup(sheets: Sequence[Sheet], *, complete: bool = False) -> str:
    """The HTML of sheets of one page size; `complete` inlines border and QR codes as SVG."""
    page = sheets[0].page
    template = pdf.templates().get_template("certificates/certificate.html")
    return template.render(
        title=title(sheets[0]),
        page=page,
        sheets=sheets,
        mm=lambda length: f"{length:.3f}mm",
        background=pdf.trusted(border.background(page)) if complete else "",
        codes=[pdf.trusted(qr.svg(s.data.verify_url, page.code_size)) for s in sheets]
        if complete
        else [],
    )


def title(sheet: Sheet) -> str:
    return f"{sheet.data.award_title.capitalize()} - {sheet.data.name}"


def texts(sheets: Sequence[Sheet]) -> Iterator[Text]:
    """One `Text` per sheet, in order; the sheets share one page size."""
    document = pdf.lay_out(markup(sheets), STYLES)
    if len(document.pages) != len(sheets):
        raise AssertionError(f"{len(sheets)} certificates took {len(document.pages)} pages")
    made = document.write_pdf(pdf_identifier=pdf.IDENTIFIER, uncompressed_pdf=True)
    with pikepdf.open(io.BytesIO(made)) as run:
        for page in run.pages:
            content = _IDLE.sub(b"", page.Contents.read_bytes())
            yield Text(content, _families(page))


def _families(page: pikepdf.Page) -> dict[str, str]:
    fonts: pikepdf.Object = page.resources.Font
    return {
        name: str(font.DescendantFonts[0].FontDescriptor.FontFamily) for name, font in fonts.items()
    }
