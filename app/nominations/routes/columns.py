"""The four columns of points of a dossier side by side, one of them open to be filled in."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.points import show_points
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.kernel.vietnamese import search_key
from app.movement.rules.protocol import PHASE_RESULTS
from app.nominations import actions, policy, queries, rules
from app.nominations.documents import render_score_sheet
from app.nominations.forms.columns import read_column
from app.nominations.routes.dossier import beside_field
from app.nominations.rules.measuring import MeasuredCriterion
from app.web.forms import Form
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect


@get("/nominations/{nomination_id:int}/points")
async def columns_page(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Response[str]:
    dossier = await queries.nomination(nomination_id, actor)
    return await _page(request, actor, now, dossier, request.query_params.get("column", ""))


@post("/nominations/{nomination_id:int}/points/{giver:str}")
async def save_column(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    nomination_id: FromPath[int],
    giver: FromPath[str],
) -> Answer:
    dossier = await queries.nomination(nomination_id, actor)
    if giver not in rules.GIVERS or not policy.may_give(actor, dossier, giver):
        raise NotVisible
    form = Form(await request.form())
    if (new := read_column(form, dossier.criteria)) is None:
        return await _page(request, actor, now, dossier, giver, form, status=422)
    try:
        await actions.save_column(
            nomination_id, giver, new.marks, new.note, new.version, actor=actor, now=now
        )
    except Refused as error:
        dossier = await queries.nomination(nomination_id, actor)
        status = beside_field(form, error.refusal)
        return await _page(request, actor, now, dossier, giver, form, error.refusal, status)
    return redirect(
        request, f"/nominations/{nomination_id}/points?column={giver}", N_("Đã lưu điểm.")
    )


@get("/nominations/{nomination_id:int}/score-sheet.pdf")
async def score_sheet_file(
    actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Response[bytes]:
    dossier = await queries.nomination(nomination_id, actor)
    columns, measured = await _points(dossier, actor)
    sheet = rules.sheet(dossier.criteria, columns, _own_points(measured))
    unit = await queries.unit_name(dossier.nominating_unit_id, today_in_vietnam(now))
    made = await asyncio.to_thread(
        render_score_sheet, dossier, sheet, tuple(columns), unit, today_in_vietnam(now)
    )
    return pdf(made, f"bieu-diem {dossier.code}")


def pdf(content: bytes, name: str) -> Response[bytes]:
    filename = "-".join(search_key(name).split())
    headers = {
        "Content-Disposition": f'inline; filename="{filename}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type="application/pdf", headers=headers)


async def _points(
    dossier: rules.Dossier, actor: Actor
) -> tuple[Mapping[str, rules.Column], tuple[MeasuredCriterion, ...]]:
    return await queries.columns_of(dossier, actor), await queries.measured_of(dossier)


def _own_points(measured: tuple[MeasuredCriterion, ...]) -> dict[str, Decimal | None]:
    return {own.criterion.code: own.points for own in measured}


async def _page(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    dossier: rules.Dossier,
    wanted: str,
    form: Form | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    """`wanted`: the column to fill in; `form`: what came back, to be shown again."""
    today = today_in_vietnam(now)
    columns, measured = await _points(dossier, actor)
    open_ = {
        giver: rules.open_criteria(dossier, giver, today)
        for giver in rules.GIVERS
        if policy.may_give(actor, dossier, giver)
        and rules.refuse_column(dossier, giver, today, actor.person_id) is None
    }
    giver = wanted if wanted in open_ or form else next(iter(open_), "")
    stored = columns.get(giver, rules.Column())
    changed = refusal is not None and refusal.code == rules.CHANGED_MEANWHILE.code
    if form is None:
        form = Form({code: show_points(mark) for code, mark in stored.marks.items()})
        form.values |= {"note": stored.note, "version": str(stored.version)}
    return page(
        request,
        "nominations/columns.html",
        status=status,
        dossier=dossier,
        dossier_tab="points",
        dossier_tabs=policy.dossier_tabs(actor, dossier),
        may_list=policy.may_list(actor),
        state_words=rules.STATE_WORDS,
        sheet=rules.sheet(dossier.criteria, columns, _own_points(measured)),
        columns=columns,
        words=rules.COLUMN_WORDS,
        phase_words=PHASE_RESULTS,
        cited=await queries.cited_years_of(dossier, actor),
        measured={own.criterion.code: own for own in measured},
        givers=tuple(open_),
        giver=giver,
        fields=open_.get(giver, tuple(code for code in form.values if code in _codes(dossier))),
        form=form,
        stored=stored,
        changed=changed,
        version=stored.version if changed else form.values.get("version", "0"),
        refusal=refusal if status == 409 else None,
    )


def _codes(dossier: rules.Dossier) -> set[str]:
    return {criterion.code for criterion in dossier.criteria}


ROUTES = (columns_page, save_column, score_sheet_file)
