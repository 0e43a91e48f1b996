"""What the criteria builder's forms send: no code, no JSON, only fields."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.kernel.points import show_points
from app.movement.rules import KINDS, SUBJECTS
from app.movement.rules.building import FULL_SCALE, CriterionDraft
from app.movement.rules.criteria_bands import highest_first
from app.movement.rules.facts import Band, CriterionFacts
from app.movement.rules.measuring import (
    DIRECTIONS,
    FUNCTIONS,
    Function,
    Linear,
    Step,
    Steps,
    Threshold,
    YesNo,
    from_text,
    in_order,
    kind_of,
)
from app.web.forms import Form

BAND_ROWS = range(7)
STEP_ROWS = range(7)


@dataclass(frozen=True, slots=True)
class NewSet:
    """`origin`: empty (the gates alone), default, or the id of a set to copy.

    `newest`: the version the form showed as the last; nonsense is never that.
    """

    subject: str
    name: str
    origin: str
    newest: int


def parse_new_set(form: Form) -> NewSet | None:
    subject = form.choice("subject", SUBJECTS)
    name = form.text("name", longest=200)
    origin = form.values.get("origin", "")
    if origin not in ("empty", "default"):
        form.integer("origin", least=1)
    return None if form.errors else NewSet(subject, name, origin, _seen(form, "newest"))


def parse_seen(form: Form) -> int:
    """The count of changes the form was filled in on; nonsense is never the current one."""
    return _seen(form, "edits")


def _seen(form: Form, name: str) -> int:
    seen = Form(form.values)
    count = seen.integer(name)
    return -1 if seen.errors else count


def parse_set(form: Form) -> tuple[str, str] | None:
    name = form.text("name", longest=200)
    note = form.text("note", longest=1000, required=False)
    return None if form.errors else (name, note)


def parse_criterion(form: Form) -> CriterionDraft | None:
    kind = form.choice("kind", KINDS)
    scored = kind != "gate"
    measured = kind == "measured"
    draft = CriterionDraft(
        code=form.text("code", longest=10).upper(),
        kind=kind,
        title=form.text("title", longest=120, required=False),
        text=form.text("text", longest=4000),
        help=form.text("help", longest=2000, required=False),
        source_id=_source(form),
        evidence_required=scored and form.values.get("evidence_required") == "yes",
        proposed=scored and form.values.get("proposed") == "yes",
        max_points=form.points("max_points", FULL_SCALE) if scored else None,
        bands=_bands(form) if kind == "judged" else (),
        indicator=form.text("indicator", longest=60) if measured else None,
        function=_function(form) if measured else None,
    )
    return None if form.errors else draft


def values_of(criterion: CriterionFacts, source_id: int | None) -> dict[str, str]:
    """A criterion as its form shows it."""
    values = {
        "kind": criterion.kind,
        "code": criterion.code,
        "title": criterion.title,
        "text": criterion.text,
        "help": criterion.help,
        "source": str(source_id or ""),
        "evidence_required": "yes" if criterion.evidence_required else "",
        "proposed": "yes" if criterion.proposed else "",
        "max_points": _shown(criterion.max_points),
        "indicator": criterion.indicator or "",
    }
    for row, band in zip(BAND_ROWS, highest_first(criterion.bands), strict=False):
        values |= {
            f"band_label_{row}": band.label,
            f"band_description_{row}": band.description,
            f"band_from_{row}": show_points(band.points_from),
            f"band_to_{row}": show_points(band.points_to),
        }
    return values | (_function_values(from_text(criterion.function)) if criterion.function else {})


def _source(form: Form) -> int | None:
    return form.integer("source", least=1) if form.values.get("source") else None


def _bands(form: Form) -> tuple[Band, ...]:
    """A row left wholly empty is no level."""
    found = []
    for row in BAND_ROWS:
        names = [f"band_{part}_{row}" for part in ("label", "description", "from", "to")]
        if not any(form.values.get(name, "").strip() for name in names):
            continue
        label = form.text(names[0], longest=120)
        description = form.text(names[1], longest=500, required=False)
        first, last = (_required_points(form, name) for name in names[2:])
        found.append(Band(label, description, first, last))
    return highest_first(found)


def _function(form: Form) -> Function | None:
    kind = form.choice("function", FUNCTIONS)
    if kind == "linear":
        return Linear(_required(form, "linear_zero"), _required(form, "linear_full"))
    if kind == "threshold":
        return Threshold(
            form.choice("threshold_direction", DIRECTIONS), _required(form, "threshold_at")
        )
    if kind == "steps":
        steps = tuple(
            Step(_required(form, f"step_at_{row}"), _required_points(form, f"step_points_{row}"))
            for row in STEP_ROWS
            if form.values.get(f"step_at_{row}", "").strip()
            or form.values.get(f"step_points_{row}", "").strip()
        )
        return in_order(form.choice("steps_direction", DIRECTIONS), steps)
    return YesNo() if kind == "yes_no" else None


def _required(form: Form, name: str) -> Decimal:
    value = form.quantity(name)
    if value is None:
        form.text(name, longest=30)
    return Decimal(0) if value is None else value


def _required_points(form: Form, name: str) -> Decimal:
    value = form.points(name, FULL_SCALE)
    if value is None:
        form.text(name, longest=30)
    return Decimal(0) if value is None else value


def _function_values(function: Function) -> dict[str, str]:
    values = {"function": kind_of(function)}
    if isinstance(function, Linear):
        values |= {
            "linear_zero": _shown(function.zero_at),
            "linear_full": _shown(function.full_at),
        }
    if isinstance(function, Threshold):
        values |= {"threshold_direction": function.direction, "threshold_at": _shown(function.at)}
    if isinstance(function, Steps):
        values["steps_direction"] = function.direction
        for row, step in zip(STEP_ROWS, function.steps, strict=False):
            values |= {
                f"step_at_{row}": _shown(step.at),
                f"step_points_{row}": show_points(step.points),
            }
    return values


def _shown(number: Decimal | None) -> str:
    return "" if number is None else show_points(number)
