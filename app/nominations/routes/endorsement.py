"""Trình danh sách: what waits at a level, the list it sends on, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect

from app.files import answers
from app.files.rules import PDF
from app.kernel.actor import Actor
from app.kernel.period import show_date, today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement.policy import has_tab, round_tabs
from app.movement.queries import round_facts
from app.movement.rules import RoundFacts
from app.nominations import policy
from app.nominations.actions.endorsing import Paper, endorse, undo_endorsement
from app.nominations.forms import routing as forms
from app.nominations.queries import endorsing as queries
from app.nominations.queries import endorsing_lists as sent_lists
from app.nominations.rules import STATE_WORDS
from app.nominations.rules.endorsing import Level, ListLine, refuse_endorsing_now, refuse_undoing
from app.web.forms import Form
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect
TAB = "endorsement"


@get("/rounds/{round_id:int}/endorsement")
async def endorsement_page(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    round_ = await _round(round_id, actor)
    levels = await queries.levels(round_id, actor)
    asked = request.query_params.get("unit", "")
    if not asked and not levels:
        return page(
            request,
            "nominations/endorsement_none.html",
            round=round_,
            tab=TAB,
            tabs=round_tabs(actor, round_.unit_id),
        )
    level = await _level(asked or str(levels[0].id), actor)
    return await _level_page(request, actor, now, round_, level, Form({}))


@post("/rounds/{round_id:int}/endorsement/selection")
async def select(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    """The list as it would be sent: count and codes first, nothing is written."""
    round_ = await _round(round_id, actor)
    form = Form(await request.form())
    level = await _level(form.values.get("unit", ""), actor)
    if not policy.may_endorse(actor, level.id):
        raise NotVisible
    lines = await _chosen(form, round_, level, actor, now)
    if lines is None:
        return await _level_page(request, actor, now, round_, level, form, status=422)
    forms.forget_rows(form)
    form.values.setdefault("paper_on", show_date(today_in_vietnam(now)))
    return await _confirm(request, actor, now, round_, level, lines, form)


@post("/rounds/{round_id:int}/endorsement")
async def send(request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]) -> Answer:
    round_ = await _round(round_id, actor)
    data = await request.form()
    form = Form(data)
    level = await _level(form.values.get("unit", ""), actor)
    if not policy.may_endorse(actor, level.id):
        raise NotVisible
    if (listed := forms.read_list(form)) is None:
        form.refuse("pick", "nothing-chosen", N_("Vui lòng chọn ít nhất một hồ sơ."))
        return await _level_page(request, actor, now, round_, level, form, status=422)
    if (lines := forms.read_edited(form)) is None:
        return await _confirm(request, actor, now, round_, level, listed, form, status=422)
    forms.forget_rows(form)
    # A list that lost lines is looked at once more before it goes: its count is another.
    if form.values.get("choose") == "listed" or len(lines) != len(listed):
        return await _confirm(request, actor, now, round_, level, lines, form)
    if (new := forms.read_paper(form)) is None:
        return await _confirm(request, actor, now, round_, level, lines, form, status=422)
    content, name = await _upload(data.get("paper"))
    paper = Paper(new.number, new.on, content, name)
    try:
        await endorse(round_id, level.id, lines, paper, new.votes_total, actor=actor, now=now)
    except Refused as error:
        refusal = error.refusal
        if refusal.field_name:
            form.errors[refusal.field_name] = refusal
        if content is not None:
            form.refuse("paper", "choose-again", N_("Vui lòng chọn lại tệp."))
        status = 422 if refusal.field_name else 409
        return await _confirm(request, actor, now, round_, level, lines, form, refusal, status)
    return redirect(
        request, f"/rounds/{round_id}/endorsement?unit={level.id}", N_("Đã trình danh sách.")
    )


@get("/endorsement-lists/{list_id:int}")
async def list_page(request: AnyRequest, actor: SignedIn, list_id: FromPath[int]) -> Response[str]:
    return await _list_page(request, actor, list_id)


@get("/endorsement-lists/{list_id:int}/paper")
async def paper(actor: SignedIn, list_id: FromPath[int]) -> Response[bytes]:
    sent = await sent_lists.endorsement_list(list_id, actor)
    return await answers.download(await sent_lists.paper_of(list_id), sent.paper_name, PDF)


@post("/endorsement-lists/{list_id:int}/undoing")
async def undo(request: AnyRequest, actor: SignedIn, now: Now, list_id: FromPath[int]) -> Answer:
    sent = await sent_lists.endorsement_list(list_id, actor)
    if not policy.may_endorse(actor, sent.unit_id):
        raise NotVisible
    try:
        await undo_endorsement(list_id, actor=actor, now=now)
    except Refused:
        # The page says why by itself: the same refusal decides whether it offers the button.
        return await _list_page(request, actor, list_id, status=409)
    return redirect(
        request,
        f"/rounds/{sent.round_id}/endorsement?unit={sent.unit_id}",
        N_("Đã rút lại danh sách; các hồ sơ trở về cấp này."),
    )


async def _round(round_id: int, actor: Actor) -> RoundFacts:
    round_ = await round_facts(round_id)
    if not has_tab(actor, TAB, round_.unit_id):
        raise NotVisible
    return round_


async def _level(typed: str, actor: Actor) -> Level:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 10):
        raise NotVisible
    level = await queries.level(int(typed))
    if not policy.sees_level(actor, level.id):
        raise NotVisible
    return level


async def _chosen(
    form: Form, round_: RoundFacts, level: Level, actor: Actor, now: datetime
) -> list[ListLine] | None:
    if form.values.get("choose") == "all":
        every = await queries.all_waiting_at(round_.id, level.id, actor)
        return forms.read_selection(form, every, ticked_only=False)
    after = cursor_from(form.values.get("after", ""))
    found = await queries.waiting_at(round_, level.id, actor, today_in_vietnam(now), after)
    return forms.read_selection(form, [row.id for row in found.rows])


async def _level_page(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    round_: RoundFacts,
    level: Level,
    form: Form,
    status: int = 200,
) -> Response[str]:
    today = today_in_vietnam(now)
    after = form.values.get("after", request.query_params.get("after", ""))
    found = await queries.waiting_at(round_, level.id, actor, today, cursor_from(after))
    here = f"/rounds/{round_.id}/endorsement?unit={level.id}"
    opened = await queries.scoring_opened(round_.id)
    return page(
        request,
        "nominations/endorsement.html",
        status=status,
        round=round_,
        tab=TAB,
        tabs=round_tabs(actor, round_.unit_id),
        level=level,
        levels=await queries.levels(round_.id, actor),
        rows=found.rows,
        lists=await sent_lists.lists_of(round_.id, level.id),
        may_endorse=policy.may_endorse(actor, level.id),
        refusal=refuse_endorsing_now(round_.calendar, opened, today),
        # What came back late may still go up when the days for all others are over.
        shut=refuse_endorsing_now(round_.calendar, opened, today, returned=True),
        form=form,
        after=after,
        next_url=f"{here}&after={found.next}" if found.next else None,
        first_url=here if after else None,
    )


async def _confirm(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    round_: RoundFacts,
    level: Level,
    lines: Sequence[ListLine],
    form: Form,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    names = await queries.codes_of([line.nomination_id for line in lines], round_.id, actor)
    if len(names) != len(lines):
        raise NotVisible
    return page(
        request,
        "nominations/endorsement_confirm.html",
        status=status,
        round=round_,
        tab=TAB,
        tabs=round_tabs(actor, round_.unit_id),
        level=level,
        lines=[(line.nomination_id, *names[line.nomination_id], line.votes) for line in lines],
        editable=len(lines) <= forms.MOST_EDITED,
        written=forms.written(lines),
        form=form,
        refusal=refusal,
    )


async def _list_page(
    request: AnyRequest, actor: Actor, list_id: int, status: int = 200
) -> Response[str]:
    sent = await sent_lists.endorsement_list(list_id, actor)
    round_ = await round_facts(sent.round_id)
    after = cursor_from(request.query_params.get("after", ""))
    found = await sent_lists.list_rows(list_id, actor, after)
    here = f"/endorsement-lists/{list_id}"
    return page(
        request,
        "nominations/endorsement_list.html",
        status=status,
        sent=sent,
        round=round_,
        rows=found.rows,
        # On one page it shows whether some are hidden from this reader.
        partly=not after and found.next is None and len(found.rows) < sent.count,
        next_url=f"{here}?after={found.next}" if found.next else None,
        first_url=here if after else None,
        has_tab=has_tab(actor, TAB, round_.unit_id),
        may_endorse=policy.may_endorse(actor, sent.unit_id),
        refusal=refuse_undoing(sent, await sent_lists.acted_on(list_id)),
        state_words=STATE_WORDS,
    )


async def _upload(part: object) -> tuple[bytes | None, str]:
    """The bytes and name of a chosen file; a field left empty comes as a file without a name."""
    if not isinstance(part, UploadFile) or not part.filename:
        return None, ""
    try:
        return await part.read(), part.filename
    finally:
        await part.close()


ROUTES = (endorsement_page, select, send, list_page, paper, undo)
