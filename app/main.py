"""The composition root: every room's routes, the shell around them, and the queue."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from litestar import Litestar, Response
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from app import database, indicators  # noqa: F401 - importing makes the indicators known
from app.accounts import routes as accounts
from app.accounts.policy import may_administer
from app.accounts.queries import actor_for_token
from app.audit import routes as audit
from app.audit.policy import may_read_log
from app.award_history import routes as award_history
from app.award_history.policy import may_list as may_list_awards
from app.certificates import routes as certificates
from app.council import routes as council
from app.decisions import routes as decisions
from app.files.store import FileMissing
from app.imports import routes as imports
from app.imports.policy import may_import
from app.kernel.actor import Actor
from app.kernel.refusal import N_
from app.movement import routes as movement
from app.nominations import routes as nominations
from app.organization import routes as organization
from app.organization.policy import may_list_people
from app.public_comment import routes as public_comment
from app.reminders import routes as reminders
from app.reports import rights
from app.reports import routes as reports
from app.scoring import routes as scoring
from app.web import clock, i18n
from app.web.errors import EXCEPTION_HANDLERS
from app.web.headers import add_headers
from app.web.render import AnyRequest, page
from app.web.secret import secret
from app.web.session import WhoAsks, must_be_signed_in, provide_actor, provide_now
from app.web.static import static_file

ROUTES: tuple[ControllerRouterHandler, ...] = (
    static_file,
    *accounts.ROUTES,
    *organization.ROUTES,
    *movement.ROUTES,
    *award_history.ROUTES,
    *nominations.ROUTES,
    *scoring.ROUTES,
    *council.ROUTES,
    *public_comment.ROUTES,
    *decisions.ROUTES,
    *certificates.ROUTES,
    *reminders.ROUTES,
    *audit.ROUTES,
    *reports.ROUTES,
    *rights.ROUTES,
    *imports.ROUTES,
)

logger = logging.getLogger("thidua")

LARGEST_REQUEST = 25 * 1024 * 1024
# The longest form that carries a file: a list of 2,000 dossiers with three fields each.
MOST_PARTS = 6_100


def navigation(actor: Actor | None) -> list[tuple[str, str]]:
    if actor is None:
        return []
    items = [
        ("/", N_("Việc của tôi")),
        ("/movements", N_("Phong trào")),
        ("/certificates", N_("Giấy khen")),
        ("/units", N_("Các đơn vị")),
    ]
    if may_list_awards(actor):
        items.append(("/awards", N_("Khen thưởng")))
    if may_list_people(actor):
        items.append(("/people", N_("Nhân sự")))
    if may_import(actor):
        items.append(("/imports", N_("Nhập dữ liệu")))
    if may_administer(actor):
        items.append(("/accounts", N_("Tài khoản")))
    if may_read_log(actor):
        items.append(("/audit", N_("Nhật ký")))
    return [(href, i18n.gettext(label)) for href, label in items]


def _file_missing(request: AnyRequest, error: FileMissing) -> Response[str]:
    logger.error("stored file %s is missing or changed", error)
    return page(request, "errors/file_missing.html", status=500, sha256=str(error)[:12])


def create_app(*, url: str | None = None, clock: Callable[[], datetime] = clock.now) -> Litestar:
    """`url`: the database to open while the app runs; None when the caller has opened it."""

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncGenerator[None, None]:
        if url is not None:
            await database.connect(url)
        yield
        if url is not None:
            await database.disconnect()

    return Litestar(
        route_handlers=ROUTES,
        lifespan=[lifespan],
        dependencies={
            "actor": Provide(provide_actor, sync_to_thread=False),
            "now": Provide(provide_now, sync_to_thread=False),
        },
        guards=[must_be_signed_in],
        middleware=[WhoAsks(actor_for_token)],
        csrf_config=CSRFConfig(
            secret=secret(),
            cookie_name="thidua_csrf",
            cookie_httponly=True,
            cookie_samesite="lax",
        ),
        exception_handlers={**EXCEPTION_HANDLERS, FileMissing: _file_missing},
        before_send=[add_headers],
        request_max_body_size=LARGEST_REQUEST,
        multipart_form_part_limit=MOST_PARTS,
        state=State({"navigation": navigation, "clock": clock}),
        openapi_config=None,
        logging_config=None,
    )
