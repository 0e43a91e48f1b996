"""The proposed set: what its criteria rest on, and which ask for proofs."""

from __future__ import annotations

import json

import pytest

from app.catalogue.actions import PRODUCT_DATA, load_product_data
from app.movement.criteria_default import default_document
from app.movement.queries.criteria import criteria_set
from tests.conftest import World
from tests.movement.criteria_builder import new_set

pytestmark = pytest.mark.anyio
PLAN, LAW = "1315/QĐ-TTg", "06/2022/QH15"


@pytest.mark.parametrize(
    ("subject", "cited", "proved"),
    [
        ("individual", dict.fromkeys(("C1", "C2", "C3", "C4"), PLAN), ["C2"]),
        (
            "collective",
            dict.fromkeys(("T1", "T2", "T3", "T4"), PLAN) | {"T5": LAW},
            ["T2", "T4", "T5"],
        ),
    ],
)
async def test_the_default_set_says_what_it_rests_on_and_asks_for_proofs(
    world: World, subject: str, cited: dict[str, str], proved: list[str]
) -> None:
    bare = await criteria_set(await new_set(world, subject, "default"))
    # The catalogue of the cast holds none of these papers: nothing is cited that is not there.
    assert {c.source for c in bare.facts.criteria} == {""}
    await load_product_data(actor=None, now=world.now)
    found = await criteria_set(await new_set(world, subject, "default"))
    named = {c.code: c.source for c in found.facts.criteria if c.source}
    assert named == cited | {"G2": LAW, "G5": "152/2025/NĐ-CP"}
    assert [c.code for c in found.facts.criteria if c.evidence_required] == proved


def test_every_paper_the_default_rests_on_is_in_the_catalogue() -> None:
    document = default_document()
    cited = {
        line["source"] for line in document["criteria"] + document["gates"] if "source" in line
    }
    known = {paper["number"] for paper in json.loads(PRODUCT_DATA.read_text("utf-8"))["sources"]}
    assert cited - known == set()
