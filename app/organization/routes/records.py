"""Add, correct and take away what is recorded about a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.audit.rules.labels import REASONS
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.organization import actions, forms, policy, queries
from app.organization.queries.records import KeptPerson
from app.organization.routes.asking import unit_named
from app.organization.routes.record_form import differences, typed
from app.organization.rules import (
    CHANGE_REASONS,
    CHANGED,
    LEVELS,
    RECORDS,
    REMOVAL_REASONS,
    PersonRecord,
    refuse_foreign,
    refuse_record_removal,
)
from app.web.forms import Form
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect
HERE = "/people/{person_id:int}/records/{kind:str}"


@get(f"{HERE}/new")
async def new_record(
    request: AnyRequest, actor: SignedIn, now: Now, person_id: FromPath[int], kind: FromPath[str]
) -> Response[str]:
    person = await _person(person_id, kind, actor, now)
    return await _page(
        request, actor, person, kind, Form({"form": "main", "ends_previous": "yes"}), now
    )


@post(HERE)
async def add_record(
    request: AnyRequest, actor: SignedIn, now: Now, person_id: FromPath[int], kind: FromPath[str]
) -> Answer:
    person = await _person(person_id, kind, actor, now)
    form = Form(await request.form())
    record = await _read(form, kind, today_in_vietnam(now))
    if record is None:
        return await _page(request, actor, person, kind, form, now, status=422)
    try:
        await actions.add_record(
            person_id,
            kind,
            record,
            ends_previous=form.values.get("ends_previous") == "yes",
            actor=actor,
            now=now,
        )
    except Refused as error:
        return await _refused(request, actor, person, kind, form, now, error.refusal)
    return _back(request, person_id, kind, N_("Đã ghi mục mới."))


@get(f"{HERE}/{{record_id:int}}")
async def record_page(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    person_id: FromPath[int],
    kind: FromPath[str],
    record_id: FromPath[int],
) -> Response[str]:
    person = await _person(person_id, kind, actor, now)
    record = await _record(person_id, kind, record_id)
    if refusal := await _foreign(record, actor):
        raise Refused(refusal)
    return await _page(
        request, actor, person, kind, Form(await typed(record)), now, record_id=record_id
    )


@post(f"{HERE}/{{record_id:int}}")
async def correct_record(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    person_id: FromPath[int],
    kind: FromPath[str],
    record_id: FromPath[int],
) -> Answer:
    person = await _person(person_id, kind, actor, now)
    await _record(person_id, kind, record_id)
    form = Form(await request.form())
    why = form.choice("why", CHANGE_REASONS)
    record = await _read(form, kind, today_in_vietnam(now))
    if record is None:
        return await _page(request, actor, person, kind, form, now, status=422, record_id=record_id)
    try:
        await actions.correct_record(
            person_id,
            kind,
            record_id,
            record,
            why,
            form.values.get("version", ""),
            actor=actor,
            now=now,
        )
    except Refused as error:
        if error.refusal is CHANGED:
            return await _changed(request, actor, person, kind, form, now, record_id, record)
        return await _refused(request, actor, person, kind, form, now, error.refusal, record_id)
    return _back(request, person_id, kind, N_("Đã sửa mục này."))


@post(f"{HERE}/{{record_id:int}}/removal")
async def remove_record(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    person_id: FromPath[int],
    kind: FromPath[str],
    record_id: FromPath[int],
) -> Answer:
    person = await _person(person_id, kind, actor, now)
    record = await _record(person_id, kind, record_id)
    form = Form(await request.form())
    why = form.choice("removal_why", REMOVAL_REASONS)
    if form.errors:
        shown = Form(await typed(record))
        shown.errors = form.errors
        return await _page(
            request, actor, person, kind, shown, now, status=422, record_id=record_id
        )
    await actions.remove_record(person_id, kind, record_id, why, actor=actor, now=now)
    return _back(request, person_id, kind, N_("Đã xóa mục ghi nhầm."))


async def _person(person_id: int, kind: str, actor: Actor, now: datetime) -> KeptPerson:
    if not policy.may_keep(actor, kind):
        raise NotVisible
    reach = await queries.reach(policy.keeps_over(actor, kind))
    return await queries.kept_person(person_id, reach, today_in_vietnam(now))


async def _record(person_id: int, kind: str, record_id: int) -> PersonRecord:
    for record in await queries.records_of(person_id, kind):
        if record.id == record_id:
            return record
    raise NotVisible


async def _read(form: Form, kind: str, today: date) -> PersonRecord | None:
    record = forms.read_record(form, kind)
    if record is None or kind != "postings":
        return record
    period = record.period
    unit_id = await unit_named(
        form, form.values["unit"], period.first, period.last or max(period.first, today)
    )
    return replace(record, unit_id=unit_id) if unit_id is not None else None


async def _main(known: tuple[PersonRecord, ...], actor: Actor, today: date) -> PersonRecord | None:
    """The main posting held today, if the actor may end it."""
    main = next((r for r in known if r.is_main and today in r.period), None)
    return None if main is None or await _foreign(main, actor) else main


async def _foreign(record: PersonRecord, actor: Actor) -> Refusal | None:
    if record.unit_id is None:
        return None
    return refuse_foreign(record, await queries.reach(policy.keeps_over(actor, "postings")))


def _back(request: AnyRequest, person_id: int, kind: str, message: str) -> Redirect:
    return redirect(request, f"/people/{person_id}#{kind}", message)


async def _refused(
    request: AnyRequest,
    actor: Actor,
    person: KeptPerson,
    kind: str,
    form: Form,
    now: datetime,
    refusal: Refusal,
    record_id: int = 0,
) -> Response[str]:
    form.errors[refusal.field_name or "text"] = refusal
    return await _page(request, actor, person, kind, form, now, status=422, record_id=record_id)


async def _changed(
    request: AnyRequest,
    actor: Actor,
    person: KeptPerson,
    kind: str,
    form: Form,
    now: datetime,
    record_id: int,
    record: PersonRecord,
) -> Response[str]:
    """What is stored by now beside what was typed; saving again answers for that."""
    stored = await _record(person.id, kind, record_id)
    form.values["version"] = stored.version
    return await _page(
        request,
        actor,
        person,
        kind,
        form,
        now,
        status=409,
        record_id=record_id,
        changed=await differences(kind, stored, record),
    )


async def _page(
    request: AnyRequest,
    actor: Actor,
    person: KeptPerson,
    kind: str,
    form: Form,
    now: datetime,
    *,
    status: int = 200,
    record_id: int = 0,
    changed: Sequence[tuple[str, str]] = (),
) -> Response[str]:
    known = await queries.records_of(person.id, kind)
    return page(
        request,
        "organization/record.html",
        status=status,
        person=person,
        kind=kind,
        title=RECORDS[kind],
        record_id=record_id,
        form=form,
        conflict=CHANGED if status == 409 else None,
        changed=changed,
        levels=LEVELS,
        main=await _main(known, actor, today_in_vietnam(now)),
        kept=refuse_record_removal(kind, len(known)),
        change_reasons=[(key, REASONS[key]) for key in CHANGE_REASONS],
        removal_reasons=[(key, REASONS[key]) for key in REMOVAL_REASONS],
    )


ROUTES = (new_record, add_record, record_page, correct_record, remove_record)
