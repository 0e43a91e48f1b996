"""Who is asking: the cookie's token becomes an `Actor` before any handler runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie, State
from litestar.di import NamedDependency
from litestar.enums import ScopeType
from litestar.handlers import BaseRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from app.kernel.actor import Actor
from app.web import i18n
from app.web.errors import NotSignedIn

SESSION_COOKIE = "thidua_session"

AnyConnection = ASGIConnection[Any, Any, Any, Any]

# What handlers ask for by name: `actor: SignedIn`, `now: Now`.
SignedIn = NamedDependency[Actor]
Now = NamedDependency[datetime]

# Given by the composition root: `web` knows no tables.
LoadActor = Callable[[str, str, datetime], Awaitable[Actor | None]]


class WhoAsks(ASGIMiddleware):
    """Sets the language and `scope["user"]`; two queries for a signed-in reader, none otherwise."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, load_actor: LoadActor) -> None:
        self.load_actor = load_actor

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        connection: AnyConnection = ASGIConnection(scope)
        i18n.language.set(i18n.chosen(connection.cookies.get(i18n.LANGUAGE_COOKIE)))
        scope["user"] = None
        token = connection.cookies.get(SESSION_COOKIE)
        if token and not scope["path"].startswith("/static/"):
            scope["user"] = await self.load_actor(
                token, address(connection), provide_now(connection.app.state)
            )
        await next_app(scope, receive, send)


def address(connection: AnyConnection) -> str:
    return connection.client.host[:60] if connection.client else ""


def must_be_signed_in(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """The default guard of every route; a public one says so with `opt={"public": True}`."""
    if connection.scope.get("user") is None and not handler.opt.get("public"):
        raise NotSignedIn


def provide_now(state: State) -> datetime:
    """The moment of this request: read once, so that one form never sees two days."""
    moment = state["clock"]()
    assert isinstance(moment, datetime)  # noqa: S101 - set by the composition root
    return moment


def provide_actor(request: Request[Any, Any, Any]) -> Actor:
    actor = request.scope.get("user")
    if not isinstance(actor, Actor):
        raise NotSignedIn
    return actor


def session_cookie(token: str, *, max_age: int) -> Cookie:
    return Cookie(SESSION_COOKIE, value=token, httponly=True, samesite="lax", max_age=max_age)
