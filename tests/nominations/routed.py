"""A round whose dossiers pass levels: regional procuracy, province, then the council's office."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.accounts import actions as accounts
from app.kernel.actor import Role
from app.movement import actions as movement
from app.movement.rules import default_protocol
from app.movement.tables import Movement, ReviewRound
from app.nominations import actions
from app.nominations.actions.endorsing import Paper, endorse
from app.nominations.queries.routing import records_of
from app.nominations.rules.endorsing import ListLine
from app.nominations.rules.routing import Standing, stage_from
from app.nominations.tables import Nomination
from tests import cast
from tests.conftest import World

PAPER = Paper("12/TTr-VKS", date(2025, 11, 10))
DAYS = {
    "nominations_open_on": date(2025, 10, 20),
    "nominations_close_on": date(2025, 11, 12),
    "endorsement_close_on": date(2025, 11, 15),
    "appraisal_close_on": date(2025, 11, 22),
    "scoring_close_on": date(2025, 12, 5),
    "session_on": date(2025, 12, 12),
}


async def routed_round(world: World, **days: date | None) -> int:
    """`days`: columns of the calendar that shall be otherwise. Also signs up the people of kv_1.

    In a movement of its own: a year of one movement is judged once.
    """
    own = Movement(
        code="XHHT-CAP",
        name="Học tập suốt đời qua các cấp",
        launched_by=world.ids["root"],
        launched_on=date(2024, 1, 15),
        summary="",
    )
    await own.save()
    round_ = ReviewRound(
        movement=own.id,
        code="VKS-2025-CAP",
        kind="annual",
        name="Tổng kết năm 2025 qua các cấp",
        achievements_from=date(2024, 12, 1),
        achievements_to=date(2025, 11, 30),
        award_form=world.ids["award_form"],
        individual_set=world.ids["set:individual"],
        collective_set=world.ids["set:collective"],
        **{**DAYS, **days},
    )
    await round_.save()
    protocol = default_protocol() | {
        "min_members": 2,
        "routing": {"endorse": ["regional", "province"]},
    }
    await movement.open_round(
        round_.id,
        actor=await world.actor("secretary"),
        now=world.at("2025-10-20"),
        protocol=protocol,
    )
    world.ids["routed"] = round_.id
    for login, role in (("kv_officer", Role.UNIT_OFFICER), ("kv_head", Role.UNIT_HEAD)):
        await sign_up(world, login, role, "kv_1")
    return int(round_.id)


async def sign_up(world: World, login: str, role: Role, unit: str) -> int:
    account = await accounts.create_account(
        None, login=login, name=f"Người dùng {login}", password=world.password, now=world.now
    )
    await accounts.grant(None, account, role, world.ids[unit], cast.START, now=world.now)
    world.ids[f"account:{login}"] = account
    return account


async def drafted(world: World, person: str = "chi", unit: str = "kv_1") -> int:
    """A draft with what submission asks for; `kv_1`'s own unless `unit` is of the province."""
    login = "kv_officer" if unit == "kv_1" else "officer"
    officer = await world.actor(login)
    made = await actions.nominate_person(
        world.ids["routed"],
        world.ids[person],
        world.ids[unit],
        "Chủ động tự học.",
        actor=officer,
        now=world.now,
    )
    for after in ("12", "30.5"):
        await actions.add_evidence(
            made,
            "C1",
            "Hoàn thành khóa học trực tuyến.",
            Decimal(3),
            Decimal(after),
            "giờ",
            "",
            days=cast.WORKED,
            actor=officer,
            now=world.now,
        )
    return made


async def on_its_way(world: World, person: str = "chi", unit: str = "kv_1") -> int:
    """Submitted: waits at the first level."""
    made = await drafted(world, person, unit)
    await actions.submit(
        made, actor=await world.actor("kv_officer" if unit == "kv_1" else "officer"), now=world.now
    )
    return made


async def send_on(world: World, unit: str, *nominations: int, login: str = "") -> int:
    login = login or {"kv_1": "kv_head", "lang_son": "head"}[unit]
    return await endorse(
        world.ids["routed"],
        world.ids[unit],
        [ListLine(nomination, None) for nomination in nominations],
        PAPER,
        actor=await world.actor(login),
        now=world.now,
    )


async def at_office(world: World, person: str = "chi", unit: str = "kv_1") -> int:
    made = await on_its_way(world, person, unit)
    if unit == "kv_1":
        await send_on(world, "kv_1", made)
    await send_on(world, "lang_son", made)
    return made


async def standing(nomination: int) -> Standing:
    """What the row remembers; fails unless the records say the same."""
    row = (
        await Nomination.select(Nomination.stage, Nomination.at_unit)
        .where(Nomination.id == nomination)
        .first()
    )
    assert row is not None
    remembered = Standing(row["stage"], row["at_unit"])
    assert remembered == stage_from(await records_of(nomination))
    return remembered
