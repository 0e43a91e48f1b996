"""Đăng ký thi đua: the list of a round, the form, withdrawing, and the step to a nomination."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement.policy import round_tabs
from app.movement.queries import round_facts
from app.movement.rules import SUBJECT_WORDS, SUBJECTS
from app.nominations import actions, policy, queries, rules
from app.nominations.forms import registering as forms
from app.nominations.routes.dossier import beside_field
from app.nominations.rules.registering import STATE_WORDS
from app.sheets.answers import MOST_ROWS, sheet_answer, whole
from app.web.forms import Form
from app.web.i18n import gettext
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect
_LIST = "/rounds/{round_id:int}/registrations"
_HEAD = (
    N_("Loại"),
    N_("Đối tượng"),
    N_("Chức vụ"),
    N_("Đơn vị"),
    N_("Đăng ký"),
    N_("Mục tiêu"),
    N_("Tình trạng"),
    N_("Ngày đăng ký"),
    N_("Lý do rút"),
)


@get(_LIST)
async def registration_list(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    return await _list(request, actor, now, round_id)


@get([f"{_LIST}/export.csv", f"{_LIST}/export.xlsx"])
async def registrations_export(
    request: AnyRequest, actor: SignedIn, round_id: FromPath[int]
) -> Response[bytes]:
    if not policy.may_list(actor):
        raise NotVisible
    await round_facts(round_id)
    asked = _asked(request)
    found = await queries.registrations_page(
        round_id, actor, search=asked["q"], state=asked["state"], limit=MOST_ROWS
    )
    rows = (
        (
            gettext(SUBJECT_WORDS[row.subject]),
            row.name,
            row.post,
            row.unit_name,
            row.award_form_name,
            row.goal,
            gettext(STATE_WORDS[row.state]),
            today_in_vietnam(row.at),
            row.withdrawn_because,
        )
        for row in whole(found)
    )
    return await sheet_answer(request, N_("Đăng ký thi đua"), "dang-ky-thi-dua", _HEAD, rows)


@get(f"{_LIST}/new")
async def new_registrations(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    names = ("subject", "q")
    form = Form({name: request.query_params.get(name, "")[:100] for name in names})
    return await _form(request, actor, now, round_id, form)


@post(_LIST)
async def register(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Answer:
    if not policy.may_nominate(actor):
        raise NotVisible
    data = await request.form()
    form = Form(data)
    chosen = [value for value in data.getall("nominee", []) if isinstance(value, str)]
    new = forms.read_registrations(form, chosen)
    if new is None:
        return await _form(request, actor, now, round_id, form, chosen, status=422)
    try:
        await actions.register(
            round_id, new.picks, new.award_form_id, new.goal, actor=actor, now=now
        )
    except Refused as error:
        status = beside_field(form, error.refusal)
        return await _form(
            request, actor, now, round_id, form, chosen, error.refusal, status=status
        )
    return redirect(request, f"/rounds/{round_id}/registrations", N_("Đã ghi đăng ký thi đua."))


@post("/registrations/{registration_id:int}/withdrawal")
async def withdraw_registration(
    request: AnyRequest, actor: SignedIn, now: Now, registration_id: FromPath[int]
) -> Answer:
    row = await queries.registration(registration_id, actor)
    if not policy.may_change_registration(actor, row):
        raise NotVisible
    form = Form(await request.form())
    if (reason := forms.read_reason(form)) is None:
        return await _list(
            request, actor, now, row.round_id, typed={registration_id: form}, status=422
        )
    try:
        await actions.withdraw_registration(registration_id, reason, actor=actor, now=now)
    except Refused as error:
        return await _list(
            request,
            actor,
            now,
            row.round_id,
            typed={registration_id: form},
            refusal=error.refusal,
            status=409,
        )
    return redirect(request, f"/rounds/{row.round_id}/registrations", N_("Đã rút đăng ký."))


@post("/registrations/{registration_id:int}/nomination")
async def nominate_registered(
    request: AnyRequest, actor: SignedIn, now: Now, registration_id: FromPath[int]
) -> Redirect:
    row = await queries.registration(registration_id, actor)
    if not policy.may_change_registration(actor, row):
        raise NotVisible
    made = await actions.nominate_registered(registration_id, actor=actor, now=now)
    return redirect(
        request,
        f"/nominations/{made}",
        N_("Đã lập đề nghị. Vui lòng bổ sung minh chứng rồi nộp hồ sơ."),
    )


async def _list(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    round_id: int,
    *,
    typed: dict[int, Form] | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    if not policy.may_list(actor):
        raise NotVisible
    round_ = await round_facts(round_id)
    asked = _asked(request)
    after = cursor_from(request.query_params.get("after", ""))
    found = await queries.registrations_page(
        round_id, actor, search=asked["q"], state=asked["state"], cursor=after
    )
    today = today_in_vietnam(now)
    here = f"/rounds/{round_id}/registrations"
    following = {**asked, "after": str(found.next)} if found.next else None
    return page(
        request,
        "nominations/registrations.html",
        status=status,
        round=round_,
        tab="registrations",
        tabs=round_tabs(actor, round_.unit_id),
        rows=found.rows,
        own={row.id for row in found.rows if policy.may_change_registration(actor, row)},
        asked=asked,
        query=urlencode(asked) if any(asked.values()) else "",
        state_words=STATE_WORDS,
        typed=typed or {},
        refusal=refusal,
        next_url=f"{here}?{urlencode(following)}" if following else None,
        first_url=f"{here}?{urlencode(asked)}" if after else None,
        may_nominate=policy.may_nominate(actor),
        closed=rules.refuse_registering(rules.registration_days(round_.calendar), today),
        not_nominating=rules.refuse_nominating(
            round_.nominations, round_.opening is not None, today
        ),
        days=rules.registration_days(round_.calendar),
    )


async def _form(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    round_id: int,
    form: Form,
    chosen: list[str] | None = None,
    refusal: Refusal | None = None,
    *,
    status: int = 200,
) -> Response[str]:
    if not policy.may_nominate(actor):
        raise NotVisible
    round_ = await round_facts(round_id)
    award_form = round_.award_form
    today = today_in_vietnam(now)
    subject = form.values.get("subject", "")
    subject = subject if subject in SUBJECTS else "individual"
    find = {
        "individual": queries.people_to_nominate,
        "collective": queries.collectives_to_nominate,
    }[subject]
    found = await find(round_id, actor, today, form.values.get("q", ""), taken_by="registration")
    closed = rules.refuse_registering(rules.registration_days(round_.calendar), today)
    return page(
        request,
        "nominations/registrations_new.html",
        status=status,
        round=round_,
        tab="registrations",
        tabs=round_tabs(actor, round_.unit_id),
        subject=subject,
        choices=found[: queries.HITS],
        more=len(found) > queries.HITS,
        chosen=set(chosen or ()),
        form=form,
        award_forms=[(award_form.id, award_form.name)] if award_form else [],
        refusal=(refusal if status == 409 else None) or closed,
        shut=closed is not None and not chosen,
    )


def _asked(request: AnyRequest) -> dict[str, str]:
    return {
        name: request.query_params.get(name, "").replace("\x00", "")[:100]
        for name in ("q", "state")
    }


ROUTES = (
    registration_list,
    registrations_export,
    new_registrations,
    register,
    withdraw_registration,
    nominate_registered,
)
