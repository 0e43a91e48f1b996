"""One run: how far it is, what it found line by line, and the order to apply it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.imports import actions, jobs, policy
from app.imports.queries import lines, runs
from app.imports.queries.runs import ProblemLine, RunFacts
from app.imports.routes.listing import TITLES
from app.imports.routes.words import SORTS, outlook
from app.imports.rules.preview import UNCHANGED, Planned
from app.imports.rules.states import STATE_WORDS
from app.kernel.actor import Actor
from app.kernel.refusal import N_, Refusal, Refused
from app.web.paging import PageOf, cursor_from
from app.web.render import AnyRequest, htmx, page, redirect
from app.web.session import Now, SignedIn


@get("/imports/{run_id:int}")
async def run_page(request: AnyRequest, actor: SignedIn, run_id: FromPath[int]) -> Response[str]:
    return await _run(request, actor, run_id)


@get("/imports/{run_id:int}/progress")
async def progress(
    request: AnyRequest, actor: SignedIn, run_id: FromPath[int]
) -> Response[str] | Redirect:
    run = await runs.run_for(run_id, actor)
    if not htmx(request):
        return Redirect(f"/imports/{run_id}", status_code=303)
    response = page(request, "imports/_progress.html", run=run)
    if run.state not in policy.BUSY:
        # What stands around the progress has changed as well: the counts and the lines.
        response.headers["HX-Refresh"] = "true"
    return response


@post("/imports/{run_id:int}/application")
async def apply(
    request: AnyRequest, actor: SignedIn, now: Now, run_id: FromPath[int]
) -> Response[str] | Redirect:
    try:
        await actions.order_application(run_id, actor=actor, now=now)
    except Refused as error:
        return await _run(request, actor, run_id, error.refusal)
    return Redirect(f"/imports/{run_id}", status_code=303)


@post("/imports/{run_id:int}/conversion")
async def convert(
    request: AnyRequest, actor: SignedIn, now: Now, run_id: FromPath[int]
) -> Response[str] | Redirect:
    try:
        new_id = await actions.convert(run_id, actor=actor, now=now)
    except Refused as error:
        return await _run(request, actor, run_id, error.refusal)
    message = N_("Đã chuyển sang Unicode; tệp mới đang được kiểm tra.")
    return redirect(request, f"/imports/{new_id}", message)


@dataclass(frozen=True, slots=True)
class _Shown:
    """One sort of lines, page by page. `counts`: as shown on the tabs; `cut`: not all were kept."""

    sort: str
    counts: dict[str, int | str]
    found: PageOf[Planned] | PageOf[ProblemLine]
    first_page: bool
    cut: bool


async def _run(
    request: AnyRequest, actor: Actor, run_id: int, refusal: Refusal | None = None
) -> Response[str]:
    run = await runs.run_for(run_id, actor)
    busy = run.state in policy.BUSY
    return page(
        request,
        "imports/run.html",
        status=409 if refusal else 200,
        run=run,
        title=TITLES[run.kind],
        states=STATE_WORDS,
        busy=busy,
        shown=await _shown(request, run) if run.counts and not busy else None,
        sorts=SORTS,
        outlook=partial(outlook, done=run.state == "done"),
        kept=f"{jobs.KEPT:,}".replace(",", "."),
        refusal=refusal,
    )


async def _shown(request: AnyRequest, run: RunFacts) -> _Shown:
    problems = lines.problems(run)
    warnings = len(problems[lines.WARNING])
    totals = {**run.counts, lines.WARNING: warnings}
    asked = request.query_params.get("lines", "")
    sort = asked if asked in SORTS else _first(totals)
    cursor = cursor_from(request.query_params.get("after", ""))
    found: PageOf[Planned] | PageOf[ProblemLine]
    if sort in problems:
        found = lines.page_of(problems[sort], cursor)
        cut = len(problems[sort]) >= jobs.KEPT
    else:
        found = lines.page_of((await lines.planned(run))[sort], cursor)
        cut = totals[sort] > jobs.KEPT
    counts = {**totals, lines.WARNING: f"{jobs.KEPT}+" if warnings >= jobs.KEPT else warnings}
    return _Shown(sort, counts, found, cursor is None, cut)


def _first(totals: dict[str, int]) -> str:
    """What has to be mended goes before what is well."""
    if totals[lines.REFUSED]:
        return lines.REFUSED
    return next((sort for sort in SORTS if totals[sort]), UNCHANGED)


ROUTES = (run_page, progress, apply, convert)
