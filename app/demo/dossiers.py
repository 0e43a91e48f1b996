"""What the units do: register, nominate, hold their meeting, give points, send everything on."""

from __future__ import annotations

from datetime import date, timedelta

from app.catalogue.queries import award_form_id
from app.demo import workdays
from app.demo.attachments import attach
from app.demo.columns import agreeing, points_of
from app.demo.entries import enter
from app.demo.performing import Performance, at
from app.demo.world.story_facts import Nominee
from app.nominations import actions as nominations
from app.nominations.actions import endorsing
from app.nominations.actions.returning import return_dossier
from app.nominations.rules import MinutesHead, Vote
from app.nominations.rules.endorsing import ListLine

_GOAL = "Hoàn thành kế hoạch tự học, có sáng kiến được công nhận và áp dụng trong {in_words}."
_MEMBERS, _PRESENT = 15, 13
_VOTERS = 9
_UNREGISTERED = 5
_RETURN_REASON = (
    "Câu thành tích và số liệu ở tiêu chí thứ nhất chưa khớp với văn bản kèm theo; đề nghị đơn vị "
    "đối chiếu, sửa và nộp lại."
)


async def register(play: Performance) -> None:
    """All but a few, who were found worthy without having announced it."""
    day = play.story.calendar.registration.first + timedelta(days=7)
    form = await award_form_id("giay-khen")
    late = {nominee.key for nominee in play.story.nominees[-_UNREGISTERED:]}
    for unit, own in play.by_unit().items():
        picks = [
            (play.ids.people[n.person] if n.person else None, play.ids.units[n.unit])
            for n in own
            if n.key not in late
        ]
        if picks:
            await nominations.register(
                play.round_id,
                picks,
                form,
                _GOAL.format(in_words=play.story.in_words),
                actor=await play.officer_over(unit, day),
                now=at(day, 10),
            )


async def nominate(play: Performance, *, with_files: int = 0) -> None:
    """First all drafts, then each unit's meeting about its own, then their points and words."""
    for number, nominee in enumerate(play.story.nominees, start=1):
        await _draft(play, nominee, number)
    for number, (unit, own) in enumerate(play.by_unit().items(), start=1):
        await _meet(play, unit, own, number)
    for number, nominee in enumerate(play.story.nominees, start=1):
        await _complete(play, nominee, files=number <= with_files)
        play.progress("hồ sơ", number, len(play.story.nominees))


async def _draft(play: Performance, nominee: Nominee, number: int) -> None:
    day = play.story.calendar.nominated_on
    officer = await play.officer_over(nominee.nominating_unit, day)
    unit, now = play.ids.units[nominee.unit], at(day, 9, number)
    if nominee.person is None:
        made = await nominations.nominate_collective(
            play.round_id, unit, nominee.achievement_line, actor=officer, now=now
        )
    else:
        made = await nominations.nominate_person(
            play.round_id,
            play.ids.people[nominee.person],
            unit,
            nominee.achievement_line,
            actor=officer,
            now=now,
        )
    play.nominations[nominee.key] = made
    await enter(made, nominee.evidence, actor=await play.enters(nominee, day), now=at(day, 10))


async def _meet(play: Performance, unit: str, own: list[Nominee], number: int) -> None:
    names = {person.key: person.name for person in play.world.people}
    head = next(line.by_person for line in own[0].attestations)
    logins = {account.login: account.person for account in play.story.accounts}
    day = play.story.calendar.nominated_on
    officer = await play.officer_over(unit, day)
    keeper = next(login for login in logins if play.ids.accounts[login] == officer.account_id)
    await nominations.record_minutes(
        play.round_id,
        play.ids.units[unit],
        MinutesHead(
            f"{number:02d}/BB-BX",
            day,
            "trụ sở đơn vị",
            names[head],
            names[logins[keeper]],
            _MEMBERS,
            _PRESENT,
            "Hội nghị nghe tóm tắt thành tích từng đối tượng, thảo luận và bỏ phiếu kín.",
            _town_of(play, unit),
        ),
        {play.nominations[n.key]: _vote(n) for n in own},
        actor=officer,
        now=at(day, 16, number),
    )


def _town_of(play: Performance, key: str) -> str:
    """What the papers of a unit are dated from: the capital for those of the centre."""
    name = next(unit.names[-1].name for unit in play.world.units if unit.key == key)
    for kind in ("tỉnh ", "thành phố "):
        if kind in name:
            return name.partition(kind)[2]
    return play.story.calendar.place


def _vote(nominee: Nominee) -> Vote:
    agree = agreeing(nominee, _PRESENT)
    return Vote(agree, _PRESENT - agree)


async def _complete(play: Performance, nominee: Nominee, *, files: bool) -> None:
    """The nominee's points and papers, the unit's points, the head's words; then it goes."""
    made, unit = play.nominations[nominee.key], nominee.nominating_unit
    day = play.story.calendar.nominated_on
    own = await play.enters(nominee, day)
    if files:
        await attach(play, nominee, nominee.evidence[:2], actor=own, now=at(day, 16, 30))
    for giver, actor in (("self", own), ("unit", await play.officer_over(unit, day))):
        await nominations.save_column(
            made, giver, points_of(play.story, nominee, giver), "", 0, actor=actor, now=at(day, 17)
        )
    for line in nominee.attestations:
        if line.gate == "G3" and nominee.person is not None:
            continue  # a person's yearly classification answers it
        head = await play.actor(play.ids.logins[line.by_person], line.on)
        await nominations.attest(made, line.gate, True, line.text, actor=head, now=at(line.on, 15))
    await _submit(play, nominee, _ready_on(nominee))


def _ready_on(nominee: Nominee) -> date:
    """The working day after the head's last word."""
    return workdays.since(max(line.on for line in nominee.attestations) + timedelta(days=1))


async def _submit(play: Performance, nominee: Nominee, day: date) -> None:
    await nominations.submit(
        play.nominations[nominee.key],
        actor=await play.officer_over(nominee.nominating_unit, day),
        now=at(day, 14),
    )


async def send_back_once(play: Performance) -> None:
    """One head wants a dossier put right first; the unit submits it again two days later."""
    day = play.story.calendar.nominations_close_on - timedelta(days=3)
    nominee = next(n for n in play.story.nominees if _ready_on(n) < day)
    await return_dossier(
        play.nominations[nominee.key],
        0,
        _RETURN_REASON,
        actor=await play.head_over(nominee.nominating_unit, day),
        now=at(day, 10),
    )
    await _submit(play, nominee, day + timedelta(days=2))


async def endorse(play: Performance) -> None:
    """Each unit sends all of its dossiers to the office in one list, under its own paper."""
    day = play.story.calendar.nominations_close_on
    units = play.by_unit()
    for number, (unit, own) in enumerate(units.items(), start=1):
        await endorsing.endorse(
            play.round_id,
            play.ids.units[unit],
            [ListLine(play.nominations[n.key], agreeing(n, _VOTERS)) for n in own],
            endorsing.Paper(f"{40 + number}/TTr-VKS", day),
            _VOTERS,
            actor=await play.head_over(unit, day),
            now=at(day, 16, number),
        )
        play.progress("tờ trình", number, len(units))
