"""The nominations: summary, evidence per criterion and what the head of the unit attests."""

from __future__ import annotations

from dataclasses import dataclass

from app.demo.world.evidence import evidence_for, quantity
from app.demo.world.facts import Level, Person
from app.demo.world.movement import TITLE, achievement_line
from app.demo.world.picker import Picker
from app.demo.world.roster import Roster
from app.demo.world.selection import UnitList
from app.demo.world.story_facts import (
    Attestation,
    CriteriaSet,
    Initiative,
    Nominee,
    SubjectKind,
)
from app.kernel.period import Period

_INDIVIDUAL, _COLLECTIVE = SubjectKind.INDIVIDUAL, SubjectKind.COLLECTIVE


@dataclass(frozen=True, slots=True)
class Occasion:
    """What nominees of one round have in common; `prefix` keeps their keys apart from others'."""

    prefix: str
    in_words: str
    years: tuple[int, ...]
    attested: Period
    movement: str = TITLE


class NomineeMaker:
    """Numbers the nominees through, first the people, then the collectives."""

    def __init__(
        self,
        occasion: Occasion,
        roster: Roster,
        criteria: CriteriaSet,
        initiatives: tuple[Initiative, ...],
        picker: Picker,
    ) -> None:
        self._occasion = occasion
        self._roster = roster
        self._criteria = criteria
        self._initiatives = initiatives
        self._picker = picker

    def make(self, lists: tuple[UnitList, ...]) -> tuple[Nominee, ...]:
        people = [(line, person) for line in lists for person in line.people]
        collectives = [(line, unit) for line in lists for unit in line.collectives]
        made = [
            self._individual(f"{self._occasion.prefix}-{n:03d}", *pair)
            for n, pair in enumerate(people, 1)
        ]
        first = len(people) + 1
        made += [
            self._collective(f"{self._occasion.prefix}-{n:03d}", *pair)
            for n, pair in enumerate(collectives, first)
        ]
        return tuple(made)

    def _individual(self, key: str, line: UnitList, person: Person) -> Nominee:
        own = [i for i in self._initiatives if person.key in dict(i.authors) and i.replicable]
        # Team members of a nominated collective lead their own initiative too; theirs comes first.
        own.sort(key=lambda i: (i.unit != line.unit, i.key))
        lead = own[0]
        role = "tác giả" if len(lead.authors) == 1 else "đồng tác giả"
        summary = (
            f'Chủ động, sáng tạo trong học tập; là {role} sáng kiến "{lead.title}". {_effect(lead)}'
        )
        unit = self._roster.unit_of(person)
        return self._nominee(key, _INDIVIDUAL, line, unit, summary, own[:1], person)

    def _collective(self, key: str, line: UnitList, unit: str) -> Nominee:
        own = [i for i in self._initiatives if i.unit == unit and i.replicable]
        own.sort(key=lambda i: (-len(i.authors), i.key))
        summary = (
            "Tập thể chủ động xây dựng kế hoạch học tập cho mọi đối tượng và áp dụng có hiệu quả "
            f'sáng kiến "{own[0].title}". {_effect(own[0])}'
        )
        return self._nominee(key, _COLLECTIVE, line, unit, summary, own, None)

    def _nominee(
        self,
        key: str,
        kind: SubjectKind,
        line: UnitList,
        unit: str,
        summary: str,
        own: list[Initiative],
        person: Person | None,
    ) -> Nominee:
        return Nominee(
            key=key,
            kind=kind,
            person=person.key if person else None,
            unit=unit,
            nominating_unit=line.unit,
            achievement_line=achievement_line(self._occasion.movement, self._occasion.in_words),
            summary=summary,
            evidence=evidence_for(
                key, self._criteria.of(kind), line.symbol, self._occasion.years, self._picker
            ),
            attestations=self._attest(key, line, person),
            initiatives=tuple(i.key for i in own),
        )

    def _attest(self, key: str, line: UnitList, person: Person | None) -> tuple[Attestation, ...]:
        first, last = self._occasion.attested.first, self._occasion.attested.last
        on = self._picker.working_day(first, last or first, "attested", line.unit)
        head = line.head.key
        level = "xuất sắc" if person and _is_excellent(person, on.year) else "tốt"
        who = "Cá nhân" if person else "Tập thể"
        return (
            Attestation(
                "G3",
                head,
                on,
                f"{who} hoàn thành {level} các nhiệm vụ theo chương trình, kế hoạch công tác "
                f"{self._occasion.in_words}.",
            ),
            Attestation(
                "G4",
                head,
                on,
                "Nội bộ đơn vị đoàn kết; không có khiếu nại, tố cáo về mất đoàn kết trong thời "
                "gian xét khen thưởng.",
            ),
        )


def _is_excellent(person: Person, year: int) -> bool:
    return any(c.year == year and c.level is Level.EXCELLENT for c in person.classifications)


def _effect(initiative: Initiative) -> str:
    before = quantity(initiative.before, initiative.measure_unit)
    after = quantity(initiative.after, initiative.measure_unit)
    if initiative.after < initiative.before:
        return f"{initiative.measure} giảm từ {before} xuống còn {after}."
    return f"{initiative.measure} tăng từ {before} lên {after}."
