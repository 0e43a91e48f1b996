"""One achievement of a dossier: changed or withdrawn by whoever may write in it."""

from __future__ import annotations

from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.period import Period, today_in_vietnam
from app.kernel.points import show_points
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.nominations import actions, forms, policy, queries, rules
from app.nominations.routes.dossier import beside_field, dossier_answer
from app.web.forms import Form
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect
# What was typed is offered as a new achievement.
_GONE = Refusal(
    "evidence-gone",
    N_("Minh chứng này đã được rút trong lúc Ông/Bà đang sửa. Phần Ông/Bà nhập vẫn còn bên dưới."),
)
_ITEM = "/nominations/{nomination_id:int}/evidence/{item_id:int}"


@get(_ITEM)
async def evidence_page(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    nomination_id: FromPath[int],
    item_id: FromPath[int],
) -> Response[str]:
    dossier, item = await _item(actor, nomination_id, item_id)
    refusal = rules.refuse_editing(dossier, item, None, today_in_vietnam(now))
    return _page(request, dossier, item, _stored(item), refusal)


@post(_ITEM)
async def edit_evidence(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    nomination_id: FromPath[int],
    item_id: FromPath[int],
) -> Answer:
    dossier = await queries.nomination(nomination_id, actor)
    if not policy.may_enter(actor, dossier):
        raise NotVisible
    form = Form(await request.form())
    item = next((item for item in dossier.evidence if item.id == item_id), None)
    if item is None:
        return await dossier_answer(request, actor, now, dossier, {"evidence": form}, _GONE, 409)
    form.values["criterion"] = item.criterion_code
    version = form.integer("version", least=1)
    if (new := forms.read_evidence(form)) is None:
        return _page(request, dossier, item, form, status=422)
    try:
        await actions.edit_evidence(
            nomination_id,
            item_id,
            new.statement,
            new.before,
            new.after,
            new.quantity_unit,
            new.document,
            version,
            days=new.days,
            actor=actor,
            now=now,
        )
    except Refused as error:
        return await _refused(request, actor, now, nomination_id, item_id, form, error.refusal)
    return redirect(request, f"/nominations/{nomination_id}#evidence", N_("Đã lưu minh chứng."))


@post(f"{_ITEM}/withdrawal")
async def withdraw_evidence(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    nomination_id: FromPath[int],
    item_id: FromPath[int],
) -> Answer:
    dossier, item = await _item(actor, nomination_id, item_id)
    form = Form(await request.form())
    version = form.integer("version", least=1)
    if form.errors:
        return _page(request, dossier, item, _stored(item), status=422)
    try:
        await actions.withdraw_evidence(nomination_id, item_id, version, actor=actor, now=now)
    except Refused as error:
        form = _stored(item)
        return await _refused(request, actor, now, nomination_id, item_id, form, error.refusal)
    return redirect(request, f"/nominations/{nomination_id}#evidence", N_("Đã rút minh chứng."))


async def _item(
    actor: Actor, nomination_id: int, item_id: int
) -> tuple[rules.Dossier, rules.EvidenceFacts]:
    dossier = await queries.nomination(nomination_id, actor)
    if not policy.may_enter(actor, dossier):
        raise NotVisible
    return dossier, dossier.item(item_id)


async def _refused(
    request: AnyRequest,
    actor: Actor,
    now: datetime,
    nomination_id: int,
    item_id: int,
    form: Form,
    refusal: Refusal,
) -> Answer:
    """What was typed stays, beside what is stored by now; saved again, it replaces that."""
    dossier, item = await _item(actor, nomination_id, item_id)
    status = beside_field(form, refusal)
    return _page(request, dossier, item, form, refusal if status == 409 else None, status=status)


def _page(
    request: AnyRequest,
    dossier: rules.Dossier,
    item: rules.EvidenceFacts,
    form: Form,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    changed = refusal is not None and refusal.code == rules.CHANGED_MEANWHILE.code
    return page(
        request,
        "nominations/evidence_item.html",
        status=status,
        dossier=dossier,
        item=item,
        criterion=next(c for c in dossier.criteria if c.code == item.criterion_code),
        form=form,
        refusal=refusal,
        changed=changed,
        version=item.version if changed else form.values.get("version", item.version),
    )


def _stored(item: rules.EvidenceFacts) -> Form:
    return Form(
        {
            "statement": item.statement,
            "before": "" if item.before is None else show_points(item.before),
            "after": "" if item.after is None else show_points(item.after),
            "quantity_unit": item.quantity_unit,
            "document": item.document,
            **_stored_days(item.days),
            "version": str(item.version),
        }
    )


def _stored_days(days: Period | None) -> dict[str, str]:
    """As the pickers of a browser want them."""
    if days is None or days.last is None:
        return {}
    first = "" if days.first == days.last else days.first.isoformat()
    return {"first_on": first, "last_on": days.last.isoformat()}


ROUTES = (evidence_page, edit_evidence, withdraw_evidence)
