"""How a round will be judged: edited until opening freezes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement import actions, policy, queries
from app.movement.forms import protocol as forms
from app.movement.forms.planning import read_version
from app.movement.rules import (
    ANNUAL_KEY,
    CHANGED,
    ENDORSING_KINDS,
    FUSION_WORDS,
    PHASE_RESULTS,
    SUBJECT_WORDS,
    RoundFacts,
    canonical,
    citable,
    fingerprint,
    proposed_protocol,
    protocol_errors,
    tie_break_choices,
)
from app.organization.rules import KINDS
from app.web.forms import Form
from app.web.i18n import gettext
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect
HERE = "/rounds/{round_id:int}/protocol"


@get(HERE)
async def protocol_page(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    return _page(request, await _round(round_id, actor))


@post(HERE)
async def set_protocol(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Answer:
    round_ = await _round(round_id, actor)
    if round_.opening is not None:
        raise Refused(Refusal("already-open", N_("Đợt xét này đã được mở; tiêu chí đã được chốt.")))
    form = Form(await request.form())
    protocol = forms.read_protocol(
        form,
        proposed_protocol(round_.proposed, round_.sets),
        tie_break_choices(round_.sets, phase=round_.is_phase),
        _offered(round_),
        phase=round_.is_phase,
    )
    if protocol is not None:
        form.errors |= protocol_errors(
            protocol, round_.sets, phase=round_.is_phase, citable=_offered(round_)
        )
    if protocol is None or form.errors:
        return _page(request, round_, form, status=422)
    if form.values.get("step") == "preview":
        return _page(request, round_, form, preview=protocol)
    try:
        await actions.set_protocol(round_id, protocol, read_version(form), actor=actor, now=now)
    except Refused as error:
        if error.refusal is CHANGED:
            # The form that comes back fits what is stored now, so that it may be saved knowingly.
            fresh = await queries.round_facts(round_id)
            return _page(request, fresh, form, conflict=protocol, status=409)
        raise
    return redirect(request, f"/rounds/{round_id}#protocol", N_("Đã lưu quy tắc chấm."))


async def _round(round_id: int, actor: Actor) -> RoundFacts:
    round_ = await queries.round_facts(round_id)
    if not policy.may_plan(actor, round_.unit_id):
        raise NotVisible
    return round_


def _offered(round_: RoundFacts) -> list[str]:
    return list(citable(round_.annual, round_.achievements))


def _page(
    request: AnyRequest,
    round_: RoundFacts,
    form: Form | None = None,
    *,
    preview: Mapping[str, Any] | None = None,
    conflict: Mapping[str, Any] | None = None,
    status: int = 200,
) -> Response[str]:
    """`preview`: what the form would save; `conflict`: what it would have saved."""
    frozen = round_.opening.protocol if round_.opening else None
    stored = frozen or proposed_protocol(round_.proposed, round_.sets)
    shown = preview or stored
    choices = tie_break_choices(round_.sets, phase=round_.is_phase)
    return page(
        request,
        "movement/protocol.html",
        status=status,
        round=round_,
        protocol=shown,
        text=canonical(shown),
        sha256=fingerprint(shown),
        previewed=preview is not None,
        conflict=CHANGED if conflict is not None else None,
        form=form or Form(forms.typed_protocol(stored, _offered(round_))),
        chain=range(forms.LONGEST_CHAIN),
        fusions=_words(FUSION_WORDS),
        results=_words(PHASE_RESULTS),
        subjects=SUBJECT_WORDS,
        tie_breaks={
            subject: [(name, _tie_break_words(name)) for name in found]
            for subject, found in choices.items()
        },
        endorsing=[(kind, KINDS[kind]) for kind in ENDORSING_KINDS],
        unit_kinds=KINDS,
        annual=list(citable(round_.annual, round_.achievements).values()),
    )


def _words(labels: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(key, gettext(label)) for key, label in labels.items()]


def _tie_break_words(name: str) -> str:
    if name == ANNUAL_KEY:
        return gettext(N_("Kết quả các năm"))
    return gettext(N_("Điểm tiêu chí {code}"), code=name.removeprefix("criterion:"))


ROUTES = (protocol_page, set_protocol)
