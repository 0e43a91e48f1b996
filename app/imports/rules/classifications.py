"""Yearly classifications: matched by person and year."""

from __future__ import annotations

from collections.abc import Mapping

from app.imports.rules.postings import PERSON, UNKNOWN_PERSON, Reached, names_of
from app.imports.rules.problems import Outcome
from app.imports.rules.reading import Parsed, Row, refuse_repeated


def check_classifications(
    parsed: Parsed,
    people: Mapping[str, Reached],
    known: Mapping[tuple[int, int], tuple[int, str]],
) -> Outcome:
    """`known`: (person, year) -> (id, level).

    New: (person, year, level); changed: (id, level, person).
    """
    problems = parsed.problems
    refuse_repeated(parsed, (0, 1), PERSON)
    new: dict[int, object] = {}
    changed: list[object] = []
    now: dict[int, Row] = {}
    unchanged: list[int] = []
    for number, (code, year, level) in parsed.good():
        person = people.get(str(code))
        if person is None:
            problems.refuse(number, PERSON, code, "unknown-person", UNKNOWN_PERSON)
        else:
            assert isinstance(year, int)  # noqa: S101 - a required column
            before = known.get((person.id, year))
            if before is None:
                new[number] = (person.id, year, level)
            elif before[1] == level:
                unchanged.append(number)
            else:
                changed.append((before[0], level, person.id))
                now[number] = (code, year, before[1])
    return Outcome(
        tuple(new.values()),
        tuple(changed),
        problems,
        tuple(new),
        now,
        tuple(unchanged),
        names_of(people),
    )
