"""The runs of an account and the lines of one run, as files."""

from __future__ import annotations

from collections.abc import Iterator

from litestar import Response, get
from litestar.params import FromPath

from app.imports import policy
from app.imports.queries import lines, runs
from app.imports.queries.runs import ProblemLine
from app.imports.routes.listing import TITLES
from app.imports.routes.words import SORTS, outlook
from app.imports.rules.preview import Planned
from app.imports.rules.states import STATE_WORDS
from app.kernel.period import show_moment
from app.kernel.refusal import N_, NotVisible
from app.sheets.answers import MOST_ROWS, sheet_answer, whole
from app.sheets.writing import Cell
from app.web.i18n import gettext
from app.web.render import AnyRequest, explain
from app.web.session import SignedIn

_RUNS_HEAD = (
    N_("Tệp"),
    N_("Mục"),
    N_("Lúc"),
    N_("Tình trạng"),
    N_("Mới"),
    N_("Thay đổi"),
    N_("Giữ nguyên"),
    N_("Bị từ chối"),
)
_LINES_HEAD = (
    N_("Kết quả"),
    N_("Dòng"),
    N_("Mã"),
    N_("Tên"),
    N_("Cột"),
    N_("Giá trị trong dữ liệu"),
    N_("Giá trị trong tệp"),
    N_("Cần làm"),
)


@get(["/imports/export.csv", "/imports/export.xlsx"])
async def runs_export(request: AnyRequest, actor: SignedIn) -> Response[bytes]:
    if not policy.may_import(actor):
        raise NotVisible
    found = await runs.own_runs(actor, limit=MOST_ROWS)
    rows = (
        (
            run.file_name,
            gettext(TITLES[run.kind]),
            show_moment(run.at),
            gettext(STATE_WORDS[run.state]),
            *(run.counts.get(count) for count in ("new", "changed", "unchanged", "refused")),
        )
        for run in whole(found)
    )
    return await sheet_answer(request, N_("Các lần nhập của tôi"), "cac-lan-nhap", _RUNS_HEAD, rows)


@get(["/imports/{run_id:int}/lines/export.csv", "/imports/{run_id:int}/lines/export.xlsx"])
async def lines_export(
    request: AnyRequest, actor: SignedIn, run_id: FromPath[int]
) -> Response[bytes]:
    """The sort of lines asked for, else all; beyond those kept with the run nothing is known."""
    run = await runs.run_for(run_id, actor)
    asked = request.query_params.get("lines", "")
    sorts = {asked} if asked in SORTS else set(SORTS)
    rows: list[tuple[Cell, ...]] = []
    if run.state not in policy.BUSY:
        for sort, planned in (await lines.planned(run)).items():
            if sort in sorts:
                rows += _planned(sort, planned, done=run.state == "done")
        for sort, problems in lines.problems(run).items():
            if sort in sorts:
                rows += _problems(sort, problems)
    return await sheet_answer(
        request, N_("Các dòng của tệp"), f"nhap-du-lieu-{run_id}", _LINES_HEAD, rows
    )


def _planned(sort: str, planned: tuple[Planned, ...], *, done: bool) -> Iterator[tuple[Cell, ...]]:
    for line in planned:
        words = outlook(sort, line, done=done)
        cells = (line.row, line.key, line.name, line.column, line.now, line.value, words)
        yield (gettext(SORTS[sort]), *cells)


def _problems(sort: str, problems: tuple[ProblemLine, ...]) -> Iterator[tuple[Cell, ...]]:
    for line in problems:
        cells = (line.row, "", "", line.column, "", line.value, explain(line.refusal))
        yield (gettext(SORTS[sort]), *cells)


ROUTES = (runs_export, lines_export)
