"""An award of 2023 keeps the names of 2023: its units are renamed and merged years later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest

from app.accounts import actions as accounts
from app.catalogue.tables import BaseSalary
from app.kernel.actor import Role
from app.movement import actions as movement
from app.movement.rules import default_protocol
from app.movement.tables import ReviewRound
from app.organization.tables import Unit
from app.piccolo_conf import DB
from app.reports.invariants import broken
from tests.conftest import World
from tests.finished_round import Finished, finish

pytestmark = pytest.mark.anyio

ROOM, ROOM_LATER = "Phòng 1", "Phòng Kiểm sát án hành chính"
PROVINCE, PROVINCE_LATER = (
    "Viện kiểm sát nhân dân tỉnh Lạng Sơn",
    "Viện kiểm sát nhân dân tỉnh Bắc Sơn",
)
REGION, REGION_LATER = (
    "Viện kiểm sát nhân dân khu vực 1 - Cao Bằng",
    "Viện kiểm sát nhân dân khu vực 7 - Bắc Sơn",
)
LATER = (ROOM_LATER, PROVINCE_LATER, REGION_LATER)
TODAY = "2025-12-20"


async def in_2023(world: World) -> World:
    """The cast was there in 2020 already, and a round of 2023 is open."""
    early = date(2020, 1, 1)
    for table, column in (
        ("unit", "founded_on"),
        *((name, "valid_from") for name in ("unit_version", "posting", "role_held")),
        *((name, "valid_from") for name in ("council", "council_member")),
        ("bonus_coefficient", "effective_from"),
    ):
        await DB.run_ddl(f"UPDATE {table} SET {column} = '{early}'")
    await DB.run_ddl("UPDATE movement SET launched_on = '2022-12-01'")
    await DB.run_ddl(
        "INSERT INTO yearly_classification (person, year, level)"
        " SELECT person, generate_series(2022, 2023), level FROM yearly_classification"
        " WHERE year = 2024"
    )
    await BaseSalary(effective_from=date(2023, 7, 1), amount=1_800_000).save()
    round_ = ReviewRound(
        movement=world.ids["movement"],
        code="VKS-2023",
        kind="annual",
        name="Tổng kết năm 2023",
        achievements_from=date(2022, 12, 1),
        achievements_to=date(2023, 11, 30),
        nominations_open_on=date(2023, 10, 20),
        nominations_close_on=date(2023, 11, 20),
        scoring_close_on=date(2023, 12, 5),
        session_on=date(2023, 12, 12),
        award_form=world.ids["award_form"],
        individual_set=world.ids["set:individual"],
        collective_set=world.ids["set:collective"],
    )
    await round_.save()
    then = replace(
        world, now=world.at("2023-11-10"), ids={**world.ids, "round_2023": int(round_.id)}
    )
    await movement.open_round(
        int(round_.id),
        actor=await then.actor("secretary"),
        now=world.at("2023-10-20"),
        protocol=default_protocol() | {"min_members": 2, "routing": {"endorse": []}},
    )
    return then


async def rename_and_merge(world: World) -> None:
    """On the pages, by those who do it: the room is renamed, then both provinces become one."""
    now = world.at("2025-07-02")
    async with world.client("administrator", now=now) as browser:
        for unit, event in (
            ("phong_1", {"event": "rename", "day": "01/03/2024", "name": ROOM_LATER}),
            ("cb_kv_1", {"event": "rename", "day": "01/07/2024", "name": REGION_LATER}),
            (
                "lang_son",
                {
                    "event": "merge",
                    "day": "01/07/2025",
                    "others": "cao-bang",
                    "code": "bac-son",
                    "unit_kind": "province",
                    "name": PROVINCE_LATER,
                    "parent": "root",
                },
            ),
        ):
            answer = await browser.form(f"/units/{world.ids[unit]}/events", event)
            assert answer.status_code == 303, answer.text


async def read(world: World, login: str, path: str) -> str:
    async with world.client(login, now=world.at(TODAY)) as browser:
        answer = await browser.get(path)
    assert answer.status_code == 200, (path, answer.text)
    if answer.headers["content-type"] != "application/pdf":
        return answer.content.decode("utf-8-sig")
    document = pypdfium2.PdfDocument(BytesIO(answer.content))
    try:
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    # What the paper breaks into lines is one name all the same.
    return " ".join(text.split())


def pages_with(finished: Finished, round_id: int) -> dict[str, tuple[str, ...]]:
    """Where the award of 2023 shows, and the names of that year that stand there."""
    certificate = f"/certificates/{finished.certificate}"
    decision = f"/decisions/{finished.decision}"
    ranking = f"/rounds/{round_id}/ranking"
    return {
        f"/nominations/{finished.own}": (ROOM,),
        f"/nominations/{finished.other}": (REGION,),
        f"/nominations/{finished.collective}": (ROOM, PROVINCE),
        f"/rounds/{round_id}/nominations": (ROOM, REGION),
        f"{ranking}?subject=individual": (ROOM, REGION),
        f"{ranking}/individual/export.csv": (ROOM, REGION),
        f"/rounds/{round_id}/council-session": (ROOM, REGION),
        f"/rounds/{round_id}/council-session/export.csv": (ROOM, REGION),
        decision: (ROOM, PROVINCE),
        f"{decision}/decision.pdf": (ROOM, PROVINCE),
        f"{decision}/annex/export.csv": (ROOM, PROVINCE),
        f"{decision}/certificates": (ROOM, PROVINCE),
        f"{decision}/certificates/export.csv": (ROOM, PROVINCE),
        f"{decision}/print-file.pdf": (ROOM,),
        certificate: (ROOM,),
        f"{certificate}/certificate.pdf": (ROOM,),
        "/certificates": (ROOM, PROVINCE),
        "/certificates?q=phong+1": (ROOM,),
        "/certificates/export.csv": (ROOM, PROVINCE),
    }


async def test_an_award_of_2023_keeps_the_names_of_2023(world: World) -> None:
    then = await in_2023(world)
    finished = await finish(then)
    expected = pages_with(finished, then.ids["round_2023"])
    before = {path: await read(world, "secretary", path) for path in expected}
    await rename_and_merge(world)
    wrong = []
    for path, names in expected.items():
        text = await read(world, "secretary", path)
        wrong += [(path, name) for name in names if name not in text]
        wrong += [(path, name) for name in LATER if name in text]
        if path.endswith((".csv", ".pdf")) and text != before[path]:
            wrong.append((path, "changed"))
    assert wrong == []
    # The people themselves are where they are today.
    people = await read(world, "auditor", "/people/export.csv")
    assert ROOM_LATER in people
    assert REGION_LATER in people
    assert await broken() == []


async def test_whoever_heads_the_merged_unit_answers_for_its_old_awards(world: World) -> None:
    then = await in_2023(world)
    finished = await finish(then)
    await rename_and_merge(world)
    merged = await Unit.select(Unit.id).where(Unit.code == "bac-son").first()
    assert merged is not None
    account = await accounts.create_account(
        None, login="new-head", name="Thủ trưởng mới", password=world.password, now=world.now
    )
    await accounts.grant(
        None, account, Role.UNIT_HEAD, merged["id"], date(2025, 7, 1), now=world.at("2025-07-02")
    )
    for nomination, name in ((finished.own, ROOM), (finished.other, REGION)):
        dossier = await read(world, "new-head", f"/nominations/{nomination}")
        assert name in dossier
        assert not [later for later in LATER if later in dossier.split("</h1>")[0]]
    assert ROOM in await read(world, "new-head", "/certificates")
    assert await broken() == []
