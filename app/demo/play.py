"""Play the annual round 2025 through the same actions the pages call, each by its own person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from app.accounts.queries import actor_for_login
from app.certificates import actions as certificates
from app.certificates import jobs
from app.council import actions as council
from app.council.rules import PaperStyle, Seat
from app.decisions import actions as decisions
from app.demo.load import Ids
from app.demo.world import World
from app.demo.world.story_facts import Nominee, SubjectKind
from app.discipline import actions as discipline
from app.initiatives import actions as initiatives
from app.initiatives.rules import Author
from app.kernel.actor import Actor, Role
from app.kernel.period import VIETNAM
from app.movement import actions as movement
from app.nominations import actions as nominations
from app.scoring import actions as scoring

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and how many there are."""


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


class Play:
    """One performance: the world, its ids and, as they come, the nominations' ids."""

    def __init__(self, world: World, ids: Ids, round_id: int, progress: Progress) -> None:
        self.world, self.ids, self.round_id, self.progress = world, ids, round_id, progress
        self.story = world.story
        self.nominations: dict[str, int] = {}
        self.decision_id = 0
        self._actors: dict[tuple[str, date], Actor] = {}

    async def actor(self, login: str, day: date) -> Actor:
        if (login, day) not in self._actors:
            self._actors[login, day] = await actor_for_login(login, at(day))
        return self._actors[login, day]

    async def run(self) -> None:
        await self.open_round()
        await self.keep_discipline_register()
        await self.recognise_initiatives()
        await self.nominate()
        await self.appraise()
        await self.score()
        await self.hold_session()
        await self.decide()
        await self.issue()

    async def open_round(self) -> None:
        day = self.story.calendar.opened_on
        secretary = await self.actor("thu-ky", day)
        await movement.open_round(self.round_id, actor=secretary, now=at(day, 8))

    async def keep_discipline_register(self) -> None:
        for case in self.story.discipline:
            # The register of an earlier office was taken over when the demo's books opened.
            entered = max(case.decided_on or case.opened_on, self.story.calendar.opened_on)
            officer = await self.actor("ky-luat", entered)
            case_id = await discipline.open_case(
                self.ids.people[case.person],
                "discipline",
                case.opened_on,
                actor=officer,
                now=at(entered),
                violated_on=case.violated_on,
                note=case.matter,
            )
            if case.form and case.decision_number and case.decided_on:
                await discipline.decide_case(
                    case_id,
                    case.form,
                    case.decision_number,
                    case.decided_on,
                    actor=officer,
                    now=at(entered),
                    served_until=case.effective_until,
                )

    async def recognise_initiatives(self) -> None:
        day = self.story.calendar.opened_on
        secretary = await self.actor("thu-ky", day)
        for number, line in enumerate(self.story.initiatives, start=1):
            officer = await self._officer_over(line.unit, day)
            initiative = await initiatives.submit(
                line.key,
                line.title,
                line.summary,
                self.ids.units[line.unit],
                line.applied_from,
                f"{line.measure}: từ {line.before} {line.measure_unit} thành {line.after}"
                f" {line.measure_unit}.",
                [Author(self.ids.people[key], Decimal(share)) for key, share in line.authors],
                actor=officer,
                now=at(day, 10),
            )
            if line.recognition is not None:
                await initiatives.recognise(
                    initiative,
                    "base",
                    line.recognition.number,
                    line.recognition.on,
                    line.replicable,
                    actor=secretary,
                    now=at(day, 11),
                )
            self.progress("sáng kiến", number, len(self.story.initiatives))

    async def nominate(self) -> None:
        day = date(2025, 11, 10)
        for number, nominee in enumerate(self.story.nominees, start=1):
            officer = await self._officer_over(nominee.nominating_unit, day)
            nomination = await self._nominate_one(nominee, officer, at(day, 9, number))
            self.nominations[nominee.key] = nomination
            for item in nominee.evidence:
                await nominations.add_evidence(
                    nomination,
                    item.criterion,
                    item.statement,
                    Decimal(item.before),
                    Decimal(item.after),
                    item.unit,
                    f"{item.document} số {item.document_number}",
                    actor=officer,
                    now=at(day, 10),
                )
            await self._attest(nominee, nomination)
            submitted_on = max(line.on for line in nominee.attestations) + timedelta(days=1)
            await nominations.submit(
                nomination,
                actor=await self._officer_over(nominee.nominating_unit, submitted_on),
                now=at(submitted_on, 14),
            )
            self.progress("hồ sơ", number, len(self.story.nominees))

    async def _nominate_one(self, nominee: Nominee, officer: Actor, now: datetime) -> int:
        text = nominee.achievement_line
        if nominee.kind is SubjectKind.INDIVIDUAL and nominee.person is not None:
            return await nominations.nominate_person(
                self.round_id,
                self.ids.people[nominee.person],
                self.ids.units[nominee.unit],
                text,
                actor=officer,
                now=now,
            )
        return await nominations.nominate_collective(
            self.round_id, self.ids.units[nominee.unit], text, actor=officer, now=now
        )

    async def _attest(self, nominee: Nominee, nomination: int) -> None:
        for line in nominee.attestations:
            if line.gate == "G3" and nominee.kind is SubjectKind.INDIVIDUAL:
                continue  # a person's yearly classification answers it
            head = await self.actor(self.ids.logins[line.by_person], line.on)
            await nominations.attest(
                nomination, line.gate, True, line.text, actor=head, now=at(line.on, 15)
            )

    async def appraise(self) -> None:
        day = self.story.calendar.appraised_on
        appraiser = await self.actor("tham-dinh", day)
        for number, nomination in enumerate(self.nominations.values(), start=1):
            await nominations.attest(
                nomination,
                "G1",
                True,
                "Thành tích cụ thể, có số liệu trước và sau, có tài liệu chứng minh.",
                actor=appraiser,
                now=at(day),
            )
            self.progress("thẩm định", number, len(self.nominations))

    async def score(self) -> None:
        scoring_period = self.story.calendar.scoring
        first, last = scoring_period.first, scoring_period.last or scoring_period.first
        secretary = await self.actor("thu-ky", first)
        logins = {m.code: self.ids.logins[m.person] for m in self.story.council.members}
        await council.establish(
            self.ids.units["vksndtc"],
            self.story.council.name,
            "Quyết định thành lập Hội đồng (minh họa)",
            date(2024, 1, 15),
            [
                Seat(self.ids.accounts[logins[m.code]], m.seat.value)
                for m in self.story.council.members
            ],
            PaperStyle("Viện trưởng", "VKSTC", self.story.calendar.place),
            actor=secretary,
            now=at(first, 8),
        )
        members = [self.ids.accounts[logins[m.code]] for m in self.story.council.members]
        await scoring.open_scoring(self.round_id, members, actor=secretary, now=at(first, 8, 30))
        for line in self.story.recusals:
            member = await self.actor(logins[line.member], first)
            await scoring.recuse(
                self.nominations[line.subject], line.reason, actor=member, now=at(first)
            )
        await self._mark(logins, first)
        # One sheet stays incomplete, so the last day has to pass before scoring may be closed.
        over = last + timedelta(days=1)
        secretary = await self.actor("thu-ky", over)
        await scoring.close_scoring(self.round_id, actor=secretary, now=at(over, 8))

    async def _mark(self, logins: dict[str, str], first: date) -> None:
        sheets: dict[tuple[str, str], dict[str, Decimal | None]] = defaultdict(dict)
        for mark in self.story.marks:
            sheets[mark.member, mark.subject][mark.criterion] = Decimal(mark.points)
        for number, ((member, subject), marks) in enumerate(sheets.items(), start=1):
            actor = await self.actor(logins[member], first + timedelta(days=2))
            await scoring.save_marks(
                self.nominations[subject],
                marks,
                None,
                actor=actor,
                now=at(first + timedelta(days=2), 9),
            )
            self.progress("phiếu chấm", number, len(sheets))

    async def hold_session(self) -> None:
        day = self.story.calendar.session_on
        await council.record_result(
            self.round_id,
            day,
            len(self.story.council.members),
            "15/BB-HĐTĐKT",
            {self.nominations[vote.subject]: vote.agree for vote in self.story.votes},
            {},
            actor=await self.actor("thu-ky", day),
            now=at(day, 16),
        )

    async def decide(self) -> None:
        day = self.story.calendar.signed_on
        chair = next(m for m in self.story.council.members if m.seat.value == "chair")
        name = next(p.name for p in self.world.people if p.key == chair.person)
        self.decision_id = await decisions.decide(
            self.round_id,
            day,
            self.story.calendar.place,
            "",
            "Viện trưởng",
            name,
            actor=await self.actor("thu-ky", day),
            now=at(day, 10),
        )

    async def issue(self) -> None:
        day = self.story.calendar.signed_on
        secretary = await self.actor("thu-ky", day)
        batch = await certificates.order_issue(self.decision_id, actor=secretary, now=at(day, 11))
        await jobs.make_files(
            batch,
            lambda done, total: self.progress("giấy khen", done, total),
            now=at(day, 11, 30),
        )

    async def _officer_over(self, unit: str, day: date) -> Actor:
        """The officer whose units include `unit`, as an office of that unit would have one."""
        for account in self.story.accounts:
            if any(grant.role is Role.UNIT_OFFICER for grant in account.grants):
                actor = await self.actor(account.login, day)
                if actor.holds_over(self.ids.units[unit], Role.UNIT_OFFICER):
                    return actor
        raise LookupError(unit)
