"""How a nomination is made."""

from __future__ import annotations

from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement.policy import round_tabs
from app.movement.queries import round_facts
from app.movement.rules import SUBJECTS, RoundFacts
from app.nominations import actions, forms, policy, queries, rules
from app.web.forms import Form
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect


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
    if not policy.may_nominate(actor):
        raise NotVisible
    round_ = await round_facts(round_id)
    form = Form(await request.form())
    new = forms.read_nomination(form, round_.achievements)
    if new is None:
        return await _nomination_form(request, actor, now, round_id, form, status=422)
    try:
        if new.person_id is None:
            created = await actions.nominate_collective(
                round_id, new.unit_id, new.achievement, new.period, actor=actor, now=now
            )
        else:
            created = await actions.nominate_person(
                round_id,
                new.person_id,
                new.unit_id,
                new.achievement,
                new.period,
                actor=actor,
                now=now,
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
        tabs=round_tabs(actor, round_.unit_id),
        subject=subject,
        choices=found[: queries.HITS],
        more=len(found) > queries.HITS,
        form=form,
        usual_achievement=rules.usual_achievement(round_.movement_name, round_.name),
        refusal=refusal or _closed(round_, now),
    )


def _closed(round_: RoundFacts, now: datetime) -> Refusal | None:
    return rules.refuse_nominating(
        round_.nominations, round_.opening is not None, today_in_vietnam(now)
    )


def _asked(request: AnyRequest, *names: str) -> dict[str, str]:
    """Query parameters as typed, each once, cut to a length no search needs more than."""
    return {name: request.query_params.get(name, "").replace("\x00", "")[:100] for name in names}


ROUTES = (new_nomination, nominate)
