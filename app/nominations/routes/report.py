"""Báo cáo thành tích: the preview on screen and the paper."""

from __future__ import annotations

import asyncio
from datetime import datetime

from litestar import Response, get
from litestar.params import FromPath

from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.nominations import policy, queries, rules
from app.nominations.documents import render_report
from app.nominations.routes.columns import pdf
from app.nominations.rules.report import Report, dated, report
from app.organization.rules import CATEGORIES, SEXES
from app.web.render import AnyRequest, page
from app.web.session import Now, SignedIn


@get("/nominations/{nomination_id:int}/report")
async def report_page(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Response[str]:
    dossier, found = await _report(actor, now, nomination_id)
    return page(
        request,
        "nominations/report.html",
        dossier=dossier,
        dossier_tab="report",
        dossier_tabs=policy.dossier_tabs(actor, dossier),
        may_list=policy.may_list(actor),
        state_words=rules.STATE_WORDS,
        report=found,
        sexes=SEXES,
        categories=CATEGORIES,
    )


@get("/nominations/{nomination_id:int}/report.pdf")
async def report_file(actor: SignedIn, now: Now, nomination_id: FromPath[int]) -> Response[bytes]:
    dossier, found = await _report(actor, now, nomination_id)
    made = await asyncio.to_thread(render_report, found)
    return pdf(made, f"bao-cao-thanh-tich {dossier.code}")


async def _report(actor: Actor, now: datetime, nomination_id: int) -> tuple[rules.Dossier, Report]:
    """As on the day of submission; while it is prepared, as of today."""
    dossier = await queries.nomination(nomination_id, actor)
    submitted = today_in_vietnam(dossier.submitted_at) if dossier.submitted_at else None
    day = dated(dossier, submitted, today_in_vietnam(now))
    found = report(
        dossier,
        await queries.particulars_of(dossier, actor, day),
        await queries.awards_of(dossier, day),
        await queries.unit_name(dossier.nominating_unit_id, day),
        await queries.route_of(nomination_id),
        day,
    )
    return dossier, found


ROUTES = (report_page, report_file)
