"""The appraisal desk of a round, and the single things sent back of one dossier."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.period import show_date, today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement.policy import round_tabs
from app.movement.queries import round_facts
from app.nominations import policy, queries
from app.nominations.actions.items import accept_item, answer_item, ask_item, ask_item_again
from app.nominations.forms import routing as forms
from app.nominations.queries.appraisal import DESK_STATES, desk_counts, desk_page
from app.nominations.queries.items import item_of, items_of
from app.nominations.routes.shown_again import shown_again
from app.nominations.rules import STATE_WORDS, Dossier
from app.nominations.rules import items as rules
from app.nominations.rules.words import DESK_WORDS
from app.web.forms import Form
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect
NEW = 0  # stands for the id of a question that is not asked yet


@get("/rounds/{round_id:int}/appraisal")
async def desk(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    if not policy.has_desk(actor):
        raise NotVisible
    round_ = await round_facts(round_id)
    asked = desk_asked(request)
    today = today_in_vietnam(now)
    after = cursor_from(request.query_params.get("after", ""))
    found = await desk_page(
        round_id, actor, today, search=asked["q"], state=asked["state"], cursor=after
    )
    here = f"/rounds/{round_id}/appraisal"
    following = {**asked, "after": str(found.next)} if found.next else None
    return page(
        request,
        "nominations/appraisal.html",
        round=round_,
        tab="appraisal",
        tabs=round_tabs(actor, round_.unit_id),
        rows=found.rows,
        counts=await desk_counts(round_id, actor, today),
        asked=asked,
        query=urlencode(asked) if any(asked.values()) else "",
        desk_words=DESK_WORDS,
        today=today,
        next_url=f"{here}?{urlencode(following)}" if following else None,
        first_url=f"{here}?{urlencode(asked)}" if after else None,
    )


def desk_asked(request: AnyRequest) -> dict[str, str]:
    """The filter of the desk; a state nobody knows is as if it were not asked."""
    given = {
        name: request.query_params.get(name, "").replace("\x00", "")[:100]
        for name in ("q", "state")
    }
    return given if given["state"] in DESK_STATES else {**given, "state": ""}


@get("/nominations/{nomination_id:int}/items")
async def items_page(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Response[str]:
    dossier = await queries.nomination(nomination_id, actor)
    return await _page(request, actor, now, dossier, {})


@post("/nominations/{nomination_id:int}/items")
async def ask(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Answer:
    dossier = await queries.nomination(nomination_id, actor)
    if not policy.may_appraise(actor, dossier):
        raise NotVisible
    form = Form(await request.form())
    if (new := forms.read_item(form)) is None:
        return await _page(request, actor, now, dossier, {NEW: form}, status=422)
    try:
        await ask_item(nomination_id, new.key, new.question, new.due_on, actor=actor, now=now)
    except Refused as error:
        return await shown_again(_page, request, actor, now, dossier, NEW, form, error.refusal)
    return redirect(request, _here(nomination_id), N_("Đã gửi yêu cầu bổ sung."))


@post("/nominations/{nomination_id:int}/items/{item_id:int}/answer")
async def answer(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    nomination_id: FromPath[int],
    item_id: FromPath[int],
) -> Answer:
    dossier = await queries.nomination(nomination_id, actor)
    item = await item_of(nomination_id, item_id)
    if not policy.may_answer(actor, dossier, item.item):
        raise NotVisible
    form = Form(await request.form())
    if (text := forms.read_answer(form)) is None:
        return await _page(request, actor, now, dossier, {item_id: form}, status=422)
    try:
        await answer_item(nomination_id, item_id, text, actor=actor, now=now)
    except Refused as error:
        return await shown_again(_page, request, actor, now, dossier, item_id, form, error.refusal)
    return redirect(request, _here(nomination_id), N_("Đã gửi trả lời."))


@post("/nominations/{nomination_id:int}/items/{item_id:int}/acceptance")
async def accept(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    nomination_id: FromPath[int],
    item_id: FromPath[int],
) -> Answer:
    dossier = await queries.nomination(nomination_id, actor)
    try:
        await accept_item(nomination_id, item_id, actor=actor, now=now)
    except Refused as error:
        return await shown_again(
            _page, request, actor, now, dossier, item_id, Form({}), error.refusal
        )
    return redirect(request, _here(nomination_id), N_("Đã kết thúc yêu cầu bổ sung."))


@post("/nominations/{nomination_id:int}/items/{item_id:int}/again")
async def ask_again(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    nomination_id: FromPath[int],
    item_id: FromPath[int],
) -> Answer:
    dossier = await queries.nomination(nomination_id, actor)
    item = await item_of(nomination_id, item_id)
    own = item.looked_at_by(actor.account_id, today_in_vietnam(now))
    if not policy.may_appraise(actor, dossier) or not own:
        raise NotVisible
    form = Form(await request.form())
    if (new := forms.read_question(form)) is None:
        return await _page(request, actor, now, dossier, {item_id: form}, status=422)
    try:
        await ask_item_again(nomination_id, item_id, *new, actor=actor, now=now)
    except Refused as error:
        return await shown_again(_page, request, actor, now, dossier, item_id, form, error.refusal)
    return redirect(request, _here(nomination_id), N_("Đã yêu cầu lại."))


def _here(nomination_id: int) -> str:
    return f"/nominations/{nomination_id}/items"


async def _page(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    dossier: Dossier,
    typed: Mapping[int, Form],
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    """`typed`: the form that came back, by the question it belongs to, or NEW."""
    today = today_in_vietnam(now)
    items = await items_of(dossier.id)
    appraises = policy.may_appraise(actor, dossier)
    return page(
        request,
        "nominations/appraisal_items.html",
        status=status,
        dossier=dossier,
        dossier_tab="items",
        dossier_tabs=policy.dossier_tabs(actor, dossier),
        may_list=policy.may_list(actor),
        items=items,
        may_ask=appraises and rules.refuse_asking(dossier, today) is None,
        asks=appraises,
        answerable={
            item.id
            for item in items
            if policy.may_answer(actor, dossier, item.item)
            and rules.refuse_answering(dossier, item, today) is None
        },
        closable={
            item.id
            for item in items
            if appraises
            and item.looked_at_by(actor.account_id, today)
            and rules.refuse_closing(dossier, item, today) is None
        },
        choices=rules.askable(dossier),
        due_on=show_date(rules.proposed_day(dossier, today)),
        criterion_words={c.code: c.title or c.text for c in dossier.criteria},
        item_words=rules.ITEM_WORDS,
        today=today,
        typed=typed,
        refusal=refusal,
        state_words=STATE_WORDS,
    )


ROUTES = (desk, items_page, ask, answer, accept, ask_again)
