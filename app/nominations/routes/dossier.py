from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.audit.queries import HistoryLine, history
from app.discipline.rules import FORM_WORDS, KIND_WORDS
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.nominations import actions, forms, policy, queries, rules
from app.nominations.queries.files import files_of
from app.nominations.rules.words import HISTORY
from app.web.forms import Form
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect


@get("/nominations/{nomination_id:int}")
async def dossier_page(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Response[str]:
    dossier = await queries.nomination(nomination_id, actor)
    return await dossier_answer(request, actor, now, dossier)


@post("/nominations/{nomination_id:int}/evidence")
async def add_evidence(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Answer:
    dossier = await queries.nomination(nomination_id, actor)
    if not policy.may_enter(actor, dossier):
        raise NotVisible
    form = Form(await request.form())
    if (new := forms.read_evidence(form)) is None:
        return await dossier_answer(request, actor, now, dossier, {"evidence": form}, status=422)
    try:
        await actions.add_evidence(
            nomination_id,
            new.criterion_code,
            new.statement,
            new.before,
            new.after,
            new.quantity_unit,
            new.document,
            days=new.days,
            actor=actor,
            now=now,
        )
    except Refused as error:
        status = beside_field(form, error.refusal)
        return await dossier_answer(
            request, actor, now, dossier, {"evidence": form}, error.refusal, status
        )
    return redirect(request, f"/nominations/{nomination_id}#evidence", N_("Đã thêm minh chứng."))


@post("/nominations/{nomination_id:int}/attestations")
async def attest(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Answer:
    dossier = await queries.nomination(nomination_id, actor)
    form = Form(await request.form())
    gate = form.values.get("gate", "")
    if not policy.may_attest(actor, dossier, gate):
        raise NotVisible
    if (new := forms.read_attestation(form)) is None:
        return await dossier_answer(request, actor, now, dossier, {gate: form}, status=422)
    try:
        await actions.attest(
            nomination_id,
            new.gate,
            new.positive,
            new.statement,
            actor=actor,
            now=now,
            seen=form.values.get("seen", ""),
        )
    except Refused as error:
        # What somebody else wrote is shown beside what was typed.
        dossier = await queries.nomination(nomination_id, actor)
        return await dossier_answer(
            request, actor, now, dossier, {gate: form}, error.refusal, status=409
        )
    return redirect(request, f"/nominations/{nomination_id}#gates", N_("Đã ghi xác nhận."))


@post("/nominations/{nomination_id:int}/submission")
async def submit(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Redirect:
    await actions.submit(nomination_id, actor=actor, now=now)
    return redirect(request, f"/nominations/{nomination_id}", N_("Đã nộp hồ sơ."))


async def dossier_answer(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    dossier: rules.Dossier,
    typed: Mapping[str, Form] | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    """`typed`: the form that came back, under `evidence` or the code of its gate."""
    today = today_in_vietnam(now)
    gates = await queries.gates_of(dossier, actor, today)
    lines = await history("nomination", dossier.id)
    prepares = policy.may_prepare(actor, dossier)
    return page(
        request,
        "nominations/dossier.html",
        status=status,
        dossier=dossier,
        dossier_tab="dossier",
        dossier_tabs=policy.dossier_tabs(actor, dossier),
        gates=gates,
        attestable=policy.attestable(actor, dossier, today),
        may_list=policy.may_list(actor),
        prepares=prepares,
        changeable=rules.changeable_criteria(dossier, today)
        if policy.may_enter(actor, dossier)
        else (),
        dossier_files=await files_of(dossier, removed=False),
        not_ready=rules.refuse_submission(dossier, today),
        typed=typed or {},
        refusal=refusal,
        lines=_in_runs(lines),
        history_words=HISTORY,
        state_words=rules.STATE_WORDS,
        kind_words=KIND_WORDS,
        form_words=FORM_WORDS,
    )


def _in_runs(lines: Sequence[HistoryLine]) -> list[tuple[HistoryLine, int]]:
    """Newest first; what one person did several times on end is one line with its number."""
    shown = [line for line in reversed(lines) if line.action in HISTORY]
    runs = groupby(shown, key=lambda line: (line.action, line.actor_name))
    return [(found[0], len(found)) for found in (list(run) for _, run in runs)]


def beside_field(form: Form, refusal: Refusal) -> int:
    """A refusal of one field is shown there (422), any other above the form (409)."""
    if refusal.field_name is None:
        return 409
    form.errors[refusal.field_name] = refusal
    return 422


ROUTES = (dossier_page, add_evidence, attest, submit)
