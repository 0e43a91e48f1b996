from __future__ import annotations

from datetime import date, datetime

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.award_history import actions, forms, queries
from app.award_history.routes.reading import show_award
from app.award_history.rules import METHODS
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.web.forms import Form
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect


@get("/people/{person_id:int}/awards/new")
async def new_award_of_person(
    request: AnyRequest, actor: SignedIn, now: Now, person_id: FromPath[int]
) -> Response[str]:
    return await _form_page(request, actor, today_in_vietnam(now), person_id, None, Form({}))


@get("/units/{unit_id:int}/awards/new")
async def new_award_of_unit(
    request: AnyRequest, actor: SignedIn, now: Now, unit_id: FromPath[int]
) -> Response[str]:
    return await _form_page(request, actor, today_in_vietnam(now), None, unit_id, Form({}))


@post("/people/{person_id:int}/awards")
async def add_award_of_person(
    request: AnyRequest, actor: SignedIn, now: Now, person_id: FromPath[int]
) -> Answer:
    return await _add(request, actor, now, person_id, None)


@post("/units/{unit_id:int}/awards")
async def add_award_of_unit(
    request: AnyRequest, actor: SignedIn, now: Now, unit_id: FromPath[int]
) -> Answer:
    return await _add(request, actor, now, None, unit_id)


@post("/awards/{award_id:int}/removal")
async def remove_award(
    request: AnyRequest, actor: SignedIn, now: Now, award_id: FromPath[int]
) -> Answer:
    today = today_in_vietnam(now)
    award, kept = await queries.award(award_id, actor, today)
    if not kept:
        raise NotVisible
    form = Form(await request.form())
    because = forms.read_removal(form)
    if because is None:
        return await show_award(request, actor, today, award_id, form, status=422)
    await actions.remove_award(award_id, because, actor=actor, now=now)
    holder = f"/people/{award.person_id}" if award.person_id else f"/units/{award.collective_id}"
    return redirect(request, f"{holder}/awards", N_("Đã đánh dấu khen thưởng ghi nhầm."))


async def _add(
    request: AnyRequest, actor: Actor, now: datetime, person_id: int | None, unit_id: int | None
) -> Answer:
    today = today_in_vietnam(now)
    holder = await queries.kept_holder(person_id, unit_id, actor, today)
    form = Form(await request.form())
    new = forms.read_award(form, await queries.award_forms())
    if new is None:
        return await _form_page(request, actor, today, person_id, unit_id, form, status=422)
    try:
        await actions.add_award(person_id, unit_id, new, actor=actor, now=now)
    except Refused as error:
        return await _refused(request, actor, today, (person_id, unit_id), form, error.refusal)
    return redirect(request, f"{holder.path}/awards", N_("Đã ghi khen thưởng."))


async def _refused(
    request: AnyRequest,
    actor: Actor,
    today: date,
    ids: tuple[int | None, int | None],
    form: Form,
    refusal: Refusal,
) -> Response[str]:
    """Beside the field it is about, or above the form; what was typed is kept either way."""
    if refusal.field_name:
        form.errors[refusal.field_name] = refusal
        return await _form_page(request, actor, today, *ids, form, status=422)
    return await _form_page(request, actor, today, *ids, form, status=409, refusal=refusal)


async def _form_page(
    request: AnyRequest,
    actor: Actor,
    today: date,
    person_id: int | None,
    unit_id: int | None,
    form: Form,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
) -> Response[str]:
    return page(
        request,
        "award_history/new.html",
        status=status,
        holder=await queries.kept_holder(person_id, unit_id, actor, today),
        award_forms=await queries.award_forms(),
        methods=METHODS,
        form=form,
        refusal=refusal,
    )


ROUTES = (
    new_award_of_person,
    new_award_of_unit,
    add_award_of_person,
    add_award_of_unit,
    remove_award,
)
