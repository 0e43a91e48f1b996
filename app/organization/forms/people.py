"""What the pages of people post: somebody new with a first posting, or data put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.kernel.refusal import Refusal
from app.kernel.vietnamese import tidy
from app.organization.forms.events import LONGEST_NAME
from app.organization.forms.records import LONGEST_TEXT
from app.organization.rules import CATEGORIES, SEXES, PersonFacts, read_day, refuse_person
from app.web.forms import Form


@dataclass(frozen=True, slots=True)
class FirstPosting:
    """`unit` as typed: whoever asks finds it."""

    unit: str
    post: str
    valid_from: date


def read_person(form: Form, today: date) -> PersonFacts | None:
    code = tidy(form.text("staff_code", longest=30))
    name = tidy(form.text("full_name", longest=200))
    born = _day(form, "birth_date")
    sex = form.choice("sex", SEXES)
    ethnicity = tidy(form.text("ethnicity", longest=40))
    category = form.choice("staff_category", CATEGORIES)
    recruited = _day(form, "recruited_on")
    if form.errors or born is None or recruited is None:
        return None
    person = PersonFacts(code, name, born, sex, ethnicity, category, recruited)
    if refusal := refuse_person(person, today):
        form.errors[refusal.field_name or "full_name"] = refusal
        return None
    return person


def read_first_posting(form: Form) -> FirstPosting | None:
    unit = form.text("unit", longest=LONGEST_NAME)
    post = tidy(form.text("post", longest=LONGEST_TEXT))
    first = _day(form, "valid_from")
    return FirstPosting(unit, post, first) if first and not form.errors else None


def _day(form: Form, name: str) -> date | None:
    typed = form.text(name, longest=30)
    if not typed:
        return None
    found = read_day(typed)
    if isinstance(found, Refusal):
        form.errors.setdefault(name, found)
        return None
    return found
