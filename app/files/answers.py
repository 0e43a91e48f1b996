"""Stored files as answers: the very bytes that were stored, or a picture of their first page."""

from __future__ import annotations

import asyncio
from io import BytesIO
from threading import Lock

import pypdfium2
from litestar import Response

from app.files import store
from app.kernel.vietnamese import search_key

# PDFium keeps global state: one page at a time in a process.
_one_at_a_time = Lock()
_PREVIEW_WIDTH = 1400  # pixels: sharp on a wide screen twice as dense


async def pdf_answer(sha256: str, name: str) -> Response[bytes]:
    """The issued bytes as they were stored, shown in the browser, kept by nobody in between."""
    filename = "-".join(search_key(name).split())
    headers = {
        "Content-Disposition": f'inline; filename="{filename}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return Response(await store.read(sha256), media_type="application/pdf", headers=headers)


async def picture_answer(sha256: str) -> Response[bytes]:
    """The first page as PNG: phones show no PDF inside a page."""
    picture = await asyncio.to_thread(_draw, await store.read(sha256))
    return Response(picture, media_type="image/png", headers={"Cache-Control": "private, no-store"})


def _draw(pdf: bytes) -> bytes:
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[0]
            image = page.render(scale=_PREVIEW_WIDTH / page.get_width()).to_pil()
        finally:
            document.close()
    out = BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()
