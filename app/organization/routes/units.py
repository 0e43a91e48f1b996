"""The tree and one unit, as of any day."""

from __future__ import annotations

from litestar import Response, get
from litestar.params import FromPath

from app.kernel.period import show_date, today_in_vietnam
from app.organization import policy, queries
from app.organization.routes.asking import (
    address,
    asked,
    day_asked,
    following,
    people_reach,
    query_of,
)
from app.organization.rules import KINDS, SUCCESSIONS
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page
from app.web.session import Now, SignedIn


@get("/units")
async def unit_tree(request: AnyRequest, actor: SignedIn, now: Now) -> Response[str]:
    """Found units when words are asked for, else what lies under the head of the tree."""
    day, form = day_asked(request, today_in_vietnam(now))
    given = asked(request, "q", "on")
    cursor = cursor_from(request.query_params.get("after", ""))
    head = None
    if given["q"].strip():
        found = await queries.search_units(given["q"], day, cursor=cursor)
    else:
        heads = await queries.children_page(None, day)
        head = heads.rows[0] if len(heads.rows) == 1 else None
        found = await queries.children_page(head.id, day, cursor=cursor) if head else heads
    return page(
        request,
        "organization/units.html",
        rows=found.rows,
        head=head,
        asked=given,
        form=form,
        day=day,
        kinds=KINDS,
        next_url=following("/units", given, found.next),
        first_url=address("/units", given) if cursor else None,
        query=query_of(given),
    )


@get("/units/{unit_id:int}")
async def unit_page(
    request: AnyRequest, actor: SignedIn, now: Now, unit_id: FromPath[int]
) -> Response[str]:
    today = today_in_vietnam(now)
    asked_day, form = day_asked(request, today)
    sheet = await queries.unit_sheet(unit_id)
    facts = sheet.facts
    day = facts.nearest(asked_day)
    given = {"on": show_date(day)}
    children_after, members_after = (
        cursor_from(request.query_params.get(name, "")) for name in ("units_after", "after")
    )
    children = await queries.children_page(unit_id, day, cursor=children_after)
    reach = await people_reach(actor)
    members = None
    if policy.may_list_people(actor):
        members = await queries.members_page(
            unit_id, day, reach=reach, today=today, cursor=members_after
        )
    here = f"/units/{unit_id}"
    return page(
        request,
        "organization/unit.html",
        sheet=sheet,
        unit=facts,
        version=facts.version_on(day),
        way=await queries.way(unit_id, day),
        relations=await queries.relations(unit_id),
        children=children.rows,
        members=members,
        left_behind=sheet.left_behind if unit_id in reach else 0,
        asked_day=asked_day,
        day=day,
        today=today,
        form=form,
        kinds=KINDS,
        successions=SUCCESSIONS,
        may_change=policy.changes_units(actor) and facts.dissolved_on is None,
        units_next=following(here, given, children.next, "units_after"),
        units_first=address(here, given) if children_after else None,
        members_next=following(here, given, members.next if members else None),
        members_first=address(here, given) if members_after else None,
    )


ROUTES = (unit_tree, unit_page)
