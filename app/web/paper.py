"""Papers of the administration, set as NĐ 30/2020/NĐ-CP, annex I, asks; Vietnamese only."""

from __future__ import annotations

from app.kernel.lines import Face, break_lines, keep_together
from app.kernel.vietnamese import tidy
from app.web import pdf, pdf_fonts

STYLES = "paper.css"
# In mm; the width is that of the agency's place in the letterhead, see paper.css.
POINT, AGENCY = 25.4 / 72, 75.5


def write(template: str, styles: str, **context: object) -> bytes:
    """A template of templates/ as PDF, with `styles` after what all papers share.

    `context` is what the template names, besides `scale` and `letterhead_lines`. Equal input
    gives equal bytes.
    """
    context |= {"scale": scale(), "letterhead_lines": letterhead_lines}
    return write_html(pdf.templates().get_template(template).render(**context), styles)


def write_html(html: str, styles: str) -> bytes:
    with pdf.one_at_a_time:
        document = pdf.lay_out(html, STYLES, styles)
        made: bytes = document.write_pdf(pdf_identifier=pdf.IDENTIFIER)
    return made


def scale() -> float:
    """Noto Serif is wider than Times; smaller, it fills the same lines."""
    return 1.0 if pdf_fonts.times_files() else 0.88


def balanced(text: str, style: str, points: float, width: float) -> tuple[str, ...]:
    """Even lines within `width` mm; a text that cannot be measured is left to wrap by itself."""
    text = tidy(text)
    if not text:
        return ()
    face = Face(pdf_fonts.document_advances(style))
    if face.missing(text) is not None:
        return (text,)
    limit = int(width * 1000 / (points * POINT * scale()))
    return break_lines(keep_together(text).split(" "), face, limit, len(text)) or (text,)


def letterhead_lines(agency: str, style: str) -> tuple[str, ...]:
    return balanced(agency.upper(), style, 12, AGENCY)
