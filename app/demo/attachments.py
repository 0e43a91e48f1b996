"""Papers under the achievements of a few dossiers: drawn here, filed as anybody's upload."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from html import escape

import pypdfium2

from app.demo.performing import Performance
from app.demo.world.story_facts import Evidence, Nominee
from app.kernel.actor import Actor
from app.kernel.period import show_date
from app.nominations.actions.files import add_files
from app.nominations.rules.files import Sent, Spot
from app.web.paper import write_html

_CSS = "nominations/papers.css"


async def attach(
    play: Performance, nominee: Nominee, papers: Sequence[Evidence], *, actor: Actor, now: datetime
) -> None:
    """The first as a scan, the others as they were written."""
    for number, paper in enumerate(papers):
        content = _paper(paper)
        kind = "pdf"
        if number == 0:
            kind, content = "png", _scan(content)
        await add_files(
            play.nominations[nominee.key],
            Spot("evidence", paper.criterion),
            [_sent(f"{paper.document} {paper.document_number.replace('/', '-')}.{kind}", content)],
            actor=actor,
            now=now,
        )


def _sent(name: str, content: bytes) -> Sent:
    async def read() -> bytes:
        return content

    return Sent(name, read)


def _paper(paper: Evidence) -> bytes:
    html = (
        f'<!doctype html><html lang="vi"><title>{escape(paper.document)}</title><body>'
        f'<div class="heading"><h1>{escape(paper.document.upper())}</h1>'
        f'<p class="subject">Số {escape(paper.document_number)}, '
        f"ngày {show_date(paper.document_date)}</p></div>"
        f'<p class="line">{escape(paper.statement)}</p>'
        f'<p class="line">Số liệu trước: {paper.before} {escape(paper.unit)}; '
        f"sau: {paper.after} {escape(paper.unit)}.</p>"
        '<p class="none">Văn bản minh họa, không có giá trị pháp lý.</p></body></html>'
    )
    return write_html(html, _CSS)


def _scan(content: bytes) -> bytes:
    with pypdfium2.PdfDocument(content) as document:
        picture = document[0].render(scale=1).to_pil()
    found = io.BytesIO()
    picture.save(found, "PNG")
    return found.getvalue()
