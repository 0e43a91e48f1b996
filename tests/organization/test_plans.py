"""At full size, 16,000 people with 40,000 postings: no statement reads a large table whole."""

from __future__ import annotations

from datetime import date

import pytest
from piccolo.querystring import QueryString

from app.organization import queries
from app.organization.queries.asking import all_of, has_words, holds
from app.organization.queries.events import members_postings_statement
from app.organization.queries.keeping import namesakes_statement
from app.organization.queries.members import members_statement
from app.organization.queries.people import Wanted, people_statement
from app.organization.queries.tree import units_statement
from app.organization.rules import PersonFacts
from app.organization.tables import Person, Posting
from app.web.paging import Cursor
from tests.conftest import World
from tests.organization.crowd import gather

pytestmark = pytest.mark.anyio
LARGE = ("person", "posting", "unit_version")
TODAY = date(2025, 11, 10)


async def test_no_statement_reads_a_large_table_whole(world: World) -> None:
    root = world.ids["root"]
    await gather(root, 16_000)
    assert (await Person.count(), await Posting.count()) == (16_005, 40_005)
    everywhere = await queries.reach([root])
    assert len(everywhere) == 1_506
    province = await queries.find_unit("c-1", TODAY)
    assert province is not None
    in_province = await queries.reach([province])
    assert 30 <= len(in_province) <= 40

    old = date(2020, 5, 1)
    at_key = Cursor("nga|77", 77)
    statements = {
        "search by a rare name": people_statement(
            Wanted(search="hiem ly"), everywhere, TODAY, None, 50
        ),
        "search by a common name": people_statement(
            Wanted(search="van nguyen"), everywhere, TODAY, None, 50
        ),
        "search by the beginnings of a name": people_statement(
            Wanted(search="ngu van a"), everywhere, TODAY, None, 50
        ),
        "search by a beginning most names have": people_statement(
            Wanted(search="v"), everywhere, TODAY, at_key, 50
        ),
        "search by one letter as a province": people_statement(
            Wanted(search="v"), in_province, TODAY, None, 50
        ),
        "search by a name as a province": people_statement(
            Wanted(search="dung nguyen"), in_province, TODAY, None, 50
        ),
        "the list of people": people_statement(Wanted(), everywhere, TODAY, at_key, 50),
        "children of the head": units_statement(
            all_of(QueryString("v.parent = {}", root), holds("v", old)), old, None, 100
        ),
        "search of units": units_statement(
            all_of(has_words("v", ["moi", "77"]), holds("v", TODAY)), TODAY, None, 100
        ),
        "search of units by beginnings": units_statement(
            all_of(has_words("v", ["pho", "77"]), holds("v", TODAY)), TODAY, None, 100
        ),
        "people of the same name and birth date": namesakes_statement(
            PersonFacts("X", "Nguyễn Văn An", TODAY, "male", "Kinh", "cadre", TODAY),
            everywhere,
            TODAY,
        ),
        "whom a unit that ends sends on": members_postings_statement([province], TODAY),
        "members of a collective": members_statement(province, old, everywhere, TODAY, None),
    }
    whole = []
    for name, statement in statements.items():
        plan = [row["QUERY PLAN"] for row in await Person.raw("EXPLAIN {}", statement)]
        whole += [
            (name, line.strip())
            for line in plan
            for table in LARGE
            if f"Seq Scan on {table} " in line
        ]
    assert whole == []

    # Beginnings without marks, in any order, by given name: Bình has no word that begins with a.
    begun = await queries.people_page(
        Wanted(search="a vAn NGU"), reach=everywhere, today=TODAY, limit=20_000
    )
    assert {row.full_name for row in begun.rows} == {"nguyen van an"}
    assert [row.order_key for row in begun.rows] == sorted(row.order_key for row in begun.rows)

    # Both ways of asking, over many units and over few, find the same people in the same order.
    wanted = Wanted(search="van nguyen")
    found = await queries.people_page(wanted, reach=everywhere, today=TODAY, limit=20_000)
    assert len(found.rows) > 1_000
    few = sorted({row.unit_id for row in found.rows if row.unit_id})[:3]
    seen = await queries.people_page(wanted, reach=few, today=TODAY)
    assert [row.id for row in seen.rows] == [row.id for row in found.rows if row.unit_id in few]
