"""Biên bản bình xét: the list of a round, the form, the paper."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement.policy import round_tabs
from app.movement.queries import round_facts
from app.movement.rules import SUBJECT_WORDS, RoundFacts
from app.nominations import actions, policy, queries, rules
from app.nominations.documents import render_minutes
from app.nominations.forms.minutes import read_minutes
from app.nominations.routes.columns import pdf
from app.nominations.routes.dossier import beside_field
from app.web.forms import Form
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect
_LIST = "/rounds/{round_id:int}/peer-reviews"
_ONE = "/peer-reviews/{minutes_id:int}"


@get(_LIST)
async def minutes_list(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    if not policy.has_minutes(actor):
        raise NotVisible
    round_ = await round_facts(round_id)
    after = cursor_from(request.query_params.get("after", ""))
    found = await queries.minutes_page(round_id, actor, cursor=after)
    here = f"/rounds/{round_id}/peer-reviews"
    today = today_in_vietnam(now)
    return page(
        request,
        "nominations/minutes_list.html",
        round=round_,
        tab="minutes",
        tabs=round_tabs(actor, round_.unit_id),
        rows=found.rows,
        units=await queries.reviewing_units(round_id, actor),
        may_record=policy.may_nominate(actor),
        closed=rules.refuse_nominating(round_.nominations, round_.opening is not None, today),
        next_url=f"{here}?after={found.next}" if found.next else None,
        first_url=here if after else None,
    )


@get(f"{_LIST}/new")
async def new_minutes(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    if not policy.may_nominate(actor):
        raise NotVisible
    form = Form({"unit": request.query_params.get("unit", "")[:10], "held_on": _today(now)})
    return await _new(request, actor, now, await round_facts(round_id), form)


@post(_LIST)
async def record_minutes(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Answer:
    if not policy.may_nominate(actor):
        raise NotVisible
    round_ = await round_facts(round_id)
    form = Form(await request.form())
    unit_id = await _unit(actor, round_, form)
    if unit_id is None:
        return await _new(request, actor, now, round_, form, status=422)
    nominees = await queries.nominees_of(round_id, unit_id)
    if (new := read_minutes(form, nominees)) is None:
        return await _new(request, actor, now, round_, form, status=422)
    try:
        made = await actions.record_minutes(
            round_id, unit_id, new.head, new.votes, actor=actor, now=now
        )
    except Refused as error:
        status = beside_field(form, error.refusal)
        return await _new(request, actor, now, round_, form, error.refusal, status)
    return redirect(request, f"/peer-reviews/{made}", N_("Đã ghi biên bản bình xét."))


@get(_ONE)
async def minutes_page(
    request: AnyRequest, actor: SignedIn, now: Now, minutes_id: FromPath[int]
) -> Response[str]:
    return await _one(request, actor, now, await queries.minutes(minutes_id, actor))


@post(_ONE)
async def change_minutes(
    request: AnyRequest, actor: SignedIn, now: Now, minutes_id: FromPath[int]
) -> Answer:
    found = await queries.minutes(minutes_id, actor)
    if not policy.may_change_minutes(actor, found):
        raise NotVisible
    form = Form(await request.form())
    version = form.integer("version", least=1)
    nominees = await queries.nominees_of(found.round_id, found.unit_id, minutes_id)
    if (new := read_minutes(form, nominees)) is None:
        return await _one(request, actor, now, found, form, status=422)
    try:
        await actions.change_minutes(minutes_id, new.head, new.votes, version, actor=actor, now=now)
    except Refused as error:
        status = beside_field(form, error.refusal)
        found = await queries.minutes(minutes_id, actor)
        return await _one(request, actor, now, found, form, error.refusal, status)
    return redirect(request, f"/peer-reviews/{minutes_id}", N_("Đã lưu biên bản."))


@get(f"{_ONE}/minutes.pdf")
async def minutes_file(actor: SignedIn, minutes_id: FromPath[int]) -> Response[bytes]:
    """Only for who sees every vote in it: a paper with lines left out would be another paper."""
    found = await queries.minutes(minutes_id, actor)
    if not found.whole:
        raise NotVisible
    place = await queries.place_of_collective(found.unit_id, found.head.held_on)
    superior = place.way[1].name if len(place.way) > 1 else ""
    made = await asyncio.to_thread(render_minutes, found, superior)
    return pdf(made, f"bien-ban-binh-xet {found.head.number}")


async def _unit(actor: Actor, round_: RoundFacts, form: Form) -> int | None:
    """The unit asked for among those that nominated; the only one needs no asking."""
    units = await queries.reviewing_units(round_.id, actor)
    if len(units) == 1 and not form.values.get("unit"):
        return units[0][0]
    wanted = form.values.get("unit", "")
    return next((id_ for id_, _ in units if str(id_) == wanted), None)


async def _new(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    round_: RoundFacts,
    form: Form,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    units = await queries.reviewing_units(round_.id, actor)
    unit_id = await _unit(actor, round_, form)
    nominees: tuple[rules.Nominee, ...] = ()
    if unit_id is not None:
        nominees = await queries.nominees_of(round_.id, unit_id)
        if "locality" not in form.values:
            form.values["locality"] = await queries.last_locality(unit_id)
    today = today_in_vietnam(now)
    return page(
        request,
        "nominations/minutes_new.html",
        status=status,
        round=round_,
        tab="minutes",
        tabs=round_tabs(actor, round_.unit_id),
        units=units,
        unit_id=unit_id,
        nominees=nominees,
        recountable=_recountable(nominees, round_, today),
        subject_words=SUBJECT_WORDS,
        form=form,
        closed=rules.refuse_changing_minutes(nominees, round_.nominations, today)
        if unit_id is not None
        else None,
        refusal=refusal if status == 409 else None,
    )


async def _one(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    found: rules.Minutes,
    form: Form | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    """The minutes as they stand, and for their unit the form to change them."""
    holds = policy.may_change_minutes(actor, found)
    nominees = found.nominees
    if holds:
        nominees = await queries.nominees_of(found.round_id, found.unit_id, found.id)
    today = today_in_vietnam(now)
    round_ = await round_facts(found.round_id)
    changed = refusal is not None and refusal.code == rules.CHANGED_MEANWHILE.code
    closed = rules.refuse_changing_minutes(nominees, found.nominations, today)
    return page(
        request,
        "nominations/minutes.html",
        status=status,
        minutes=found,
        round=round_,
        tab="minutes",
        tabs=round_tabs(actor, round_.unit_id),
        has_list=policy.has_minutes(actor),
        editable=holds and (closed is None or form is not None),
        closed=closed if holds else None,
        nominees=nominees,
        recountable=_recountable(nominees, round_, today),
        subject_words=SUBJECT_WORDS,
        form=form or _stored(found),
        typed=form is not None,
        changed=changed,
        version=found.version if changed or form is None else form.values.get("version", ""),
        refusal=refusal if status == 409 else None,
    )


def _recountable(nominees: Sequence[rules.Nominee], round_: RoundFacts, today: date) -> set[int]:
    return {n.id for n in nominees if rules.may_recount(n, round_.nominations, today)}


def _stored(found: rules.Minutes) -> Form:
    head = found.head
    values = {
        "number": head.number,
        "held_on": head.held_on.isoformat(),
        "place": head.place,
        "locality": head.locality,
        "chair": head.chair,
        "secretary": head.secretary,
        "members_total": str(head.members_total),
        "members_present": str(head.members_present),
        "discussion": head.discussion,
    }
    for nominee in found.nominees:
        if nominee.vote is not None:
            values |= {
                f"agree-{nominee.id}": str(nominee.vote.agree),
                f"disagree-{nominee.id}": str(nominee.vote.disagree),
                f"note-{nominee.id}": nominee.vote.note,
            }
    return Form(values)


def _today(now: datetime) -> str:
    return today_in_vietnam(now).isoformat()


ROUTES = (minutes_list, new_minutes, record_minutes, minutes_page, change_minutes, minutes_file)
