"""Stored files as answers: the very bytes that were stored, or pictures drawn from them."""

from __future__ import annotations

import asyncio
from io import BytesIO
from threading import Lock

import pypdfium2
from litestar import Response

from app.files import child, store
from app.files.rules import PDF, WEBP, disposition
from app.kernel.refusal import NotVisible
from app.kernel.vietnamese import search_key

# PDFium keeps global state: one page at a time in a process.
_one_at_a_time = Lock()
_PREVIEW_WIDTH = 1400  # pixels: sharp on a wide screen twice as dense
# What comes from strangers is only ever saved, and if a browser showed it, nothing in it would run.
_BYTES = "application/octet-stream"
_SANDBOX = "default-src 'none'; sandbox"
_GUARDED = {
    "Content-Security-Policy": _SANDBOX,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


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


async def download(sha256: str, name: str, media_type: str) -> Response[bytes]:
    """A stranger's file as it was sent, to be saved and not shown."""
    headers = {**_GUARDED, "Content-Disposition": disposition(name)}
    # Office files go as plain bytes: no program of the reader is asked to open them by itself.
    shown = media_type if media_type == PDF or media_type.startswith("image/") else _BYTES
    return Response(await store.read(sha256), media_type=shown, headers=headers)


async def page_picture(sha256: str, number: int) -> Response[bytes]:
    """One page of a stranger's file, drawn by us; 404 when it cannot be drawn."""
    drawn = await child.page(await store.read(sha256), number)
    if not drawn:
        raise NotVisible
    return Response(drawn, media_type=WEBP, headers=_GUARDED)


async def thumbnail(sha256: str) -> Response[bytes]:
    """A picture we drew and stored ourselves."""
    return Response(await store.read(sha256), media_type=WEBP, headers=_GUARDED)


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
