"""Hiệp y on one dossier: asking other units, and their views."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.period import show_date, today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.nominations import policy, queries
from app.nominations.actions.opinions import ask_opinion, give_opinion
from app.nominations.forms import routing as forms
from app.nominations.queries.opinions import opinions_of
from app.nominations.routes.shown_again import shown_again
from app.nominations.rules import STATE_WORDS, Dossier
from app.nominations.rules import opinions as rules
from app.nominations.rules.items import proposed_day
from app.web.forms import Form
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect
NEW = 0  # stands for the id of a question that is not asked yet


@get("/nominations/{nomination_id:int}/opinions")
async def opinions_page(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Response[str]:
    dossier = await _dossier(nomination_id, actor)
    return await _page(request, actor, now, dossier, {})


@post("/nominations/{nomination_id:int}/opinions")
async def ask(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Answer:
    dossier = await _dossier(nomination_id, actor)
    if not policy.may_ask_views(actor, dossier):
        raise NotVisible
    form = Form(await request.form())
    if (new := forms.read_opinion(form)) is None:
        return await _page(request, actor, now, dossier, {NEW: form}, status=422)
    try:
        await ask_opinion(nomination_id, new.unit, new.question, new.due_on, actor=actor, now=now)
    except Refused as error:
        return await shown_again(_page, request, actor, now, dossier, NEW, form, error.refusal)
    return redirect(request, _here(nomination_id), N_("Đã gửi văn bản hỏi ý kiến."))


@post("/nominations/{nomination_id:int}/opinions/{opinion_id:int}")
async def give(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    nomination_id: FromPath[int],
    opinion_id: FromPath[int],
) -> Answer:
    dossier = await _dossier(nomination_id, actor)
    opinions = {opinion.id: opinion for opinion in await opinions_of(nomination_id)}
    opinion = opinions.get(opinion_id)
    if opinion is None or not policy.may_give_view(actor, opinion.unit_id):
        raise NotVisible
    form = Form(await request.form())
    if (new := forms.read_view(form)) is None:
        return await _page(request, actor, now, dossier, {opinion_id: form}, status=422)
    try:
        await give_opinion(nomination_id, opinion_id, new.view, new.answer, actor=actor, now=now)
    except Refused as error:
        return await shown_again(
            _page, request, actor, now, dossier, opinion_id, form, error.refusal
        )
    return redirect(request, _here(nomination_id), N_("Đã gửi ý kiến."))


def _here(nomination_id: int) -> str:
    return f"/nominations/{nomination_id}/opinions"


async def _dossier(nomination_id: int, actor: Actor) -> Dossier:
    dossier = await queries.nomination(nomination_id, actor)
    if not policy.has_views_tab(actor, dossier):
        raise NotVisible
    return dossier


async def _page(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    dossier: Dossier,
    typed: Mapping[int, Form],
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    """A unit that was asked sees its own question; the others' only who asks sees."""
    today = today_in_vietnam(now)
    every = policy.sees_views(actor, dossier)
    opinions = [
        opinion
        for opinion in await opinions_of(dossier.id)
        if every or policy.may_give_view(actor, opinion.unit_id)
    ]
    return page(
        request,
        "nominations/opinions.html",
        status=status,
        dossier=dossier,
        dossier_tab="opinions",
        dossier_tabs=policy.dossier_tabs(actor, dossier),
        may_list=policy.may_list(actor),
        opinions=opinions,
        may_ask=policy.may_ask_views(actor, dossier) and rules.refuse_asking_views(dossier) is None,
        answerable={
            opinion.id
            for opinion in opinions
            if policy.may_give_view(actor, opinion.unit_id)
            and rules.refuse_giving_view(dossier, opinion, today) is None
        },
        due_on=show_date(proposed_day(dossier, today)),
        views=rules.VIEWS,
        today=today,
        typed=typed,
        refusal=refusal,
        state_words=STATE_WORDS,
    )


ROUTES = (opinions_page, ask, give)
