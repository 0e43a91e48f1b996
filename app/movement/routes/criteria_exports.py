"""The versions of a movement's criteria, and the indicators, as files."""

from __future__ import annotations

from litestar import Response, get
from litestar.params import FromPath

from app.kernel.indicators import registered
from app.kernel.refusal import N_
from app.movement import queries
from app.movement.queries.criteria import criteria_sets
from app.movement.rules import SUBJECT_WORDS
from app.sheets.answers import sheet_answer
from app.web.i18n import gettext
from app.web.render import AnyRequest
from app.web.session import SignedIn

_SETS = "/movements/{movement_id:int}/criteria"

SETS_HEAD = (
    N_("Loại"),
    N_("Tên bộ tiêu chí"),
    N_("Phiên bản"),
    N_("Lập từ phiên bản"),
    N_("Người lập"),
    N_("Tiêu chí"),
    N_("Tổng điểm"),
    N_("Dùng cho"),
    N_("Trạng thái"),
)
INDICATORS_HEAD = (
    N_("Mã"),
    N_("Chỉ số"),
    N_("Đơn vị tính"),
    N_("Đối tượng"),
    N_("Nguồn số liệu"),
    N_("Thời gian tính"),
    N_("Cách tính"),
)


@get([f"{_SETS}/export.csv", f"{_SETS}/export.xlsx"])
async def sets_export(
    request: AnyRequest, actor: SignedIn, movement_id: FromPath[int]
) -> Response[bytes]:
    await queries.stored_movement(movement_id)
    rows = [
        (
            gettext(SUBJECT_WORDS[line.subject]),
            line.name,
            line.version,
            line.based_on_version,
            line.by,
            line.criteria,
            line.total,
            ", ".join(line.rounds),
            gettext(N_("Đã chốt") if line.frozen else N_("Đang soạn")),
        )
        for line in await criteria_sets(movement_id)
    ]
    return await sheet_answer(request, N_("Bộ tiêu chí"), "bo-tieu-chi", SETS_HEAD, rows)


@get(["/indicators/export.csv", "/indicators/export.xlsx"])
async def indicators_export(request: AnyRequest, actor: SignedIn) -> Response[bytes]:
    rows = [
        (
            code,
            gettext(indicator.name),
            gettext(indicator.unit),
            ", ".join(gettext(SUBJECT_WORDS[subject]) for subject in indicator.subjects),
            gettext(indicator.source),
            gettext(indicator.period),
            gettext(indicator.how),
        )
        for code, indicator in registered().items()
    ]
    return await sheet_answer(request, N_("Danh mục chỉ số"), "chi-so", INDICATORS_HEAD, rows)


ROUTES = (sets_export, indicators_export)
