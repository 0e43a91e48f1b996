"""Which of the dossiers at a level are chosen before anybody has looked."""

from __future__ import annotations

import re

import pytest

from app.kernel.verdict import Outcome, Verdict
from app.nominations import actions
from app.nominations.rules.endorsing import is_ready
from tests.conftest import World
from tests.nominations.prepared import attest, recognised_initiative
from tests.nominations.routed import drafted, on_its_way, routed_round

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("held", "failed", "expected"),
    [
        ("", "", True),
        # The appraiser's word comes after all levels: no level waits for it.
        ("G1", "", True),
        ("G2", "", False),
        ("G1 G5", "", False),
        ("", "G1", False),
        ("G1", "G4", False),
    ],
)
def test_a_level_waits_for_all_but_the_appraisers_word(
    held: str, failed: str, expected: bool
) -> None:
    verdicts = {
        gate: Verdict(
            Outcome.FAIL if gate in failed else Outcome.HOLD if gate in held else Outcome.PASS
        )
        for gate in ("G1", "G2", "G3", "G4", "G5")
    }
    assert is_ready(verdicts) is expected


async def test_what_only_waits_for_the_appraiser_is_chosen_from_the_start(world: World) -> None:
    await routed_round(world)
    ready = await drafted(world, "chi")
    await attest(world, ready, "G4", "kv_head")
    await actions.submit(ready, actor=await world.actor("kv_officer"), now=world.now)
    await recognised_initiative(world, "chi", "kv_1", "SK-09")
    await on_its_way(world, "dung")
    async with world.client("kv_head") as client:
        page = (await client.get(f"/rounds/{world.ids['routed']}/endorsement")).text
    chosen = re.findall(r'name="pick-(\d+)" value="yes" checked', page)
    assert chosen == [str(ready)]
    assert page.count("Chờ thẩm định") == 1
