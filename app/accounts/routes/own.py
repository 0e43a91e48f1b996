"""The own account: sessions, password, second factor."""

from __future__ import annotations

from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.accounts import actions, queries
from app.accounts.forms import without_passwords
from app.accounts.queries import Session
from app.accounts.routes.signing_in import (
    Answer,
    AnyRequest,
    beside_field,
    keep,
    session_here,
)
from app.accounts.rules import refuse_removal, shown_recovery_code
from app.accounts.totp import picture
from app.kernel.actor import ROLE_WORDS, Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, Refusal, Refused
from app.web.errors import NotSignedIn
from app.web.forms import Form
from app.web.render import page, redirect
from app.web.session import SESSION_COOKIE, Now, SignedIn


@get("/account")
async def account_page(request: AnyRequest, actor: SignedIn, now: Now) -> Response[str]:
    return await _account(request, actor, now, Form({}))


@post("/account/password")
async def change_password(request: AnyRequest, actor: SignedIn, now: Now) -> Answer:
    form = Form(await request.form())
    typed = [form.values.get(name, "") for name in ("old_password", "password", "repeated")]
    try:
        await actions.change_password(
            *typed, token=request.cookies[SESSION_COOKIE], actor=actor, now=now
        )
    except Refused as error:
        refusal = beside_field(form, error.refusal)
        return await _account(request, actor, now, form, refusal, status=422)
    return redirect(request, "/account", N_("Đã đổi mật khẩu và kết thúc các phiên làm việc khác."))


@post("/account/sessions/{session_id:int}/end")
async def end_session(
    request: AnyRequest, actor: SignedIn, now: Now, session_id: FromPath[int]
) -> Redirect:
    await actions.end_session(session_id, actor=actor, now=now)
    return redirect(request, "/account", N_("Đã kết thúc phiên làm việc."))


@post("/account/other-sessions/end")
async def end_other_sessions(request: AnyRequest, actor: SignedIn, now: Now) -> Redirect:
    await actions.end_other_sessions(request.cookies[SESSION_COOKIE], actor=actor, now=now)
    return redirect(request, "/account", N_("Đã kết thúc các phiên làm việc khác."))


# Public to the guard, because somebody who must set a second factor up is nobody yet elsewhere;
# each asks for the session itself.
@get("/account/second-factor", opt={"public": True})
async def second_factor_page(request: AnyRequest, now: Now) -> Response[str]:
    return await _second_factor(request, await _past_password(request, now), Form({}))


@post("/account/second-factor", opt={"public": True})
async def begin_set_up(request: AnyRequest, now: Now) -> Answer:
    session = await _past_password(request, now)
    form = Form(await request.form())
    try:
        await actions.begin_set_up(session, form.values.pop("password", ""), now)
    except Refused as error:
        return await _refused(request, session, form, error.refusal)
    return Redirect("/account/second-factor", status_code=303)


@post("/account/second-factor/confirmation", opt={"public": True})
async def confirm_set_up(request: AnyRequest, now: Now) -> Answer:
    session = await _past_password(request, now)
    form = Form(await request.form())
    try:
        codes, token = await actions.confirm_set_up(session, form.values.pop("code", ""), now)
    except Refused as error:
        return await _refused(request, session, form, error.refusal)
    response = _codes(request, codes, N_("Xác thực hai bước đã được bật."))
    if token:
        keep(response, token)
    return response


@post("/account/second-factor/removal", opt={"public": True})
async def switch_off(request: AnyRequest, now: Now) -> Answer:
    session = await _past_password(request, now)
    form = Form(await request.form())
    password, code = form.values.pop("password", ""), form.values.pop("code", "")
    try:
        await actions.switch_off(session, password, code, now)
    except Refused as error:
        return await _refused(request, session, form, error.refusal, "removal")
    return redirect(request, "/account/second-factor", N_("Đã tắt xác thực hai bước."))


@post("/account/second-factor/recovery-codes", opt={"public": True})
async def renew_codes(request: AnyRequest, now: Now) -> Response[str]:
    session = await _past_password(request, now)
    form = Form(await request.form())
    password, code = form.values.pop("password", ""), form.values.pop("code", "")
    try:
        codes = await actions.renew_codes(session, password, code, now)
    except Refused as error:
        return await _refused(request, session, form, error.refusal, "recovery-codes")
    return _codes(request, codes, N_("Các mã dự phòng cũ không còn dùng được."))


def _codes(request: AnyRequest, codes: tuple[str, ...], lead: str) -> Response[str]:
    return page(
        request,
        "accounts/recovery_codes.html",
        codes=[shown_recovery_code(code) for code in codes],
        lead=lead,
    )


async def _past_password(request: AnyRequest, now: datetime) -> Session:
    session = await session_here(request, now)
    if session is None or session.step == "code":
        raise NotSignedIn
    return session


async def _refused(
    request: AnyRequest, session: Session, form: Form, refusal: Refusal, asked: str = ""
) -> Response[str]:
    above = beside_field(form, refusal)
    status = 409 if above else 422
    return await _second_factor(request, session, form, above, status=status, asked=asked)


async def _second_factor(
    request: AnyRequest,
    session: Session,
    form: Form,
    refusal: Refusal | None = None,
    status: int = 200,
    asked: str = "",
) -> Response[str]:
    """`asked`: which of the page's two forms was refused."""
    state = await queries.second_factor(session.account_id)
    return page(
        request,
        "accounts/second_factor.html",
        status=status,
        state=state,
        picture=picture(state.secret, session.login) if state.secret else None,
        must=session.required,
        waiting=session.step == "set-up",
        locked=refuse_removal(session.protected, session.required),
        form=form,
        asked=asked,
        refusal=refusal,
    )


async def _account(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    form: Form,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "accounts/account.html",
        status=status,
        sessions=await queries.open_sessions(
            actor.account_id, request.cookies[SESSION_COOKIE], now
        ),
        roles=await queries.roles_of([actor.account_id], on=today_in_vietnam(now)),
        role_words=ROLE_WORDS,
        state=await queries.second_factor(actor.account_id),
        form=without_passwords(form),
        refusal=refusal,
    )


ROUTES = (
    account_page,
    change_password,
    end_session,
    end_other_sessions,
    second_factor_page,
    begin_set_up,
    confirm_set_up,
    switch_off,
    renew_codes,
)
