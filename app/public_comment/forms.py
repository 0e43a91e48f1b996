from __future__ import annotations

import re
from dataclasses import dataclass

from app.kernel.refusal import N_
from app.kernel.vietnamese import tidy
from app.public_comment.rules import BASES, CONCLUSIONS, NewComment, NewPublication
from app.web.forms import Form

LONGEST_TITLE = 300
LONGEST_CONTACT = 300
LONGEST_REASON = 500
LONGEST_TEXT = 4000
LONGEST_CODES = 20_000
MOST_DAYS = 60
# A field no reader sees; what fills in every field of a page is a machine.
TRAP = "website"


@dataclass(frozen=True, slots=True)
class NewHandling:
    conclusion: str
    text: str


def read_publication(form: Form) -> NewPublication | None:
    title = tidy(form.text("title", longest=LONGEST_TITLE))
    first_on = form.day("first_on")
    days = form.integer("working_days", least=1, most=MOST_DAYS)
    contact = tidy(form.text("contact", longest=LONGEST_CONTACT))
    basis = form.choice("basis", BASES)
    codes: tuple[str, ...] = ()
    if basis == "chosen":
        typed = form.text("codes", longest=LONGEST_CODES)
        codes = tuple(dict.fromkeys(re.split(r"[\s,;]+", typed.upper().strip())))
    if form.errors or first_on is None:
        return None
    return NewPublication(title, first_on, days, contact, basis, codes)


def read_extension(form: Form) -> tuple[int, str] | None:
    """How many working days in all, and why."""
    days = form.integer("working_days", least=1, most=MOST_DAYS)
    because = form.text("because", longest=LONGEST_REASON)
    return None if form.errors else (days, because)


def read_comment(form: Form, items: int) -> NewComment | None:
    """`items`: how many lines the list has."""
    about = None
    if form.values.get("about", "").strip():
        about = form.integer("about", least=1, most=items)
    author = tidy(form.text("author", longest=120, required=False))
    contact = tidy(form.text("contact", longest=200, required=False))
    text = form.text("text", longest=LONGEST_TEXT)
    if form.values.get(TRAP, "").strip():
        form.refuse(TRAP, "trap", N_("Vui lòng để trống ô này."))
    return None if form.errors else NewComment(about, author, contact, text)


def read_handling(form: Form) -> NewHandling | None:
    conclusion = form.choice("conclusion", CONCLUSIONS)
    text = form.text("text", longest=LONGEST_TEXT)
    return None if form.errors else NewHandling(conclusion, text)


def read_reason(form: Form) -> str | None:
    because = form.text("because", longest=LONGEST_REASON)
    return None if form.errors else because
