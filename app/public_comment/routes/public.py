"""The pages anybody may open: no account, no cookie needed to read, nothing that knows a reader.

A visit is counted once per browser and day by a cookie that says no more than "counted today"; a
browser that keeps no cookies is counted each time. Fetching ahead is no visit, nor is a look by
somebody signed in.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, datetime, time, timedelta

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.period import VIETNAM, today_in_vietnam
from app.kernel.refusal import NotVisible, Refusal, Refused
from app.public_comment import actions, forms, queries, rules, throttle
from app.public_comment.rules import Publication
from app.web.forms import Form
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page
from app.web.secret import secret
from app.web.session import Now, address

_COUNTED = "thidua_counted"
_RECEIPT_DIGITS = 16


@get("/public-comment/{code:str}", opt={"public": True})
async def public_page(request: AnyRequest, now: Now, code: FromPath[str]) -> Response[str]:
    today = today_in_vietnam(now)
    publication = await queries.public_list(code, today)
    form = Form({"about": request.query_params.get("about", "")[:10]})
    response = await _page(request, publication, today, form)
    if publication.state(today) == "running" and _is_visit(request, today):
        await actions.count_visit(publication.id, today)
        response.set_cookie(_counted(code, now))
    return response


@post("/public-comment/{code:str}/comments", opt={"public": True})
async def send_comment(
    request: AnyRequest, now: Now, code: FromPath[str]
) -> Response[str] | Redirect:
    today = today_in_vietnam(now)
    publication = await queries.public_list(code, today)
    form = Form(await request.form())
    if refusal := rules.refuse_comment(publication, today):
        return await _page(request, publication, today, form, refusal, 409)
    new = forms.read_comment(form, publication.items)
    if new is None:
        return await _page(request, publication, today, form, status=422)
    if refusal := throttle.refuse(code, address(request), now):
        response = await _page(request, publication, today, form, refusal, 429)
        response.headers["Retry-After"] = str(int(rules.PACE.total_seconds()))
        return response
    try:
        received = await actions.receive(code, new, now=now)
    except Refused as error:
        publication = await queries.public_list(code, today)
        return await _page(request, publication, today, form, error.refusal, 409)
    return Redirect(
        f"/public-comment/{code}/receipts/{received}-{_proof(code, received)}", status_code=303
    )


@get("/public-comment/{code:str}/receipts/{receipt:str}", opt={"public": True})
async def receipt_page(
    request: AnyRequest, now: Now, code: FromPath[str], receipt: FromPath[str]
) -> Response[str]:
    """Only whoever sent a comment knows its address; it names no content."""
    publication = await queries.public_list(code, today_in_vietnam(now))
    number, _, proof = receipt.partition("-")
    known = number.isascii() and number.isdigit() and len(number) <= 10
    if not known or not hmac.compare_digest(proof.encode(), _proof(code, int(number)).encode()):
        raise NotVisible
    return page(
        request,
        "public_comment/receipt.html",
        publication=publication,
        number=int(number),
        back=f"/public-comment/{code}",
    )


async def _page(
    request: AnyRequest,
    publication: Publication,
    today: date,
    form: Form,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    """Names are shown as long as the list is public and not a day longer."""
    state = publication.state(today)
    cursor = cursor_from(request.query_params.get("after", ""))
    found = await queries.items_page(publication.id, cursor) if state == "running" else None
    here = f"/public-comment/{publication.code}"
    return page(
        request,
        "public_comment/public.html",
        status=status,
        publication=publication,
        state=state,
        items=found.rows if found else (),
        next_url=f"{here}?after={found.next}" if found and found.next else None,
        first_url=here if cursor else None,
        form=form,
        trap=forms.TRAP,
        refusal=refusal,
    )


def _is_visit(request: AnyRequest, today: date) -> bool:
    ahead = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    signed_in = request.scope.get("user") is not None
    return (
        not signed_in
        and "prefetch" not in ahead
        and (request.cookies.get(_COUNTED) != today.isoformat())
    )


def _counted(code: str, now: datetime) -> Cookie:
    """Gone at midnight; only this page's address gets it back."""
    local = now.astimezone(VIETNAM)
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), VIETNAM)
    return Cookie(
        _COUNTED,
        value=local.date().isoformat(),
        path=f"/public-comment/{code}",
        max_age=int((midnight - local).total_seconds()),
        httponly=True,
        samesite="lax",
    )


def _proof(code: str, number: int) -> str:
    text = f"public-comment:{code}:{number}"
    return hmac.new(secret().encode(), text.encode(), hashlib.sha256).hexdigest()[:_RECEIPT_DIGITS]


ROUTES = (public_page, send_comment, receipt_page)
