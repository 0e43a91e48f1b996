from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from litestar import Response, get
from litestar.params import FromPath

from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible
from app.organization import policy, queries
from app.organization.routes.asking import (
    address,
    asked,
    following,
    people_reach,
    people_wanted,
    query_of,
)
from app.organization.rules import CATEGORIES, LEVELS, RECORDS, SEXES
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page
from app.web.session import Now, SignedIn

FILTERS = ("q", "unit", "category", "sex")


@get("/people")
async def people_list(request: AnyRequest, actor: SignedIn, now: Now) -> Response[str]:
    if not policy.may_list_people(actor):
        raise NotVisible
    today = today_in_vietnam(now)
    given = asked(request, *FILTERS)
    cursor = cursor_from(request.query_params.get("after", ""))
    found = await queries.people_page(
        await people_wanted(given, today),
        reach=await people_reach(actor),
        today=today,
        cursor=cursor,
    )
    return page(
        request,
        "organization/people.html",
        rows=found.rows,
        asked=given,
        categories=CATEGORIES,
        sexes=SEXES,
        next_url=following("/people", given, found.next),
        first_url=address("/people", given) if cursor else None,
        may_add=policy.may_keep_people(actor),
        query=query_of(given),
    )


@get("/people/{person_id:int}")
async def person_page(
    request: AnyRequest, actor: SignedIn, now: Now, person_id: FromPath[int]
) -> Response[str]:
    today = today_in_vietnam(now)
    sees = actor.units_for(*policy.SEES_PEOPLE)
    dates = actor.units_for(*policy.SEES_BIRTH_DATES)
    keeps = {kind: policy.keeps_over(actor, kind) for kind in RECORDS}
    keeps["person"] = policy.people_kept_over(actor)
    # Most readers hold one role, so it is asked once.
    reach = {units: await queries.reach(units) for units in {sees, dates, *keeps.values()}}
    person = await queries.person_sheet(
        person_id, own_id=actor.person_id, reach=reach[sees], today=today
    )
    return page(
        request,
        "organization/person.html",
        person=person,
        today=today,
        birth_date=person.birth_date
        if policy.may_see_birth_date(actor, person_id, person.unit_ids(today), reach[dates])
        else None,
        may_list=policy.may_list_people(actor),
        kept_units=reach[keeps["postings"]],
        keeps=await _kept(person_id, {kind: reach[units] for kind, units in keeps.items()}, today),
        categories=CATEGORIES,
        sexes=SEXES,
        levels=LEVELS,
    )


async def _kept(person_id: int, reach: Mapping[str, frozenset[int]], today: date) -> frozenset[str]:
    """What of this person lies within the reach for it: kinds of records, and `person`."""
    seen = {frozenset[int](): False}
    for units in set(reach.values()) - seen.keys():
        try:
            await queries.kept_person(person_id, units, today)
            seen[units] = True
        except NotVisible:
            seen[units] = False
    return frozenset(kind for kind, units in reach.items() if seen[units])


ROUTES = (people_list, person_page)
