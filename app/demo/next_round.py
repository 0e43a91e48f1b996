"""A second round that is open today, so that whoever signs in to the demo has something to do.

Its calendar lies around the day the demo is made; everything else in the demo is the same on
every day.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from app.accounts.queries import actor_for_login
from app.catalogue.queries import award_form_id
from app.demo import workdays
from app.demo.criteria import next_version
from app.demo.load import Ids
from app.demo.prepare import MOVEMENT_CODE
from app.demo.unfinished import Unfinished
from app.demo.world import World
from app.demo.world.story_facts import Nominee
from app.initiatives import actions as initiatives
from app.initiatives.rules import Author
from app.kernel.period import today_in_vietnam
from app.movement import actions as movement
from app.movement.tables import ReviewRound
from app.nominations import actions as nominations
from app.piccolo_conf import DB

CODE = "VKS-2026"
_OFFICER, _HEAD, _HOME = "dm.lang-son", "tt.lang-son", "vks-lang-son"
_REGION_OFFICER, _REGION = "dm.lang-son.khu-vuc-1", "vks-lang-son.khu-vuc-1"
_GOAL = "Hoàn thành kế hoạch tự học và có sáng kiến được công nhận trong năm 2026."
# First and last day of each stage, counted from today.
_DAYS = {
    "registration_open_on": -60,
    "registration_close_on": 5,
    "nominations_open_on": -14,
    "nominations_close_on": 14,
    "endorsement_close_on": 18,
    "appraisal_close_on": 24,
    "scoring_close_on": 31,
    "session_on": 35,
    "comment_open_on": 36,
    "comment_close_on": 43,
    "decision_on": 45,
}


async def open_next_round(world: World, ids: Ids, *, now: datetime) -> None:
    """The annual round 2026: open, with a dossier at every place on the way."""
    round_id = await _create(today_in_vietnam(now))
    opened = now - timedelta(days=13)
    secretary = await actor_for_login("thu-ky", opened)
    await movement.open_round(round_id, actor=secretary, now=opened)
    play = Unfinished(ids, round_id, now - timedelta(days=3), now)
    people = [
        n for n in world.story.nominees if n.nominating_unit == _HOME and _may_stand(n, world)
    ]
    collectives = [n for n in world.story.nominees if n.person is None and n.unit.startswith(_HOME)]
    held = next(n for n in world.story.nominees if n.key == world.story.holds)
    for nominee in (*people[1:6], *collectives, held):
        await _recognise(world, ids, nominee, now=opened)
    await _at_every_place(play, people)
    await _collective(play, world)
    await _of_the_region(play, world)
    await _own_of_a_nominee(play, world)
    await _registered(play, people[6:8])
    await _with_open_case(play, world)


def _may_stand(nominee: Nominee, world: World) -> bool:
    return nominee.person is not None and nominee.key not in (world.story.holds, world.story.fails)


async def _at_every_place(play: Unfinished, people: list[Nominee]) -> None:
    """A draft, one at the province, three at the office, one that went no further."""
    for nominee in people[:6]:
        await play.draft(nominee, _OFFICER)
    for nominee in people[1:6]:
        await play.complete(nominee, _OFFICER, _HEAD)
    stopped, sent = people[5], people[2:5]
    await play.stop(stopped, _HEAD)
    await play.send_on(sent, _HOME, _HEAD)
    await play.ask(sent[1], answered_by=None)
    await play.ask(sent[2], answered_by=_OFFICER)


async def _with_open_case(play: Unfinished, world: World) -> None:
    """Whose case was open last year and still is: the discipline officer hears of it."""
    found = next(n for n in world.story.nominees if n.key == world.story.holds)
    await play.draft(found, _OFFICER)
    await play.complete(found, _OFFICER, _HEAD)
    await play.send_on([found], _HOME, _HEAD)


async def _collective(play: Unfinished, world: World) -> None:
    """At the office, and another unit is asked for its view."""
    found = next(n for n in world.story.nominees if n.person is None and n.nominating_unit == _HOME)
    await play.draft(found, _OFFICER)
    await play.complete(found, _OFFICER, _HEAD)
    await play.send_on([found], _HOME, _HEAD)
    await play.ask_view(found, "vks-tuyen-quang-2025")


async def _of_the_region(play: Unfinished, world: World) -> None:
    """The regional procuracy nominates by itself, so its dossier passes one level more."""
    found = next(n for n in world.story.nominees if n.person is None and n.unit == _REGION)
    await play.draft(found, _REGION_OFFICER)
    await play.submit(found, _REGION_OFFICER)


async def _own_of_a_nominee(play: Unfinished, world: World) -> None:
    """A draft of somebody who signs in as nobody but themselves."""
    person = next(a.person for a in world.story.accounts if a.login == "cb1")
    found = next(n for n in world.story.nominees if n.person == person)
    officer = next(
        a.login
        for a in world.story.accounts
        if a.login.startswith("dm.") and a.grants[0].unit == found.nominating_unit
    )
    await play.draft(found, officer)


async def _registered(play: Unfinished, people: list[Nominee]) -> None:
    """Announced, but not nominated yet."""
    await nominations.register(
        play.round_id,
        [(play.ids.people[n.person], play.ids.units[n.unit]) for n in people if n.person],
        await award_form_id("giay-khen"),
        _GOAL,
        actor=await actor_for_login(_OFFICER, play.began),
        now=play.began,
    )


async def _recognise(world: World, ids: Ids, nominee: Nominee, *, now: datetime) -> None:
    """An initiative of the new year, or the second gate would hold them all."""
    before = next(i for i in world.story.initiatives if i.key in nominee.initiatives)
    today = today_in_vietnam(now)
    made = await initiatives.submit(
        f"SK-26-{nominee.key}",
        f"Mở rộng: {before.title}"[:300],
        before.summary,
        ids.units[nominee.unit],
        today - timedelta(days=120),
        f"{before.measure} tiếp tục cải thiện so với năm trước.",
        [Author(ids.people[key], Decimal(share)) for key, share in before.authors],
        actor=await actor_for_login(_OFFICER, now),
        now=now,
    )
    await initiatives.recognise(
        made,
        "base",
        f"{300 + int(nominee.key.removeprefix('N-'))}/QĐ-VKS",
        workdays.until(today - timedelta(days=20)),
        True,
        actor=await actor_for_login("thu-ky", now),
        now=now,
    )


def _days(today: date) -> dict[str, date]:
    """Stages begin on any day and end on a working one."""
    days = {name: today + timedelta(days=count) for name, count in _DAYS.items()}
    last = [name for name in _DAYS if not name.endswith("_open_on")]
    return days | workdays.spread(today, {name: _DAYS[name] for name in last})


async def _create(today: date) -> int:
    """For the same award as the round before, by the next version of its criteria."""
    days = _days(today)
    async with DB.transaction():
        sets = [await next_version(subject) for subject in ("individual", "collective")]
        made = await ReviewRound.raw(
            "INSERT INTO review_round (movement, code, kind, name, achievements_from,"
            f" achievements_to, award_form, individual_set, collective_set, {', '.join(days)})"
            " SELECT r.movement, {}, 'annual', 'Tổng kết năm 2026', DATE '2025-12-01',"
            f" DATE '2026-11-30', r.award_form, {{}}, {{}}, {', '.join(['{}'] * len(days))}"
            " FROM review_round r JOIN movement m ON m.id = r.movement"
            " WHERE m.code = {} AND r.code = 'VKS-2025' RETURNING id",
            CODE,
            *sets,
            *days.values(),
            MOVEMENT_CODE,
        )
    return int(made[0]["id"])
