"""What all printed documents share: their templates, their fonts and a closed door.

WeasyPrint may read our own templates, static files and fonts, and nothing else: no address
that a text could smuggle in is ever opened.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from app.web import pdf_fonts

TEMPLATES = pdf_fonts.PROJECT / "templates"
STATIC = pdf_fonts.PROJECT / "static"
# Two readings of the same page must be the same file, so nothing of the moment goes in.
IDENTIFIER = b"thi-dua-document"
# Pango's font map is shared by the process; hold this from `lay_out` to the written PDF.
one_at_a_time = Lock()


class ForeignResource(Exception):
    """A printed document asked for something that is not ours."""


class OwnResources(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves `font:` addresses, `data:` and files below templates/ and static/."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data", "file", "font"}, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        if parts.scheme == "font":
            return URLFetcherResponse(url, _font(unquote(parts.path)))
        if parts.scheme == "file":
            _refuse_foreign_file(Path(unquote(parts.path)))
        return super().fetch(url, headers)


def _font(family: str) -> bytes:
    if family.startswith("Document "):
        return pdf_fonts.document_font(family.removeprefix("Document "))
    return pdf_fonts.cut_bytes(next(cut for cut in pdf_fonts.CUTS if cut.family == family))


def _refuse_foreign_file(path: Path) -> None:
    real = path.resolve()
    if not any(real.is_relative_to(root) for root in (TEMPLATES, STATIC)):
        raise ForeignResource(str(path))


@cache
def templates() -> Environment:
    """Escapes every value; an undefined name is an error, never an empty place on paper."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def font_configuration() -> FontConfiguration:
    """One for the process: loading the fonts costs more than setting a page."""
    return FontConfiguration()


@cache
def stylesheet(name: str) -> CSS:
    """A parsed stylesheet of templates/, with its fonts loaded."""
    return CSS(
        filename=TEMPLATES / name,
        font_config=font_configuration(),
        url_fetcher=OwnResources(),
    )


def lay_out(html: str, *styles: str) -> Document:
    """Set `html` with the named stylesheets; raises `ForeignResource` on a foreign address.

    The caller holds `one_at_a_time` until the document is written.
    """
    try:
        page = HTML(string=html, base_url=TEMPLATES.as_uri() + "/", url_fetcher=OwnResources())
        return page.render(
            font_config=font_configuration(), stylesheets=[stylesheet(name) for name in styles]
        )
    except FatalURLFetchingError as error:
        raise ForeignResource(str(error)) from error


def trusted(svg: str) -> Markup:
    """A drawing our own code made; never anything that contains a person's text."""
    return Markup(svg)  # noqa: S704 - see above
