"""What the forms of movements and rounds post. Units are named by code or by their whole name."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.catalogue.rules import LegalSourceEntry
from app.kernel.period import Period, show_date
from app.kernel.refusal import N_
from app.movement.rules import METHODS, ROUND_KINDS, MovementPlan, RoundPlan
from app.web.forms import Form

LONGEST_CODE = 40
LONGEST_NAME = 300
LONGEST_ROUND_NAME = 200
LONGEST_PLAN = 200
LONGEST_SUMMARY = 2000
LONGEST_NUMBER = 60
LONGEST_ISSUER = 120
_CODE = re.compile(r"[A-Za-z0-9]+([./-][A-Za-z0-9]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class TypedMovement:
    """A movement whose launching unit is still what was typed."""

    code: str
    name: str
    plan: str
    launched_by: str
    launched_on: date
    ends_on: date | None
    summary: str
    parent: int | None

    def by(self, unit_id: int) -> MovementPlan:
        return MovementPlan(
            self.code,
            self.name,
            self.plan,
            unit_id,
            self.launched_on,
            self.ends_on,
            self.summary,
            self.parent,
        )


def read_movement(form: Form, parents: Collection[int]) -> TypedMovement | None:
    code = _code(form)
    name = form.text("name", longest=LONGEST_NAME)
    plan = form.text("plan", longest=LONGEST_PLAN, required=False)
    launched_by = form.text("launched_by", longest=LONGEST_NAME)
    launched_on = form.day("launched_on")
    ends_on = _optional_day(form, "ends_on")
    summary = form.text("summary", longest=LONGEST_SUMMARY, required=False)
    parent = _optional_id(form, "parent", parents)
    if form.errors or launched_on is None:
        return None
    return TypedMovement(code, name, plan, launched_by, launched_on, ends_on, summary, parent)


def typed_movement(plan: MovementPlan, unit_code: str) -> dict[str, object]:
    """A movement as its form would have posted it."""
    return {
        "code": plan.code,
        "name": plan.name,
        "plan": plan.plan,
        "launched_by": unit_code,
        "launched_on": show_date(plan.launched_on),
        "ends_on": show_date(plan.ends_on) if plan.ends_on else "",
        "summary": plan.summary,
        "parent": str(plan.parent or ""),
    }


def read_round(
    form: Form, forms: Collection[int], sets: dict[str, Collection[int]]
) -> RoundPlan | None:
    """`forms`, `sets`: ids of what is offered, the sets by subject."""
    code = _code(form)
    name = form.text("name", longest=LONGEST_ROUND_NAME)
    kind = form.choice("kind", ROUND_KINDS)
    method = form.choice("method", METHODS)
    first, last = form.day("achievements_from"), form.day("achievements_to")
    award_form = _optional_id(form, "award_form", forms)
    individual = _optional_id(form, "individual_set", sets.get("individual", ()))
    collective = _optional_id(form, "collective_set", sets.get("collective", ()))
    if form.errors or first is None or last is None:
        return None
    return RoundPlan(
        code, name, kind, method, Period(first, last), award_form, individual, collective
    )


def typed_round(plan: RoundPlan) -> dict[str, object]:
    last = plan.achievements.last
    return {
        "code": plan.code,
        "name": plan.name,
        "kind": plan.kind,
        "method": plan.method,
        "achievements_from": show_date(plan.achievements.first),
        "achievements_to": show_date(last) if last else "",
        "award_form": str(plan.award_form or ""),
        "individual_set": str(plan.individual_set or ""),
        "collective_set": str(plan.collective_set or ""),
    }


def read_source(form: Form) -> LegalSourceEntry | None:
    number = form.text("number", longest=LONGEST_NUMBER)
    title = form.text("title", longest=LONGEST_NAME)
    issuer = form.text("issuer", longest=LONGEST_ISSUER)
    signed_on = form.day("signed_on")
    first, last = _optional_day(form, "effective_from"), _optional_day(form, "effective_to")
    if first and last and last < first:
        form.refuse("effective_to", "ends-before-start", N_("Ngày cuối không được trước ngày đầu."))
    if form.errors:
        return None
    return LegalSourceEntry(number, title, issuer, signed_on, first, last)


def read_version(form: Form) -> int:
    """What the form was made from; a spoilt one fits no stored version."""
    typed = form.values.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def _code(form: Form) -> str:
    code = form.text("code", longest=LONGEST_CODE)
    if code and not _CODE.fullmatch(code):
        form.refuse(
            "code",
            "not-a-code",
            N_("Mã chỉ dùng chữ không dấu, số, dấu chấm, gạch nối và gạch chéo."),
        )
    return code


def _optional_day(form: Form, name: str) -> date | None:
    return form.day(name) if form.values.get(name, "").strip() else None


def _optional_id(form: Form, name: str, offered: Collection[int]) -> int | None:
    typed = form.values.get(name, "")
    if not typed:
        return None
    chosen = form.choice(name, {str(id_) for id_ in offered})
    return int(chosen) if name not in form.errors else None
