"""Create a round, also after the model of last year's, and edit what it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from app.kernel.actor import Actor
from app.kernel.period import Period
from app.kernel.refusal import N_, NotVisible, Refused
from app.movement import actions, policy, queries
from app.movement.forms import planning as forms
from app.movement.queries.editing import SetChoice
from app.movement.routes.conflicts import differences
from app.movement.rules import (
    CHANGED,
    METHODS,
    ROUND_KINDS,
    SUBJECTS,
    RoundFacts,
    RoundPlan,
    a_year_later,
    words_a_year_later,
)
from app.web.forms import Form
from app.web.i18n import gettext
from app.web.render import AnyRequest, page, redirect
from app.web.session import Now, SignedIn

Answer = Response[str] | Redirect

LABELS = {
    "code": N_("Mã đợt xét"),
    "name": N_("Tên đợt xét"),
    "kind": N_("Loại đợt"),
    "method": N_("Loại hình khen thưởng"),
    "achievements_from": N_("Lập thành tích từ ngày"),
    "achievements_to": N_("Lập thành tích đến hết ngày"),
    "award_form": N_("Hình thức khen thưởng"),
    "individual_set": N_("Bộ tiêu chí đối với cá nhân"),
    "collective_set": N_("Bộ tiêu chí đối với tập thể"),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """What the selects of the form hold: (value, label), the newest version of a set first."""

    award_forms: list[tuple[str, str]]
    sets: dict[str, list[tuple[str, str]]]

    def read(self, form: Form) -> RoundPlan | None:
        return forms.read_round(
            form,
            [int(value) for value, _ in self.award_forms],
            {subject: [int(value) for value, _ in found] for subject, found in self.sets.items()},
        )


@get("/movements/{movement_id:int}/rounds/new")
async def new_round(
    request: AnyRequest, actor: SignedIn, movement_id: FromPath[int]
) -> Response[str]:
    _must_plan(actor, (await queries.stored_movement(movement_id)).plan.launched_by)
    offered = await _offered(movement_id)
    like = await _model(movement_id, request.query_params.get("like", ""))
    newest = {f"{subject}_set": found[0][0] for subject, found in offered.sets.items() if found}
    if like is None:
        typed: dict[str, object] = {"kind": "annual", "method": "thematic", **newest}
    else:
        typed = forms.typed_round(_next_year((await queries.stored_round(like.id)).plan)) | newest
    return await _form(request, movement_id, Form(typed), offered, like)


@post("/movements/{movement_id:int}/rounds")
async def create_round(
    request: AnyRequest, actor: SignedIn, now: Now, movement_id: FromPath[int]
) -> Answer:
    _must_plan(actor, (await queries.stored_movement(movement_id)).plan.launched_by)
    form = Form(await request.form())
    offered = await _offered(movement_id)
    like = await _model(movement_id, form.values.get("like", ""))
    plan = offered.read(form)
    if plan is None:
        return await _form(request, movement_id, form, offered, like, status=422)
    try:
        round_id = await actions.create_round(
            movement_id, plan, like=like.id if like else None, actor=actor, now=now
        )
    except Refused as error:
        form.errors[error.refusal.field_name or "name"] = error.refusal
        return await _form(request, movement_id, form, offered, like, status=422)
    return redirect(request, f"/rounds/{round_id}", N_("Đã lập đợt xét."))


@get("/rounds/{round_id:int}/edit")
async def round_form(
    request: AnyRequest, actor: SignedIn, round_id: FromPath[int]
) -> Response[str]:
    _must_plan(actor, (await queries.round_facts(round_id)).unit_id)
    return await _editor(request, round_id)


@post("/rounds/{round_id:int}/edit")
async def change_round(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Answer:
    round_ = await queries.round_facts(round_id)
    _must_plan(actor, round_.unit_id)
    stored = await queries.stored_round(round_id)
    form = Form(await request.form())
    # Of an opened round the form offers the name only, unless it was opened in between.
    if stored.opened and "code" not in form.values:
        name = form.text("name", longest=forms.LONGEST_ROUND_NAME)
        plan = None if form.errors else replace(stored.plan, name=name)
    else:
        plan = (await _offered(round_.movement_id)).read(form)
    if plan is None:
        return await _editor(request, round_id, form, status=422)
    try:
        await actions.change_round(round_id, plan, forms.read_version(form), actor=actor, now=now)
    except Refused as error:
        if error.refusal is CHANGED:
            return await _editor(request, round_id, form, status=409)
        form.errors[error.refusal.field_name or "name"] = error.refusal
        return await _editor(request, round_id, form, status=422)
    return redirect(request, f"/rounds/{round_id}", N_("Đã sửa đợt xét."))


def _must_plan(actor: Actor, unit_id: int) -> None:
    if not policy.may_plan(actor, unit_id):
        raise NotVisible


async def _model(movement_id: int, typed: str) -> RoundFacts | None:
    """The round to copy; NotVisible when it is none of this movement."""
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        raise NotVisible
    round_ = await queries.round_facts(int(typed))
    if round_.movement_id != movement_id:
        raise NotVisible
    return round_


def _next_year(plan: RoundPlan) -> RoundPlan:
    """Name and code speak of the year the window ends in."""
    first, last = plan.achievements.first, plan.achievements.last
    year = (last or first).year
    return replace(
        plan,
        code=words_a_year_later(plan.code, year),
        name=words_a_year_later(plan.name, year),
        achievements=Period(a_year_later(first), a_year_later(last) if last else None),
    )


async def _offered(movement_id: int) -> Offered:
    sets = await queries.set_choices(movement_id)
    return Offered(
        [(str(choice.id), choice.label) for choice in await queries.award_form_choices()],
        {
            subject: [
                (str(found.id), _set_words(found)) for found in sets if found.subject == subject
            ]
            for subject in SUBJECTS
        },
    )


def _set_words(found: SetChoice) -> str:
    return gettext(N_("{name}, phiên bản {n}"), name=found.name, n=found.version)


async def _form(
    request: AnyRequest,
    movement_id: int,
    form: Form,
    offered: Offered,
    like: RoundFacts | None,
    *,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "movement/new_round.html",
        status=status,
        movement=await queries.movement(movement_id),
        form=form,
        like=like,
        **_choices(offered),
    )


async def _editor(
    request: AnyRequest, round_id: int, form: Form | None = None, *, status: int = 200
) -> Response[str]:
    round_ = await queries.round_facts(round_id)
    stored = await queries.stored_round(round_id)
    offered = await _offered(round_.movement_id)
    typed = forms.typed_round(stored.plan)
    changed = []
    if form is not None and status == 409:
        words = {
            "kind": {key: gettext(label) for key, label in ROUND_KINDS.items()},
            "method": {key: gettext(label) for key, label in METHODS.items()},
            "award_form": dict(offered.award_forms),
            **{f"{subject}_set": dict(found) for subject, found in offered.sets.items()},
        }
        # Where only the name was offered, nothing else was typed.
        labels = {name: label for name, label in LABELS.items() if name in form.values}
        changed = differences(form, typed, labels, words)
    return page(
        request,
        "movement/edit_round.html",
        status=status,
        round=round_,
        version=stored.version,
        form=form or Form(typed),
        conflict=CHANGED if status == 409 else None,
        changed=changed,
        **_choices(offered),
    )


def _choices(offered: Offered) -> dict[str, object]:
    return {
        "labels": LABELS,
        "kinds": ROUND_KINDS,
        "methods": METHODS,
        "award_forms": offered.award_forms,
        "sets": offered.sets,
    }


ROUTES = (new_round, create_round, round_form, change_round)
