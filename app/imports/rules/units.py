"""Units: matched by code; a new name or parent is true from a day on and keeps what was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.imports.rules.problems import Outcome, Problems
from app.imports.rules.reading import Parsed, Row, refuse_repeated
from app.imports.rules.tree import Version, loop_above, outlives_parent
from app.kernel.period import show_date
from app.kernel.refusal import N_

CODE, PARENT = "Mã đơn vị", "Mã đơn vị cấp trên"
FOUNDED, EFFECTIVE, DISSOLVED = "Ngày thành lập", "Ngày hiệu lực", "Ngày giải thể"


@dataclass(frozen=True, slots=True)
class UnitKnown:
    """`versions` oldest first; `last_posting` is `date.max` while somebody works there."""

    id: int
    kind: str
    founded_on: date
    dissolved_on: date | None
    versions: tuple[Version, ...]
    within: bool
    last_posting: date | None = None


@dataclass(frozen=True, slots=True)
class UnitWritten:
    """One unit to write. `id` None: new. `version` None: only kind or dissolution change.

    `close`: the last day of the version that stood before; None where `version` stands in its
    place (same first day) or there was none.
    """

    number: int
    id: int | None
    code: str
    kind: str
    founded_on: date
    dissolved_on: date | None
    version: Version | None
    close: date | None = None


def check_units(parsed: Parsed, known: Mapping[str, UnitKnown]) -> Outcome:
    problems = parsed.problems
    refuse_repeated(parsed, (0,), CODE)
    planned: dict[str, UnitWritten] = {}
    rows: dict[str, Row] = {}
    unchanged: list[int] = []
    empty = not known
    for number, row in parsed.good():
        unit = known.get(str(row[0]))
        if unit is None:
            written = _new(number, row, problems, root_free=empty)
            empty = empty and (written is None or written.version is None or bool(row[3]))
        else:
            written = _change(number, row, unit, problems)
        if written is not None:
            planned[written.code] = written
            rows[written.code] = row
        elif number not in problems.bad:
            unchanged.append(number)
    _refuse_parents(planned, known, problems)
    _refuse_shape(planned, known, problems)
    taken = [unit for unit in planned.values() if unit.number not in problems.bad]
    new = tuple(unit for unit in taken if unit.id is None)
    changed = tuple(unit for unit in taken if unit.id is not None)
    return Outcome(
        new,
        changed,
        problems,
        tuple(unit.number for unit in new),
        {unit.number: _now(rows[unit.code], known[unit.code]) for unit in changed},
        tuple(unchanged),
    )


def _now(row: Row, unit: UnitKnown) -> Row:
    """The day of a change stands in no data: it is new with the name or parent it goes with."""
    code, name, _, parent, _, effective, _ = row
    current = unit.versions[-1]
    renamed = current.name != name or parent not in (None, current.parent)
    day = None if renamed else effective
    founded = unit.founded_on
    return (code, current.name, unit.kind, current.parent, founded, day, unit.dissolved_on)


def _new(number: int, row: Row, problems: Problems, *, root_free: bool) -> UnitWritten | None:
    code, name, kind, parent, founded, effective, dissolved = row
    assert isinstance(founded, date)  # noqa: S101 - a required column
    if parent is None and not root_free:
        message = N_("Đơn vị mới phải có mã đơn vị cấp trên.")
        problems.refuse(number, PARENT, "", "no-parent", message)
    elif effective not in (None, founded):
        message = N_("Đơn vị mới có hiệu lực từ ngày thành lập; vui lòng để trống ô này.")
        problems.refuse(number, EFFECTIVE, _shown(effective), "odd-effective-day", message)
    elif isinstance(dissolved, date) and dissolved < founded:
        message = N_(
            "Ngày giải thể không được trước ngày thành lập; vui lòng kiểm tra cả hai ngày."
        )
        problems.refuse(number, DISSOLVED, _shown(dissolved), "days-out-of-order", message)
    else:
        last = dissolved if isinstance(dissolved, date) else None
        parent_code = None if parent is None else str(parent)
        version = Version(str(name), parent_code, founded, last)
        return UnitWritten(number, None, str(code), str(kind), founded, last, version)
    return None


def _change(number: int, row: Row, unit: UnitKnown, problems: Problems) -> UnitWritten | None:
    """None when nothing differs or the line was refused."""
    code, name, kind, parent, founded, effective, dissolved = row
    current = unit.versions[-1]
    parent_code = current.parent if parent is None else str(parent)
    renamed = (current.name, current.parent) != (name, parent_code)
    ends = dissolved if isinstance(dissolved, date) else unit.dissolved_on
    if not renamed and (unit.kind, unit.dissolved_on, unit.founded_on) == (kind, ends, founded):
        return None
    if _refuse_change(number, row, unit, problems, renamed=renamed):
        return None
    version, close = None, None
    if renamed and isinstance(effective, date):
        version = Version(str(name), parent_code, effective, ends)
        close = effective - timedelta(days=1) if effective > current.first else None
    elif ends != unit.dissolved_on:
        version = replace(current, last=ends)
    return UnitWritten(number, unit.id, str(code), str(kind), unit.founded_on, ends, version, close)


def _refuse_change(
    number: int, row: Row, unit: UnitKnown, problems: Problems, *, renamed: bool
) -> bool:
    code, _, _, _, founded, effective, dissolved = row
    first = unit.versions[-1].first
    if not unit.within:
        message = N_("Đơn vị này ngoài phạm vi phụ trách của tài khoản; vui lòng xóa dòng này.")
        problems.refuse(number, CODE, code, "out-of-reach", message)
    elif founded != unit.founded_on:
        message = N_(
            "Khác với dữ liệu ({known}); ngày thành lập không đổi được khi"
            " nhập, vui lòng ghi lại ngày đó."
        )
        known = show_date(unit.founded_on)
        problems.refuse(number, FOUNDED, _shown(founded), "other-founding", message, known=known)
    elif unit.dissolved_on is not None:
        message = N_(
            "Đơn vị đã kết thúc hoạt động ngày {day}, không thay đổi được nữa;"
            " vui lòng xóa dòng này."
        )
        day = show_date(unit.dissolved_on)
        problems.refuse(number, CODE, code, "dissolved", message, day=day)
    elif renamed and not isinstance(effective, date):
        message = N_("Tên hoặc cấp trên khác với dữ liệu: cần ghi ngày hiệu lực của thay đổi.")
        problems.refuse(number, EFFECTIVE, "", "no-effective-day", message)
    elif renamed and isinstance(effective, date) and effective < first:
        message = N_("Ngày hiệu lực phải từ {first} trở đi (lần thay đổi gần nhất).")
        values = {"first": show_date(first)}
        problems.refuse(number, EFFECTIVE, _shown(effective), "too-early", message, **values)
    elif isinstance(dissolved, date) and dissolved < max(first, _or(effective, first)):
        message = N_(
            "Ngày giải thể không được trước ngày có hiệu lực gần"
            " nhất; vui lòng kiểm tra cả hai ngày."
        )
        problems.refuse(number, DISSOLVED, _shown(dissolved), "days-out-of-order", message)
    elif isinstance(dissolved, date) and unit.last_posting and unit.last_posting > dissolved:
        message = N_("Còn người công tác tại đơn vị sau ngày này; cần kết thúc công tác trước.")
        problems.refuse(number, DISSOLVED, _shown(dissolved), "still-staffed", message)
    else:
        return False
    return True


def _refuse_parents(
    planned: Mapping[str, UnitWritten], known: Mapping[str, UnitKnown], problems: Problems
) -> None:
    """Unknown or foreign parents; a refused parent in the file takes its children along."""
    children: dict[str, list[UnitWritten]] = {}
    for unit in planned.values():
        parent = unit.version.parent if unit.version else None
        if parent is None or (unit.id is not None and not _moved(unit, known)):
            continue
        if parent in known and not known[parent].within:
            message = N_(
                "Đơn vị cấp trên ngoài phạm vi phụ trách của tài khoản; vui lòng kiểm tra mã."
            )
            problems.refuse(unit.number, PARENT, parent, "out-of-reach", message)
        elif parent not in known and parent not in planned:
            message = N_(
                "Không có đơn vị mang mã này trong dữ liệu và trong"
                " tệp; vui lòng kiểm tra mã hoặc thêm dòng của đơn vị đó."
            )
            problems.refuse(unit.number, PARENT, parent, "unknown-unit", message)
        elif parent not in known:
            children.setdefault(parent, []).append(unit)
    waiting = [unit.code for unit in planned.values() if unit.number in problems.bad]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child.number not in problems.bad:
                message = N_("Dòng của đơn vị cấp trên bị từ chối; cần sửa dòng đó trước.")
                parent = child.version.parent if child.version else ""
                problems.refuse(child.number, PARENT, parent, "refused-parent", message)
                waiting.append(child.code)


def _moved(unit: UnitWritten, known: Mapping[str, UnitKnown]) -> bool:
    before = known[unit.code].versions[-1].parent
    return unit.version is not None and unit.version.parent != before


def _refuse_shape(
    planned: Mapping[str, UnitWritten], known: Mapping[str, UnitKnown], problems: Problems
) -> None:
    """Loops, and units that would stand under a unit that is not there yet or no longer."""
    versions = {code: list(unit.versions) for code, unit in known.items()}
    for code, unit in planned.items():
        if unit.version is not None and unit.number not in problems.bad:
            before = [v for v in versions.get(code, []) if v.first < unit.version.first]
            if before and unit.close:
                before[-1] = replace(before[-1], last=unit.close)
            versions[code] = [*before, unit.version]
    for unit in planned.values():
        if unit.number in problems.bad or unit.version is None:
            continue
        if loop := loop_above(unit.code, unit.version, versions):
            message = N_(
                "Vòng lặp trong cây đơn vị: {loop}. Vui"
                " lòng sửa cấp trên của một trong các đơn vị này."
            )
            shown = " → ".join(loop)
            problems.refuse(unit.number, PARENT, unit.version.parent, "cycle", message, loop=shown)
    _refuse_outliving(planned, versions, problems)


def _refuse_outliving(
    planned: Mapping[str, UnitWritten],
    versions: Mapping[str, list[Version]],
    problems: Problems,
) -> None:
    for code in planned:
        unit = planned[code]
        version = unit.version
        if version and outlives_parent(version, versions) and unit.number not in problems.bad:
            message = N_(
                "Đơn vị cấp trên không tồn tại trong suốt thời gian"
                " này; vui lòng kiểm tra mã và các ngày."
            )
            problems.refuse(unit.number, PARENT, version.parent, "parent-not-there", message)
    ending = {code for code, unit in planned.items() if unit.dissolved_on and unit.id}
    for code, found in versions.items():
        for version in found:
            if version.parent in ending and outlives_parent(version, versions):
                unit = planned[version.parent]
                message = N_(
                    "Còn đơn vị trực thuộc sau ngày này:"
                    " {child}; cần chuyển hoặc giải thể đơn vị đó trước."
                )
                if unit.number not in problems.bad:
                    shown = _shown(unit.dissolved_on)
                    problems.refuse(
                        unit.number, DISSOLVED, shown, "has-children", message, child=code
                    )


def _or(day: object, otherwise: date) -> date:
    return day if isinstance(day, date) else otherwise


def _shown(day: object) -> str:
    return show_date(day) if isinstance(day, date) else ""
