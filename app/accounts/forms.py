"""What is typed on the pages of accounts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.kernel.actor import ROLE_WORDS, Role
from app.kernel.period import Period
from app.kernel.refusal import N_
from app.web.forms import LARGEST_INTEGER, Form

# No @ in a login and one in every address: neither can pass for the other at sign-in.
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PASSWORDS = ("password", "old_password", "repeated")


@dataclass(frozen=True, slots=True)
class NewAccount:
    login: str
    email: str
    name: str
    person_code: str


@dataclass(frozen=True, slots=True)
class NewRole:
    role: Role
    unit_id: int
    period: Period


def without_passwords(form: Form) -> Form:
    """What comes back to the page; a password never does."""
    for name in _PASSWORDS:
        form.values.pop(name, None)
    return form


def read_account(form: Form) -> NewAccount | None:
    person_code = form.text("person_code", longest=30, required=False)
    # With a person behind it, the name and the staff code are known already.
    login = form.text("login", longest=60, required=not person_code).lower()
    name = form.text("name", longest=200, required=not person_code)
    email = form.text("email", longest=200, required=False).lower()
    if login and not _LOGIN.fullmatch(login):
        form.refuse(
            "login",
            "not-a-login",
            N_("Chỉ dùng chữ không dấu, chữ số, dấu chấm, gạch nối; ít nhất 2 ký tự."),
        )
    if email and not _EMAIL.fullmatch(email):
        form.refuse("email", "not-an-address", N_("Địa chỉ thư điện tử không đúng dạng."))
    return None if form.errors else NewAccount(login, email, name, person_code)


def read_role(form: Form) -> NewRole | None:
    role = form.choice("role", ROLE_WORDS.keys())
    if not form.values.get("unit"):
        form.refuse("unit", "required", N_("Vui lòng tìm và chọn một đơn vị."))
    unit_id = form.integer("unit", least=1, most=LARGEST_INTEGER)
    period = read_period(form, required_end=False)
    if form.errors or period is None:
        return None
    return NewRole(Role(role), unit_id, period)


def read_period(form: Form, *, required_end: bool) -> Period | None:
    first = form.day("valid_from")
    last = None
    if required_end or form.values.get("valid_to", "").strip():
        last = form.day("valid_to")
    return None if form.errors or first is None else Period(first, last)
