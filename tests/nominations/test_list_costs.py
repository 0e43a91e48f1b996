"""Every page that lists dossiers asks the same for one row, three and sixty."""

from __future__ import annotations

import pytest

from app.accounts import actions as accounts
from app.kernel.actor import Role
from app.nominations.tables import Nomination
from tests import cast
from tests.conftest import World
from tests.nominations import crowd

pytestmark = pytest.mark.anyio
ROUND = "/rounds/{round}"
PAGES = (
    ("secretary", f"{ROUND}/nominations"),
    ("secretary", f"{ROUND}/nominations?q=van&subject=individual&sort=-appraisal"),
    ("secretary", f"{ROUND}/nominations?registered=no&form=giay-khen&sort=unit"),
    ("secretary", f"{ROUND}/nominations?task=asked&sort=-submitted"),
    ("secretary", f"{ROUND}/nominations/export.csv?sort=state"),
    ("secretary", f"{ROUND}/registrations"),
    ("secretary", f"{ROUND}/warnings"),
    ("secretary", f"{ROUND}/peer-reviews"),
    ("appraiser", f"{ROUND}/nominations?task=mine"),
    ("appraiser", f"{ROUND}/appraisal"),
    ("appraiser", f"{ROUND}/appraisal?state=word"),
    ("head", f"{ROUND}/nominations?task=mine"),
    ("head", "/"),
)
LEVEL = (("head", f"{ROUND}/endorsement"), ("head", f"{ROUND}/nominations?task=level"))


async def test_pages_cost_the_same_for_one_row_three_and_sixty(world: World) -> None:
    await crowd.gather(world, 60)
    # A head of the whole sector has all of it in one list.
    account = world.ids["account:head"]
    root = world.ids["root"]
    await accounts.grant(None, account, Role.UNIT_HEAD, root, cast.START, now=world.now)
    await Nomination.raw(
        "UPDATE nomination SET stage = 'route', at_unit = {}, nominating_unit = {}"
        " WHERE stage = 'route'",
        root,
        root,
    )
    await Nomination.raw("UPDATE route_step SET unit = {}", root)
    asked: dict[tuple[str, str], list[int]] = {}
    shown: list[int] = []
    for size in (1, 3, 60):
        for stage, pages in (("office", PAGES), ("route", LEVEL)):
            await _keep(world, size, stage)
            for login, path in pages:
                async with world.client(login) as browser:
                    here = path.format(round=world.ids["round_2025"])
                    await browser.get(here)
                    with world.count_queries() as counter:
                        answer = await browser.get(here)
                assert answer.status_code == 200, path
                asked.setdefault((login, path), []).append(counter.count)
                if path.endswith("/nominations"):
                    shown.append(answer.text.count('<th scope="row">'))
    assert shown == [1, 3, 50]
    assert {page: costs for page, costs in asked.items() if len(set(costs)) > 1} == {}
    assert max(max(costs) for costs in asked.values()) <= 20


async def _keep(world: World, size: int, stage: str) -> None:
    """So many dossiers in the round, those at `stage` first; the others belong to the next one."""
    for table, order in (("nomination", f"x.stage = '{stage}' DESC,"), ("registration", "")):
        await Nomination.raw(
            f"UPDATE {table} SET round = CASE WHEN k.place <= {{}} THEN {{}}::int ELSE {{}} END"
            f" FROM (SELECT x.id, row_number() OVER (ORDER BY {order} x.id) AS place"
            f" FROM {table} x) k WHERE k.id = {table}.id",
            size,
            world.ids["round_2025"],
            world.ids["round_2026"],
        )
