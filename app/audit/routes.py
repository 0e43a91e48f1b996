from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.audit import actions, documents, forms, queries, words
from app.audit.forms import Asked
from app.audit.rules import EntryRow, labels
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, Refused
from app.sheets.answers import sheet_answer, whole
from app.web.forms import Form
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

HERE = "/audit"
# Kinds of object that have a page every reader of the log may open.
_PAGES = {"round": "/rounds", "decision": "/decisions", "movement": "/movements"}


@get(HERE)
async def log_page(request: AnyRequest, actor: SignedIn) -> Response[str]:
    form = _form(request)
    asked = forms.read_filter(form)
    for name, day in (("first", asked.first), ("last", asked.last)) if asked else ():
        # The only notation the browser's picker shows again.
        form.values[name] = day.isoformat() if day else ""
    after = cursor_from(request.query_params.get("after", ""))
    # A filter nobody can read shows nothing rather than everything.
    if asked is None:
        queries.must_read_log(actor)
    found = await queries.entries_page(asked, actor, after=after) if asked else None
    typed = {name: form.values[name] for name in forms.FIELDS if form.values[name]}
    following = {**typed, "after": str(found.next)} if found and found.next else None
    return page(
        request,
        "audit/list.html",
        status=200 if asked else 422,
        form=form,
        rows=[_shown(row) for row in found.rows] if found else [],
        typed=urlencode(typed),
        filtered=bool(typed),
        actions=_options(labels.ACTIONS, words.action_words),
        kinds=_options(labels.OBJECTS, words.object_words),
        of_object=_object_of(asked) if asked else "",
        check=await _last_check(),
        next_url=f"{HERE}?{urlencode(following)}" if following else None,
        first_url=f"{HERE}?{urlencode(typed)}" if after else None,
    )


@get(f"{HERE}/{{entry_id:int}}")
async def entry_page(
    request: AnyRequest, actor: SignedIn, entry_id: FromPath[int]
) -> Response[str]:
    row = await queries.entry(entry_id, actor)
    return page(
        request,
        "audit/entry.html",
        entry=_shown(row),
        details=words.detail_words(row.detail),
        object_url=f"{_PAGES[row.object_kind]}/{row.object_id}"
        if row.object_kind in _PAGES and row.object_id is not None
        else None,
    )


@post(f"{HERE}/verification")
async def check_chain(request: AnyRequest, actor: SignedIn, now: Now) -> Redirect:
    checked = await actions.check_chain(actor=actor, now=now)
    if checked.whole:
        return redirect(request, HERE, N_("Đã kiểm tra: chuỗi nhật ký khớp."))
    return redirect(request, HERE, N_("Đã kiểm tra: chuỗi nhật ký không khớp."), "bad")


@get([f"{HERE}/export.csv", f"{HERE}/export.xlsx"])
async def export(request: AnyRequest, actor: SignedIn, now: Now) -> Response[bytes]:
    queries.must_read_log(actor)
    form = _form(request)
    asked = forms.read_filter(form)
    if asked is None:
        raise Refused(next(iter(form.errors.values())))
    found = await queries.entries_page(asked, actor, rows=documents.LONGEST)
    rows = [documents.line(row) for row in whole(found, documents.LONGEST)]
    name = f"nhat-ky-{today_in_vietnam(now):%Y%m%d}"
    return await sheet_answer(request, documents.TITLE, name, documents.HEADER, rows)


def _form(request: AnyRequest) -> Form:
    return Form({name: request.query_params.get(name, "") for name in forms.FIELDS})


def _shown(row: EntryRow) -> dict[str, object]:
    return {
        "id": row.id,
        "at": row.at,
        "who": row.actor_name,
        "roles": words.capacity_words(row.acted_as, row.roles),
        "all_roles": words.role_words(row.roles) if row.acted_as is not None else None,
        "address": row.address,
        "action": words.action_words(row.action),
        "kind": row.object_kind,
        "object": words.object_words(row.object_kind),
        "object_id": row.object_id,
        "hash": row.hash,
    }


def _options(known: Mapping[str, str], say: Callable[[str], str]) -> list[tuple[str, str]]:
    return sorted(((code, say(code)) for code in known), key=lambda option: option[1].casefold())


def _object_of(asked: Asked) -> str:
    if not asked.kind or asked.object_id is None:
        return ""
    return f"{words.object_words(asked.kind)} {asked.object_id}"


async def _last_check() -> dict[str, object] | None:
    check = await queries.last_check()
    if check is None:
        return None
    return {
        "at": check.at,
        "by": check.by,
        "entries": check.entries,
        "last": check.last,
        "misfit": words.reason(check.misfit) if check.misfit else None,
    }


ROUTES = (log_page, entry_page, check_chain, export)
