"""A file to upload, and the template to begin it with."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect

from app.imports import actions, policy
from app.imports.forms import plain_name, read_upload
from app.imports.routes.listing import titled_kinds
from app.imports.rules.kinds import KINDS
from app.imports.template_file import template_file
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible, Refused
from app.sheets.reading import XLSX_TYPE
from app.web.forms import Form
from app.web.render import AnyRequest, page
from app.web.session import Now, SignedIn


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


def _form(request: AnyRequest, actor: Actor, form: Form, *, status: int = 200) -> Response[str]:
    return page(request, "imports/new.html", status=status, form=form, kinds=titled_kinds(actor))


ROUTES = (new_run, upload, template)
