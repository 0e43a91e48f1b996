"""The runs of an account, and what may be imported."""

from __future__ import annotations

from litestar import Response, get

from app.imports import policy
from app.imports.queries import runs
from app.imports.rules.kinds import KINDS
from app.imports.rules.states import STATE_WORDS
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page
from app.web.session import SignedIn

TITLES = {name: kind.title for name, kind in KINDS.items()}


@get("/imports")
async def run_list(request: AnyRequest, actor: SignedIn) -> Response[str]:
    if not policy.may_import(actor):
        raise NotVisible
    cursor = cursor_from(request.query_params.get("after", ""))
    return page(
        request,
        "imports/list.html",
        found=await runs.own_runs(actor, cursor),
        first_page=cursor is None,
        kinds=titled_kinds(actor),
        titles=TITLES,
        states=STATE_WORDS,
    )


def titled_kinds(actor: Actor) -> list[tuple[str, str]]:
    return [(kind, TITLES[kind]) for kind in policy.kinds_for(actor)]


ROUTES = (run_list,)
