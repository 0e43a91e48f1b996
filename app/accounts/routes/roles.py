"""Roles of one account, for the administrator of its units."""

from __future__ import annotations

from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromPath

from app.accounts import actions, forms, policy, queries
from app.accounts.routes.administering import reach_of
from app.accounts.routes.signing_in import Answer, AnyRequest, beside_field
from app.accounts.rules import refuse_end, refuse_managing
from app.kernel.actor import ROLE_WORDS, Actor
from app.kernel.period import show_date, today_in_vietnam
from app.kernel.refusal import N_, Refusal, Refused
from app.web.forms import Form
from app.web.render import page, redirect
from app.web.session import Now, SignedIn


@get("/accounts/{account_id:int}/roles/new")
async def new_role(
    request: AnyRequest, actor: SignedIn, now: Now, account_id: FromPath[int]
) -> Response[str]:
    asked = {
        "q": request.query_params.get("q", "").replace("\x00", "")[:100],
        "role": request.query_params.get("role", "")[:30],
        "valid_from": show_date(today_in_vietnam(now)),
    }
    return await _new(request, actor, now, account_id, Form(asked))


@post("/accounts/{account_id:int}/roles")
async def give_role(
    request: AnyRequest, actor: SignedIn, now: Now, account_id: FromPath[int]
) -> Answer:
    await queries.account_for(account_id, await reach_of(actor, now))
    form = Form(await request.form())
    if (new := forms.read_role(form)) is None:
        return await _new(request, actor, now, account_id, form, status=422)
    try:
        await actions.give_role(account_id, new.role, new.unit_id, new.period, actor=actor, now=now)
    except Refused as error:
        refusal = beside_field(form, error.refusal)
        return await _new(
            request, actor, now, account_id, form, refusal, status=409 if refusal else 422
        )
    return redirect(request, f"/accounts/{account_id}", N_("Đã giao vai trò."))


@get("/accounts/{account_id:int}/roles/{role_id:int}")
async def role_page(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    account_id: FromPath[int],
    role_id: FromPath[int],
) -> Response[str]:
    return await _role(request, actor, now, account_id, role_id, {})


@post("/accounts/{account_id:int}/roles/{role_id:int}/end")
async def end_role(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    account_id: FromPath[int],
    role_id: FromPath[int],
) -> Answer:
    await _visible(actor, now, account_id, role_id)
    form = Form(await request.form())
    last = form.day("last")
    if last is None:
        return await _role(request, actor, now, account_id, role_id, {"end": form}, status=422)
    try:
        await actions.end_role(account_id, role_id, last, actor=actor, now=now)
    except Refused as error:
        refusal = beside_field(form, error.refusal)
        status = 409 if refusal else 422
        return await _role(request, actor, now, account_id, role_id, {"end": form}, refusal, status)
    return redirect(request, f"/accounts/{account_id}", N_("Đã ghi ngày kết thúc vai trò."))


@post("/accounts/{account_id:int}/roles/{role_id:int}/deputies")
async def appoint_deputy(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    account_id: FromPath[int],
    role_id: FromPath[int],
) -> Answer:
    await _visible(actor, now, account_id, role_id)
    form = Form(await request.form())
    login = form.text("deputy", longest=60)
    period = forms.read_period(form, required_end=True)
    if form.errors or period is None:
        return await _role(request, actor, now, account_id, role_id, {"deputy": form}, status=422)
    try:
        await actions.appoint_deputy(account_id, role_id, login, period, actor=actor, now=now)
    except Refused as error:
        if error.refusal.field_name == "role":
            # There is no such field here: it is the deputy who holds the role already.
            form.errors["deputy"] = error.refusal
        refusal = beside_field(form, error.refusal)
        status = 409 if refusal else 422
        return await _role(
            request, actor, now, account_id, role_id, {"deputy": form}, refusal, status
        )
    return redirect(request, f"/accounts/{account_id}/roles/{role_id}", N_("Đã cử người thay."))


async def _visible(actor: Actor, now: datetime, account_id: int, role_id: int) -> None:
    await queries.account_for(account_id, await reach_of(actor, now))
    await queries.role_of(account_id, role_id)


async def _new(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    account_id: int,
    form: Form,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    account = await queries.account_for(account_id, await reach_of(actor, now))
    found = await queries.units_to_choose(
        policy.administered_units(actor), form.values.get("q", ""), today_in_vietnam(now)
    )
    return page(
        request,
        "accounts/new_role.html",
        status=status,
        account=account,
        own=account_id == actor.account_id,
        choices=found[: queries.HITS],
        more=len(found) > queries.HITS,
        roles=[(str(role), word) for role, word in ROLE_WORDS.items()],
        form=form,
        refusal=refusal,
    )


async def _role(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    account_id: int,
    role_id: int,
    typed: dict[str, Form],
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    """`typed`: the form that came back, under `end` or `deputy`."""
    account = await queries.account_for(account_id, await reach_of(actor, now))
    held = await queries.role_of(account_id, role_id)
    deputies = await queries.deputies_of(held)
    today = today_in_vietnam(now)
    own = account_id == actor.account_id
    within = held.unit_id in policy.administered_units(actor)
    return page(
        request,
        "accounts/role.html",
        status=status,
        account=account,
        held=held,
        word=ROLE_WORDS[held.role],
        deputies=deputies,
        names=await queries.names_of([deputy.account_id for deputy in deputies]),
        fixed=refuse_managing(-1, account_id, within) or refuse_end(own, held.period, today, today),
        today=today,
        end_form=typed.get("end") or Form({"last": show_date(today)}),
        deputy_form=typed.get("deputy") or Form({}),
        refusal=refusal,
    )


ROUTES = (new_role, give_role, role_page, end_role, appoint_deputy)
