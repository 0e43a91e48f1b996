"""Our own files from `static/`, and the few third-party ones straight from their wheels."""

from __future__ import annotations

import mimetypes
from functools import cache
from importlib.resources import files
from pathlib import Path

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

ROOT = Path(__file__).resolve().parent.parent.parent
STATIC = ROOT / "static"
mimetypes.add_type("font/ttf", ".ttf")


@cache
def _from_wheels() -> dict[str, Path]:
    htmx = Path(str(files("js_lib_htmx"))) / "static/htmx/htmx.min.js"
    fonts = Path(str(files("fontpkg_be_vietnam_pro"))) / "files"
    weights = ("Regular", "Medium", "SemiBold", "Bold")
    return {"js/htmx.min.js": htmx} | {
        f"fonts/BeVietnamPro-{weight}.ttf": fonts / f"BeVietnamPro-{weight}.ttf"
        for weight in weights
    }


def locate(name: str) -> Path:
    """The file behind `/static/<name>`; FileNotFoundError for anything outside or unknown."""
    path = _from_wheels().get(name) or (STATIC / name).resolve()
    if (name not in _from_wheels() and STATIC not in path.parents) or not path.is_file():
        raise FileNotFoundError(name)
    return path


@get("/static/{name:path}", sync_to_thread=False, opt={"public": True})
def static_file(name: FromPath[str]) -> Response[bytes]:
    try:
        path = locate(name.lstrip("/"))
    except (FileNotFoundError, ValueError) as error:
        raise NotFoundException from error
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(path.read_bytes(), media_type=media_type, headers=headers)
