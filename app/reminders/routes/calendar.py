"""The own calendar as a file other programs subscribe to, under an address only its owner knows."""

from __future__ import annotations

import hashlib

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.accounts.queries import actor_of
from app.certificates.actions import public_url
from app.kernel.actor import Actor
from app.kernel.refusal import N_, NotVisible
from app.reminders import actions, queries
from app.reminders.ical import calendar_file
from app.web.i18n import gettext
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

_ENDING = ".ics"
# Longer than any token of ours; nobody makes us hash megabytes.
_LONGEST = 100


@get("/account/calendar")
async def calendar_page(request: AnyRequest, actor: SignedIn) -> Response[str]:
    return await _page(request, actor)


@post("/account/calendar", status_code=200)
async def new_address(request: AnyRequest, actor: SignedIn, now: Now) -> Response[str]:
    """Shown on the answer itself, for only its hash is kept."""
    token = await actions.new_address(actor=actor, now=now)
    return await _page(request, actor, f"{public_url()}/calendar/{token}{_ENDING}")


@post("/account/calendar/revocation")
async def revoke_address(request: AnyRequest, actor: SignedIn, now: Now) -> Redirect:
    revoked = await actions.revoke_address(actor=actor, now=now)
    return redirect(
        request,
        "/account/calendar",
        N_("Địa chỉ lịch đã bị thu hồi và không còn dùng được.") if revoked else "",
    )


@get("/calendar/{token:str}", opt={"public": True})
async def calendar(request: AnyRequest, now: Now, token: FromPath[str]) -> Response[bytes]:
    """No session: the address is the key. A wrong, revoked or locked one is a 404 like any."""
    if not token.endswith(_ENDING) or len(token) > _LONGEST:
        raise NotVisible
    feed = await queries.feed_by_token(token.removesuffix(_ENDING))
    if feed is None:
        raise NotVisible
    actor = await actor_of(feed.account_id, "", now)
    body = calendar_file(
        gettext(N_("Lịch Thi Đua")), await queries.events_of(feed, actor, now), public_url()
    )
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        "ETag": etag,
        "Cache-Control": "private, no-cache",
        # The address is a secret: nothing this answer leads to shall learn it.
        "Referrer-Policy": "no-referrer",
        "Content-Disposition": 'inline; filename="thi-dua.ics"',
    }
    if request.headers.get("If-None-Match") == etag:
        return Response(b"", status_code=304, headers=headers, media_type="text/calendar")
    return Response(body, headers=headers, media_type="text/calendar")


async def _page(request: AnyRequest, actor: Actor, address: str = "") -> Response[str]:
    return page(
        request,
        "reminders/calendar.html",
        feed=await queries.feed_of(actor.account_id),
        address=address,
    )


ROUTES = (calendar_page, new_address, revoke_address, calendar)
