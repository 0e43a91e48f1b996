"""Accounts of the own units, for their administrator."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.accounts import actions, forms, policy, queries
from app.accounts.queries import Reach
from app.accounts.routes.signing_in import Answer, AnyRequest, beside_field
from app.accounts.rules import (
    RESET_LIMIT,
    RESET_REASONS,
    refuse_managing,
    refuse_second_factor_reset,
)
from app.audit.rules.labels import REASONS
from app.kernel.actor import ROLE_WORDS, Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.web.forms import Form
from app.web.paging import cursor_from
from app.web.render import page, redirect
from app.web.session import Now, SignedIn

NO_ROLE = "none"


@get("/accounts")
async def account_list(request: AnyRequest, actor: SignedIn, now: Now) -> Response[str]:
    reach = await reach_of(actor, now)
    search, roleless = searched(request), asks_roleless(request)
    after = cursor_from(request.query_params.get("after", ""))
    found = await queries.accounts_page(reach, search=search, roleless=roleless, cursor=after)
    asked = ({"q": search} if search else {}) | ({"roles": NO_ROLE} if roleless else {})
    query = urlencode(asked)
    following = urlencode(asked | {"after": str(found.next)})
    return page(
        request,
        "accounts/list.html",
        rows=found.rows,
        search=search,
        role_words=ROLE_WORDS,
        roleless=roleless,
        query=query,
        next_url=f"/accounts?{following}" if found.next else None,
        first_url=f"/accounts?{query}" if after else None,
    )


def searched(request: AnyRequest) -> str:
    return request.query_params.get("q", "").replace("\x00", "")[:100]


def asks_roleless(request: AnyRequest) -> bool:
    return request.query_params.get("roles", "") == NO_ROLE


@get("/accounts/new")
async def new_account(request: AnyRequest, actor: SignedIn, now: Now) -> Response[str]:
    return await _new(request, actor, now, Form({}))


@post("/accounts")
async def create_account(request: AnyRequest, actor: SignedIn, now: Now) -> Answer:
    await reach_of(actor, now)
    form = Form(await request.form())
    if (new := forms.read_account(form)) is None:
        return await _new(request, actor, now, form, status=422)
    try:
        account_id, path = await actions.open_account(
            new.login, new.email, new.name, new.person_code, actor=actor, now=now
        )
    except Refused as error:
        refusal = beside_field(form, error.refusal)
        return await _new(request, actor, now, form, refusal, status=409 if refusal else 422)
    return await _link(request, actor, now, account_id, path, created=True)


@get("/accounts/{account_id:int}")
async def account_sheet(
    request: AnyRequest, actor: SignedIn, now: Now, account_id: FromPath[int]
) -> Response[str]:
    return await _sheet(request, actor, now, account_id, Form({}))


@post("/accounts/{account_id:int}/deactivation")
async def deactivate(
    request: AnyRequest, actor: SignedIn, now: Now, account_id: FromPath[int]
) -> Redirect:
    await actions.deactivate(account_id, actor=actor, now=now)
    return redirect(request, f"/accounts/{account_id}", N_("Đã khóa tài khoản."))


@post("/accounts/{account_id:int}/reactivation")
async def reactivate(
    request: AnyRequest, actor: SignedIn, now: Now, account_id: FromPath[int]
) -> Redirect:
    await actions.reactivate(account_id, actor=actor, now=now)
    return redirect(request, f"/accounts/{account_id}", N_("Đã mở lại tài khoản."))


@post("/accounts/{account_id:int}/reset-links")
async def make_reset_link(
    request: AnyRequest, actor: SignedIn, now: Now, account_id: FromPath[int]
) -> Response[str]:
    path = await actions.make_reset_link(account_id, actor=actor, now=now)
    return await _link(request, actor, now, account_id, path, created=False)


@post("/accounts/{account_id:int}/second-factor/removal")
async def reset_second_factor(
    request: AnyRequest, actor: SignedIn, now: Now, account_id: FromPath[int]
) -> Answer:
    account = await queries.account_for(account_id, await reach_of(actor, now))
    form = Form(await request.form())
    why = form.choice("why", RESET_REASONS)
    # Who may not is not asked for a reason first.
    if form.errors and not (
        refuse_managing(actor.account_id, account_id, account.within)
        or refuse_second_factor_reset(account.protected)
    ):
        return await _sheet(request, actor, now, account_id, form, status=422)
    await actions.reset_second_factor(account_id, why, actor=actor, now=now)
    message = N_("Đã gỡ xác thực hai bước và kết thúc các phiên làm việc của tài khoản.")
    return redirect(request, f"/accounts/{account_id}", message)


async def reach_of(actor: Actor, now: datetime) -> Reach:
    """For others than administrators these pages do not exist."""
    if not policy.may_administer(actor):
        raise NotVisible
    return await queries.reach_of(actor, today_in_vietnam(now))


async def _sheet(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    account_id: int,
    form: Form,
    status: int = 200,
) -> Response[str]:
    account = await queries.account_for(account_id, await reach_of(actor, now))
    return page(
        request,
        "accounts/sheet.html",
        status=status,
        account=account,
        roles=await queries.roles_of([account_id]),
        role_words=ROLE_WORDS,
        today=today_in_vietnam(now),
        units=policy.administered_units(actor),
        own=account_id == actor.account_id,
        refusal=refuse_managing(actor.account_id, account_id, account.within),
        may_reset=refuse_second_factor_reset(account.protected) is None,
        reasons=[(key, REASONS[key]) for key in RESET_REASONS],
        form=form,
    )


async def _new(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    form: Form,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    reach = await reach_of(actor, now)
    return page(
        request, "accounts/new.html", status=status, form=form, refusal=refusal, whole=reach.whole
    )


async def _link(
    request: AnyRequest, actor: Actor, now: datetime, account_id: int, path: str, *, created: bool
) -> Response[str]:
    account = await queries.account_for(account_id, await reach_of(actor, now))
    return page(
        request,
        "accounts/link.html",
        account=account,
        created=created,
        link=f"{str(request.base_url).rstrip('/')}{path}",
        until=now + RESET_LIMIT,
    )


ROUTES = (
    account_list,
    new_account,
    create_account,
    account_sheet,
    deactivate,
    reactivate,
    make_reset_link,
    reset_second_factor,
)
