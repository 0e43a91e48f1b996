"""The own reminders: the list, the bell, and what was read."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_
from app.reminders import actions, queries
from app.reminders.letters import when
from app.reminders.queries.listing import MOST_COUNTED
from app.reminders.words import sentence
from app.web.forms import Form
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn


@get("/reminders")
async def reminders_page(request: AnyRequest, actor: SignedIn, now: Now) -> Response[str]:
    only_unread = request.query_params.get("unread") == "yes"
    cursor = cursor_from(request.query_params.get("after", ""))
    found = await queries.reminders_page(actor, only_unread=only_unread, cursor=cursor)
    here = "/reminders?unread=yes" if only_unread else "/reminders"
    more = f"{here}{'&' if only_unread else '?'}after={found.next}"
    return page(
        request,
        "reminders/list.html",
        lines=found.rows,
        only_unread=only_unread,
        unread=await queries.unread(actor),
        most=MOST_COUNTED,
        sentence=sentence,
        when=when,
        today=today_in_vietnam(now),
        next_url=more if found.next else None,
        first_url=here if cursor else None,
    )


@get("/reminders/unread")
async def unread_count(request: AnyRequest, actor: SignedIn) -> Response[str]:
    """What the bell shows; every page asks for it once it is there."""
    return page(
        request, "reminders/_unread.html", unread=await queries.unread(actor), most=MOST_COUNTED
    )


@post("/reminders/{reminder_id:int}/reading")
async def mark(
    request: AnyRequest, actor: SignedIn, now: Now, reminder_id: FromPath[int]
) -> Redirect:
    form = Form(await request.form())
    read = form.values.get("read") != "no"
    await actions.mark(reminder_id, read=read, actor=actor, now=now)
    return redirect(request, _back(form))


@post("/reminders/reading")
async def mark_all(request: AnyRequest, actor: SignedIn, now: Now) -> Redirect:
    form = Form(await request.form())
    upto = form.values.get("upto", "")
    newest = int(upto) if upto.isascii() and upto.isdigit() and len(upto) < 11 else 0
    marked = await actions.mark_all(newest, actor=actor, now=now)
    return redirect(
        request, _back(form), N_("Đã đánh dấu tất cả nhắc việc là đã đọc.") if marked else ""
    )


def _back(form: Form) -> str:
    return "/reminders?unread=yes" if form.values.get("unread") == "yes" else "/reminders"


ROUTES = (reminders_page, unread_count, mark, mark_all)
