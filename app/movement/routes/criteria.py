"""Reading criteria sets: everybody who is signed in."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from app.audit.queries import history
from app.kernel.actor import Actor
from app.kernel.indicators import registered
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible, Refusal
from app.kernel.vietnamese import search_key
from app.movement import policy, queries
from app.movement.documents.criteria_sheet import SheetData, render_sheet
from app.movement.queries.criteria import (
    CriteriaSetPage,
    criteria_set,
    criteria_sets,
    origins,
)
from app.movement.rules import SUBJECT_WORDS, SUBJECTS
from app.movement.rules.building import (
    HISTORY_WORDS,
    KIND_WORDS,
    missing_points,
    refuse_building,
    refuse_discarding,
)
from app.movement.rules.comparing import FIELD_WORDS, compare
from app.movement.rules.measuring import describe
from app.web.forms import Form
from app.web.render import AnyRequest, page
from app.web.session import Now, SignedIn


@get("/movements/{movement_id:int}/criteria")
async def criteria_list(
    request: AnyRequest, actor: SignedIn, movement_id: FromPath[int]
) -> Response[str]:
    return await list_page(request, actor, movement_id, Form({}))


@get("/criteria-sets/{set_id:int}")
async def criteria_page(
    request: AnyRequest, actor: SignedIn, now: Now, set_id: FromPath[int]
) -> Response[str]:
    return await set_page(request, actor, await criteria_set(set_id), now)


@get("/criteria-sets/{set_id:int}/preview")
async def preview_page(
    request: AnyRequest, actor: SignedIn, set_id: FromPath[int]
) -> Response[str]:
    reader = "nominee" if request.query_params.get("as") == "nominee" else "member"
    found = await criteria_set(set_id)
    return page(
        request,
        "movement/criteria/preview.html",
        **common(actor, found, f"as-{reader}"),
        reader=reader,
    )


@get("/criteria-sets/{set_id:int}/score-sheet.pdf")
async def printable_sheet(actor: SignedIn, set_id: FromPath[int]) -> Response[bytes]:
    found = await criteria_set(set_id)
    data = SheetData(found.launched_by, found.movement_name, found.facts, registered())
    # Laying out a page takes a second: others must not wait for it.
    content = await asyncio.to_thread(render_sheet, data)
    name = "-".join(search_key(f"bieu diem {found.facts.name} {found.facts.version}").split())
    headers = {
        "Content-Disposition": f'inline; filename="{name}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type="application/pdf", headers=headers)


@get("/criteria-sets/{set_id:int}/comparison")
async def comparison_page(
    request: AnyRequest, actor: SignedIn, set_id: FromPath[int]
) -> Response[str]:
    """Beside the version asked for; else the one it was copied from, else the next older one."""
    found = await criteria_set(set_id)
    others = [
        line
        for line in await criteria_sets(found.movement_id)
        if line.subject == found.facts.subject and line.id != set_id
    ]
    asked = request.query_params.get("with", "")
    if asked:
        other_id = int(asked) if asked.isascii() and asked.isdecimal() else 0
    else:
        older = [line.id for line in others if line.version < found.facts.version]
        other_id = next(iter([*_based_on(found), *older, *(line.id for line in others)]), 0)
    other = await criteria_set(other_id) if other_id else None
    if other is not None and other.facts.subject != found.facts.subject:
        raise NotVisible
    return page(
        request,
        "movement/criteria/comparison.html",
        **common(actor, found, "comparison"),
        other=other,
        others=others,
        comparison=compare(other.facts, found.facts) if other else None,
        field_words=FIELD_WORDS,
    )


@get("/indicators")
async def indicator_list(request: AnyRequest, actor: SignedIn) -> Response[str]:
    return page(
        request,
        "movement/criteria/indicators.html",
        indicators=registered(),
        subjects=SUBJECT_WORDS,
    )


async def list_page(
    request: AnyRequest, actor: Actor, movement_id: int, form: Form, status: int = 200
) -> Response[str]:
    movement = await queries.movement(movement_id)
    may_build = policy.may_build_criteria(actor, movement.unit_id)
    return page(
        request,
        "movement/criteria/list.html",
        status=status,
        movement=movement,
        sets=await criteria_sets(movement_id),
        origins=await origins() if may_build else (),
        subjects=[(subject, SUBJECT_WORDS[subject]) for subject in reversed(SUBJECTS)],
        may_build=may_build,
        form=form,
    )


async def set_page(
    request: AnyRequest,
    actor: Actor,
    found: CriteriaSetPage,
    now: datetime,
    *,
    status: int = 200,
    form: Form | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    """`form`: the name and note that were not taken."""
    return page(
        request,
        "movement/criteria/set.html",
        status=status,
        **common(actor, found, "criteria"),
        discardable=refuse_discarding(found.use) is None,
        corrects=[
            round_
            for round_ in found.use.corrects
            if round_.scoring_close_on is None or today_in_vietnam(now) <= round_.scoring_close_on
        ],
        lines=(await history("criteria_set", found.facts.id))[::-1],
        history_words=HISTORY_WORDS,
        form=form,
        refusal=refusal,
    )


def common(actor: Actor, found: CriteriaSetPage, tab: str) -> dict[str, Any]:
    """What every page of a set shows."""
    may_build = policy.may_build_criteria(actor, found.unit_id)
    return {
        "found": found,
        "criteria_set": found.facts,
        "tab": tab,
        "may_build": may_build,
        "editable": may_build and refuse_building(found.use) is None,
        "frozen": refuse_building(found.use),
        "missing": missing_points(found.facts),
        "kind_words": KIND_WORDS,
        "subject_words": SUBJECT_WORDS,
        "indicators": registered(),
        "describe": describe,
    }


def _based_on(found: CriteriaSetPage) -> list[int]:
    return [found.based_on[0]] if found.based_on else []


ROUTES = (
    criteria_list,
    criteria_page,
    preview_page,
    printable_sheet,
    comparison_page,
    indicator_list,
)
