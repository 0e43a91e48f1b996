"""Leadership pipeline and long absences: facts of a person that hold from a day to a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.imports.rules.postings import FIRST, LAST, PERSON, UNKNOWN_PERSON, Reached, names_of
from app.imports.rules.problems import Outcome, Problems
from app.imports.rules.reading import Parsed, Row, refuse_repeated
from app.kernel.period import show_date
from app.kernel.refusal import N_


@dataclass(frozen=True, slots=True)
class PeriodKnown:
    """`text`: the post planned for, or why somebody is away."""

    id: int
    text: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class PeriodWritten:
    """`id` None: new. `number`: the line it came from."""

    number: int
    id: int | None
    person: int
    text: str
    first: date
    last: date | None


def check_pipeline(
    parsed: Parsed, people: Mapping[str, Reached], known: Mapping[int, Sequence[PeriodKnown]]
) -> Outcome:
    """Matched by person, post and first day. For several posts at once one may be planned."""
    refuse_repeated(parsed, (0, 1, 2), PERSON)
    lines = [(number, row[0], row[1], row[2], row[3]) for number, row in parsed.good()]
    return _check(lines, parsed.problems, people, known, beside=True)


def check_absences(
    parsed: Parsed, people: Mapping[str, Reached], known: Mapping[int, Sequence[PeriodKnown]]
) -> Outcome:
    """Matched by person and first day. Nobody is away twice at a time."""
    refuse_repeated(parsed, (0, 1), PERSON)
    lines = [(number, row[0], row[3], row[1], row[2]) for number, row in parsed.good()]
    return _check(lines, parsed.problems, people, known, beside=False)


_Line = tuple[int, object, object, object, object]


def _check(
    lines: Sequence[_Line],
    problems: Problems,
    people: Mapping[str, Reached],
    known: Mapping[int, Sequence[PeriodKnown]],
    *,
    beside: bool,
) -> Outcome:
    """`lines`: number, staff code, text, first and last day; `beside`: other texts do not clash."""
    taken: list[PeriodWritten] = []
    same: set[int] = set()
    now: dict[int, Row] = {}
    touched: dict[tuple[int, str], list[PeriodWritten]] = {}
    for number, code, text, first, last in lines:
        person = people.get(str(code))
        if person is None:
            problems.refuse(number, PERSON, code, "unknown-person", UNKNOWN_PERSON)
            continue
        assert isinstance(first, date)  # noqa: S101 - a required column
        end = last if isinstance(last, date) else None
        written = PeriodWritten(number, None, person.id, str(text), first, end)
        before = _before(written, known.get(person.id, ()), beside=beside)
        if before is not None:
            # A blank cell keeps what is there.
            written = replace(written, id=before.id, last=end or before.last)
            if (before.text, before.last) == (written.text, written.last):
                same.add(number)
            days = (first, before.last)
            now[number] = (code, before.text, *days) if beside else (code, *days, before.text)
        if written.last is not None and written.last < first:
            message = N_(
                "Đến ngày không được trước Từ ngày ({first}); vui lòng kiểm tra cả hai ngày."
            )
            problems.refuse(
                number,
                LAST,
                show_date(written.last),
                "days-out-of-order",
                message,
                first=show_date(first),
            )
            continue
        taken.append(written)
        touched.setdefault((person.id, written.text if beside else ""), []).append(written)
    for (person_id, text), written_here in touched.items():
        others = [p for p in known.get(person_id, ()) if not beside or p.text == text]
        _refuse_overlaps(written_here, others, same, problems)
    good = [line for line in taken if line.number not in problems.bad and line.number not in same]
    new = tuple(line for line in good if line.id is None)
    changed = tuple(line for line in good if line.id is not None)
    return Outcome(
        new,
        changed,
        problems,
        tuple(line.number for line in new),
        {line.number: now[line.number] for line in changed},
        sorted(same - problems.bad),
        names_of(people),
    )


def _before(
    line: PeriodWritten, known: Sequence[PeriodKnown], *, beside: bool
) -> PeriodKnown | None:
    for period in known:
        if period.first == line.first and (not beside or period.text == line.text):
            return period
    return None


def _refuse_overlaps(
    lines: Sequence[PeriodWritten],
    known: Sequence[PeriodKnown],
    same: set[int],
    problems: Problems,
) -> None:
    """Only what the file brings is refused: an overlap that was there before is not its fault."""
    replaced = {line.id for line in lines}
    spans = [(p.first, p.last or date.max, 0) for p in known if p.id not in replaced]
    spans += [(p.first, p.last or date.max, 0 if p.number in same else p.number) for p in lines]
    spans.sort()
    longest = spans[0]
    for span in spans[1:]:
        if span[0] <= longest[1] and (span[2] or longest[2]):
            blamed, other = (span, longest) if span[2] else (longest, span)
            message = N_("Trùng thời gian với mục có từ {day}; vui lòng kiểm tra cả hai mục.")
            shown, day = show_date(blamed[0]), show_date(other[0])
            problems.refuse(blamed[2], FIRST, shown, "overlap", message, day=day)
        longest = max(longest, span, key=lambda found: found[1])
