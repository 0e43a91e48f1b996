from __future__ import annotations

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect

from app.imports import actions, policy
from app.imports.forms import plain_name, read_upload
from app.imports.queries import runs
from app.imports.rules.kinds import KINDS
from app.imports.rules.states import STATE_WORDS
from app.imports.template_file import template_file
from app.kernel.actor import Actor
from app.kernel.period import show_moment
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.sheets.answers import MOST_ROWS, sheet_answer, whole
from app.sheets.reading import XLSX_TYPE
from app.web.forms import Form
from app.web.i18n import gettext
from app.web.paging import cursor_from
from app.web.render import AnyRequest, explain, htmx, page, redirect
from app.web.session import Now, SignedIn

_WARNINGS_SHOWN = 200
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
_LINES_HEAD = (N_("Kết quả"), N_("Dòng"), N_("Cột"), N_("Giá trị"), N_("Cần làm"))


@get("/imports")
async def run_list(request: AnyRequest, actor: SignedIn) -> Response[str]:
    if not policy.may_import(actor):
        raise NotVisible
    cursor = cursor_from(request.query_params.get("after", ""))
    return page(
        request,
        "imports/list.html",
        found=await runs.own_runs(actor, cursor),
        first_page=cursor is None,
        kinds=_kinds(actor),
        titles=_TITLES,
        states=STATE_WORDS,
    )


@get(["/imports/export.csv", "/imports/export.xlsx"])
async def runs_export(request: AnyRequest, actor: SignedIn) -> Response[bytes]:
    if not policy.may_import(actor):
        raise NotVisible
    found = await runs.own_runs(actor, limit=MOST_ROWS)
    rows = (
        (
            run.file_name,
            gettext(_TITLES[run.kind]),
            show_moment(run.at),
            gettext(STATE_WORDS[run.state]),
            *(run.counts.get(count) for count in ("new", "changed", "unchanged", "refused")),
        )
        for run in whole(found)
    )
    return await sheet_answer(request, N_("Các lần nhập của tôi"), "cac-lan-nhap", _RUNS_HEAD, rows)


@get("/imports/new")
async def new_run(request: AnyRequest, actor: SignedIn) -> Response[str]:
    kinds = policy.kinds_for(actor)
    asked = request.query_params.get("kind", "")
    if not kinds or (asked and asked not in kinds):
        raise NotVisible
    return _form(request, actor, Form({"kind": asked or kinds[0]}))


@post("/imports")
async def upload(request: AnyRequest, actor: SignedIn, now: Now) -> Response[str] | Redirect:
    if not policy.may_import(actor):
        raise NotVisible
    data = await request.form()
    form = Form(data)
    file = data.get("file")
    content = await file.read() if isinstance(file, UploadFile) else None
    file_name = plain_name(file.filename) if isinstance(file, UploadFile) else ""
    kind = read_upload(form, content, file_name, policy.kinds_for(actor))
    if form.errors or content is None:
        return _form(request, actor, form, status=422)
    try:
        run_id = await actions.upload(kind, content, file_name, actor=actor, now=now)
    except Refused as error:
        form.errors["file"] = error.refusal
        return _form(request, actor, form, status=422)
    return Redirect(f"/imports/{run_id}", status_code=303)


@get("/imports/template/{name:str}")
async def template(actor: SignedIn, name: FromPath[str]) -> Response[bytes]:
    kind = name.removesuffix(".xlsx")
    if kind == name or not policy.may_import(actor, kind):
        raise NotVisible
    headers = {
        "Content-Disposition": f'attachment; filename="mau-nhap-{kind}.xlsx"',
        "Cache-Control": "private, no-store",
    }
    return Response(template_file(KINDS[kind]), media_type=XLSX_TYPE, headers=headers)


@get("/imports/{run_id:int}")
async def run_page(request: AnyRequest, actor: SignedIn, run_id: FromPath[int]) -> Response[str]:
    return await _run(request, actor, run_id)


@get(["/imports/{run_id:int}/lines/export.csv", "/imports/{run_id:int}/lines/export.xlsx"])
async def lines_export(
    request: AnyRequest, actor: SignedIn, run_id: FromPath[int]
) -> Response[bytes]:
    """Both lists of the page; beyond the thousand lines kept with a run nothing is known."""
    run = await runs.run_for(run_id, actor)
    rows = (
        (
            gettext(N_("Bị từ chối") if line.refused else N_("Cần xem lại")),
            line.row,
            line.column,
            line.value,
            explain(line.refusal),
        )
        for line in (() if run.state in policy.BUSY else run.problems)
    )
    name = f"nhap-du-lieu-{run_id}"
    return await sheet_answer(request, N_("Các dòng cần xem lại"), name, _LINES_HEAD, rows)


@get("/imports/{run_id:int}/progress")
async def progress(
    request: AnyRequest, actor: SignedIn, run_id: FromPath[int]
) -> Response[str] | Redirect:
    run = await runs.run_for(run_id, actor)
    if not htmx(request):
        return Redirect(f"/imports/{run_id}", status_code=303)
    response = page(request, "imports/_progress.html", run=run)
    if run.state not in policy.BUSY:
        # What stands around the progress has changed as well: the counts and the lines.
        response.headers["HX-Refresh"] = "true"
    return response


@post("/imports/{run_id:int}/application")
async def apply(
    request: AnyRequest, actor: SignedIn, now: Now, run_id: FromPath[int]
) -> Response[str] | Redirect:
    try:
        await actions.order_application(run_id, actor=actor, now=now)
    except Refused as error:
        return await _run(request, actor, run_id, error.refusal)
    return Redirect(f"/imports/{run_id}", status_code=303)


@post("/imports/{run_id:int}/conversion")
async def convert(
    request: AnyRequest, actor: SignedIn, now: Now, run_id: FromPath[int]
) -> Response[str] | Redirect:
    try:
        new_id = await actions.convert(run_id, actor=actor, now=now)
    except Refused as error:
        return await _run(request, actor, run_id, error.refusal)
    message = N_("Đã chuyển sang Unicode; tệp mới đang được kiểm tra.")
    return redirect(request, f"/imports/{new_id}", message)


_TITLES = {name: kind.title for name, kind in KINDS.items()}


def _kinds(actor: Actor) -> list[tuple[str, str]]:
    return [(kind, _TITLES[kind]) for kind in policy.kinds_for(actor)]


def _form(request: AnyRequest, actor: Actor, form: Form, *, status: int = 200) -> Response[str]:
    return page(request, "imports/new.html", status=status, form=form, kinds=_kinds(actor))


async def _run(
    request: AnyRequest, actor: Actor, run_id: int, refusal: Refusal | None = None
) -> Response[str]:
    run = await runs.run_for(run_id, actor)
    return page(
        request,
        "imports/run.html",
        status=409 if refusal else 200,
        run=run,
        title=_TITLES[run.kind],
        states=STATE_WORDS,
        busy=run.state in policy.BUSY,
        refused=[line for line in run.problems if line.refused],
        warnings=[line for line in run.problems if not line.refused][:_WARNINGS_SHOWN],
        refusal=refusal,
    )


ROUTES = (
    run_list,
    runs_export,
    new_run,
    upload,
    template,
    run_page,
    lines_export,
    progress,
    apply,
    convert,
)
