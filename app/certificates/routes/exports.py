"""The register as this reader sees it, as a file."""

from __future__ import annotations

from collections.abc import Iterable

from litestar import Response, get
from litestar.params import FromPath

from app.certificates import queries
from app.certificates.queries import CertificateRow
from app.certificates.routes.pages import searched
from app.decisions import queries as decisions
from app.kernel.refusal import N_
from app.sheets.answers import MOST_ROWS, sheet_answer, whole
from app.web.i18n import gettext
from app.web.render import AnyRequest
from app.web.session import SignedIn

_HEAD = (
    N_("Số vào sổ"),
    N_("Đối tượng"),
    N_("Đơn vị"),
    N_("Hình thức"),
    N_("Quyết định"),
    N_("Ngày quyết định"),
    N_("Tệp"),
)


@get(["/certificates/export.csv", "/certificates/export.xlsx"])
async def register_export(request: AnyRequest, actor: SignedIn) -> Response[bytes]:
    found = await queries.certificates_page(actor, search=searched(request), limit=MOST_ROWS)
    return await _answer(request, whole(found))


@get(
    [
        "/decisions/{decision_id:int}/certificates/export.csv",
        "/decisions/{decision_id:int}/certificates/export.xlsx",
    ]
)
async def of_decision_export(
    request: AnyRequest, actor: SignedIn, decision_id: FromPath[int]
) -> Response[bytes]:
    await decisions.decision(decision_id)
    found = await queries.certificates_page(actor, decision_id=decision_id, limit=MOST_ROWS)
    return await _answer(request, whole(found))


async def _answer(request: AnyRequest, found: Iterable[CertificateRow]) -> Response[bytes]:
    rows = (
        (
            row.register_number,
            row.name,
            row.unit_name,
            row.award_title,
            row.decision_number,
            row.decided_on,
            gettext(N_("Đã tạo") if row.made else N_("Đang tạo")),
        )
        for row in found
    )
    return await sheet_answer(request, N_("Sổ giấy khen"), "so-giay-khen", _HEAD, rows)


ROUTES = (register_export, of_decision_export)
