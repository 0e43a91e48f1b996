from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.audit.rules.labels import ACTIONS, OBJECTS
from app.kernel.refusal import N_
from app.web.forms import Form

FIELDS = ("action", "actor", "kind", "id", "first", "last")
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter of the log; None and "" ask nothing. Both days count."""

    action: str = ""
    actor: str = ""
    kind: str = ""
    object_id: int | None = None
    first: date | None = None
    last: date | None = None


def read_filter(form: Form) -> Asked | None:
    """None when something typed cannot be read; the form then says what."""
    typed = {name: form.values.get(name, "").strip() for name in FIELDS}
    action = form.choice("action", ACTIONS) if typed["action"] else ""
    kind = form.choice("kind", OBJECTS) if typed["kind"] else ""
    actor = form.text("actor", longest=LONGEST_NAME, required=False)
    object_id = form.integer("id") if typed["id"] else None
    first = form.day("first") if typed["first"] else None
    last = form.day("last") if typed["last"] else None
    if object_id is not None and not kind:
        form.refuse("kind", "kind-missing", N_("Vui lòng chọn loại đối tượng cùng với số của nó."))
    if first and last and last < first:
        form.refuse("last", "days-reversed", N_("Ngày cuối phải từ ngày đầu trở đi."))
    return None if form.errors else Asked(action, actor, kind, object_id, first, last)
