"""Dossiers of the open round, brought as far as each is to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from app.accounts.queries import actor_for_login
from app.demo.entries import enter
from app.demo.load import Ids
from app.demo.world.story_facts import Nominee
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.nominations import actions as nominations
from app.nominations.actions import endorsing
from app.nominations.actions.items import answer_item, ask_item
from app.nominations.actions.opinions import ask_opinion
from app.nominations.actions.refusals import refuse
from app.nominations.rules.endorsing import ListLine

_SELF = {
    "C1": "22",
    "C2": "27",
    "C3": "17",
    "C4": "12",
    "T1": "17",
    "T2": "16",
    "T3": "18",
    "T4": "22",
}
_UNIT = {
    "C1": "21",
    "C2": "26.5",
    "C3": "17",
    "C4": "11.5",
    "T1": "17",
    "T2": "16",
    "T3": "17.5",
    "T4": "21",
}
_WORD = "Nội bộ đơn vị đoàn kết; không có đơn thư về mất đoàn kết."
_REFUSED = "Thành tích chưa nổi trội so với các đề nghị khác của đơn vị; sẽ xem xét ở năm sau."
_QUESTION = "Đề nghị bổ sung văn bản chứng minh số liệu ở tiêu chí này."
_ANSWER = "Số liệu theo báo cáo quý III của đơn vị; đã ghi số văn bản vào minh chứng."
_VIEW_ASKED = "Đề nghị cho ý kiến về kết quả phối hợp với tập thể này trong năm."
_DUE = timedelta(days=5)


class Unfinished:
    """`began`: when the units did their part; the office does its own `now`."""

    def __init__(self, ids: Ids, round_id: int, began: datetime, now: datetime) -> None:
        self.ids, self.round_id, self.began, self.now = ids, round_id, began, now
        self.nominations: dict[str, int] = {}

    async def draft(self, nominee: Nominee, officer: str) -> None:
        actor = await self._then(officer)
        text = _a_year_later(nominee.achievement_line)
        unit = self.ids.units[nominee.unit]
        if nominee.person is None:
            made = await nominations.nominate_collective(
                self.round_id, unit, text, actor=actor, now=self.began
            )
        else:
            made = await nominations.nominate_person(
                self.round_id,
                self.ids.people[nominee.person],
                unit,
                text,
                actor=actor,
                now=self.began,
            )
        self.nominations[nominee.key] = made
        items = [
            replace(
                item,
                statement=_a_year_later(item.statement),
                document_date=item.document_date.replace(year=item.document_date.year + 1),
            )
            for item in nominee.evidence
            if item.criterion != "T5"  # measured: nobody writes there
        ]
        await enter(made, items, actor=actor, now=self.began)

    async def complete(self, nominee: Nominee, officer: str, head: str) -> None:
        """Points of the nominee and the unit, the head's words; then it is sent."""
        made, actor = self.nominations[nominee.key], await self._then(officer)
        for giver, points in (("self", _SELF), ("unit", _UNIT)):
            marks = {
                code: Decimal(given) for code, given in points.items() if _is_of(code, nominee)
            }
            await nominations.save_column(made, giver, marks, "", 0, actor=actor, now=self.began)
        for gate in ("G4",) if nominee.person else ("G3", "G4"):
            await nominations.attest(
                made, gate, True, _WORD, actor=await self._then(head), now=self.began
            )
        await self.submit(nominee, officer)

    async def submit(self, nominee: Nominee, officer: str) -> None:
        await nominations.submit(
            self.nominations[nominee.key], actor=await self._then(officer), now=self.began
        )

    async def send_on(self, nominees: Sequence[Nominee], unit: str, head: str) -> None:
        await endorsing.endorse(
            self.round_id,
            self.ids.units[unit],
            [ListLine(self.nominations[n.key], None) for n in nominees],
            endorsing.Paper(f"{60 + len(nominees)}/TTr-VKS", today_in_vietnam(self.began)),
            actor=await self._then(head),
            now=self.began,
        )

    async def stop(self, nominee: Nominee, head: str) -> None:
        await refuse(
            self.nominations[nominee.key], _REFUSED, actor=await self._then(head), now=self.began
        )

    async def ask(self, nominee: Nominee, *, answered_by: str | None) -> None:
        made = self.nominations[nominee.key]
        asked = await ask_item(
            made,
            f"criterion:{nominee.evidence[0].criterion}",
            _QUESTION,
            today_in_vietnam(self.now) + _DUE,
            actor=await actor_for_login("tham-dinh", self.now),
            now=self.now,
        )
        if answered_by is not None:
            actor = await actor_for_login(answered_by, self.now)
            await answer_item(made, asked, _ANSWER, actor=actor, now=self.now)

    async def ask_view(self, nominee: Nominee, unit: str) -> None:
        await ask_opinion(
            self.nominations[nominee.key],
            unit,
            _VIEW_ASKED,
            today_in_vietnam(self.now) + _DUE,
            actor=await actor_for_login("tham-dinh", self.now),
            now=self.now,
        )

    async def _then(self, login: str) -> Actor:
        return await actor_for_login(login, self.began)


def _is_of(code: str, nominee: Nominee) -> bool:
    return code.startswith("C") == (nominee.person is not None)


def _a_year_later(text: str) -> str:
    return text.replace("2025", "2026").replace("2024", "2025")
