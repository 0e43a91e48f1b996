"""Files of a dossier: the tab, one file with pictures of its pages, and the file itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect

from app.files import answers
from app.files.rules import ACCEPT, IMAGES, LARGEST_FILE
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.nominations import policy, queries
from app.nominations.actions import files as actions
from app.nominations.forms import files as forms
from app.nominations.queries.files import file_of, files_of
from app.nominations.rules import STATE_WORDS
from app.nominations.rules import files as rules
from app.nominations.rules.facts import Dossier
from app.nominations.rules.files import FileFacts, FilesRefused
from app.web.forms import Form
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect
# They wait on the disk, not in memory.
LARGEST_UPLOAD = 5 * LARGEST_FILE


@get("/nominations/{nomination_id:int}/files")
async def file_list(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Response[str]:
    dossier = await queries.nomination(nomination_id, actor)
    form = Form({"to": request.query_params.get("to", "")[:30]})
    return await _list(request, actor, now, dossier, form)


@post("/nominations/{nomination_id:int}/files", request_max_body_size=LARGEST_UPLOAD)
async def add_files(
    request: AnyRequest, actor: SignedIn, now: Now, nomination_id: FromPath[int]
) -> Answer:
    dossier = await queries.nomination(nomination_id, actor)
    if not policy.may_enter(actor, dossier):
        raise NotVisible
    data = await request.form()
    form = Form(data)
    sent = [part for part in data.getall("files", []) if isinstance(part, UploadFile)]
    try:
        return await _take(request, actor, now, dossier, form, sent)
    finally:
        for part in sent:
            await part.close()


@get("/nominations/{nomination_id:int}/files/{file_id:int}")
async def file_page(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    nomination_id: FromPath[int],
    file_id: FromPath[int],
) -> Response[str]:
    dossier = await queries.nomination(nomination_id, actor)
    file = await file_of(nomination_id, file_id, actor)
    return _file(request, actor, now, dossier, file, Form({}))


@get("/nominations/{nomination_id:int}/files/{file_id:int}/content")
async def content(
    actor: SignedIn, nomination_id: FromPath[int], file_id: FromPath[int]
) -> Response[bytes]:
    file = await file_of(nomination_id, file_id, actor)
    return await answers.download(file.sha256, file.name, file.media_type)


@get("/nominations/{nomination_id:int}/files/{file_id:int}/thumbnail.webp")
async def thumbnail(
    actor: SignedIn, nomination_id: FromPath[int], file_id: FromPath[int]
) -> Response[bytes]:
    file = await file_of(nomination_id, file_id, actor)
    if file.thumbnail is None:
        raise NotVisible
    return await answers.thumbnail(file.thumbnail)


@get("/nominations/{nomination_id:int}/files/{file_id:int}/pages/{page_number:int}")
async def page_picture(
    actor: SignedIn,
    nomination_id: FromPath[int],
    file_id: FromPath[int],
    page_number: FromPath[int],
) -> Response[bytes]:
    file = await file_of(nomination_id, file_id, actor)
    if not 1 <= page_number <= _pages(file):
        raise NotVisible
    return await answers.page_picture(file.sha256, page_number)


@post("/nominations/{nomination_id:int}/files/{file_id:int}/removal")
async def remove_file(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    nomination_id: FromPath[int],
    file_id: FromPath[int],
) -> Answer:
    dossier = await queries.nomination(nomination_id, actor)
    if not policy.may_enter(actor, dossier):
        raise NotVisible
    form = Form(await request.form())
    because = forms.read_removal(form)
    if because is None:
        file = await file_of(nomination_id, file_id, actor)
        return _file(request, actor, now, dossier, file, form, status=422)
    try:
        await actions.remove_file(nomination_id, file_id, because, actor=actor, now=now)
    except Refused as error:
        if error.refusal is rules.ALREADY_REMOVED:
            return await _list(request, actor, now, dossier, Form({}), refusal=error.refusal)
        file = await file_of(nomination_id, file_id, actor)
        return _file(request, actor, now, dossier, file, form, status=409, refusal=error.refusal)
    return redirect(request, f"/nominations/{nomination_id}/files", N_("Đã gỡ tệp."))


async def _take(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    dossier: Dossier,
    form: Form,
    sent: Sequence[UploadFile],
) -> Answer:
    spot = forms.read_spot(form, dossier)
    forms.check_number(form, len(sent))
    if spot is None or form.errors:
        return await _list(request, actor, now, dossier, form, status=422)
    names = forms.names_shown(part.filename for part in sent)
    given = [rules.Sent(name, _reader(part)) for name, part in zip(names, sent, strict=True)]
    try:
        await actions.add_files(dossier.id, spot, given, actor=actor, now=now)
    except FilesRefused as error:
        return await _list(request, actor, now, dossier, form, status=422, refused=error.refusals)
    except Refused as error:
        return await _list(request, actor, now, dossier, form, refusal=error.refusal)
    message = N_("Đã thêm tệp.")
    return redirect(request, f"/nominations/{dossier.id}/files?to={spot.key}", message)


def _reader(part: UploadFile) -> Callable[[], Awaitable[bytes]]:
    async def read() -> bytes:
        await part.seek(0)
        # One byte more than is taken tells a file that is too large; the rest need not be read.
        return await part.read(LARGEST_FILE + 1)

    return read


async def _list(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    dossier: Dossier,
    form: Form,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
    refused: Sequence[tuple[str, Refusal]] = (),
) -> Response[str]:
    """`refusal`: about the dossier; `refused`: names of files, each with why it is not taken."""
    today = today_in_vietnam(now)
    enters = policy.may_enter(actor, dossier)
    return page(
        request,
        "nominations/files.html",
        status=409 if refusal else status,
        dossier=dossier,
        dossier_tab="files",
        dossier_tabs=policy.dossier_tabs(actor, dossier),
        may_list=policy.may_list(actor),
        state_words=STATE_WORDS,
        dossier_files=await files_of(dossier, removed=enters),
        papers=rules.PAPERS,
        enters=enters,
        spots=rules.open_spots(dossier, today) if enters else (),
        late=rules.refuse_any_filing(dossier, today),
        form=form,
        refusal=refusal,
        refused=refused,
        accept=ACCEPT,
        limits={
            "each": LARGEST_FILE // 1024**2,
            "all": LARGEST_UPLOAD // 1024**2,
            "at_once": rules.MOST_AT_ONCE,
        },
    )


def _file(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    dossier: Dossier,
    file: FileFacts,
    form: Form,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
) -> Response[str]:
    asked = request.query_params.get("page", "")
    pages = _pages(file)
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return page(
        request,
        "nominations/file.html",
        status=status,
        dossier=dossier,
        dossier_tab="files",
        dossier_tabs=policy.dossier_tabs(actor, dossier),
        may_list=policy.may_list(actor),
        file=file,
        papers=rules.PAPERS,
        pages=pages,
        number=min(max(number, 1), max(pages, 1)),
        removes=policy.may_enter(actor, dossier),
        locked=rules.refuse_removing(dossier, file, today_in_vietnam(now)),
        form=form,
        refusal=refusal,
    )


def _pages(file: FileFacts) -> int:
    """How many pictures there are to look at."""
    if file.thumbnail is None:
        return 0
    return 1 if file.media_type in IMAGES else file.pages or 0


ROUTES = (
    file_list,
    add_files,
    file_page,
    content,
    thumbnail,
    page_picture,
    remove_file,
)
