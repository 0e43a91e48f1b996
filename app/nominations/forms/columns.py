from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.movement.rules import CriterionFacts
from app.nominations.rules.columns import LONGEST_NOTE
from app.web.forms import Form


@dataclass(frozen=True, slots=True)
class TypedColumn:
    marks: Mapping[str, Decimal | None]
    note: str
    version: int


def read_column(form: Form, criteria: Sequence[CriterionFacts]) -> TypedColumn | None:
    """`criteria`: those whose fields the page offered; a field left out changes nothing."""
    offered = [c for c in criteria if c.code in form.values and c.max_points is not None]
    marks = {c.code: form.points(c.code, c.max_points or Decimal(0)) for c in offered}
    note = form.text("note", longest=LONGEST_NOTE, required=False)
    version = form.integer("version")
    return None if form.errors else TypedColumn(marks, note, version)
