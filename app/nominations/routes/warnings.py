from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.award_history.rules import METHODS
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refused
from app.movement.policy import has_tab, round_tabs
from app.movement.queries import round_facts
from app.movement.rules import SUBJECT_WORDS
from app.nominations import actions, policy, queries, rules
from app.nominations.rules.warnings import counted, warnings_of
from app.nominations.rules.warnings_facts import KINDS
from app.web.forms import Form
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn


@get("/nominations/{nomination_id:int}/warnings")
async def dossier_warnings(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Response[str]:
    dossier = await queries.nomination(nomination_id, actor)
    return await _dossier_page(request, actor, now, dossier, Form({}))


@post("/nominations/{nomination_id:int}/grounds")
async def add_ground(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Response[str] | Redirect:
    dossier = await queries.nomination(nomination_id, actor)
    if not policy.may_enter(actor, dossier):
        raise NotVisible
    form = Form(await request.form())
    award_id = form.integer("award", least=1)
    if form.errors:
        form.errors.clear()
        form.refuse("award", "not-offered", N_("Vui lòng chọn một mục trong danh sách."))
        return await _dossier_page(request, actor, now, dossier, form, status=422)
    try:
        await actions.add_ground(nomination_id, award_id, actor=actor, now=now)
    except Refused as error:
        if error.refusal.field_name is None:
            raise
        form.errors["award"] = error.refusal
        return await _dossier_page(request, actor, now, dossier, form, status=422)
    return redirect(request, f"{_path(nomination_id)}#grounds", N_("Đã nêu căn cứ."))


@post("/nominations/{nomination_id:int}/grounds/{ground_id:int}/removal")
async def remove_ground(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    nomination_id: FromPath[int],
    ground_id: FromPath[int],
) -> Redirect:
    await actions.remove_ground(nomination_id, ground_id, actor=actor, now=now)
    return redirect(request, f"{_path(nomination_id)}#grounds", N_("Đã bỏ căn cứ."))


@get("/rounds/{round_id:int}/warnings")
async def round_warnings(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    round_ = await round_facts(round_id)
    if not has_tab(actor, "warnings", round_.unit_id):
        raise NotVisible
    kind = request.query_params.get("kind", "")
    kind = kind if kind in KINDS else ""
    cursor = cursor_from(request.query_params.get("after", ""))
    found = await queries.warned_page(
        round_id, actor, today_in_vietnam(now), kind=kind, cursor=cursor
    )
    here, given = f"/rounds/{round_id}/warnings", {"kind": kind} if kind else {}
    following = urlencode({**given, "after": str(found.page.next)})
    return page(
        request,
        "nominations/warnings_of_round.html",
        round=round_,
        tab="warnings",
        tabs=round_tabs(actor, round_.unit_id),
        rows=found.page.rows,
        looked_at=found.looked_at,
        kind=kind,
        kinds=KINDS,
        subject_words=SUBJECT_WORDS,
        next_url=f"{here}?{following}" if found.page.next else None,
        first_url=f"{here}?{urlencode(given)}" if cursor else None,
    )


async def _dossier_page(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    dossier: rules.Dossier,
    form: Form,
    *,
    status: int = 200,
) -> Response[str]:
    today = today_in_vietnam(now)
    facts = (await queries.examined([dossier.id], actor, today))[dossier.id]
    warnings = warnings_of(facts)
    enters = policy.may_enter(actor, dossier)
    editable = enters and rules.refuse_preparing(dossier, today) is None
    named = {ground.award_id for ground in facts.grounds}
    choices = await queries.ground_choices(dossier) if editable else ()
    return page(
        request,
        "nominations/warnings.html",
        status=status,
        dossier=dossier,
        dossier_tab="warnings",
        dossier_tabs=policy.dossier_tabs(actor, dossier),
        may_list=policy.may_list(actor),
        state_words=rules.STATE_WORDS,
        warnings=warnings,
        counts=counted(warnings),
        kinds=KINDS,
        grounds=facts.grounds,
        awards_href=facts.awards_href,
        methods=METHODS,
        editable=editable,
        choices=[award for award in choices if award.id not in named],
        form=form,
    )


def _path(nomination_id: int) -> str:
    return f"/nominations/{nomination_id}/warnings"


ROUTES = (dossier_warnings, add_ground, remove_ground, round_warnings)
