"""Where a dossier stands follows from its records, whatever was done in whatever order."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible, Refused
from app.nominations import actions, invariants
from app.nominations.actions.endorsing import undo_endorsement
from app.nominations.actions.items import ask_item
from app.nominations.actions.refusals import lift_refusal, refuse
from app.nominations.actions.returning import return_dossier
from app.nominations.actions.withdrawing import withdraw
from app.nominations.rules.facts import DossierRound
from app.nominations.rules.routing import (
    RouteRecords,
    Standing,
    refuse_correcting,
    stage_from,
)
from tests.conftest import World
from tests.nominations.routed import DAYS, drafted, routed_round, send_on, standing

NEW = RouteRecords((), 0, 0, frozenset(), False, False)
LEVELS = st.lists(st.integers(1, 40), unique=True, max_size=4).map(tuple)
STEPS = ("submit", "endorse", "undo", "refuse", "lift", "withdraw", "back-0", "back-1", "back-2")


def step(records: RouteRecords, now: Standing, act: str) -> tuple[RouteRecords, Standing]:
    """One allowed step, told twice: what it writes down, and where it moves the dossier.

    A step that is not allowed there leaves both as they are.
    """
    levels = records.levels
    here = levels.index(now.at_unit_id) + 1 if now.at_unit_id is not None else len(levels) + 1
    waits = now.stage in ("route", "office")
    if act == "submit" and now.stage == "draft":
        first = Standing("route", levels[0]) if levels else Standing("office")
        return replace(records, submissions=records.submissions + 1), first
    if act == "endorse" and now.stage == "route":
        after = Standing("route", levels[here]) if here < len(levels) else Standing("office")
        return replace(records, endorsed=records.endorsed | {here}), after
    if act == "undo" and waits and here > 1:
        return (
            replace(records, endorsed=records.endorsed - {here - 1}),
            Standing("route", levels[here - 2]),
        )
    if act.startswith("back-") and waits and (to := int(act[-1])) < here:
        kept = frozenset(position for position in records.endorsed if position < to)
        if to == 0:
            return replace(records, endorsed=kept, to_unit=records.to_unit + 1), Standing("draft")
        return replace(records, endorsed=kept), Standing("route", levels[to - 1])
    if act == "refuse" and waits:
        return replace(records, refused=True), Standing("refused")
    if act == "lift" and now.stage == "refused":
        records = replace(records, refused=False)
        return records, stage_from(records)
    if act == "withdraw" and now.stage != "withdrawn":
        return replace(records, withdrawn=True), Standing("withdrawn")
    return records, now


@given(LEVELS, st.lists(st.sampled_from(STEPS), max_size=40))
def test_any_sequence_of_allowed_steps(levels: tuple[int, ...], acts: list[str]) -> None:
    records, expected = replace(NEW, levels=levels), Standing("draft")
    for act in acts:
        records, expected = step(records, expected, act)
        assert stage_from(records) == expected, act


@given(LEVELS, st.lists(st.sampled_from(STEPS), max_size=40))
def test_a_refusal_lifted_leaves_no_trace(levels: tuple[int, ...], acts: list[str]) -> None:
    records, now = replace(NEW, levels=levels), Standing("draft")
    for act in acts:
        before = now
        records, now = step(records, now, act)
        if act == "refuse" and now != before:
            assert stage_from(replace(records, refused=False)) == before


def test_without_a_last_day_of_appraisal_only_scoring_ends_correcting() -> None:
    review = DossierRound(1, "R", "R", "annual", None, None, "", {})  # type: ignore[arg-type]
    assert refuse_correcting(review, DAYS["session_on"]) is None
    opened = replace(review, scoring_opened=True)
    refusal = refuse_correcting(opened, DAYS["session_on"])
    assert refusal is not None
    assert refusal.code == "scoring-opened"


# Often enough to get somewhere; the end comes now and then.
ACTS = (
    *("submit", "kv_1", "lang_son") * 3,
    *("return", "refuse", "lift", "ask", "undo") * 2,
    "withdraw",
)


@dataclass
class Walk:
    """Two dossiers, and chance choosing who does what to which of them."""

    world: World
    chance: random.Random
    people: dict[str, Actor]
    made: list[int]
    sent: list[int] = field(default_factory=list)

    async def go(self) -> None:
        nomination, now = self.chance.choice(self.made), self.world.now
        who = self.chance.choice(list(self.people.values()))
        act = self.chance.choice(ACTS)
        if act == "submit":
            await actions.submit(nomination, actor=self.people["kv_officer"], now=now)
        elif act in ("kv_1", "lang_son"):
            some = self.made if self.chance.random() < 0.3 else [nomination]
            self.sent.append(await send_on(self.world, act, *some))
        elif act == "return":
            step = self.chance.randrange(3)
            await return_dossier(nomination, step, "x", actor=who, now=now)
        elif act == "refuse":
            await refuse(nomination, "x", actor=who, now=now)
        elif act == "lift":
            await lift_refusal(nomination, "x", actor=who, now=now)
        elif act == "ask":
            due = DAYS["session_on"]
            await ask_item(nomination, "report", "?", due, actor=self.people["appraiser"], now=now)
        elif act == "undo" and self.sent:
            await undo_endorsement(self.chance.choice(self.sent), actor=who, now=now)
        elif act == "withdraw" and self.chance.random() < 0.2:
            await withdraw(nomination, "x", actor=self.people["kv_officer"], now=now)


@pytest.mark.anyio
@pytest.mark.parametrize("seed", range(6))
async def test_the_remembered_stage_is_what_the_records_say(world: World, seed: int) -> None:
    """Random walks through the real actions; each step either happens or is refused."""
    await routed_round(world, endorsement_close_on=None, appraisal_close_on=None)
    people = {
        login: await world.actor(login)
        for login in ("kv_officer", "kv_head", "head", "appraiser", "secretary")
    }
    made = [await drafted(world, "chi"), await drafted(world, "dung")]
    walk = Walk(world, random.Random(seed), people, made)
    seen = set()
    for _ in range(60):
        try:
            await walk.go()
        except (Refused, NotVisible):
            continue
        seen |= {(await standing(each)).stage for each in made}
    assert len(seen) >= 3
    rules = [query for name, query in vars(invariants).items() if name.startswith("broken_")]
    assert [await query() for query in rules] == [[]] * len(rules)
