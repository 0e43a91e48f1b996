"""A word given on a gate: nobody rewrites it after submission, or over one they have not read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.kernel.period import show_date
from app.kernel.refusal import Refused
from app.nominations import actions, queries
from app.nominations.actions.items import ask_item
from app.nominations.rules.attesting import refuse_attestation, refuse_attesting
from app.nominations.rules.facts import AttestationFacts, Dossier, OpenReturn
from app.nominations.tables import Attestation
from tests.conftest import World
from tests.nominations import dossiers
from tests.nominations.prepared import attest, draft_person, submitted_person
from tests.nominations.routed import at_office, on_its_way, routed_round

GIVEN = AttestationFacts("G4", True, "Nội bộ đoàn kết.", "Thủ trưởng", dossiers.MORNING)
ASKED = OpenReturn(1, "G4", "", date(2025, 11, 20))


def dossier(stage: str, *returns: OpenReturn, given: bool = True, gate: str = "G4") -> Dossier:
    word = replace(GIVEN, gate=gate)
    plain = dossiers.dossier(stage=stage, open_returns=returns)
    return replace(plain, attestations={gate: word} if given else {})


@pytest.mark.parametrize(
    ("found", "gate", "settled"),
    [
        (dossier("draft"), "G4", False),
        (dossier("route"), "G4", True),
        (dossier("office"), "G4", True),
        (dossier("office", given=False), "G4", False),
        (dossier("office", ASKED), "G4", False),
        (dossier("office", replace(ASKED, item="report")), "G4", True),
        (dossier("office", gate="G1"), "G1", False),
    ],
)
def test_after_submission_a_word_changes_only_when_asked_for(
    found: Dossier, gate: str, settled: bool
) -> None:
    refusal = refuse_attesting(found, gate, None, dossiers.TODAY)
    assert (refusal.code if refusal else None) == ("word-settled" if settled else None)


def test_a_word_is_given_while_its_stage_lasts() -> None:
    review = replace(dossiers.dossier().review, appraisal_close_on=date(2025, 11, 25))
    sent_back = replace(dossier("draft"), submitted_at=dossiers.MORNING)
    days = [
        ("G4", dossier("draft"), date(2025, 11, 20)),
        ("G4", dossier("draft", given=False), date(2025, 11, 20)),
        ("G4", sent_back, date(2025, 11, 25)),
        ("G4", dossier("route", given=False), date(2025, 11, 25)),
        ("G4", dossier("office", replace(ASKED, due_on=date(2025, 11, 22))), date(2025, 11, 22)),
        ("G1", dossier("office", gate="G1"), date(2025, 11, 25)),
        ("G1", dossier("office", given=False), date(2025, 11, 25)),
    ]
    for gate, found, last in days:
        dated = replace(found, review=review)
        refusals = [
            refuse_attesting(dated, gate, None, day) for day in (last, last + timedelta(days=1))
        ]
        assert [None if refusal is None else refusal.values for refusal in refusals] == [
            None,
            {"day": show_date(last)},
        ], (gate, found.stage, last)


def test_a_word_replaces_only_the_one_that_was_read() -> None:
    def code(found: Dossier, seen: str | None) -> str | None:
        refusal = refuse_attestation(found, "G4", False, "Có đơn thư.", None, dossiers.TODAY, seen)
        return refusal.code if refusal else None

    assert code(dossier("draft"), GIVEN.version) is None
    assert code(dossier("draft"), "") == "word-changed"
    assert code(dossier("draft"), "2025-11-09T09:00:00+07:00") == "word-changed"
    assert code(dossier("draft", given=False), "") is None
    assert code(dossier("draft", given=False), GIVEN.version) == "word-changed"
    assert code(dossier("draft"), None) is None


@pytest.mark.anyio
async def test_the_head_changes_no_word_once_the_dossier_is_on_its_way(world: World) -> None:
    await routed_round(world)
    made = await on_its_way(world)
    await attest(world, made, "G4", "kv_head")
    with pytest.raises(Refused) as refused:
        await attest(world, made, "G4", "kv_head", positive=False)
    assert refused.value.refusal.code == "word-settled"
    async with world.client("kv_head") as client:
        page = (await client.get(f"/nominations/{made}")).text
        assert f'action="/nominations/{made}/attestations"' not in page
        words = {"gate": "G4", "positive": "no", "statement": "Nghĩ lại."}
        late = await client.form(f"/nominations/{made}/attestations", words)
        assert (late.status_code, "Nghĩ lại." in late.text) == (409, True)
    assert await Attestation.count().where(Attestation.positive.eq(True)) == 1


@pytest.mark.anyio
async def test_appraisal_may_ask_for_another_word(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    await attest(world, made, "G4", "kv_head")
    await ask_item(
        made,
        "G4",
        "Ghi rõ căn cứ.",
        date(2025, 11, 20),
        actor=await world.actor("appraiser"),
        now=world.now,
    )
    await attest(world, made, "G4", "kv_head", positive=False)
    found = await queries.nomination(made, await world.actor("kv_head"))
    assert found.attestations["G4"].positive is False


def seen(page: str, gate: str) -> str:
    found = re.search(
        rf'name="gate" value="{gate}">\s*<input[^>]*name="seen" value="([^"]*)"', page
    )
    assert found is not None
    return found[1]


@pytest.mark.anyio
async def test_two_heads_at_once_do_not_write_over_each_other(world: World) -> None:
    made = await draft_person(world)
    path = f"/nominations/{made}"
    async with world.client("head") as client:
        opened = seen((await client.get(path)).text, "G4")
        await actions.attest(
            made, "G4", True, "Của người kia.", actor=await world.actor("head"), now=world.now
        )
        mine = {"gate": "G4", "positive": "no", "statement": "Của tôi.", "seen": opened}
        spoilt = await client.form(f"{path}/attestations", {**mine, "statement": " "})
        assert (spoilt.status_code, seen(spoilt.text, "G4")) == (422, opened)
        late = await client.form(f"{path}/attestations", mine)
        assert late.status_code == 409
        assert "“Của người kia.”" in late.text
        assert "Của tôi.</textarea>" in late.text
        assert (await Attestation.select().first() or {})["statement"] == "Của người kia."
        again = await client.form(f"{path}/attestations", {**mine, "seen": seen(late.text, "G4")})
        assert again.status_code == 303
    assert (await Attestation.select().first() or {})["statement"] == "Của tôi."


@pytest.mark.anyio
async def test_two_appraisers_at_once_do_not_write_over_each_other(world: World) -> None:
    made = await submitted_person(world)
    await attest(world, made, "G1", "appraiser")
    words = {"gate": "G1", "positive": "no", "statement": "Chưa đọc lời trước."}
    async with world.client("appraiser") as client:
        late = await client.form(f"/nominations/{made}/attestations", words)
    assert (late.status_code, "Xác nhận G1 theo hồ sơ lưu." in late.text) == (409, True)
