"""The way of one dossier: where it stands, what happened to it, and who may move it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.nominations import policy, queries
from app.nominations.actions.refusals import lift_refusal, refuse
from app.nominations.actions.returning import return_dossier
from app.nominations.actions.withdrawing import withdraw
from app.nominations.forms import routing as forms
from app.nominations.queries.routing import events_of, records_of, standing_refusal
from app.nominations.routes.shown_again import shown_again
from app.nominations.rules import STATE_WORDS, Dossier
from app.nominations.rules import returning as rules
from app.nominations.rules.items import ITEM_WORDS
from app.nominations.rules.opinions import VIEWS
from app.nominations.rules.words import EVENT_WORDS
from app.web.forms import Form
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect


@get("/nominations/{nomination_id:int}/route")
async def route_page(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Response[str]:
    dossier = await queries.nomination(nomination_id, actor)
    return await _page(request, actor, now, dossier, {})


@post("/nominations/{nomination_id:int}/return")
async def send_back(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Answer:
    dossier = await queries.nomination(nomination_id, actor)
    if not policy.may_move(actor, dossier):
        raise NotVisible
    form = Form(await request.form())
    if (new := forms.read_return(form)) is None:
        return await _page(request, actor, now, dossier, {"return": form}, status=422)
    try:
        await return_dossier(nomination_id, new.to_step, new.reason, actor=actor, now=now)
    except Refused as error:
        return await shown_again(_page, request, actor, now, dossier, "return", form, error.refusal)
    return redirect(request, _here(nomination_id), N_("Đã trả lại hồ sơ."))


@post("/nominations/{nomination_id:int}/refusal")
async def stop(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Answer:
    dossier = await queries.nomination(nomination_id, actor)
    if not policy.may_move(actor, dossier):
        raise NotVisible
    done = N_("Đã ghi: không trình tiếp hồ sơ.")
    return await _with_reason(request, actor, now, dossier, "refusal", refuse, done)


@post("/nominations/{nomination_id:int}/refusal/lifting")
async def go_on(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Answer:
    dossier = await queries.nomination(nomination_id, actor)
    if not policy.may_move(actor, dossier):
        raise NotVisible
    done = N_("Hồ sơ được tiếp tục trình.")
    return await _with_reason(request, actor, now, dossier, "lifting", lift_refusal, done)


@post("/nominations/{nomination_id:int}/withdrawal")
async def take_back(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Answer:
    dossier = await queries.nomination(nomination_id, actor)
    if not policy.may_withdraw(actor, dossier):
        raise NotVisible
    done = N_("Đã rút đề nghị.")
    return await _with_reason(request, actor, now, dossier, "withdrawal", withdraw, done)


class _Move(Protocol):
    async def __call__(
        self, nomination_id: int, reason: str, *, actor: Actor, now: datetime
    ) -> None: ...


async def _with_reason(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    dossier: Dossier,
    name: str,
    move: _Move,
    done: str,
) -> Answer:
    """`name`: of the form that gave the reason. `done`: what the page says then."""
    form = Form(await request.form())
    if (reason := forms.read_reason(form)) is None:
        return await _page(request, actor, now, dossier, {name: form}, status=422)
    try:
        await move(dossier.id, reason, actor=actor, now=now)
    except Refused as error:
        return await shown_again(_page, request, actor, now, dossier, name, form, error.refusal)
    return redirect(request, _here(dossier.id), done)


def _here(nomination_id: int) -> str:
    return f"/nominations/{nomination_id}/route"


async def _page(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    dossier: Dossier,
    typed: Mapping[str, Form],
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    """`typed`: the form that came back, by its name."""
    today = today_in_vietnam(now)
    steps = await queries.route_of(dossier.id)
    moves = policy.may_move(actor, dossier)
    return page(
        request,
        "nominations/route.html",
        status=status,
        dossier=dossier,
        dossier_tab="route",
        dossier_tabs=policy.dossier_tabs(actor, dossier),
        may_list=policy.may_list(actor),
        steps=steps,
        records=await records_of(dossier.id),
        stopped=await standing_refusal(dossier.id),
        events=await events_of(dossier.id, with_opinions=policy.sees_views(actor, dossier)),
        targets=rules.return_targets(dossier, steps),
        may_return=moves and rules.refuse_sending_back(dossier, today) is None,
        may_refuse=moves and rules.refuse_stopping(dossier) is None,
        may_lift=moves and rules.refuse_lifting(dossier) is None,
        may_withdraw=policy.may_withdraw(actor, dossier)
        and rules.refuse_withdrawal(dossier) is None,
        typed=typed,
        refusal=refusal,
        state_words=STATE_WORDS,
        event_words=EVENT_WORDS,
        item_words=ITEM_WORDS,
        view_words=VIEWS,
    )


ROUTES = (route_page, send_back, stop, go_on, take_back)
