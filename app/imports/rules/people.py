"""People: matched by staff code; what differs is changed in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.imports.rules.problems import Outcome, Problems, first_uses
from app.imports.rules.reading import Parsed, Row, refuse_repeated
from app.kernel.refusal import N_

CODE, NAME, BORN, RECRUITED = "Mã cán bộ", "Họ và tên", "Ngày sinh", "Ngày tuyển dụng"
SAME_PERSON = N_("Cùng họ tên và ngày sinh với {other}; vui lòng kiểm tra có phải một người.")
OUT_OF_REACH = N_("Người này thuộc đơn vị ngoài phạm vi phụ trách của tài khoản.")
ADULT_YEARS = 15


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
    namesakes: Mapping[tuple[object, object], str],
) -> Outcome:
    """`namesakes`: (name, birth date) -> staff code of somebody in the data."""
    problems = parsed.problems
    refuse_repeated(parsed, (0,), CODE)
    good = parsed.good()
    new: dict[int, Row] = {}
    changed: list[tuple[int, Row]] = []
    before: dict[int, Row] = {}
    unchanged: list[int] = []
    for number, row in good:
        if not _possible(number, row, problems):
            continue
        person = known.get(str(row[0]))
        if person is None:
            new[number] = row
            _warn_of_namesake(number, row, namesakes, problems)
        elif not person.within:
            problems.refuse(number, CODE, row[0], "out-of-reach", OUT_OF_REACH)
        elif person.values == row[1:]:
            unchanged.append(number)
        else:
            changed.append((person.id, row))
            before[number] = (row[0], *person.values)
    _warn_of_twins(good, problems)
    return Outcome(
        tuple(new.values()), tuple(changed), problems, tuple(new), before, tuple(unchanged)
    )


def _possible(number: int, row: Row, problems: Problems) -> bool:
    born, recruited = row[2], row[6]
    assert isinstance(born, date) and isinstance(recruited, date)  # noqa: S101, PT018 - required
    if recruited.year - born.year < ADULT_YEARS:
        message = N_("Ngày tuyển dụng phải sau khi đủ {n} tuổi; vui lòng kiểm tra cả ngày sinh.")
        shown = recruited.strftime("%d/%m/%Y")
        problems.refuse(number, RECRUITED, shown, "recruited-as-child", message, n=ADULT_YEARS)
        return False
    return True


def _warn_of_namesake(
    number: int, row: Row, namesakes: Mapping[tuple[object, object], str], problems: Problems
) -> None:
    if other := namesakes.get((row[1], row[2])):
        problems.warn(number, NAME, row[1], "same-person", SAME_PERSON, other=other)


def _warn_of_twins(good: list[tuple[int, Row]], problems: Problems) -> None:
    keys = [(str(row[1]).casefold(), row[2]) for _, row in good]
    numbers = [number for number, _ in good]
    rows = dict(good)
    for number, first in first_uses(keys, numbers).items():
        message = N_("Cùng họ tên và ngày sinh với dòng {first}; vui lòng kiểm tra.")
        problems.warn(number, NAME, rows[number][1], "same-person", message, first=first)
