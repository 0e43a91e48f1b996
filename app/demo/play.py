"""Play a round through the same actions the pages call, each step by its own person."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from app.certificates import actions as certificates
from app.certificates import jobs
from app.council import actions as council
from app.council.rules import PaperStyle, Seat
from app.decisions import actions as decisions
from app.demo import dossiers, earlier_awards, office, workdays
from app.demo.performing import Performance, at
from app.discipline import actions as discipline
from app.initiatives import actions as initiatives
from app.initiatives.rules import Author
from app.movement import actions as movement
from app.scoring import actions as scoring


class Play(Performance):
    """A whole round, step by step."""

    async def short(self) -> None:
        """A year in which nothing went wrong, from the first dossier to the certificates."""
        await self.found_council()
        await self.open_round()
        await self.recognise_initiatives()
        await dossiers.register(self)
        await dossiers.nominate(self)
        await dossiers.endorse(self)
        await office.appraise(self)
        await self.score()
        await self.hold_session()
        await self.issue(await self.decide())

    async def until_session(self) -> None:
        """A review whose list lies open today; its decision is still to be made."""
        await self.open_round()
        await dossiers.nominate(self)
        await dossiers.endorse(self)
        await office.appraise(self)
        await self.score()
        await self.hold_session()
        await office.hear_first_voice(self)

    async def until_scoring(self) -> None:
        """A round the council is scoring today."""
        await self.open_round()
        await dossiers.nominate(self)
        await dossiers.endorse(self)
        await office.appraise(self)
        await self.open_scoring()

    async def run(self) -> None:
        """With everything that can happen on the way."""
        await self.open_round()
        await self.keep_discipline_register()
        await self.recognise_initiatives()
        await earlier_awards.remember(self)
        await dossiers.register(self)
        await dossiers.nominate(self, with_files=3)
        await dossiers.send_back_once(self)
        await dossiers.endorse(self)
        await office.ask(self)
        await office.appraise(self)
        await self.score()
        await self.hold_session()
        await office.hear_the_public(self)
        await self.issue(await self.decide())

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
            officer = await self.officer_over(line.unit, day)
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

    async def found_council(self) -> None:
        day = self.story.movement.launched_on
        logins = {m.code: self.ids.logins[m.person] for m in self.story.council.members}
        await council.establish(
            self.ids.units["vksndtc"],
            self.story.council.name,
            "Quyết định thành lập Hội đồng (minh họa)",
            day,
            [
                Seat(self.ids.accounts[logins[m.code]], m.seat.value)
                for m in self.story.council.members
            ],
            PaperStyle("Viện trưởng", "VKSTC", self.story.calendar.place),
            actor=await self.actor("thu-ky", day),
            now=at(day, 10),
        )

    async def open_scoring(self) -> None:
        """Seat the panel, let members step aside, and have them mark."""
        first = self.story.calendar.scoring.first
        secretary = await self.actor("thu-ky", first)
        logins = {m.code: self.ids.logins[m.person] for m in self.story.council.members}
        members = [self.ids.accounts[logins[m.code]] for m in self.story.council.members]
        await scoring.open_scoring(self.round_id, members, actor=secretary, now=at(first, 8, 30))
        for line in self.story.recusals:
            member = await self.actor(logins[line.member], first)
            await scoring.recuse(
                self.nominations[line.subject], line.reason, actor=member, now=at(first)
            )
        await self._mark(logins, first)

    async def score(self) -> None:
        """Closed after the last day: where a sheet stays incomplete, that day has to pass."""
        await self.open_scoring()
        scoring_days = self.story.calendar.scoring
        last = scoring_days.last or scoring_days.first
        over = workdays.since(last + timedelta(days=1))
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
            self.story.minutes_number,
            {self.nominations[vote.subject]: vote.agree for vote in self.story.votes},
            {},
            actor=await self.actor("thu-ky", day),
            now=at(day, 16),
        )

    async def decide(self) -> int:
        day = self.story.calendar.signed_on
        chair = next(m for m in self.story.council.members if m.seat.value == "chair")
        name = next(p.name for p in self.world.people if p.key == chair.person)
        return await decisions.decide(
            self.round_id,
            day,
            self.story.calendar.place,
            "",
            "Viện trưởng",
            name,
            actor=await self.actor("thu-ky", day),
            now=at(day, 10),
        )

    async def issue(self, decision_id: int) -> None:
        day = self.story.calendar.signed_on
        secretary = await self.actor("thu-ky", day)
        batch = await certificates.order_issue(decision_id, actor=secretary, now=at(day, 11))
        await jobs.make_files(
            batch,
            lambda done, total: self.progress("giấy khen", done, total),
            now=at(day, 11, 30),
        )
