"""One name and one birth date under two staff codes: mostly one person twice, rarely two people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.imports.rules.problems import REFUSED, WARNING, Problem, Problems
from app.imports.rules.reading import Parsed, Row
from app.kernel import vietnamese
from app.kernel.refusal import N_, Refusal

NAME, OTHER = "Họ và tên", "Người khác trùng tên"
MARK = 7  # its place in a row


class _Texts(NamedTuple):
    """Of a line that is the same, is the same with its mark, is alike."""

    same: str
    told: str
    like: str


_SOMEBODY = _Texts(
    N_(
        "Cùng họ tên và ngày sinh với người có mã {other}. Nếu là một người, vui lòng dùng mã đó"
        " hoặc xóa dòng này; nếu đúng là người khác, ghi x vào cột “{column}”."
    ),
    N_("Cùng họ tên và ngày sinh với người có mã {other}, được ghi là người khác."),
    N_("Cùng ngày sinh và họ tên chỉ khác dấu với người có mã {other}; vui lòng kiểm tra."),
)
_LINE = _Texts(
    N_(
        "Cùng họ tên và ngày sinh với dòng {other}. Nếu là một người, vui lòng chỉ giữ một dòng;"
        " nếu đúng là hai người, ghi x vào cột “{column}”."
    ),
    N_("Cùng họ tên và ngày sinh với dòng {other}, được ghi là người khác."),
    N_("Cùng ngày sinh và họ tên chỉ khác dấu với dòng {other}; vui lòng kiểm tra."),
)
# The tone of an open `oa`, `oe`, `uy` is written on either letter.
_SECOND, _FIRST = "oàoáoảoãoạoèoéoẻoẽoẹuỳuýuỷuỹuỵ", "òaóaỏaõaọaòeóeỏeõeọeùyúyủyũyụy"
_PLACED = {_SECOND[n : n + 2]: _FIRST[n : n + 2] for n in range(0, len(_SECOND), 2)}
_MISPLACED = re.compile("|".join(_PLACED))
# Bare name and birth date: what all who could be one person share.
Key = tuple[str, object]


class Someone(NamedTuple):
    """In the data, within what the importing account may know."""

    staff_code: str
    name: str


class Line(NamedTuple):
    """`fresh`: what it says of name or birth date is not in the data yet."""

    number: int
    code: str
    name: str
    fresh: bool
    marked: bool


Groups = dict[Key, list[Line]]


@lru_cache(maxsize=2**15)
def bare(name: str) -> str:
    """The search key, which an import needs of every name more than once."""
    return vietnamese.search_key(name)


def same_name(one: str, other: str) -> bool:
    """However they are cased, spaced and composed, and on whichever letter the tone stands."""
    return one == other or _plain(one) == _plain(other)


def _plain(name: str) -> str:
    folded = vietnamese.tidy(name).casefold()
    return _MISPLACED.sub(lambda found: _PLACED[found.group()], folded)


def lines_by_key(parsed: Parsed, settled: Mapping[str, Row | None]) -> Groups:
    """Who the lines speak of, also where something else is wrong with one: all is told at once.

    `settled`: staff code -> name and birth date there are; None for people who are not told of.
    """
    groups: Groups = {}
    codes: set[str] = set()
    for number, row in zip(parsed.numbers, parsed.rows, strict=True):
        code, name, born = row[:3]
        if code is None or name is None or born is None or code in codes:
            continue
        code, name = str(code), str(name)
        codes.add(code)
        before = settled.get(code, ())
        if before is not None:
            fresh = not before or born != before[1] or not same_name(name, str(before[0]))
            line = Line(number, code, name, fresh, row[MARK] is not None)
            groups.setdefault((bare(name), born), []).append(line)
    return groups


def judge(groups: Groups, known: Mapping[Key, Sequence[Someone]], problems: Problems) -> None:
    """Refuse each fresh line that another line or somebody known already stands for.

    A line with its mark is only told of, and so is a name that differs in its marks alone.
    `known`: who has the key of a fresh line.
    """
    suspects = [key for key, lines in groups.items() if len(lines) > 1 or key in known]
    if not suspects:
        return
    codes = {line.code for lines in groups.values() for line in lines}
    for key in suspects:
        others = [someone for someone in known.get(key, ()) if someone.staff_code not in codes]
        _judge(groups[key], others, problems)


def _judge(lines: Sequence[Line], others: Sequence[Someone], problems: Problems) -> None:
    """`lines` and `others` of one key. Before a line stand all who are there and lines above it.

    A marked line stands before none: of two lines one mark says that they are two people.
    """
    standing: dict[str, tuple[object, _Texts]] = {}
    for code, name in others:
        standing.setdefault(_plain(name), (code, _SOMEBODY))
    for line in lines:
        if not line.fresh:
            standing.setdefault(_plain(line.name), (line.code, _SOMEBODY))
    for line in lines:
        if not line.fresh:
            continue
        plain = _plain(line.name)
        if plain in standing:
            problems.add(_same(line, *standing[plain]))
        elif standing:
            other, texts = next(iter(standing.values()))
            problems.warn(line.number, NAME, line.name, "like-person", texts.like, other=other)
        if not line.marked:
            standing.setdefault(plain, (line.number, _LINE))


def _same(line: Line, other: object, texts: _Texts) -> Problem:
    refusal = Refusal(
        "same-person",
        texts.told if line.marked else texts.same,
        {"other": other, "column": OTHER},
    )
    severity = WARNING if line.marked else REFUSED
    return Problem(line.number, NAME, line.name, refusal, severity)
