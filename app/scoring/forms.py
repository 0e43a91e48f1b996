from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from app.movement.rules import CriterionFacts
from app.web.forms import Form

LONGEST_REASON = 500


def read_marks(form: Form, criteria: Sequence[CriterionFacts]) -> dict[str, Decimal | None]:
    """Marks by criterion code; a criterion whose field was not sent at all is not named."""
    return {
        criterion.code: form.points(criterion.code, criterion.max_points or Decimal(0))
        for criterion in criteria
        if criterion.code in form.values
    }


def read_version(form: Form) -> int:
    """A form that names no version has seen none: whatever is stored is newer."""
    typed = form.values.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 9 else 0


def read_reason(form: Form) -> str:
    return form.text("reason", longest=LONGEST_REASON)
