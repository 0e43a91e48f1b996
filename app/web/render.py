"""From a template name and facts to a response; what every page needs is added here once."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any
from urllib.parse import quote, unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Request, Response
from litestar.datastructures import Cookie
from litestar.enums import ScopeType
from litestar.response import Redirect
from litestar.utils.scope.state import ScopeState

from app.kernel.money import show_money
from app.kernel.period import show_date, show_moment
from app.kernel.points import show_points
from app.kernel.refusal import Refusal
from app.kernel.verdict import Reason
from app.web import i18n
from app.web.static import ROOT, locate

FLASH_COOKIE = "thidua_flash"

ENVIRONMENT = Environment(
    loader=FileSystemLoader(ROOT / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.filters.update(date=show_date, moment=show_moment, points=show_points, money=show_money)


@cache
def static_url(name: str) -> str:
    """`/static/…` with a mark of the content, so that the browser may keep it for ever."""
    digest = hashlib.sha256(locate(name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def explain(said: Refusal | Reason | str | None) -> str:
    """The words of a refusal or reason in the reader's language; plain text passes through."""
    if said is None or isinstance(said, str):
        return said or ""
    return i18n.gettext(said.message, **said.values)


ENVIRONMENT.globals.update(
    _=i18n.gettext, ngettext=i18n.ngettext, static=static_url, explain=explain
)

AnyRequest = Request[Any, Any, Any]


def htmx(request: AnyRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def page(
    request: AnyRequest, template: str, *, status: int = 200, **context: object
) -> Response[str]:
    """Render a whole page or a fragment; both see the same context."""
    known = "user" in request.scope
    if not known:
        # No route matched, so nobody has looked at the cookies yet.
        i18n.language.set(i18n.chosen(request.cookies.get(i18n.LANGUAGE_COOKIE)))
    actor = request.scope.get("user")
    flash = _flash(request)
    navigation = request.app.state.get("navigation")
    body = ENVIRONMENT.get_template(template).render(
        actor=actor,
        known=known,
        lang=i18n.language.get(),
        path=request.url.path,
        csrf_token=_csrf_token(request),
        nav=navigation(actor) if navigation else [],
        flash=flash,
        **context,
    )
    response = Response(body, media_type=MediaType.HTML, status_code=status)
    response.headers["Cache-Control"] = "no-store"
    if flash:
        response.delete_cookie(FLASH_COOKIE)
    return response


def redirect(request: AnyRequest, path: str, flash: str = "", kind: str = "ok") -> Redirect:
    """Answer a form: go to `path` and show `flash` (a gettext id) there once."""
    response = Redirect(path, status_code=303)
    if flash:
        value = quote(json.dumps({"kind": kind, "text": i18n.gettext(flash)}))
        response.set_cookie(
            Cookie(FLASH_COOKIE, value=value, max_age=60, httponly=True, samesite="lax")
        )
    return response


def _flash(request: AnyRequest) -> dict[str, str] | None:
    raw = request.cookies.get(FLASH_COOKIE)
    # A fragment is not the page the message waits for.
    if not raw or htmx(request) or request.scope["type"] != ScopeType.HTTP:
        return None
    try:
        value = json.loads(unquote(raw))
        return {"kind": str(value["kind"]), "text": str(value["text"])}
    except (ValueError, KeyError, TypeError):
        return None


def _csrf_token(request: AnyRequest) -> str:
    token = ScopeState.from_scope(request.scope).csrf_token
    return token if isinstance(token, str) else request.cookies.get("thidua_csrf", "")
