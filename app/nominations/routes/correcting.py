"""Correcting the criteria of an open round: first what it changes for whom, then doing it."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.indicators import registered
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement import queries as movement
from app.movement.policy import may_build_criteria, round_tabs
from app.movement.queries.criteria import criteria_set
from app.movement.rules import SUBJECT_WORDS
from app.movement.rules.building import KIND_WORDS
from app.movement.rules.comparing import FIELD_WORDS, compare
from app.movement.rules.correcting import Shown, affected, refuse_correcting
from app.movement.rules.measuring import describe
from app.nominations.actions.correcting import correct_criteria
from app.nominations.queries import correcting as queries
from app.nominations.queries.correcting_measured import dossiers_measured, in_preparation
from app.nominations.rules.correcting import CriterionUse, refuse_moving
from app.web.forms import Form
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn


@get("/rounds/{round_id:int}/corrections/{set_id:int}")
async def correction_page(
    request: AnyRequest, actor: SignedIn, round_id: FromPath[int], set_id: FromPath[int]
) -> Response[str]:
    await _must_correct(round_id, actor)
    return await _page(request, actor, round_id, set_id, Form({}))


@post("/rounds/{round_id:int}/corrections/{set_id:int}")
async def correct(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    round_id: FromPath[int],
    set_id: FromPath[int],
) -> Response[str] | Redirect:
    await _must_correct(round_id, actor)
    form = Form(await request.form())
    reason = form.text("reason", longest=1000)
    if form.errors:
        return await _page(request, actor, round_id, set_id, form, status=422)
    try:
        await correct_criteria(round_id, set_id, reason, _shown(form), actor=actor, now=now)
    except Refused as error:
        return await _page(
            request, actor, round_id, set_id, form, status=409, refusal=error.refusal
        )
    return redirect(
        request, f"/rounds/{round_id}#corrections", N_("Đã áp dụng bản sửa; mã băm mới đã ghi.")
    )


async def _must_correct(round_id: int, actor: Actor) -> None:
    if not may_build_criteria(actor, (await movement.round_facts(round_id)).unit_id):
        raise NotVisible


def _shown(form: Form) -> Shown:
    """Nonsense is never what is there now."""
    typed = Form(form.values)
    shown = Shown(typed.integer("old_set"), typed.integer("edits"))
    return Shown(0, -1) if typed.errors else shown


async def _page(
    request: AnyRequest,
    actor: Actor,
    round_id: int,
    set_id: int,
    form: Form,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
) -> Response[str]:
    """Counts and dossiers are those this reader sees; whether it may be done is asked of all."""
    round_ = await movement.round_facts(round_id)
    new = await criteria_set(set_id)
    old = round_.sets.get(new.facts.subject)
    cursor = cursor_from(request.query_params.get("after", ""))
    refusal = refusal or refuse_correcting(round_, new.facts, new.movement_id)
    changes = affected(old, new.facts) if old else ()
    codes = [change.code for change in changes]
    old_id = old.id if old else 0
    if refusal is None:
        refusal = refuse_moving(
            changes,
            await queries.uses_of(round_id, old_id, codes),
            scoring_opened=await queries.scoring_opened(round_id),
        )
    dossiers = await queries.dossiers_affected(round_id, old_id, codes, actor, cursor=cursor)
    measured_cursor = cursor_from(request.query_params.get("measured", ""))
    measured = await dossiers_measured(
        round_, old or new.facts, new.facts, codes, actor, cursor=measured_cursor
    )
    here = f"/rounds/{round_id}/corrections/{set_id}"
    return page(
        request,
        "nominations/correction.html",
        status=status,
        round=round_,
        tab="overview",
        tabs=round_tabs(actor, round_.unit_id),
        old=old,
        new=new,
        comparison=compare(old, new.facts) if old else None,
        changes=changes,
        uses=await queries.uses_of(round_id, old_id, codes, actor),
        nothing=CriterionUse(),
        dossiers=dossiers,
        next_url=f"{here}?after={dossiers.next}" if dossiers.next else None,
        first_url=here if cursor else None,
        measured=measured,
        next_measured_url=f"{here}?measured={measured.next}" if measured.next else None,
        first_measured_url=here if measured_cursor else None,
        in_preparation=await in_preparation(round_id, new.facts.subject, actor),
        form=form,
        refusal=refusal,
        field_words=FIELD_WORDS,
        kind_words=KIND_WORDS,
        subject_words=SUBJECT_WORDS,
        indicators=registered(),
        describe=describe,
    )


ROUTES = (correction_page, correct)
