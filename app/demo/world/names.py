"""Invented Vietnamese names. None repeats by accident: homonyms are placed by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.demo.world.facts import Sex
from app.demo.world.files import document
from app.demo.world.picker import Picker

_KINH = "Kinh"


def _lists() -> Any:
    return document("names.json")


@dataclass(slots=True)
class NameMaker:
    picker: Picker
    taken: set[str]
    lists: Any = field(default_factory=_lists)

    def __post_init__(self) -> None:
        self.taken |= set(self.lists["avoid"])

    def ethnicity_near(self, province: str, label: object) -> str:
        """Mostly Kinh; in some provinces two people in five belong to a people living there."""
        near = self.lists["ethnicities_near"].get(province)
        if near and self.picker.percent(40, "minority", label):
            return str(self.picker.choice(near, "ethnicity", label))
        return _KINH

    def make(self, sex: Sex, ethnicity: str, label: object) -> str:
        attempt = 0
        while (name := self._draw(sex, ethnicity, label, attempt)) in self.taken:
            attempt += 1
        self.taken.add(name)
        return name

    def _draw(self, sex: Sex, ethnicity: str, label: object, attempt: int) -> str:
        families = self.lists["family_by_ethnicity"].get(ethnicity, self.lists["family"])
        parts = (families, self.lists[f"middle_{sex}"], self.lists[f"given_{sex}"])
        words = [
            self.picker.choice(part, "name", label, attempt, index)
            for index, part in enumerate(parts)
        ]
        return " ".join(words)
