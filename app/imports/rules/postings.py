"""Postings: matched by person, unit, post and first day; one main posting at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.imports.rules.problems import Outcome, Problems
from app.imports.rules.reading import Parsed, Row, refuse_repeated
from app.kernel.period import show_date
from app.kernel.refusal import N_

PERSON, UNIT, FIRST, LAST = "Mã cán bộ", "Mã đơn vị", "Từ ngày", "Đến ngày"
# The same words whether nobody has the code or somebody out of reach: a file finds no codes out.
UNKNOWN_PERSON = N_(
    "Không có cán bộ mang mã này trong phạm vi phụ trách của tài khoản;"
    " vui lòng kiểm tra mã hoặc nhập cán bộ trước."
)


@dataclass(frozen=True, slots=True)
class Reached:
    """A unit of the data, or a person the account may write about, by its code.

    `within`: a unit may be foreign, a person is then not told of. `name` of a person only.
    """

    id: int
    within: bool = True
    first: date = date.min
    last: date | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class PostingKnown:
    id: int
    unit: int
    post: str
    first: date
    last: date | None
    is_main: bool


# Not frozen: forty thousand of them are made at once, and freezing triples what that takes.
@dataclass(slots=True)
class PostingWritten:
    """`id` None: new."""

    number: int
    id: int | None
    person: int
    unit: int
    post: str
    first: date
    last: date | None
    is_main: bool


def check_postings(
    parsed: Parsed,
    people: Mapping[str, Reached],
    units: Mapping[str, Reached],
    known: Mapping[int, Sequence[PostingKnown]],
) -> Outcome:
    """`known`: person id -> the postings there are."""
    problems = parsed.problems
    refuse_repeated(parsed, (0, 1, 2, 3), PERSON)
    written: list[PostingWritten] = []
    same: set[int] = set()
    now: dict[int, Row] = {}
    touched: dict[int, list[PostingWritten]] = {}
    for number, row in parsed.good():
        found = _placed(number, row, people, units, problems)
        if found is None:
            continue
        person, unit = found
        before = _before(row, unit, known.get(person, ()))
        posting = _posting(number, row, person, unit, before)
        if before and (before.last, before.is_main) == (posting.last, posting.is_main):
            same.add(number)
        else:
            written.append(posting)
        if before:
            main = "main" if before.is_main else "concurrent"
            now[number] = (*row[:4], before.last, main)
        touched.setdefault(person, []).append(posting)
    for person, postings in touched.items():
        if any(posting.number not in same for posting in postings):
            _refuse_two_mains(postings, known.get(person, ()), problems)
    good = [posting for posting in written if posting.number not in problems.bad]
    new = tuple(posting for posting in good if posting.id is None)
    changed = tuple(posting for posting in good if posting.id is not None)
    return Outcome(
        new,
        changed,
        problems,
        tuple(posting.number for posting in new),
        {posting.number: now[posting.number] for posting in changed},
        sorted(same - problems.bad),
        names_of(people),
    )


def names_of(people: Mapping[str, Reached]) -> dict[str, str]:
    return {code: person.name for code, person in people.items()}


def _placed(
    number: int,
    row: Row,
    people: Mapping[str, Reached],
    units: Mapping[str, Reached],
    problems: Problems,
) -> tuple[int, int] | None:
    """Ids of person and unit, or None after saying what is wrong."""
    person, unit = people.get(str(row[0])), units.get(str(row[1]))
    first, last = row[3], row[4]
    assert isinstance(first, date)  # noqa: S101 - a required column
    if person is None:
        problems.refuse(number, PERSON, row[0], "unknown-person", UNKNOWN_PERSON)
    elif unit is None:
        message = N_("Không có đơn vị mang mã này; cần nhập đơn vị trước.")
        problems.refuse(number, UNIT, row[1], "unknown-unit", message)
    elif not unit.within:
        message = N_("Đơn vị này ngoài phạm vi phụ trách của tài khoản; vui lòng xóa dòng này.")
        problems.refuse(number, UNIT, row[1], "out-of-reach", message)
    elif isinstance(last, date) and last < first:
        message = N_("Đến ngày không được trước Từ ngày ({first}); vui lòng kiểm tra cả hai ngày.")
        shown = show_date(first)
        problems.refuse(number, LAST, show_date(last), "days-out-of-order", message, first=shown)
    elif first < unit.first:
        message = N_("Đơn vị chỉ tồn tại từ ngày {day}; vui lòng sửa Từ ngày hoặc mã đơn vị.")
        values = {"day": show_date(unit.first)}
        problems.refuse(number, FIRST, show_date(first), "unit-not-there", message, **values)
    elif unit.last is not None and (not isinstance(last, date) or last > unit.last):
        message = N_("Đơn vị đã kết thúc hoạt động ngày {day}; cần ghi Đến ngày không muộn hơn.")
        shown = show_date(last) if isinstance(last, date) else ""
        day = show_date(unit.last)
        problems.refuse(number, LAST, shown, "unit-not-there", message, day=day)
    else:
        return person.id, unit.id
    return None


def _before(row: Row, unit: int, known: Sequence[PostingKnown]) -> PostingKnown | None:
    for posting in known:
        if (posting.unit, posting.post, posting.first) == (unit, row[2], row[3]):
            return posting
    return None


def _posting(
    number: int, row: Row, person: int, unit: int, before: PostingKnown | None
) -> PostingWritten:
    """A blank cell keeps what is there."""
    last, main = row[4], row[5]
    if before is not None:
        last = before.last if last is None else last
        main = ("main" if before.is_main else "concurrent") if main is None else main
    assert isinstance(row[3], date)  # noqa: S101 - a required column
    return PostingWritten(
        number,
        before.id if before else None,
        person,
        unit,
        str(row[2]),
        row[3],
        last if isinstance(last, date) else None,
        main != "concurrent",
    )


def _refuse_two_mains(
    postings: Sequence[PostingWritten], known: Sequence[PostingKnown], problems: Problems
) -> None:
    """Only what the file brings is refused: an overlap that was there before is not its fault."""
    replaced = {posting.id for posting in postings}
    mains = [(p.first, p.last or date.max, p.number) for p in postings if p.is_main]
    mains += [(p.first, p.last or date.max, 0) for p in known if p.is_main and p.id not in replaced]
    if len(mains) < 2:
        return
    mains.sort()
    for (first, last, number), (next_first, _, next_number) in pairwise(mains):
        if next_first > last or not (number or next_number):
            continue
        blamed, other = (next_number, number) if next_number else (number, next_number)
        message = (
            N_("Trùng thời gian với vị trí chính ở dòng {other}; cần ghi Đến ngày cho vị trí đó.")
            if other
            else N_("Trùng thời gian với vị trí chính có từ {day}; cần kết thúc vị trí đó trước.")
        )
        day = show_date(first if next_number else next_first)
        shown = show_date(next_first if next_number else first)
        problems.refuse(blamed, FIRST, shown, "two-mains", message, other=other, day=day)
