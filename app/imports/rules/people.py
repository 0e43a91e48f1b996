"""People: matched by staff code; what differs is changed in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.imports.rules import namesakes
from app.imports.rules.problems import Outcome, Problem, Problems
from app.imports.rules.reading import Parsed, Row, refuse_repeated
from app.kernel.period import show_date
from app.kernel.refusal import N_
from app.organization.rules import refuse_recruitment

CODE, RECRUITED = "Mã cán bộ", "Ngày tuyển dụng"
OUT_OF_REACH = N_(
    "Người này thuộc đơn vị ngoài phạm vi phụ trách của tài khoản; vui lòng xóa dòng này."
)


@dataclass(frozen=True, slots=True)
class PersonKnown:
    """`values`: name, birth date, sex, ethnicity, category, recruitment date, as in a row.

    `within`: whether the importing account may change this person.
    """

    id: int
    values: Row
    within: bool


def check_people(
    parsed: Parsed,
    known: Mapping[str, PersonKnown],
    groups: namesakes.Groups,
    others: Mapping[namesakes.Key, Sequence[namesakes.Someone]],
) -> Outcome:
    """`groups`: the lines by whom they speak of; `others`: who in the data goes by one of these."""
    problems = parsed.problems
    refuse_repeated(parsed, (0,), CODE)
    good = [line for line in parsed.good() if _possible(*line, known, problems)]
    namesakes.judge(groups, others, problems)
    new: dict[int, Row] = {}
    changed: list[tuple[int, Row]] = []
    before: dict[int, Row] = {}
    unchanged: list[int] = []
    for number, row in good:
        if number in problems.bad:
            continue
        person = known.get(str(row[0]))
        if person is None:
            new[number] = row
        elif person.values == row[1 : namesakes.MARK]:
            unchanged.append(number)
        else:
            changed.append((person.id, row))
            before[number] = (row[0], *person.values, row[namesakes.MARK])
    return Outcome(
        tuple(new.values()), tuple(changed), problems, tuple(new), before, tuple(unchanged)
    )


def settled(known: Mapping[str, PersonKnown]) -> dict[str, Row | None]:
    """Staff code -> name and birth date; None for people out of reach."""
    return {code: person.values[:2] if person.within else None for code, person in known.items()}


def _possible(number: int, row: Row, known: Mapping[str, PersonKnown], problems: Problems) -> bool:
    born, recruited = row[2], row[6]
    assert isinstance(born, date) and isinstance(recruited, date)  # noqa: S101, PT018 - required
    person = known.get(str(row[0]))
    if person is not None and not person.within:
        problems.refuse(number, CODE, row[0], "out-of-reach", OUT_OF_REACH)
    elif refusal := refuse_recruitment(born, recruited):
        problems.add(Problem(number, RECRUITED, show_date(recruited), refusal))
    else:
        return True
    return False
