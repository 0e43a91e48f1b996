"""The whole frozen input, read and checked: what every later step of the engine works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from app.scoring.rules import exact, reading
from app.scoring.rules.explain import explain
from app.scoring.rules.marks import Sheets, gather
from app.scoring.rules.protocol import Protocol, read_protocol
from app.scoring.rules.roster import Roster, read_roster

FORMAT = "thidua-rank/1"
NAMES = ("format", "protocol", "criteria", "members", "subjects", "recusals", "marks")


@dataclass(frozen=True, slots=True)
class Subject:
    """One candidate with its complete sheets.

    `pattern` is the position in `Panel.patterns` of the members who filled a complete sheet;
    `totals` and each tuple in `tie_marks` follow that pattern, in points times `Panel.scale`.
    `tie_marks` and `tie_keys` follow the protocol's tie-breaks; keys are scaled among themselves.
    """

    code: str
    pattern: int
    totals: tuple[int, ...]
    tie_marks: dict[str, tuple[int, ...]]
    tie_keys: dict[str, int]


@dataclass(frozen=True, slots=True)
class Panel:
    """Members and subjects in code order, so that the file's order changes nothing."""

    protocol: Protocol
    scale: int
    members: tuple[str, ...]
    subjects: tuple[Subject, ...]
    patterns: tuple[tuple[int, ...], ...]
    warnings: tuple[str, ...]


def read_header(document: dict[str, object], errors: list[str]) -> tuple[Roster, Protocol | None]:
    """Everything but the marks, whose value is not looked at."""
    reading.fields(document, "", NAMES, (), errors)
    if "format" in document and document["format"] != FORMAT:
        given = reading.shown(document["format"])
        errors.append(f"format: must be {reading.shown(FORMAT)}, not {given}")
    roster = read_roster(document, errors)
    protocol = None
    if "protocol" in document:
        protocol = read_protocol(document["protocol"], roster.criteria, errors)
    return roster, protocol


def read_marks(
    value: object, roster: Roster, protocol: Protocol | None, errors: list[str]
) -> Panel | None:
    """The panel, or None with at least one error; earlier errors do not hide those of marks."""
    marks = value if isinstance(value, list | tuple) else reading.items(value, "marks", errors)
    if marks is None:
        return None
    sheets = None if errors else gather(marks, roster)
    if sheets is None or protocol is None:
        errors.extend(explain(marks, roster))
        return None
    return _panel(sheets, roster, protocol)


def _panel(sheets: Sheets, roster: Roster, protocol: Protocol) -> Panel:
    members, subjects = sorted(roster.members or ()), sorted(roster.subjects or {})
    criteria = list(roster.criteria or ())
    totals = sheets.totals
    chosen = sorted(
        (owner, sheet) for sheet, owner in enumerate(sheets.owners) if totals[sheet] >= 0
    )
    rows: list[list[int]] = [[] for _ in subjects]
    judges: list[list[int]] = [[] for _ in subjects]
    for owner, sheet in chosen:
        subject, member = divmod(owner, len(members))
        rows[subject].append(sheet)
        judges[subject].append(member)
    keys = _scaled_keys(roster, protocol)
    tie_columns = {
        tie.name: sheets.columns[criteria.index(tie.name)]
        for tie in protocol.tie_breaks
        if tie.kind == "criterion"
    }
    patterns: dict[tuple[int, ...], int] = {}
    return Panel(
        protocol,
        10**sheets.places,
        tuple(members),
        tuple(
            Subject(
                code,
                patterns.setdefault(tuple(judges[i]), len(patterns)),
                _pick(totals, rows[i]),
                {name: _pick(column, rows[i]) for name, column in tie_columns.items()},
                keys[code],
            )
            for i, code in enumerate(subjects)
        ),
        tuple(patterns),
        _incomplete(sheets, members, subjects),
    )


def _pick(column: Sequence[int], positions: Sequence[int]) -> tuple[int, ...]:
    return tuple([column[position] for position in positions])


def _scaled_keys(roster: Roster, protocol: Protocol) -> dict[str, dict[str, int]]:
    """Per subject the keys that break ties, as integers of one scale per key."""
    subjects = roster.subjects or {}
    result: dict[str, dict[str, int]] = {code: {} for code in subjects}
    for name in {tie.name for tie in protocol.tie_breaks if tie.kind == "key"}:
        owned = {code: own[name] for code, own in subjects.items() if name in own}
        most = max((exact.places(text) or 0 for text in owned.values()), default=0)
        for code, text in owned.items():
            result[code][name] = exact.scaled(text, most)
    return result


def _incomplete(sheets: Sheets, members: list[str], subjects: list[str]) -> tuple[str, ...]:
    """A sheet nobody started is no incomplete sheet: the format does not say who was assigned."""
    begun = sorted(
        (owner, sheet)
        for owner, sheet, total in zip(sheets.owners, count(), sheets.totals, strict=False)
        if sheets.blank < total < 0
    )
    lines = []
    for owner, sheet in begun:
        subject, member = divmod(owner, len(members))
        marked = sum(column[sheet] != sheets.missing for column in sheets.columns)
        lines.append(
            f"incomplete sheet left out: member {reading.named(members[member])},"
            f" subject {reading.named(subjects[subject])}:"
            f" {marked} of {len(sheets.columns)} marks"
        )
    return tuple(lines)
