"""The upload form of a dossier: where the files belong, and the files."""

from __future__ import annotations

from collections.abc import Iterable

from app.files.rules import LONGEST_NAME
from app.kernel.refusal import N_
from app.kernel.vietnamese import tidy
from app.nominations.rules.facts import Dossier
from app.nominations.rules.files import MOST_AT_ONCE, NO_SUCH_SPOT, Spot, spots
from app.web.forms import Form

LONGEST_REASON = 300


def read_spot(form: Form, dossier: Dossier) -> Spot | None:
    key = form.values.get("to", "")
    spot = next((spot for spot in spots(dossier) if spot.key == key), None)
    if spot is None:
        form.refuse("to", NO_SUCH_SPOT.code, NO_SUCH_SPOT.message)
    return spot


def check_number(form: Form, sent: int) -> None:
    if sent == 0:
        form.refuse("files", "required", N_("Vui lòng chọn ít nhất một tệp."))
    elif sent > MOST_AT_ONCE:
        form.refuse(
            "files",
            "too-many-at-once",
            N_("Mỗi lần tải lên tối đa {most} tệp; vừa chọn {n} tệp."),
            most=MOST_AT_ONCE,
            n=sent,
        )


def read_removal(form: Form) -> str | None:
    because = form.text("because", longest=LONGEST_REASON)
    return None if form.errors else because


def names_shown(names: Iterable[str]) -> list[str]:
    """As they were sent, but short and without what no screen shows."""
    return [tidy("".join(c for c in name if c.isprintable()))[:LONGEST_NAME] for name in names]
