from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.kernel.refusal import N_
from app.movement.rules import SUBJECTS
from app.nominations.forms.dossier import read_choice
from app.nominations.rules.registering import LONGEST_GOAL
from app.web.forms import Form

LONGEST_REASON = 500
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class NewRegistrations:
    """`picks`: (person or None, unit), as in `actions.register`."""

    subject: str
    picks: tuple[tuple[int | None, int], ...]
    award_form_id: int
    goal: str


def read_registrations(form: Form, chosen: Sequence[str]) -> NewRegistrations | None:
    """`chosen`: every value of the ticked boxes."""
    subject = form.choice("subject", SUBJECTS)
    award_form_id = form.integer("award_form", least=1)
    goal = form.text("goal", longest=LONGEST_GOAL)
    parts = 2 if subject == "individual" else 1
    read = [read_choice(value, parts) for value in chosen[: MOST_AT_ONCE + 1]]
    if not read or None in read:
        form.refuse(
            "nominee", "not-chosen", N_("Vui lòng chọn ít nhất một đối tượng trong danh sách.")
        )
    if len(read) > MOST_AT_ONCE:
        form.refuse(
            "nominee", "too-many", N_("Mỗi lần đăng ký tối đa {n} đối tượng."), n=MOST_AT_ONCE
        )
    if form.errors:
        return None
    picks = tuple((one[0] if len(one) > 1 else None, one[-1]) for one in read if one)
    return NewRegistrations(subject, picks, award_form_id, goal)


def read_reason(form: Form) -> str | None:
    reason = form.text("reason", longest=LONGEST_REASON)
    return None if form.errors else reason
