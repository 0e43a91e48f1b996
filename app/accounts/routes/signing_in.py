from __future__ import annotations

from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.response import Redirect

from app.accounts import actions
from app.accounts.queries import Session, session_of
from app.accounts.rules import ABSOLUTE_LIMIT
from app.kernel.refusal import Refusal, Refused
from app.web import i18n
from app.web.forms import Form
from app.web.render import page, redirect
from app.web.session import SESSION_COOKIE, Now, address, session_cookie

AnyRequest = Request[Any, Any, Any]
Answer = Response[str] | Redirect

SET_UP = "/account/second-factor"


@get("/sign-in", opt={"public": True})
async def sign_in_page(request: AnyRequest, now: Now) -> Answer:
    session = await session_here(request, now)
    following = own_path(request.query_params.get("next", ""))
    if session is not None:
        return Redirect(_next_step(session, following), status_code=303)
    return _sign_in_form(request, Form({"next": following}))


@post("/sign-in", opt={"public": True})
async def sign_in(request: AnyRequest, now: Now) -> Answer:
    form = Form(await request.form())
    login = form.text("login", longest=200)
    password = form.values.get("password", "")
    if form.errors:
        return _sign_in_form(request, form, status=422)
    here = address(request)
    try:
        token = await actions.sign_in(
            login,
            password,
            here,
            now,
            user_agent=request.headers.get("user-agent", ""),
            old_token=request.cookies.get(SESSION_COOKIE),
        )
    except Refused as error:
        return _sign_in_form(request, form, status=422, refusal=error.refusal)
    session = await session_of(token, here, now)
    following = own_path(form.values.get("next", ""))
    response = Redirect(_next_step(session, following) if session else "/", status_code=303)
    keep(response, token)
    return response


@get("/sign-in/code", opt={"public": True})
async def code_page(request: AnyRequest, now: Now) -> Answer:
    session = await session_here(request, now)
    following = own_path(request.query_params.get("next", ""))
    if session is None or session.step != "code":
        return Redirect(_next_step(session, following), status_code=303)
    return page(request, "accounts/code.html", form=Form({"next": following}), refusal=None)


@post("/sign-in/code", opt={"public": True})
async def give_code(request: AnyRequest, now: Now) -> Answer:
    form = Form(await request.form())
    session = await session_here(request, now)
    following = own_path(form.values.get("next", ""))
    if session is None or session.step != "code":
        return Redirect(_next_step(session, following), status_code=303)
    typed = form.values.pop("code", "")
    try:
        token = await actions.give_code(
            request.cookies[SESSION_COOKIE], typed, address(request), now
        )
    except Refused as error:
        refusal = beside_field(form, error.refusal)
        return page(request, "accounts/code.html", status=422, form=form, refusal=refusal)
    response = Redirect(following, status_code=303)
    keep(response, token)
    return response


@post("/sign-out", opt={"public": True})
async def sign_out(request: AnyRequest, now: Now) -> Redirect:
    if token := request.cookies.get(SESSION_COOKIE):
        await actions.sign_out(token, address(request), now)
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


async def session_here(request: AnyRequest, now: Now) -> Session | None:
    """The session behind the cookie, also one that waits for its second step."""
    token = request.cookies.get(SESSION_COOKIE)
    return await session_of(token, address(request), now) if token else None


def keep(response: Response[Any], token: str) -> None:
    max_age = int(ABSOLUTE_LIMIT.total_seconds())
    response.set_cookie(session_cookie(token, max_age=max_age))


def beside_field(form: Form, refusal: Refusal) -> Refusal | None:
    """A refusal of one field is shown there; any other is given back for above the form."""
    if refusal.field_name is None:
        return refusal
    form.errors[refusal.field_name] = refusal
    return None


def _next_step(session: Session | None, following: str) -> str:
    if session is None:
        return "/sign-in" if following == "/" else f"/sign-in?next={quote(following)}"
    if session.step == "code":
        return "/sign-in/code" if following == "/" else f"/sign-in/code?next={quote(following)}"
    return SET_UP if session.step == "set-up" else following


def _sign_in_form(
    request: AnyRequest, form: Form, *, status: int = 200, refusal: Refusal | None = None
) -> Response[str]:
    form.values["password"] = ""
    return page(request, "accounts/sign_in.html", status=status, form=form, refusal=refusal)


ROUTES = (sign_in_page, sign_in, code_page, give_code, sign_out, choose_language)
