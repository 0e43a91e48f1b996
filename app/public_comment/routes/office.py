"""One list for the office: days, visits, what was said, how it was handled, on paper too."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement.policy import round_tabs
from app.movement.queries import round_facts
from app.public_comment import actions, forms, policy, queries, rules
from app.public_comment.days_off import days_off
from app.public_comment.documents import PrintedComment, ResultData, render_result
from app.public_comment.queries import Comment
from app.public_comment.rules import CONCLUSIONS, Publication
from app.web.forms import Form
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

MOST_PRINTED = 2000
WITHDRAWAL = 0
EXTENSION = -1


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that came back: `of` is the comment's id, or WITHDRAWAL or EXTENSION."""

    of: int
    form: Form
    refusal: Refusal | None = None


@get("/publications/{publication_id:int}")
async def publication_page(
    request: AnyRequest, actor: SignedIn, now: Now, publication_id: FromPath[int]
) -> Response[str]:
    return await _page(request, actor, now, await queries.publication(publication_id, actor))


@get("/publications/{publication_id:int}/list")
async def published_list(
    request: AnyRequest, actor: SignedIn, publication_id: FromPath[int]
) -> Response[str]:
    publication = await queries.publication(publication_id, actor)
    cursor = cursor_from(request.query_params.get("after", ""))
    found = await queries.items_page(publication_id, cursor)
    here = f"/publications/{publication_id}/list"
    return page(
        request,
        "public_comment/published.html",
        publication=publication,
        items=found.rows,
        next_url=f"{here}?after={found.next}" if found.next else None,
        first_url=here if cursor else None,
    )


@post("/publications/{publication_id:int}/withdrawal")
async def withdraw(
    request: AnyRequest, actor: SignedIn, now: Now, publication_id: FromPath[int]
) -> Response[str] | Redirect:
    publication = await queries.publication(publication_id, actor)
    if not policy.may_publish(actor, publication.unit_id):
        raise NotVisible
    form = Form(await request.form())
    because = forms.read_reason(form)
    if because is None:
        return await _page(request, actor, now, publication, Typed(WITHDRAWAL, form), 422)
    try:
        await actions.withdraw(publication_id, because, actor=actor, now=now)
    except Refused as error:
        typed = Typed(WITHDRAWAL, form, error.refusal)
        return await _page(request, actor, now, publication, typed, 409)
    return redirect(request, f"/publications/{publication_id}", N_("Đã thu hồi danh sách."))


@post("/publications/{publication_id:int}/extension")
async def extend(
    request: AnyRequest, actor: SignedIn, now: Now, publication_id: FromPath[int]
) -> Response[str] | Redirect:
    publication = await queries.publication(publication_id, actor)
    if not policy.may_publish(actor, publication.unit_id):
        raise NotVisible
    form = Form(await request.form())
    asked = forms.read_extension(form)
    if asked is None:
        return await _page(request, actor, now, publication, Typed(EXTENSION, form), 422)
    try:
        await actions.extend(publication_id, *asked, actor=actor, now=now)
    except Refused as error:
        if error.refusal.field_name == "working_days":
            form.errors["working_days"] = error.refusal
            return await _page(request, actor, now, publication, Typed(EXTENSION, form), 422)
        typed = Typed(EXTENSION, form, error.refusal)
        return await _page(request, actor, now, publication, typed, 409)
    return redirect(request, f"/publications/{publication_id}", N_("Đã gia hạn danh sách."))


@post("/publications/{publication_id:int}/comments/{comment_id:int}/handling")
async def handle(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    publication_id: FromPath[int],
    comment_id: FromPath[int],
) -> Response[str] | Redirect:
    publication = await queries.publication(publication_id, actor)
    if not policy.may_publish(actor, publication.unit_id):
        raise NotVisible
    form = Form(await request.form())
    new = forms.read_handling(form)
    if new is None:
        return await _page(request, actor, now, publication, Typed(comment_id, form), 422)
    try:
        await actions.handle(
            publication_id, comment_id, new.conclusion, new.text, actor=actor, now=now
        )
    except Refused as error:
        typed = Typed(comment_id, form, error.refusal)
        return await _page(request, actor, now, publication, typed, 409)
    here = f"/publications/{publication_id}#comment-{comment_id}"
    return redirect(request, here, N_("Đã ghi kết quả xử lý."))


@get("/publications/{publication_id:int}/result.pdf")
async def result_file(actor: SignedIn, now: Now, publication_id: FromPath[int]) -> Response[bytes]:
    publication = await queries.publication(publication_id, actor)
    found = await queries.comments_page(publication_id, actor, limit=MOST_PRINTED)
    off = days_off(publication.first_on)
    council = await queries.council_of(publication_id)
    data = ResultData(
        agency=council.name,
        place=council.place,
        drawn_on=today_in_vietnam(now),
        title=publication.title,
        round_name=publication.round_name,
        first_on=publication.first_on,
        last_on=publication.last_on,
        working_days=publication.working_days,
        skipped=rules.skipped(publication.first_on, publication.last_on, off),
        items=publication.items,
        visits=await queries.visits(publication_id),
        comments=tuple(_printed(n, comment) for n, comment in enumerate(found.rows, start=1)),
    )
    # Setting pages is work for the processor; other readers need not wait for it.
    content = await asyncio.to_thread(render_result, data)
    headers = {
        "Content-Disposition": 'inline; filename="ket-qua-lay-y-kien.pdf"',
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type="application/pdf", headers=headers)


def _printed(number: int, comment: Comment) -> PrintedComment:
    return PrintedComment(
        number,
        comment.position,
        comment.name,
        comment.text,
        comment.at,
        comment.conclusion,
        comment.answer,
    )


async def _page(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    publication: Publication,
    typed: Typed | None = None,
    status: int = 200,
) -> Response[str]:
    today = today_in_vietnam(now)
    cursor = cursor_from(request.query_params.get("after", ""))
    found = await queries.comments_page(publication.id, actor, cursor)
    here = f"/publications/{publication.id}"
    off = days_off(publication.first_on)
    return page(
        request,
        "public_comment/publication.html",
        status=status,
        publication=publication,
        state=publication.state(today),
        round=await round_facts(publication.round_id),
        tab="comment",
        tabs=round_tabs(actor, publication.unit_id),
        skipped=rules.skipped(publication.first_on, publication.last_on, off),
        visits=await queries.visits(publication.id),
        comments=found.rows,
        next_url=f"{here}?after={found.next}" if found.next else None,
        first_url=here if cursor else None,
        conclusions=CONCLUSIONS,
        may_publish=policy.may_publish(actor, publication.unit_id),
        sees_authors=policy.may_see_authors(actor, publication.unit_id),
        extensions=await queries.extensions_of(publication.id),
        no_extension=rules.refuse_prolonging(publication, today),
        no_withdrawal=rules.refuse_withdrawal(publication, today),
        typed=typed,
        public_path=f"/public-comment/{publication.code}",
        public_site=str(request.base_url).rstrip("/"),
    )


ROUTES = (publication_page, published_list, withdraw, extend, handle, result_file)
