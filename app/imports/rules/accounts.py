"""Accounts: matched by login. No password travels in a file; roles and locks have their page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.imports.rules.postings import UNKNOWN_PERSON, Reached
from app.imports.rules.problems import Outcome, Problems
from app.imports.rules.reading import Parsed, Row, refuse_repeated
from app.kernel.refusal import N_

LOGIN, EMAIL, PERSON = "Tên đăng nhập", "E-mail", "Mã cán bộ"
PERSON_NEEDED = N_("Vui lòng nhập mã cán bộ của người thuộc đơn vị Ông/Bà.")


@dataclass(frozen=True, slots=True)
class AccountKnown:
    """`person` by id and by staff code. `within`: the importing account may change it."""

    id: int
    name: str
    email: str | None
    person: int | None
    staff_code: str | None
    within: bool


@dataclass(frozen=True, slots=True)
class AccountWritten:
    """`id` None: new."""

    id: int | None
    login: str
    name: str
    email: str | None
    person: int | None


@dataclass(frozen=True, slots=True)
class Taken:
    """Whose is what may belong to one account only: sign-in name (login or e-mail), person."""

    names: Mapping[str, str]
    people: Mapping[int, str]


def check_accounts(
    parsed: Parsed,
    known: Mapping[str, AccountKnown],
    people: Mapping[str, Reached],
    taken: Taken,
    own_login: str,
    *,
    whole: bool,
) -> Outcome:
    """`whole`: the account covers everything; else what is new must belong to the own units."""
    problems = parsed.problems
    refuse_repeated(parsed, (0,), LOGIN)
    refuse_repeated(parsed, (2,), EMAIL)
    refuse_repeated(parsed, (3,), PERSON)
    logins = {str(row[0]): number for number, row in parsed.good()}
    new: dict[int, object] = {}
    changed: list[object] = []
    now: dict[int, Row] = {}
    unchanged: list[int] = []
    for number, row in parsed.good():
        before = known.get(str(row[0]))
        if _refused(number, row, before, people, taken, problems):
            continue
        if before is None and row[3] is None and not whole:
            problems.refuse(number, PERSON, "", "person-needed", PERSON_NEEDED)
            continue
        if (line := logins.get(str(row[2]), number)) != number:
            message = N_("Trùng với tên đăng nhập ở dòng {first}; vui lòng ghi e-mail khác.")
            problems.refuse(number, EMAIL, row[2], "taken", message, first=line)
            continue
        written = _written(row, before, people)
        if before is None:
            new[number] = written
        elif (written.name, written.email, written.person) == (
            before.name,
            before.email,
            before.person,
        ):
            unchanged.append(number)
        elif written.login == own_login:
            message = N_("Không tự thay đổi được tài khoản của chính mình; vui lòng xóa dòng này.")
            problems.refuse(number, LOGIN, own_login, "own-account", message)
        else:
            changed.append(written)
            now[number] = (row[0], before.name, before.email, before.staff_code)
    return Outcome(tuple(new.values()), tuple(changed), problems, tuple(new), now, tuple(unchanged))


def _refused(
    number: int,
    row: Row,
    before: AccountKnown | None,
    people: Mapping[str, Reached],
    taken: Taken,
    problems: Problems,
) -> bool:
    login, _, email, code = row
    person = people.get(str(code)) if code is not None else None
    in_use = N_("Đã được dùng cho một tài khoản khác; vui lòng kiểm tra lại.")
    if before is not None and not before.within:
        message = N_("Tài khoản này ngoài phạm vi phụ trách; vui lòng xóa dòng này.")
        problems.refuse(number, LOGIN, login, "out-of-reach", message)
    elif taken.names.get(str(login), login) != login:
        problems.refuse(number, LOGIN, login, "taken", in_use)
    elif email is not None and taken.names.get(str(email), login) != login:
        problems.refuse(number, EMAIL, email, "taken", in_use)
    elif code is not None and person is None and (before is None or before.staff_code != code):
        problems.refuse(number, PERSON, code, "unknown-person", UNKNOWN_PERSON)
    elif person is not None and taken.people.get(person.id, login) != login:
        problems.refuse(number, PERSON, code, "taken", in_use)
    else:
        return False
    return True


def _written(
    row: Row, before: AccountKnown | None, people: Mapping[str, Reached]
) -> AccountWritten:
    """A blank cell keeps what is there."""
    login, name, email, code = row
    found = people.get(str(code))
    person = found.id if found else (before.person if before else None)
    kept_email = before.email if before else None
    return AccountWritten(
        before.id if before else None,
        str(login),
        str(name),
        str(email) if email is not None else kept_email,
        person,
    )
