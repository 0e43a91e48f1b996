"""What the address of a page asks for; a spoilt part is as if it were not there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from app.kernel.actor import Actor
from app.kernel.period import show_date
from app.kernel.refusal import N_
from app.organization import policy, queries
from app.organization.queries.people import Wanted
from app.web.forms import Form
from app.web.paging import Cursor
from app.web.render import AnyRequest


def asked(request: AnyRequest, *names: str) -> dict[str, str]:
    """Query parameters as typed, each once, cut to a length no search needs more than."""
    return {name: request.query_params.get(name, "").replace("\x00", "")[:100] for name in names}


def day_asked(request: AnyRequest, today: date) -> tuple[date, Form]:
    """`on`, or today; the form keeps what was typed and says when it is no date."""
    form = Form(asked(request, "on"))
    if not form.values["on"].strip():
        form.values["on"] = show_date(today)
        return today, form
    return form.day("on") or today, form


def following(path: str, given: dict[str, str], cursor: Cursor | None, name: str = "after") -> str:
    """The address of the next page; empty when there is none."""
    return address(path, {**given, name: str(cursor)}) if cursor else ""


def address(path: str, given: dict[str, str]) -> str:
    query = query_of(given)
    return f"{path}?{query}" if query else path


def query_of(given: dict[str, str]) -> str:
    return urlencode({key: value for key, value in given.items() if value})


async def unit_named(form: Form, typed: str, first: date, last: date) -> int | None:
    """The unit of the field `unit`, by its name as a posting ends or goes on, or as it began.

    None when the form says that there is none, or more than one.
    """
    found = await queries.find_units(typed, last) or await queries.find_units(typed, first)
    if not found:
        message = N_("Không tìm thấy đơn vị “{typed}”.")
        form.refuse("unit", "unknown-unit", message, typed=typed[:80])
    return only(form, "unit", typed, found)


def only(form: Form, field: str, typed: str, found: Sequence[int]) -> int | None:
    """The one that was found; of several the form says that their name is not enough."""
    if len(found) > 1:
        message = N_("Có {n} đơn vị cùng tên “{typed}”; vui lòng ghi mã đơn vị.")
        form.refuse(field, "several-units", message, n=len(found), typed=typed[:80])
    return found[0] if len(found) == 1 else None


async def people_reach(actor: Actor) -> frozenset[int]:
    return await queries.reach(actor.units_for(*policy.SEES_PEOPLE))


async def people_wanted(given: dict[str, str], today: date) -> Wanted:
    unit = given["unit"].strip()
    return Wanted(
        search=given["q"],
        category=given["category"],
        sex=given["sex"],
        unit_ids=await queries.units_matching(unit, today) if unit else None,
    )
