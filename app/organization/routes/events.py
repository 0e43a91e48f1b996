"""Record an event of a unit: the form, and what it posts."""

from __future__ import annotations

from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.period import show_date, today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.organization import actions, forms, policy, queries
from app.organization.forms import NewEvent
from app.organization.routes.asking import only
from app.organization.rules import EVENTS, NEW_KINDS, PEOPLE
from app.web.forms import Form
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect


@get("/units/{unit_id:int}/events")
async def event_form(
    request: AnyRequest, actor: SignedIn, now: Now, unit_id: FromPath[int]
) -> Response[str]:
    await _reach(actor, unit_id)
    kind = request.query_params.get("event", "")
    form = Form({"event": kind if kind in EVENTS else "rename"})
    return await _page(request, unit_id, form, now)


@post("/units/{unit_id:int}/events")
async def record_event(
    request: AnyRequest, actor: SignedIn, now: Now, unit_id: FromPath[int]
) -> Answer:
    reach = await _reach(actor, unit_id)
    form = Form(await request.form())
    event = forms.read_event(form)
    if event is None:
        return await _page(request, unit_id, form, now, status=422)
    named = await _named(form, event, reach)
    if form.errors:
        return await _page(request, unit_id, form, now, status=422)
    try:
        shown = await _record(event, unit_id, named, actor, now)
    except Refused as error:
        refusal = error.refusal
        if refusal.field_name is None:
            return await _page(request, unit_id, form, now, status=409, refusal=refusal)
        form.errors[refusal.field_name] = refusal
        return await _page(request, unit_id, form, now, status=422)
    path = f"/units/{shown}?on={show_date(event.day)}"
    return redirect(request, path, N_("Đã ghi nhận thay đổi của đơn vị."))


async def _named(form: Form, event: NewEvent, reach: frozenset[int]) -> dict[str, int]:
    """The units the form names, by what was typed; what is not found is said beside its field."""
    found = {}
    lines = [("others", line) for line in event.others]
    # A part of a split is named by its new code: it is not there yet.
    to = event.to if event.kind == "dissolve" else ""
    for field, typed in (("parent", event.parent), ("to", to), *lines):
        if not typed:
            continue
        every = await queries.find_units(typed, event.day)
        # Another's room of the same name is never meant.
        within = [unit_id for unit_id in every if policy.may_change_units(reach, unit_id)]
        unit_id = only(form, field, typed, within)
        if not within:
            form.refuse(
                field,
                "unknown-unit",
                N_("Không tìm thấy đơn vị “{typed}” trong phạm vi quản lý."),
                typed=typed[:80],
            )
        elif unit_id is not None:
            found[typed] = unit_id
    return found


async def _record(
    event: NewEvent, unit_id: int, named: dict[str, int], actor: Actor, now: datetime
) -> int:
    """Returns the unit to show afterwards."""
    day = event.day
    match event.kind:
        case "rename":
            await actions.rename(unit_id, event.name, day, actor=actor, now=now)
        case "move":
            await actions.move(unit_id, named[event.parent], day, actor=actor, now=now)
        case "merge":
            together = [unit_id, *(named[line] for line in event.others)]
            parent_id = named[event.parent]
            return await actions.merge(
                together, event.news[0], parent_id, day, people=event.people, actor=actor, now=now
            )
        case "absorb":
            return await _absorb(event, unit_id, named, actor, now)
        case "convert":
            return await actions.convert(
                unit_id, event.news[0], day, people=event.people, actor=actor, now=now
            )
        case "split":
            to = event.to.lower()
            await actions.split(
                unit_id, event.news, day, to=to, people=event.people, actor=actor, now=now
            )
        case "found":
            return await actions.found(event.news[0], unit_id, day, actor=actor, now=now)
        case _:
            to_id = named[event.to] if event.to else None
            await actions.dissolve(
                unit_id, day, to_id=to_id, people=event.people, actor=actor, now=now
            )
    return unit_id


async def _absorb(
    event: NewEvent, unit_id: int, named: dict[str, int], actor: Actor, now: datetime
) -> int:
    others = [named[line] for line in event.others]
    into, absorbed = (unit_id, others) if event.side == "receives" else (others[0], [unit_id])
    await actions.absorb(
        absorbed, into, event.name, event.day, people=event.people, actor=actor, now=now
    )
    return into


async def _reach(actor: Actor, unit_id: int) -> frozenset[int]:
    reach = await queries.reach(actor.units_for(*policy.CHANGES_UNITS))
    if not policy.may_change_units(reach, unit_id):
        raise NotVisible
    return reach


async def _page(
    request: AnyRequest,
    unit_id: int,
    form: Form,
    now: datetime,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
) -> Response[str]:
    today = today_in_vietnam(now)
    sheet = await queries.unit_sheet(unit_id)
    kind = form.values.get("event", "")
    return page(
        request,
        "organization/events.html",
        status=status,
        unit=sheet.facts,
        parent_name=sheet.parent_names.get(sheet.facts.latest.parent_id or 0, ""),
        event=kind if kind in EVENTS else "rename",
        events=EVENTS,
        kinds=NEW_KINDS,
        sides=forms.SIDES,
        people=PEOPLE,
        form=form,
        posted=await queries.still_posted([unit_id], today),
        refusal=refusal,
    )


ROUTES = (event_form, record_event)
