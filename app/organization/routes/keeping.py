"""Write somebody new by hand, or put a person's own data right."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.audit.rules.labels import REASONS
from app.kernel.actor import Actor
from app.kernel.period import show_date, today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refused
from app.organization import actions, forms, policy, queries
from app.organization.routes.asking import unit_named
from app.organization.rules import (
    CATEGORIES,
    CHANGED,
    PERSON_FIELDS,
    PERSON_REASONS,
    SEXES,
    PersonFacts,
)
from app.web.forms import Form
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect
HERE = "/people/{person_id:int}/edit"
_WORDS = {"sex": SEXES, "staff_category": CATEGORIES}


@get("/people/new")
async def new_person(request: AnyRequest, actor: SignedIn) -> Response[str]:
    await _reach(actor)
    return _page(request, "organization/person_new.html", Form({}))


@post("/people")
async def add_person(request: AnyRequest, actor: SignedIn, now: Now) -> Answer:
    reach = await _reach(actor)
    today = today_in_vietnam(now)
    form = Form(await request.form())
    template = "organization/person_new.html"
    person = forms.read_person(form, today)
    first = forms.read_first_posting(form)
    unit_id = None
    if first is not None:
        last = max(first.valid_from, today)
        unit_id = await unit_named(form, first.unit, first.valid_from, last)
    if person is None or first is None or unit_id is None:
        return _page(request, template, form, status=422)
    try:
        person_id = await actions.add_person(
            person,
            unit_id,
            first.post,
            first.valid_from,
            another=form.values.get("another") == "yes",
            actor=actor,
            now=now,
        )
    except Refused as error:
        form.errors[error.refusal.field_name or "staff_code"] = error.refusal
        known = await queries.namesakes(person, reach, today)
        return _page(request, template, form, status=422, namesakes=known)
    return redirect(request, f"/people/{person_id}", N_("Đã ghi cán bộ mới."))


@get(HERE)
async def person_form(
    request: AnyRequest, actor: SignedIn, now: Now, person_id: FromPath[int]
) -> Response[str]:
    await _kept(actor, person_id, today_in_vietnam(now))
    return await _editor(request, person_id)


@post(HERE)
async def correct_person(
    request: AnyRequest, actor: SignedIn, now: Now, person_id: FromPath[int]
) -> Answer:
    today = today_in_vietnam(now)
    reach = await _kept(actor, person_id, today)
    form = Form(await request.form())
    why = form.choice("why", PERSON_REASONS)
    person = forms.read_person(form, today)
    if person is None or form.errors:
        return await _editor(request, person_id, form, status=422)
    try:
        await actions.correct_person(
            person_id,
            person,
            why,
            form.values.get("version", ""),
            another=form.values.get("another") == "yes",
            actor=actor,
            now=now,
        )
    except Refused as error:
        if error.refusal is CHANGED:
            return await _editor(request, person_id, form, status=409)
        form.errors[error.refusal.field_name or "full_name"] = error.refusal
        known = await queries.namesakes(person, reach, today, but=person_id)
        return await _editor(request, person_id, form, status=422, namesakes=known)
    return redirect(request, f"/people/{person_id}", N_("Đã sửa thông tin cán bộ."))


async def _reach(actor: Actor) -> frozenset[int]:
    if not policy.may_keep_people(actor):
        raise NotVisible
    return await queries.reach(policy.people_kept_over(actor))


async def _kept(actor: Actor, person_id: int, today: date) -> frozenset[int]:
    reach = await _reach(actor)
    await queries.kept_person(person_id, reach, today)
    return reach


async def _editor(
    request: AnyRequest,
    person_id: int,
    form: Form | None = None,
    *,
    status: int = 200,
    namesakes: tuple[object, ...] = (),
) -> Response[str]:
    """With status 409 what is stored by now is told beside what was typed."""
    person = await queries.person_facts(person_id)
    stored = _typed(person)
    # Whoever was refused for another reason still answers for the version they began from.
    version = person.version
    if form is not None and status != 409:
        version = form.values.get("version", "")
    changed = _differences(stored, form) if form is not None and status == 409 else []
    return _page(
        request,
        "organization/person_edit.html",
        form or Form(stored),
        status=status,
        namesakes=namesakes,
        person_id=person_id,
        person=person,
        version=version,
        conflict=CHANGED if status == 409 else None,
        changed=changed,
        reasons=[(key, REASONS[key]) for key in PERSON_REASONS],
    )


def _typed(person: PersonFacts) -> dict[str, object]:
    """A person's data as the form would have posted it."""
    return {
        name: show_date(value) if isinstance(value, date) else value
        for name, value in asdict(person).items()
    }


def _differences(stored: dict[str, object], form: Form) -> list[tuple[str, str]]:
    """(label, what is stored) of each field that was typed otherwise; both gettext ids."""
    found = []
    for name, label in PERSON_FIELDS.items():
        value = str(stored[name])
        if value != form.values.get(name, ""):
            found.append((label, _WORDS.get(name, {}).get(value, value)))
    return found


def _page(
    request: AnyRequest,
    template: str,
    form: Form,
    *,
    status: int = 200,
    namesakes: tuple[object, ...] = (),
    **context: object,
) -> Response[str]:
    return page(
        request,
        template,
        status=status,
        form=form,
        labels=PERSON_FIELDS,
        sexes=SEXES,
        categories=CATEGORIES,
        namesakes=namesakes if "another" in form.errors else (),
        **context,
    )


ROUTES = (new_person, add_person, person_form, correct_person)
