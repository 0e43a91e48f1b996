"""One place turns what went wrong into a page. Details go to the log, never to the reader."""

from __future__ import annotations

import logging
import secrets
import traceback
from urllib.parse import urlencode, urlsplit

import asyncpg
from litestar import MediaType, Response
from litestar.exceptions import (
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
    PermissionDeniedException,
)
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.response import Redirect
from litestar.types import ExceptionHandlersMap

from app.kernel.refusal import N_, NotVisible, Refused
from app.web.render import AnyRequest, htmx, page, redirect

logger = logging.getLogger("thidua")

# Litestar's words for a browser that went away while it was still sending.
_GONE = "client disconnected prematurely"


class NotSignedIn(Exception):
    """The page needs somebody signed in; a reader is sent to the sign-in page and back."""


def _not_signed_in(request: AnyRequest, _: Exception) -> Response[str]:
    target = sign_in_path(_wanted(request))
    if htmx(request):
        return Response("", status_code=401, headers={"HX-Redirect": target})
    if request.method == "GET":
        return Redirect(target, status_code=303)
    message = N_("Phiên làm việc đã kết thúc; nội dung vừa gửi chưa được ghi.")
    return redirect(request, target, message, kind="warn")


def sign_in_path(wanted: str) -> str:
    return (
        "/sign-in" if wanted in ("", "/") else f"/sign-in?{urlencode({'next': wanted}, safe='/')}"
    )


def _wanted(request: AnyRequest) -> str:
    """Where the reader wanted to be: this page, or for a form the page it stood on."""
    if request.method == "GET":
        url = urlsplit(str(request.url))
    else:
        url = urlsplit(request.headers.get("Referer", ""))
        if url.netloc != request.headers.get("Host"):
            return ""
    return f"{url.path}?{url.query}" if url.query else url.path


def _not_found(request: AnyRequest, _: Exception) -> Response[str]:
    return page(request, "errors/404.html", status=404)


def _refused(request: AnyRequest, error: Refused) -> Response[str]:
    return page(request, "errors/409.html", status=409, refusal=error.refusal)


def _forged(request: AnyRequest, _: Exception) -> Response[str]:
    return page(request, "errors/403.html", status=403)


def _database_down(request: AnyRequest, error: Exception) -> Response[str]:
    logger.error("database unavailable: %s", error)
    return page(request, "errors/503.html", status=503)


def _unexpected(request: AnyRequest, error: Exception) -> Response[str]:
    reference = secrets.token_hex(4)
    logger.error("reference %s: %s %s", reference, request.method, request.url.path, exc_info=error)
    return page(request, "errors/500.html", status=500, reference=reference)


def _os_error(request: AnyRequest, error: Exception) -> Response[str]:
    """An embedded server that is gone shows as a missing socket, a remote one as a timeout."""
    down = _raised_in("asyncpg.", error)
    return _database_down(request, error) if down else _unexpected(request, error)


def _undecodable(request: AnyRequest, error: Exception) -> Response[str]:
    """A part without a file name is text to the parser of forms, whatever its bytes are."""
    form = _raised_in("litestar._multipart", error)
    return page(request, "errors/400.html", status=400) if form else _unexpected(request, error)


def _raised_in(module: str, error: Exception) -> bool:
    frames = traceback.walk_tb(error.__traceback__)
    return any(frame.f_globals.get("__name__", "").startswith(module) for frame, _ in frames)


def _too_large(request: AnyRequest, _: Exception) -> Response[str]:
    limit = request.route_handler.resolve_request_max_body_size() or 0
    return page(request, "errors/413.html", status=413, megabytes=limit // 1024**2)


def _http(request: AnyRequest, error: HTTPException) -> Response[str]:
    if error.status_code == 400:
        if request.method == "POST" and "route_handler" in request.scope:
            return page(request, "errors/400.html", status=400)
        # A path or query parameter that is no number names nothing that exists.
        return _not_found(request, error)
    if error.detail == _GONE:
        # Nobody is there to read it, and nothing of ours went wrong.
        return page(request, "errors/400.html", status=400)
    if error.status_code >= 500:
        return _unexpected(request, error)
    return Response(error.detail, status_code=error.status_code, media_type=MediaType.TEXT)


EXCEPTION_HANDLERS: ExceptionHandlersMap = {
    NotSignedIn: _not_signed_in,
    NotVisible: _not_found,
    NotFoundException: _not_found,
    MethodNotAllowedException: _not_found,
    Refused: _refused,
    PermissionDeniedException: _forged,
    RequestEntityTooLarge: _too_large,
    asyncpg.PostgresConnectionError: _database_down,
    asyncpg.CannotConnectNowError: _database_down,
    asyncpg.AdminShutdownError: _database_down,
    asyncpg.CrashShutdownError: _database_down,
    asyncpg.TooManyConnectionsError: _database_down,
    asyncpg.InterfaceError: _database_down,
    ConnectionError: _database_down,
    OSError: _os_error,
    UnicodeDecodeError: _undecodable,
    HTTPException: _http,
    Exception: _unexpected,
}
