"""A province with more dossiers than a page sends most of them as one list, in its own order."""

from __future__ import annotations

import re

import pytest

from app.nominations.forms import routing as forms
from app.nominations.rules.endorsing import ListLine
from app.nominations.tables import Endorsement, EndorsementList, Nomination
from app.web.forms import Form
from tests.conftest import World
from tests.nominations.routed import on_its_way, routed_round
from tests.nominations.test_endorsement_pages import PAPER, here, hidden

pytestmark = pytest.mark.anyio


async def crowded(world: World, more: int) -> list[int]:
    """Copies of one dossier that waits at the province, in the order of their names."""
    await routed_round(world)
    first = await on_its_way(world, "anh", "phong_1")
    await Nomination.raw(
        "INSERT INTO person (staff_code, full_name, search_key, order_key, birth_date,"
        " recruited_on, sex, ethnicity, staff_category)"
        " SELECT 'T' || i, 'Người ' || i, 'nguoi ' || i, 'zz ' || to_char(i, 'FM0000'),"
        " '1985-01-01', '2010-01-01',"
        " 'male', 'Kinh', 'civil_servant'"
        " FROM generate_series(1, {}) i",
        more,
    )
    await Nomination.raw(
        "INSERT INTO nomination (code, round, subject, person, nominating_unit, award_form, name,"
        " post, unit_name, search_key, order_key, achievement, created_by, created_at, stage,"
        " at_unit, submitted_at) SELECT 'CN-T-' || p.id, n.round, n.subject, p.id,"
        " n.nominating_unit, n.award_form, p.full_name, n.post, n.unit_name, p.search_key,"
        " p.order_key, '', n.created_by, n.created_at, n.stage, n.at_unit, n.submitted_at"
        " FROM nomination n, person p WHERE n.id = {} AND p.staff_code LIKE 'T%'",
        first,
    )
    await Nomination.raw(
        "INSERT INTO submission (nomination, by, at) SELECT n.id, s.by, s.at FROM nomination n,"
        " submission s WHERE s.nomination = {} AND n.code LIKE 'CN-T-%'",
        first,
    )
    await Nomination.raw(
        "INSERT INTO route_step (nomination, position, unit, unit_name) SELECT n.id, s.position,"
        " s.unit, s.unit_name FROM nomination n, route_step s"
        " WHERE s.nomination = {} AND n.code LIKE 'CN-T-%'",
        first,
    )
    rows = await Nomination.raw(
        'SELECT id FROM nomination WHERE round = {} ORDER BY order_key COLLATE "C", id',
        world.ids["routed"],
    )
    return [row["id"] for row in rows]


async def test_150_of_180_go_up_as_one_list_with_order_and_votes(world: World) -> None:
    ids = await crowded(world, 179)
    unit = str(world.ids["lang_son"])
    async with world.client("head") as client:
        chosen = await client.form(f"{here(world)}/selection", {"unit": unit, "choose": "all"})
        assert chosen.status_code == 200
        data = {"unit": unit, "list": hidden(chosen.text), **PAPER}
        assert re.findall(r'name="order-(\d+)"', chosen.text) == [str(found) for found in ids]
        # The last comes first, the 30 before it stay behind, everybody has votes.
        typed = {f"votes-{found}": str(5 + place % 4) for place, found in enumerate(ids)}
        typed |= {f"drop-{found}": "yes" for found in ids[149:179]}
        typed |= {f"order-{found}": str(place) for place, found in enumerate(ids, 1)}
        typed[f"order-{ids[179]}"] = "1"
        again = await client.form(here(world), {**data, **typed})
        assert (again.status_code, await EndorsementList.count()) == (200, 0)
        assert "Trình 150 hồ sơ" in again.text
        assert 'value="12/TTr-VKS"' in again.text
        sent = await client.form(here(world), {**data, "list": hidden(again.text)})
        assert sent.status_code == 303
        path = f"/endorsement-lists/{(await EndorsementList.select())[0]['id']}"
        shown, pages = [], []
        while path:
            page = (await client.get(path)).text
            shown += re.findall(r'href="/nominations/(\d+)/route"', page)
            pages.append("Chỉ hiện những hồ sơ" in page)
            more = re.search(r'href="([^"]*after=[^"]*)"', page)
            path = more[1].replace("&amp;", "&") if more else ""
        assert (shown, pages) == ([str(i) for i in (ids[179], *ids[:149])], [False, False])
    rows = await Endorsement.select().order_by(Endorsement.position)
    expected = [(ids[179], 8), *((found, 5 + place % 4) for place, found in enumerate(ids[:149]))]
    assert [(row["nomination"], row["votes"]) for row in rows] == expected


async def test_what_was_typed_stays_when_it_is_refused_and_goes_when_it_is_not(
    world: World,
) -> None:
    ids = await crowded(world, 2)
    data = {"unit": str(world.ids["lang_son"]), "list": " ".join(f"{i}:" for i in ids), **PAPER}
    votes = {f"votes-{ids[0]}": "tám", f"order-{ids[2]}": "1", f"drop-{ids[1]}": "yes"}
    async with world.client("head") as client:
        spoilt = await client.form(here(world), {**data, **votes})
        assert (spoilt.status_code, hidden(spoilt.text)) == (422, data["list"])
        assert 'value="tám"' in spoilt.text
        assert re.search(rf'name="drop-{ids[1]}" value="yes" checked', spoilt.text)
        none = await client.form(here(world), {**data, **{f"drop-{i}": "yes" for i in ids}})
        assert (none.status_code, "giữ lại ít nhất một" in none.text) == (422, True)
        asked = {**data, f"order-{ids[2]}": "1", "choose": "listed"}
        updated = await client.form(here(world), asked)
        assert (updated.status_code, await EndorsementList.count()) == (200, 0)
        assert hidden(updated.text) == f"{ids[2]}: {ids[0]}: {ids[1]}:"
        direct = await client.form(here(world), {**data, f"votes-{ids[0]}": "8"})
        assert direct.status_code == 303
    rows = await Endorsement.select().order_by(Endorsement.position)
    assert [row["votes"] for row in rows] == [8, None, None]


async def test_looking_again_costs_the_same_for_few_and_many(world: World) -> None:
    ids = await crowded(world, 150)
    costs = []
    for some in (ids[:2], ids):
        listed = " ".join(f"{found}:" for found in some)
        data = {"unit": str(world.ids["lang_son"]), "list": listed, "choose": "listed"}
        async with world.client("head") as client:
            await client.get(here(world))
            with world.count_queries() as asked:
                assert (await client.form(here(world), data)).status_code == 200
            costs.append(asked.count)
    assert costs[0] == costs[1]


async def test_rows_of_a_later_page_come_after_those_before_it(world: World) -> None:
    ids = await crowded(world, 120)
    async with world.client("head") as client:
        page = await client.get(here(world))
        found = re.search(r'href="([^"]*after=[^"]*)"', page.text)
        assert found is not None
        later = await client.get(found[1].replace("&amp;", "&"))
    assert re.findall(r'name="order-(\d+)" value="([^"]*)"', later.text) == [
        (str(found), "") for found in ids[100:]
    ]


@pytest.mark.parametrize(
    ("place", "wanted", "expected"),
    [(4, "1", [4, 1, 2, 3]), (1, "4", [2, 3, 4, 1]), (2, "3", [1, 3, 2, 4]), (3, "", [1, 2, 3, 4])],
)
def test_a_line_takes_the_place_it_is_given(place: int, wanted: str, expected: list[int]) -> None:
    form = Form({"list": "1: 2: 3: 4:", f"order-{place}": wanted})
    assert forms.read_edited(form) == [ListLine(found, None) for found in expected]
