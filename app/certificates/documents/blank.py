"""One page size's border, emblem and fonts, ready once; each certificate is the blank filled."""

from __future__ import annotations

import io
import re
from functools import lru_cache

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from weasyprint import HTML

from app.certificates.documents import border, qr
from app.certificates.documents.blocks import Sheet
from app.certificates.documents.fonts import font_object
from app.certificates.documents.page import POINT, Page
from app.certificates.documents.sheets import Text, title
from app.web import pdf, pdf_fonts

_USED_FONT = re.compile(rb"/(\S+) [\d.]+ Tf")


class Blank:
    """A one-page PDF kept open; `fill` writes another text on it and saves it as a new file."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.target = pikepdf.new()
        self.fonts = {cut.family: font_object(self.target, cut) for cut in pdf_fonts.CUTS}
        self.contents = pikepdf.Stream(self.target, b"")
        self.code = pikepdf.Stream(self.target, b"")
        resources = Dictionary(XObject=Dictionary(Bd=self._drawing(), Qr=self.code))
        box = Array([0, 0, _points(page.width), _points(page.height)])
        leaf = Dictionary(Type=Name.Page, MediaBox=box, Contents=self.contents, Resources=resources)
        self.target.pages.append(pikepdf.Page(leaf))
        self.resources = self.target.pages[0].Resources
        self.target.Root.Lang = String("vi")
        self.target.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)

    def _drawing(self) -> pikepdf.Object:
        css = f"@page {{ size: {self.page.width}mm {self.page.height}mm; margin: 0 }}"
        html = f"<style>{css} body {{ margin: 0 }} svg {{ display: block }}</style>"
        drawn = HTML(
            string=html + border.background(self.page), url_fetcher=pdf.OwnResources()
        ).write_pdf(pdf_identifier=pdf.IDENTIFIER)
        with pikepdf.open(io.BytesIO(drawn)) as source:
            form = source.pages[0].as_form_xobject()
            return self.target.copy_foreign(source.make_indirect(form))

    def fill(self, sheet: Sheet, text: Text) -> bytes:
        """The finished file; equal input gives equal bytes."""
        self._place_code(sheet.data.verify_url)
        self.contents.write(b"q /Bd Do Q\nq\n" + text.content + b"\nQ\n" + self._code_matrix(sheet))
        used = sorted({name.decode() for name in _USED_FONT.findall(text.content)})
        self.resources.Font = Dictionary(
            {f"/{name}": self.fonts[text.fonts[f"/{name}"]] for name in used}
        )
        self.target.docinfo = self.target.make_indirect(Dictionary(Title=String(title(sheet))))
        out = io.BytesIO()
        self.target.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return out.getvalue()

    def _place_code(self, url: str) -> None:
        code = qr.picture(url)
        self.code.write(code.rows)
        self.code.Type, self.code.Subtype = Name.XObject, Name.Image
        self.code.Width = self.code.Height = code.size
        self.code.ColorSpace, self.code.BitsPerComponent = Name.DeviceGray, 1

    def _code_matrix(self, sheet: Sheet) -> bytes:
        page = self.page
        edge = _points(page.code_size)
        x, y = _points(page.side), _points(page.height - page.floor + sheet.code.height)
        return f"q {edge:.3f} 0 0 {edge:.3f} {x:.3f} {y:.3f} cm /Qr Do Q\n".encode()


@lru_cache(maxsize=4)
def blank(page: Page) -> Blank:
    return Blank(page)


def _points(mm: float) -> float:
    return round(mm / POINT, 4)
