"""The one-time link: whoever holds it sets a new password."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath

from app.accounts import actions, queries
from app.accounts.forms import without_passwords
from app.accounts.routes.signing_in import Answer, AnyRequest, beside_field
from app.accounts.rules import DEAD_LINK, refuse_reset
from app.kernel.refusal import N_, Refused
from app.web.forms import Form
from app.web.render import page, redirect
from app.web.session import Now, address


@get("/reset/{token:str}", opt={"public": True})
async def reset_page(request: AnyRequest, now: Now, token: FromPath[str]) -> Response[str]:
    link = await queries.reset_link(token)
    if link is None or refuse_reset(link.used, link.active, link.expires_at, now):
        return _dead(request)
    return page(
        request, "accounts/reset.html", token=token, login=link.login, form=Form({}), refusal=None
    )


@post("/reset/{token:str}", opt={"public": True})
async def reset(request: AnyRequest, now: Now, token: FromPath[str]) -> Answer:
    form = Form(await request.form())
    typed = [form.values.get(name, "") for name in ("password", "repeated")]
    try:
        await actions.use_reset_link(token, *typed, address=address(request), now=now)
    except Refused as error:
        if error.refusal is DEAD_LINK:
            return _dead(request)
        link = await queries.reset_link(token)
        return page(
            request,
            "accounts/reset.html",
            status=422,
            token=token,
            login=link.login if link else "",
            refusal=beside_field(form, error.refusal),
            form=without_passwords(form),
        )
    return redirect(
        request, "/sign-in", N_("Đã đặt mật khẩu. Vui lòng đăng nhập bằng mật khẩu mới.")
    )


def _dead(request: AnyRequest) -> Response[str]:
    return page(
        request,
        "accounts/reset.html",
        status=404,
        token="",
        login="",
        form=Form({}),
        refusal=DEAD_LINK,
    )


ROUTES = (reset_page, reset)
