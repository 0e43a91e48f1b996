from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from app.accounts import actions
from app.accounts.rules import ABSOLUTE_LIMIT
from app.kernel.refusal import Refused
from app.web import i18n
from app.web.forms import Form
from app.web.render import page, redirect
from app.web.session import SESSION_COOKIE, Now, address, session_cookie

AnyRequest = Request[Any, Any, Any]


@get("/sign-in", opt={"public": True})
async def sign_in_page(request: AnyRequest) -> Response[str] | Redirect:
    if request.scope.get("user") is not None:
        return Redirect("/", status_code=303)
    form = Form({"next": request.query_params.get("next", "/")})
    return page(request, "accounts/sign_in.html", form=form, refusal=None)


@post("/sign-in", opt={"public": True})
async def sign_in(request: AnyRequest, now: Now) -> Response[str] | Redirect:
    form = Form(await request.form())
    login = form.text("login", longest=60)
    password = form.values.get("password", "")
    if not form.errors:
        try:
            token = await actions.sign_in(login, password, address(request), now)
        except Refused as error:
            form.values["password"] = ""
            return page(
                request, "accounts/sign_in.html", status=422, form=form, refusal=error.refusal
            )
        response = Redirect(own_path(form.values.get("next", "")), status_code=303)
        max_age = int(ABSOLUTE_LIMIT.total_seconds())
        secure = request.url.scheme == "https"
        response.set_cookie(session_cookie(token, secure=secure, max_age=max_age))
        return response
    return page(request, "accounts/sign_in.html", status=422, form=form, refusal=None)


@post("/sign-out", opt={"public": True})
async def sign_out(request: AnyRequest) -> Redirect:
    if token := request.cookies.get(SESSION_COOKIE):
        await actions.sign_out(token)
    response = redirect(request, "/sign-in")
    response.delete_cookie(SESSION_COOKIE)
    return response


@post("/language", opt={"public": True})
async def choose_language(request: AnyRequest) -> Redirect:
    form = Form(await request.form())
    response = Redirect(own_path(form.values.get("next", "")), status_code=303)
    response.set_cookie(
        i18n.LANGUAGE_COOKIE,
        i18n.chosen(form.values.get("lang")),
        max_age=365 * 86400,
        httponly=True,
        samesite="lax",
    )
    return response


def own_path(path: str) -> str:
    """Only a path on this site: `//elsewhere` and `https://…` lead home."""
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if plain and path.isprintable() else "/"


ROUTES = (sign_in_page, sign_in, sign_out, choose_language)
