from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.kernel.refusal import N_
from app.web.forms import Form

# Form value -> (capacity, label). A required select must not offer an empty value: the browser
# would never send it.
CAPACITIES = {
    "head": ("", N_("Người đứng đầu trực tiếp ký")),
    "KT.": ("KT.", N_("KT. (ký thay)")),
    "TL.": ("TL.", N_("TL. (thừa lệnh)")),
    "TUQ.": ("TUQ.", N_("TUQ. (thừa ủy quyền)")),
}


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, where and on which day; `capacity` is empty when the head signs."""

    signed_on: date
    place: str
    capacity: str
    title: str
    name: str


def parse_signing(form: Form) -> Signing | None:
    """None when a field is refused; the messages are in `form.errors`."""
    signed_on = form.day("signed_on")
    place = form.text("place", longest=60)
    chosen = form.choice("signer_capacity", CAPACITIES)
    title = form.text("signer_title", longest=120)
    name = form.text("signer_name", longest=120)
    if form.errors or signed_on is None:
        return None
    return Signing(signed_on, place, CAPACITIES[chosen][0], title, name)
