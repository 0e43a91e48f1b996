from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.audit.queries import HistoryLine, history
from app.discipline.rules import FORM_WORDS, KIND_WORDS
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement.policy import round_tabs
from app.movement.queries import round_facts
from app.movement.rules import SUBJECTS, RoundFacts
from app.nominations import actions, forms, policy, queries, rules
from app.nominations.rules.words import HISTORY
from app.web.forms import Form
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect


@get("/rounds/{round_id:int}/nominations")
async def nomination_list(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    if not policy.may_list(actor):
        raise NotVisible
    round_ = await round_facts(round_id)
    asked = _asked(request, "q", "state", "subject")
    after = cursor_from(request.query_params.get("after", ""))
    found = await queries.nominations_page(
        round_id,
        actor,
        search=asked["q"],
        state=asked["state"],
        subject=asked["subject"],
        cursor=after,
    )
    here = f"/rounds/{round_id}/nominations"
    following = {**asked, "after": str(found.next)} if found.next else None
    return page(
        request,
        "nominations/list.html",
        round=round_,
        tab="nominations",
        tabs=round_tabs(actor),
        rows=found.rows,
        counts=await queries.counts(round_id, actor),
        asked=asked,
        state_words=rules.STATE_WORDS,
        gives_word=policy.gives_word(actor),
        next_url=f"{here}?{urlencode(following)}" if following else None,
        first_url=f"{here}?{urlencode(asked)}" if after else None,
        may_nominate=policy.may_nominate(actor),
        refusal=_closed(round_, now),
    )


@get("/rounds/{round_id:int}/nominations/new")
async def new_nomination(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    form = Form(_asked(request, "subject", "q"))
    return await _nomination_form(request, actor, now, round_id, form)


@post("/rounds/{round_id:int}/nominations")
async def nominate(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Answer:
    form = Form(await request.form())
    new = forms.read_nomination(form)
    if new is None:
        return await _nomination_form(request, actor, now, round_id, form, status=422)
    try:
        if new.person_id is None:
            created = await actions.nominate_collective(
                round_id, new.unit_id, new.achievement, actor=actor, now=now
            )
        else:
            created = await actions.nominate_person(
                round_id, new.person_id, new.unit_id, new.achievement, actor=actor, now=now
            )
    except Refused as error:
        return await _nomination_form(
            request, actor, now, round_id, form, status=409, refusal=error.refusal
        )
    return redirect(
        request,
        f"/nominations/{created}",
        N_("Đã lập đề nghị. Vui lòng bổ sung minh chứng rồi nộp hồ sơ."),
    )


@get("/nominations/{nomination_id:int}")
async def dossier_page(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Response[str]:
    dossier = await queries.nomination(nomination_id, actor)
    return await _dossier(request, actor, now, dossier)


@post("/nominations/{nomination_id:int}/evidence")
async def add_evidence(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Answer:
    dossier = await queries.nomination(nomination_id, actor)
    if not policy.may_prepare(actor, dossier):
        raise NotVisible
    form = Form(await request.form())
    if (new := forms.read_evidence(form)) is None:
        return await _dossier(request, actor, now, dossier, {"evidence": form}, status=422)
    try:
        await actions.add_evidence(
            nomination_id,
            new.criterion_code,
            new.statement,
            new.before,
            new.after,
            new.quantity_unit,
            new.document,
            actor=actor,
            now=now,
        )
    except Refused as error:
        status = _beside_field(form, error.refusal)
        return await _dossier(
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
        return await _dossier(request, actor, now, dossier, {gate: form}, status=422)
    try:
        await actions.attest(
            nomination_id, new.gate, new.positive, new.statement, actor=actor, now=now
        )
    except Refused as error:
        return await _dossier(request, actor, now, dossier, {gate: form}, error.refusal, status=409)
    return redirect(request, f"/nominations/{nomination_id}#gates", N_("Đã ghi xác nhận."))


@post("/nominations/{nomination_id:int}/submission")
async def submit(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Redirect:
    await actions.submit(nomination_id, actor=actor, now=now)
    return redirect(request, f"/nominations/{nomination_id}", N_("Đã nộp hồ sơ."))


async def _nomination_form(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    round_id: int,
    form: Form,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
) -> Response[str]:
    if not policy.may_nominate(actor):
        raise NotVisible
    round_ = await round_facts(round_id)
    subject = form.values.get("subject", "")
    subject = subject if subject in SUBJECTS else "individual"
    find = {
        "individual": queries.people_to_nominate,
        "collective": queries.collectives_to_nominate,
    }[subject]
    found = await find(round_id, actor, today_in_vietnam(now), form.values.get("q", ""))
    return page(
        request,
        "nominations/new.html",
        status=status,
        round=round_,
        tab="nominations",
        tabs=round_tabs(actor),
        subject=subject,
        choices=found[: queries.HITS],
        more=len(found) > queries.HITS,
        form=form,
        usual_achievement=rules.usual_achievement(round_.movement_name, round_.name),
        refusal=refusal or _closed(round_, now),
    )


async def _dossier(
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
        attestable=policy.attestable(actor, dossier),
        may_list=policy.may_list(actor),
        prepares=prepares,
        late=rules.refuse_preparing(dossier, today),
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


def _closed(round_: RoundFacts, now: datetime) -> Refusal | None:
    return rules.refuse_nominating(
        round_.nominations, round_.opening is not None, today_in_vietnam(now)
    )


def _beside_field(form: Form, refusal: Refusal) -> int:
    """A refusal of one field is shown there (422), any other above the form (409)."""
    if refusal.field_name is None:
        return 409
    form.errors[refusal.field_name] = refusal
    return 422


def _asked(request: AnyRequest, *names: str) -> dict[str, str]:
    """Query parameters as typed, each once, cut to a length no search needs more than."""
    return {name: request.query_params.get(name, "").replace("\x00", "")[:100] for name in names}


ROUTES = (
    nomination_list,
    new_nomination,
    nominate,
    dossier_page,
    add_evidence,
    attest,
    submit,
)
