from __future__ import annotations

from datetime import date, datetime

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.period import show_date, today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement.policy import round_tabs
from app.movement.queries import round_facts
from app.movement.rules import RoundFacts
from app.public_comment import actions, forms, policy, queries, rules
from app.public_comment.days_off import days_off
from app.public_comment.rules import BASES
from app.web.forms import Form
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

USUAL_DAYS = 10


@get("/rounds/{round_id:int}/public-comment")
async def publications(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    round_ = await round_facts(round_id)
    if not policy.may_read(actor, round_.unit_id):
        raise NotVisible
    return page(
        request,
        "public_comment/of_round.html",
        round=round_,
        tab="comment",
        tabs=round_tabs(actor, round_.unit_id),
        publications=await queries.publications_of(round_id),
        today=today_in_vietnam(now),
        may_publish=policy.may_publish(actor, round_.unit_id),
    )


@get("/rounds/{round_id:int}/public-comment/new")
async def new_publication(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    round_ = await round_facts(round_id)
    if not policy.may_publish(actor, round_.unit_id):
        raise NotVisible
    return await _form_page(request, actor, round_, _blank(round_, today_in_vietnam(now)), now)


@post("/rounds/{round_id:int}/public-comment")
async def publish(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str] | Redirect:
    """The button `days` only shows which day would be the last."""
    round_ = await round_facts(round_id)
    if not policy.may_publish(actor, round_.unit_id):
        raise NotVisible
    form = Form(await request.form())
    if form.values.get("only") == "days":
        return await _form_page(request, actor, round_, form, now)
    new = forms.read_publication(form)
    if new is None:
        return await _form_page(request, actor, round_, form, now, status=422)
    try:
        made = await actions.publish(round_id, new, actor=actor, now=now)
    except Refused as error:
        if error.refusal.field_name:
            form.errors[error.refusal.field_name] = error.refusal
            return await _form_page(request, actor, round_, form, now, status=422)
        return await _form_page(
            request, actor, round_, form, now, status=409, refusal=error.refusal
        )
    return redirect(request, f"/publications/{made}", N_("Đã công khai danh sách."))


def _blank(round_: RoundFacts, today: date) -> Form:
    opens = round_.calendar.comment_open_on
    first = max(today, opens) if opens is not None else today
    return Form(
        {
            "title": f"Danh sách tập thể, cá nhân đề nghị khen thưởng: {round_.name}",
            "first_on": show_date(first),
            "working_days": str(USUAL_DAYS),
            "basis": "approved",
        }
    )


async def _form_page(
    request: AnyRequest,
    actor: Actor,
    round_: RoundFacts,
    form: Form,
    now: datetime,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
) -> Response[str]:
    last_on, skipped = _days(form.values)
    return page(
        request,
        "public_comment/new.html",
        status=status,
        round=round_,
        tab="comment",
        tabs=round_tabs(actor, round_.unit_id),
        form=form,
        refusal=refusal,
        bases=BASES,
        last_on=last_on,
        skipped=skipped,
        today=today_in_vietnam(now),
    )


def _days(values: dict[str, str]) -> tuple[date | None, tuple[tuple[date, str], ...]]:
    """What the days as typed come to; a spoilt one has its message where it is sent."""
    asked = Form(dict(values))
    first = asked.day("first_on")
    count = asked.integer("working_days", least=1, most=forms.MOST_DAYS)
    if first is None or asked.errors:
        return None, ()
    off = days_off(first)
    last_on = rules.last_working_day(first, count, off)
    return last_on, rules.skipped(first, last_on, off)


ROUTES = (publications, new_publication, publish)
