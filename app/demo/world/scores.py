"""The council's marks: plausible, within the maxima, all means different but for one true tie."""

from __future__ import annotations

from dataclasses import dataclass

from app.demo.world.council_facts import Mark, Recusal
from app.demo.world.picker import Picker
from app.demo.world.standings import Sheet, Sheets, in_order, mean
from app.demo.world.story_facts import Criterion

_BEST, _WORST = 96, 66
_TIED_RANK = 9
_QUARTER = 25


@dataclass(frozen=True, slots=True)
class Panel:
    members: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    recusals: tuple[Recusal, ...]

    def scoring(self, subject: str) -> list[str]:
        away = {r.member for r in self.recusals if r.subject == subject}
        return [member for member in self.members if member not in away]


def score(subjects: tuple[str, ...], panel: Panel, picker: Picker) -> Sheets:
    """Quality falls evenly over a drawn order, so the ranking is spread and not bunched."""
    drawn = picker.shuffled(subjects, "quality")
    step = max(1, len(drawn) - 1)
    sheets: Sheets = {}
    for position, subject in enumerate(drawn):
        quality = _BEST - (_BEST - _WORST) * position // step
        sheets[subject] = {
            member: _sheet(subject, member, quality, panel.criteria, picker)
            for member in panel.scoring(subject)
        }
    return sheets


def _sheet(
    subject: str, member: str, quality: int, criteria: tuple[Criterion, ...], picker: Picker
) -> Sheet:
    leniency = picker.number(-3, 3, "leniency", member)
    return {
        c.code: _points(c, quality + leniency + picker.number(-5, 5, subject, member, c.code))
        for c in criteria
    }


def _points(criterion: Criterion, percent: int) -> int:
    """Hundredths of a point, in steps of half a point and never above the maximum."""
    maximum = int(criterion.maximum)
    halves = (2 * maximum * min(percent, 100) + 50) // 100
    return 50 * halves


def leave_incomplete(sheets: Sheets, member: str, subject: str, panel: Panel) -> None:
    """The member stopped half-way: the later half of the criteria has no mark."""
    for criterion in panel.criteria[len(panel.criteria) // 2 :]:
        del sheets[subject][member][criterion.code]


def separate(sheets: Sheets, panel: Panel) -> None:
    """Take quarter points off a first member's first mark until no two means are equal."""
    seen = set()
    count, first = len(panel.criteria), panel.criteria[0].code
    for subject in in_order(sheets, count):
        while (value := mean(sheets[subject], count)) in seen:
            sheets[subject][panel.scoring(subject)[0]][first] -= _QUARTER
        seen.add(value)


def tie(sheets: Sheets, panel: Panel, alike: dict[str, str]) -> None:
    """Give the subject on rank 9 a true equal: the same nine sheets, from other members.

    Every mean is then the same, criterion by criterion, and no tie-break can part the two.
    `alike` maps a subject to what a tie-break by key could see; both must have the same.
    """
    count = len(panel.criteria)
    whole = [s for s in in_order(sheets, count) if _is_whole(sheets[s], panel)]
    first = next(s for s in in_order(sheets, count)[_TIED_RANK - 1 :] if s in whole)
    second = next(s for s in whole[whole.index(first) + 1 :] if alike[s] == alike[first])
    members = panel.members
    for position, member in enumerate(members):
        giver = members[(position + 1) % len(members)]
        sheets[second][member] = dict(sheets[first][giver])


def _is_whole(sheets: dict[str, Sheet], panel: Panel) -> bool:
    full = len(panel.criteria)
    return len(sheets) == len(panel.members) and all(len(s) == full for s in sheets.values())


def as_marks(sheets: Sheets) -> tuple[Mark, ...]:
    return tuple(
        Mark(member, subject, criterion, _text(points))
        for subject in sorted(sheets)
        for member, sheet in sorted(sheets[subject].items())
        for criterion, points in sheet.items()
    )


def _text(hundredths: int) -> str:
    """`2050` -> `20.5`, without trailing zeros."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
