"""What no statement can write, whoever forgot to ask the rules."""

from __future__ import annotations

import pytest
from asyncpg.exceptions import CheckViolationError, ExclusionViolationError

from app.organization.tables import Posting
from app.piccolo_conf import DB
from tests.conftest import World

pytestmark = pytest.mark.anyio

VERSION = (
    "INSERT INTO unit_version (unit, name, search_key, order_key, parent, valid_from, valid_to)"
    " VALUES ({kv_1}, 'x', 'x', 'x', {root}, "
)
POST = "INSERT INTO posting (person, unit, post, is_main, valid_from) VALUES ({anh}, {kv_1}, 'y', "


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        (VERSION + "'2025-01-01', NULL)", ExclusionViolationError),
        (VERSION + "'2023-01-01', '2024-01-01')", ExclusionViolationError),
        (VERSION + "'2023-01-01', '2023-12-31')", None),
        (POST + "true, '2025-01-01')", ExclusionViolationError),
        (POST + "false, '2025-01-01')", None),
        (
            "INSERT INTO unit_succession (predecessor, successor, happened_on, event)"
            " VALUES ({kv_1}, {kv_1}, '2025-07-01', 'absorption')",
            CheckViolationError,
        ),
    ],
)
async def test_the_database_refuses_what_the_rules_refuse(
    world: World, statement: str, error: type[Exception] | None
) -> None:
    written = DB.run_ddl(statement.format(**world.ids))
    if error is None:
        await written
    else:
        with pytest.raises(error):
            await written


async def test_one_transaction_may_pass_through_two_main_posts(world: World) -> None:
    async with DB.transaction():
        await Posting.raw(
            "INSERT INTO posting (person, unit, post, valid_from) VALUES ({}, {}, 'y', {}::date)",
            world.ids["anh"],
            world.ids["kv_1"],
            world.now.date(),
        )
        await Posting.raw(
            "UPDATE posting SET valid_to = {}::date - 1 WHERE person = {} AND post <> 'y'",
            world.now.date(),
            world.ids["anh"],
        )
    assert await Posting.count().where(Posting.person == world.ids["anh"]) == 2
