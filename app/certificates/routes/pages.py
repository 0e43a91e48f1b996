from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.certificates import actions, policy, queries
from app.certificates.codes import read_code
from app.decisions import queries as decisions
from app.files.answers import pdf_answer, picture_answer
from app.kernel.actor import Actor
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement import queries as movement
from app.movement.policy import round_tabs
from app.web.paging import cursor_from
from app.web.render import AnyRequest, htmx, page, redirect
from app.web.session import Now, SignedIn


@post("/decisions/{decision_id:int}/certificates")
async def order_issue(
    request: AnyRequest, actor: SignedIn, now: Now, decision_id: FromPath[int]
) -> Response[str] | Redirect:
    try:
        await actions.order_issue(decision_id, actor=actor, now=now)
    except Refused as error:
        return await _of_decision(request, actor, decision_id, error.refusal)
    return redirect(
        request,
        f"/decisions/{decision_id}/certificates",
        N_("Đã vào sổ và bắt đầu tạo giấy khen."),
    )


@get("/decisions/{decision_id:int}/certificates")
async def of_decision(
    request: AnyRequest, actor: SignedIn, decision_id: FromPath[int]
) -> Response[str]:
    return await _of_decision(request, actor, decision_id, None)


@get("/certificate-batches/{batch_id:int}/progress")
async def progress(
    request: AnyRequest, actor: SignedIn, batch_id: FromPath[int]
) -> Response[str] | Redirect:
    batch = await queries.batch_for(batch_id, actor)
    if not htmx(request):
        return Redirect(f"/decisions/{batch.decision_id}/certificates", status_code=303)
    prints = policy.may_issue(actor, batch.unit_id)
    response = page(request, "certificates/_progress.html", batch=batch, prints=prints)
    if batch.state in ("done", "failed"):
        # What stands around the progress has changed as well: the list, the print file, the button.
        response.headers["HX-Refresh"] = "true"
    return response


@get("/certificates")
async def certificate_list(request: AnyRequest, actor: SignedIn) -> Response[str]:
    search = searched(request)
    cursor = cursor_from(request.query_params.get("after", ""))
    return page(
        request,
        "certificates/list.html",
        search=search,
        found=await queries.certificates_page(actor, search=search, cursor=cursor),
        first_page=cursor is None,
    )


def searched(request: AnyRequest) -> str:
    return request.query_params.get("q", "").replace("\x00", "")[:200]


@get("/certificates/{certificate_id:int}")
async def certificate_page(
    request: AnyRequest, actor: SignedIn, certificate_id: FromPath[int]
) -> Response[str]:
    found = await queries.certificate(certificate_id, actor)
    return page(request, "certificates/certificate_page.html", certificate=found)


@get("/certificates/{certificate_id:int}/certificate.pdf")
async def certificate_file(actor: SignedIn, certificate_id: FromPath[int]) -> Response[bytes]:
    found = await queries.certificate(certificate_id, actor)
    if found.sha256 is None:
        raise NotVisible
    return await pdf_answer(found.sha256, f"giay-khen {found.register_number}")


@get("/certificates/{certificate_id:int}/preview.png")
async def certificate_preview(actor: SignedIn, certificate_id: FromPath[int]) -> Response[bytes]:
    found = await queries.certificate(certificate_id, actor)
    if found.sha256 is None:
        raise NotVisible
    return await picture_answer(found.sha256)


@get("/decisions/{decision_id:int}/print-file.pdf")
async def print_file(actor: SignedIn, decision_id: FromPath[int]) -> Response[bytes]:
    """For those who issue: the roles of whom the second factor is required."""
    decision = await decisions.decision(decision_id)
    batch = await queries.batch_of(decision_id)
    if not policy.may_issue(actor, decision.unit_id) or batch is None or batch.print_file is None:
        raise NotVisible
    return await pdf_answer(batch.print_file, f"giay-khen tep-in {decision.number}")


@get("/v", opt={"public": True})
async def verify_form(request: AnyRequest) -> Response[str] | Redirect:
    """The form of a reader without scripts leads to the address that the QR code holds."""
    typed = request.query_params.get("code", "").strip()
    if not typed:
        return page(request, "certificates/verify_form.html", typed="", unknown=False)
    code = read_code(typed)
    if code is None:
        return _unknown(request, typed)
    return Redirect(f"/v/{code}", status_code=303)


@get("/v/{code:str}", opt={"public": True})
async def verify(request: AnyRequest, code: FromPath[str]) -> Response[str]:
    known = read_code(code)
    try:
        if known is None:
            raise NotVisible
        found = await queries.genuine(known)
    except NotVisible:
        return _unknown(request, code)
    return page(request, "certificates/verify.html", genuine=found, code=known)


def _unknown(request: AnyRequest, typed: str) -> Response[str]:
    return page(
        request, "certificates/verify_form.html", status=404, typed=typed[:40], unknown=True
    )


async def _of_decision(
    request: AnyRequest, actor: Actor, decision_id: int, refusal: Refusal | None
) -> Response[str]:
    """How far the issue is concerns everybody's certificates: shown to those who see all."""
    decision = await decisions.decision(decision_id)
    sees_all = policy.sees_all(actor, decision.unit_id)
    batch = await queries.batch_of(decision_id) if sees_all else None
    cursor = cursor_from(request.query_params.get("after", ""))
    may_issue = policy.may_issue(actor, decision.unit_id)
    issuable = may_issue and not policy.refuse_issue(batch.state if batch else None)
    return page(
        request,
        "certificates/of_decision.html",
        status=409 if refusal else 200,
        decision=decision,
        batch=batch,
        sees_all=sees_all,
        may_issue=issuable,
        prints=may_issue,
        refusal=refusal,
        found=await queries.certificates_page(actor, decision_id=decision_id, cursor=cursor),
        first_page=cursor is None,
        round=await movement.round_facts(decision.round_id),
        tab="decision",
        tabs=round_tabs(actor, decision.unit_id),
    )


ROUTES = (
    order_issue,
    of_decision,
    progress,
    certificate_list,
    certificate_page,
    certificate_file,
    certificate_preview,
    print_file,
    verify_form,
    verify,
)
