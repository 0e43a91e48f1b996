"""Two versions of a set side by side, down to the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from app.kernel.points import show_points
from app.kernel.refusal import N_
from app.movement.rules.building import KIND_WORDS
from app.movement.rules.facts import Band, CriteriaSetFacts, CriterionFacts

FIELD_WORDS = {
    "position": N_("Thứ tự"),
    "kind": N_("Loại"),
    "title": N_("Tên"),
    "text": N_("Nội dung"),
    "max_points": N_("Điểm tối đa"),
    "help": N_("Hướng dẫn"),
    "source": N_("Căn cứ"),
    "evidence_required": N_("Phải có minh chứng"),
    "proposed": N_("Điểm đề xuất"),
    "bands": N_("Các mức"),
    "indicator": N_("Chỉ số"),
    "function": N_("Cách tính điểm"),
}
_WORDS = re.compile(r"\s+|[^\s]+")
_YES_NO = {True: N_("Có"), False: N_("Không")}


@dataclass(frozen=True, slots=True)
class Segment:
    """`kind`: same, removed or added."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """`field`: a key of FIELD_WORDS. `code_words`: the segments are gettext ids."""

    field: str
    segments: tuple[Segment, ...]
    code_words: bool = False


@dataclass(frozen=True, slots=True)
class CriterionChange:
    code: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    added: tuple[CriterionFacts, ...]
    removed: tuple[CriterionFacts, ...]
    changed: tuple[CriterionChange, ...]
    same: tuple[str, ...]
    old_total: Decimal
    new_total: Decimal

    @property
    def identical(self) -> bool:
        return not (self.added or self.removed or self.changed)


def compare(old: CriteriaSetFacts, new: CriteriaSetFacts) -> Comparison:
    """A criterion is known by its code: another code is another criterion."""
    before = {c.code: c for c in old.criteria}
    after = {c.code: c for c in new.criteria}
    places = _places([code for code in before if code in after])
    new_places = _places([code for code in after if code in before])
    changes = [
        CriterionChange(
            code, field_changes(before[code], after[code], (places[code], new_places[code]))
        )
        for code in after
        if code in before
    ]
    return Comparison(
        added=tuple(c for c in new.criteria if c.code not in before),
        removed=tuple(c for c in old.criteria if c.code not in after),
        changed=tuple(change for change in changes if change.fields),
        same=tuple(change.code for change in changes if not change.fields),
        old_total=old.total,
        new_total=new.total,
    )


def field_changes(
    old: CriterionFacts, new: CriterionFacts, places: tuple[int, int] = (0, 0)
) -> tuple[FieldChange, ...]:
    """`places`: where each stands among the criteria both versions have."""
    found = []
    for name in FIELD_WORDS:
        before, after = _shown(old, name, places[0]), _shown(new, name, places[1])
        if before == after:
            continue
        if name in ("text", "help", "title", "bands"):
            found.append(FieldChange(name, words_marked(before, after)))
        else:
            whole = (("removed", before), ("added", after))
            segments = tuple(Segment(kind, text) for kind, text in whole if text)
            found.append(
                FieldChange(name, segments, name in ("kind", "evidence_required", "proposed"))
            )
    return tuple(found)


def words_marked(old: str, new: str) -> tuple[Segment, ...]:
    """Removed and kept words in order are the old text, kept and added ones the new."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    segments: list[Segment] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        if kind == "equal":
            segments.append(Segment("same", "".join(before[first:last])))
            continue
        if last > first:
            segments.append(Segment("removed", "".join(before[first:last])))
        if new_last > new_first:
            segments.append(Segment("added", "".join(after[new_first:new_last])))
    return tuple(segments)


def band_lines(bands: Sequence[Band]) -> str:
    """One line a level, as the paper has it."""
    return "\n".join(
        f"{show_points(b.points_from)}-{show_points(b.points_to)}: {b.label}"
        + (f" ({b.description})" if b.description else "")
        for b in bands
    )


def _places(codes: Sequence[str]) -> dict[str, int]:
    return {code: place for place, code in enumerate(codes, start=1)}


def _shown(criterion: CriterionFacts, name: str, place: int) -> str:
    if name == "position":
        return str(place)
    if name == "bands":
        return band_lines(criterion.bands)
    if name == "kind":
        return KIND_WORDS[criterion.kind]
    value = getattr(criterion, name)
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, Decimal):
        return show_points(value)
    return value or ""
