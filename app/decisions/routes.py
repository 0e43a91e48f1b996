from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.audit.queries import history
from app.decisions import actions, policy, queries, rules
from app.decisions.forms import CAPACITIES, parse_signing
from app.files.answers import pdf_answer
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement import queries as movement
from app.movement.policy import round_tabs
from app.movement.rules import SUBJECT_WORDS, RoundFacts
from app.sheets.answers import MOST_ROWS, sheet_answer, whole
from app.web.forms import Form
from app.web.i18n import gettext
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

_HEAD = (
    N_("TT"),
    N_("Loại"),
    N_("Đối tượng"),
    N_("Chức vụ"),
    N_("Đơn vị"),
    N_("Hệ số"),
    N_("Tiền thưởng (đồng)"),
)


@get("/rounds/{round_id:int}/decision")
async def prepare_page(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str] | Redirect:
    prepared = await _prepared(actor, round_id)
    if prepared.decision_id is not None:
        return Redirect(f"/decisions/{prepared.decision_id}", status_code=303)
    return _form_page(request, actor, prepared, _blank(prepared, now))


@post("/rounds/{round_id:int}/decision")
async def decide(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str] | Redirect:
    if not policy.may_decide(actor, (await movement.round_facts(round_id)).unit_id):
        raise NotVisible
    form = Form(await request.form())
    signing = parse_signing(form)
    if signing is None:
        return _form_page(request, actor, await _prepared(actor, round_id), form, status=422)
    try:
        decision_id = await actions.decide(
            round_id,
            signing.signed_on,
            signing.place,
            signing.capacity,
            signing.title,
            signing.name,
            actor=actor,
            now=now,
        )
    except Refused as error:
        prepared = await _prepared(actor, round_id)
        return _refused(request, actor, prepared, form, error.refusal)
    return redirect(request, f"/decisions/{decision_id}", N_("Đã ghi nhận quyết định."))


@get("/decisions/{decision_id:int}")
async def decision_page(
    request: AnyRequest, actor: SignedIn, decision_id: FromPath[int]
) -> Response[str]:
    decision = await queries.decision(decision_id)
    cursor = cursor_from(request.query_params.get("after", ""))
    return page(
        request,
        "decisions/decision.html",
        decision=decision,
        annex=await queries.annex_page(decision_id, cursor),
        first_page=cursor is None,
        history=await history("decision", decision_id)
        if policy.may_see_history(actor, decision.unit_id)
        else (),
        round=await movement.round_facts(decision.round_id),
        tab="decision",
        tabs=round_tabs(actor, decision.unit_id),
    )


@get("/decisions/{decision_id:int}/decision.pdf")
async def decision_file(actor: SignedIn, decision_id: FromPath[int]) -> Response[bytes]:
    decision = await queries.decision(decision_id)
    return await pdf_answer(decision.sha256, f"quyet-dinh {decision.number}")


@get(
    [
        "/decisions/{decision_id:int}/annex/export.csv",
        "/decisions/{decision_id:int}/annex/export.xlsx",
    ]
)
async def annex_export(
    request: AnyRequest, actor: SignedIn, decision_id: FromPath[int]
) -> Response[bytes]:
    await queries.decision(decision_id)
    found = await queries.annex_page(decision_id, limit=MOST_ROWS)
    rows = (
        (
            item.position,
            gettext(SUBJECT_WORDS[item.subject]),
            item.name,
            item.post,
            item.unit_name,
            item.coefficient,
            item.bonus_amount,
        )
        for item in whole(found)
    )
    return await sheet_answer(request, N_("Danh sách kèm theo"), "danh-sach-kem-theo", _HEAD, rows)


def _blank(prepared: _Prepared, now: datetime) -> Form:
    """The head signs at the seat of the agency, today: right most of the time."""
    values = {"signed_on": today_in_vietnam(now).isoformat()}
    if prepared.preparation is not None and prepared.preparation.held is not None:
        issuer = prepared.preparation.held.issuer
        values |= {"place": issuer.place, "signer_title": issuer.head}
    return Form(values)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """`preparation` is None for those who may not decide: how far the council has come is
    nobody else's business."""

    round: RoundFacts
    decision_id: int | None
    preparation: rules.Preparation | None


async def _prepared(actor: Actor, round_id: int) -> _Prepared:
    round_ = await movement.round_facts(round_id)
    if not policy.may_decide(actor, round_.unit_id):
        return _Prepared(round_, await queries.decision_of(round_id), None)
    preparation = await queries.preparation(round_id)
    return _Prepared(round_, preparation.decision_id, preparation)


def _refused(
    request: AnyRequest, actor: Actor, prepared: _Prepared, form: Form, refusal: Refusal
) -> Response[str]:
    """Beside the field it is about, or above the form; what was typed is kept either way."""
    if refusal.field_name:
        form.errors[refusal.field_name] = refusal
        return _form_page(request, actor, prepared, form, status=422)
    return _form_page(request, actor, prepared, form, status=409, refusal=refusal)


def _form_page(
    request: AnyRequest,
    actor: Actor,
    prepared: _Prepared,
    form: Form,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
) -> Response[str]:
    if prepared.preparation is not None and refusal is None:
        refusal = rules.refuse_decision(prepared.preparation)
    return page(
        request,
        "decisions/prepare.html",
        status=status,
        round=prepared.round,
        preparation=prepared.preparation,
        refusal=refusal,
        form=form,
        capacities=CAPACITIES,
        tab="decision",
        tabs=round_tabs(actor, prepared.round.unit_id),
    )


ROUTES = (prepare_page, decide, decision_page, decision_file, annex_export)
