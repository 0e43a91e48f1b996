"""What the warnings of live dossiers rest on, as each reader may know it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.award_history.tables import AwardRecord
from app.catalogue.tables import LegalSource
from app.decisions import queries as decisions
from app.kernel.actor import Role
from app.kernel.period import Period
from app.nominations import actions, queries
from app.nominations.rules.warnings import warnings_of
from app.nominations.rules.warnings_facts import Caution
from app.nominations.tables import Nomination
from app.organization.tables import Person, Posting, Unit, UnitSuccession
from tests.cast import WORKED
from tests.conftest import World
from tests.decisions.approved_round import approve
from tests.decisions.test_actions import decide
from tests.nominations.prepared import (
    add_proofs,
    draft_collective,
    draft_person,
    submitted_person,
)
from tests.nominations.routed import sign_up
from tests.nominations.warnings_world import (
    NEXT,
    award,
    nominate_next,
    open_next_round,
    put_file,
)

pytestmark = pytest.mark.anyio

TEXT = "Tổ chức 12 buổi tự học trực tuyến cho 45 đồng nghiệp trong đơn vị"


async def found(
    world: World, nomination: int, login: str = "officer", day: str = "2025-11-15"
) -> tuple[Caution, ...]:
    actor = await world.actor(login, world.at(day))
    facts = await queries.examined([nomination], actor, date.fromisoformat(day))
    return warnings_of(facts[nomination])


async def kinds(world: World, nomination: int, login: str = "officer") -> list[str]:
    return [warning.kind for warning in await found(world, nomination, login)]


async def write(world: World, nomination: int, text: str, document: str = "Số 1/BC") -> None:
    await actions.add_evidence(
        nomination,
        "C1",
        text,
        None,
        Decimal("45"),
        "người",
        document,
        days=WORKED,
        actor=await world.actor("officer", world.now),
        now=world.now,
    )


async def test_a_new_dossier_of_somebody_new_has_none(world: World) -> None:
    assert await kinds(world, await draft_person(world)) == []
    assert await kinds(world, await draft_collective(world)) == []


async def test_an_earlier_award_counts_until_it_is_marked_as_a_mistake(world: World) -> None:
    nomination = await draft_person(world)
    made = await award(world, period_from=date(2025, 1, 1), period_to=date(2025, 6, 30))
    assert await kinds(world, nomination) == ["overlap"]
    await remove(world, made)
    assert await kinds(world, nomination) == []


async def remove(world: World, award_id: int) -> None:
    await Person.raw(
        "UPDATE award_record SET removed_at = {}, removed_by = {}, removed_because = 'x'"
        " WHERE id = {}",
        world.now,
        world.ids["account:officer"],
        award_id,
    )


SAME_MONTHS = {"period_from": date(2024, 12, 1), "period_to": date(2025, 11, 30)}


async def test_an_award_decided_after_submission_counts_from_its_day(world: World) -> None:
    nomination = await submitted_person(world)
    await award(world, decided_on=date(2025, 11, 18), **SAME_MONTHS)
    days = ("2025-11-17", "2025-11-18", "2025-11-20")
    told = [[w.kind for w in await found(world, nomination, day=day)] for day in days]
    assert told == [[], ["overlap"], ["overlap"]]


async def test_what_was_decided_after_the_session_is_no_news(world: World) -> None:
    nomination = await submitted_person(world)
    await award(world, decided_on=date(2025, 12, 15), **SAME_MONTHS)
    assert [w.kind for w in await found(world, nomination, day="2026-01-15")] == []


async def test_the_own_award_is_never_an_earlier_one(world: World) -> None:
    """Signed on the day of the session; another of that day and those months still counts."""
    await approve(world)
    signed = date(2025, 12, 12)
    decision_id = await decide(world, signed_on=signed)
    rows = await Nomination.raw("SELECT id FROM nomination WHERE person = {}", world.ids["anh"])
    nomination = rows[0]["id"]

    async def overlapping() -> list[str]:
        told = await found(world, nomination, "secretary", day="2025-12-20")
        return [str(w.reason.values["number"]) for w in told if w.kind == "overlap"]

    rows = await AwardRecord.raw(
        "SELECT from_decision, decided_on FROM award_record WHERE person = {}", world.ids["anh"]
    )
    assert rows == [{"from_decision": True, "decided_on": signed}]
    assert await overlapping() == []
    await award(world, from_decision=True, decided_on=signed, **SAME_MONTHS)
    assert await overlapping() == ["5/QĐ-VKS"]
    assert (await decisions.decision(decision_id)).number != "5/QĐ-VKS"


async def test_of_two_dossiers_the_one_sent_later_is_the_copy(world: World) -> None:
    """Whichever was begun first."""
    begun_first = await draft_person(world)
    await write(world, begun_first, TEXT)
    await open_next_round(world)
    other = await nominate_next(world)
    await copy_entries(begun_first, other)
    for sent, kinds_of_both in (
        ((None, None), ([], [])),
        ((None, "2025-11-11"), (["copied"], [])),
        (("2025-11-12", "2025-11-11"), (["copied"], [])),
        (("2025-11-10", "2025-11-11"), ([], ["copied"])),
    ):
        for nomination, day in zip((begun_first, other), sent, strict=True):
            await Nomination.raw(
                "UPDATE nomination SET submitted_at = {} WHERE id = {}",
                world.at(day) if day else None,
                nomination,
            )
        told = (await copied_in(world, begun_first), await copied_in(world, other))
        assert told == kinds_of_both, sent


async def copied_in(world: World, nomination: int) -> list[str]:
    told = await found(world, nomination, day="2025-11-15")
    return [warning.kind for warning in told if warning.kind == "copied"]


async def copy_entries(one: int, other: int) -> None:
    await Nomination.raw(
        "INSERT INTO evidence_item (nomination, criterion, statement, quantity_after,"
        " quantity_unit, document, first_on, last_on, by, at) SELECT {}, criterion, statement,"
        " quantity_after, quantity_unit, document, first_on, last_on, by, at"
        " FROM evidence_item WHERE nomination = {}",
        other,
        one,
    )


async def test_a_collective_has_the_awards_of_the_units_it_came_from(world: World) -> None:
    nomination = await draft_collective(world)
    await award(
        world,
        person=None,
        collective=world.ids["cb_kv_1"],
        period_from=date(2025, 1, 1),
        period_to=date(2025, 6, 30),
    )
    assert await kinds(world, nomination) == []
    await UnitSuccession(
        predecessor=world.ids["cb_kv_1"],
        successor=world.ids["kv_1"],
        happened_on=date(2025, 7, 1),
        event="merge",
    ).save()
    assert await kinds(world, nomination) == ["overlap"]


async def test_the_same_text_as_in_an_awarded_dossier_of_last_year(world: World) -> None:
    first = await draft_person(world)
    await write(world, first, TEXT)
    await actions.submit(first, actor=await world.actor("officer"), now=world.now)
    await open_next_round(world)
    second = await nominate_next(world)
    now = world.at(NEXT)
    await actions.add_evidence(
        second,
        "C1",
        TEXT,
        None,
        None,
        "",
        "",
        days=Period(date(2026, 3, 2), date(2026, 10, 15)),
        actor=await world.actor("officer", now),
        now=now,
    )
    copied = await found(world, second, day=NEXT)
    assert [(w.kind, w.href) for w in copied] == [("copied", f"/nominations/{first}")]
    await award(
        world,
        from_decision=True,
        decided_on=date(2025, 12, 15),
        period_from=date(2024, 12, 1),
        period_to=date(2025, 11, 30),
    )
    assert [w.kind for w in await found(world, second, day=NEXT)] == ["rewarded", "copied"]


async def test_a_file_that_lies_in_another_dossier(world: World) -> None:
    own, other = await draft_person(world), await draft_person(world, "binh")
    await put_file(world, own)
    assert await kinds(world, own) == []
    await put_file(world, other)
    (warning,) = await found(world, own)
    assert (warning.kind, warning.href) == ("same_file", f"/nominations/{other}")


async def test_minutes_of_one_meeting_may_lie_in_many_dossiers(world: World) -> None:
    own, other = await draft_person(world), await draft_person(world, "binh")
    for nomination in (own, other):
        await put_file(world, nomination, purpose="minutes")
    assert await kinds(world, own) == []


async def test_a_dossier_of_another_unit_is_not_named_and_its_draft_not_even_hinted_at(
    world: World,
) -> None:
    own = await draft_person(world)
    other = await draft_person(world, "em", "cb_kv_1")
    for nomination in (own, other):
        await put_file(world, nomination)
    assert await kinds(world, own) == []
    await add_proofs(world, other, "individual", "other_officer")
    await actions.submit(other, actor=await world.actor("other_officer"), now=world.now)
    # Whoever uploads a file must not learn from the answer that somebody else has it.
    for login in ("officer", "head", "staff"):
        assert await kinds(world, own, login) == []
    await sign_up(world, "ls_appraiser", Role.APPRAISER, "lang_son")
    (warning,) = await found(world, own, "ls_appraiser")
    assert (warning.reason.code, warning.href) == ("same-file", "")
    assert "CN-2025-0002" not in repr(warning)
    (warning,) = await found(world, own, "auditor")
    assert (warning.reason.code, warning.href) == ("same-file-as", f"/nominations/{other}")


async def test_a_figure_is_proved_by_a_paper_or_by_a_file_of_its_criterion(world: World) -> None:
    nomination = await draft_person(world)
    await write(world, nomination, TEXT, document="")
    assert await kinds(world, nomination) == ["no_evidence"]
    await put_file(world, nomination)
    assert await kinds(world, nomination) == []


async def test_a_withdrawn_entry_needs_nothing(world: World) -> None:
    nomination = await draft_person(world)
    await write(world, nomination, TEXT, document="")
    await Person.raw("UPDATE evidence_item SET withdrawn_at = now(), withdrawn_by = by")
    assert await kinds(world, nomination) == []


async def test_a_paper_of_the_catalogue_that_is_over(world: World) -> None:
    await LegalSource(
        number="98/2023/NĐ-CP",
        title="Nghị định quy định chi tiết",
        issuer="Chính phủ",
        effective_to=date(2025, 6, 30),
        note="",
    ).save()
    nomination = await draft_person(world)
    await write(world, nomination, "Triển khai theo Nghị định 98/2023/NĐ-CP.")
    assert await kinds(world, nomination) == ["expired_source"]


async def test_the_unit_was_dissolved_since(world: World) -> None:
    nomination = await draft_person(world, "chi", "kv_1")
    await Unit.update({Unit.dissolved_on: date(2025, 11, 14)}).where(Unit.id == world.ids["kv_1"])
    assert await kinds(world, nomination) == ["dissolved"]


async def test_somebody_moved_since(world: World) -> None:
    nomination = await draft_person(world)
    await Posting.update({Posting.valid_to: date(2025, 11, 11)}).where(
        Posting.person == world.ids["anh"]
    )
    (warning,) = await found(world, nomination)
    assert warning.reason.code == "posted-nowhere"
    await Posting(
        person=world.ids["anh"],
        unit=world.ids["kv_1"],
        post="Phó Viện trưởng",
        valid_from=date(2025, 11, 12),
    ).save()
    (warning,) = await found(world, nomination)
    assert warning.reason.values["now"] == (
        "Hoàng Văn Ánh, Phó Viện trưởng, Viện kiểm sát nhân dân khu vực 1 - Lạng Sơn"
    )


async def test_what_changes_after_the_session_is_no_news_of_the_dossier(world: World) -> None:
    nomination = await submitted_person(world)
    await Posting.update({Posting.valid_to: date(2025, 12, 12)}).where(
        Posting.person == world.ids["anh"]
    )
    assert [w.kind for w in await found(world, nomination, day="2025-12-30")] == []


async def test_the_history_is_linked_for_who_may_open_it(world: World) -> None:
    nomination = await submitted_person(world)
    await award(world, period_from=date(2025, 1, 1), period_to=date(2025, 6, 30))
    links = {}
    for login in ("officer", "appraiser", "staff", "member_1"):
        (warning,) = await found(world, nomination, login)
        links[login] = warning.href
    page = f"/people/{world.ids['anh']}/awards"
    assert links == {"officer": page, "appraiser": page, "staff": page, "member_1": ""}
