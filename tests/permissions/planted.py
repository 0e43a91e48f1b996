"""A finished round with one of everything a path can name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.accounts.tables import SignInSession
from app.movement.tables import Criterion
from app.nominations.tables import EvidenceItem, PeerReview, PeerReviewVote, Registration
from app.organization.tables import LeadershipPipeline, LongAbsence
from app.public_comment.actions import publish
from app.public_comment.rules import NewPublication
from app.reminders.tables import Reminder
from tests import cast
from tests.conftest import World
from tests.finished_round import Finished, finish
from tests.imports import given
from tests.nominations.sent_files import planted_file
from tests.permissions.asking import Row
from tests.permissions.sent_on import SentOn, comment, send_on


@dataclass(frozen=True)
class Planted:
    finished: Finished
    registration: int
    minutes: int
    item: int
    criterion: int
    publication: int
    comment: int
    sent: SentOn
    session: int
    reminder: int


async def plant(world: World) -> Planted:
    finished = await finish(world)
    administrator = await world.actor("administrator")
    await given.bring_in(world, administrator, "people", given.sheet("people", given.PERSON))
    await planted_file(world, finished.own)
    item = (
        await EvidenceItem.select(EvidenceItem.id)
        .where(EvidenceItem.nomination == finished.own)
        .order_by(EvidenceItem.id)
        .first()
    )
    criterion = (
        await Criterion.select(Criterion.id)
        .where(Criterion.criteria_set == world.ids["set:individual"])
        .order_by(Criterion.id)
        .first()
    )
    assert item is not None
    assert criterion is not None
    publication = await _publication(world)
    return Planted(
        finished,
        await _registration(world),
        await _minutes(world, finished),
        item["id"],
        criterion["id"],
        publication,
        await comment(world, publication, "Một người dân", "0900 000 000", "Đồng ý."),
        await send_on(world, finished, criterion["id"]),
        await _session(world),
        await _reminder(world),
    )


async def plant_records(world: World) -> None:
    """One of each kind about the staff member, where the cast has none."""
    days = {"valid_from": date(2025, 2, 3), "valid_to": date(2025, 3, 31)}
    await LeadershipPipeline(person=world.ids["anh"], post="Phó Trưởng phòng", **days).save()
    await LongAbsence(person=world.ids["anh"], reason="Đi học", **days).save()


async def _session(world: World) -> int:
    made = SignInSession(
        token_hash="0" * 64,
        account=world.ids[f"account:{cast.CAST[-1]}"],
        address="",
        created_at=world.now,
        last_seen_at=world.now,
        expires_at=world.at("2026-12-31"),
    )
    await made.save()
    return int(made.id)


async def _reminder(world: World) -> int:
    made = Reminder(
        account=world.ids[f"account:{cast.CAST[-1]}"],
        occasion="planted",
        message="Đến hạn",
        figures="{}",
        href="/",
        at=world.now,
    )
    await made.save()
    return int(made.id)


async def _registration(world: World) -> int:
    made = Registration(
        round=world.ids["round_2025"],
        subject="individual",
        person=world.ids["binh"],
        unit=world.ids["lang_son"],
        award_form=world.ids["award_form"],
        name="Lý Thị Bình",
        post="",
        unit_name="",
        search_key="",
        order_key="b",
        goal="",
        by=world.ids["account:officer"],
        at=world.now,
        withdrawn_because="",
    )
    await made.save()
    return int(made.id)


async def _minutes(world: World, finished: Finished) -> int:
    made = PeerReview(
        round=world.ids["round_2025"],
        unit=world.ids["lang_son"],
        number="1",
        held_on=date(2025, 11, 1),
        place="",
        chair="",
        secretary="",
        members_total=3,
        members_present=3,
        discussion="",
        by=world.ids["account:officer"],
        at=world.now,
    )
    await made.save()
    for nomination in (finished.own, finished.draft):
        await PeerReviewVote(
            peer_review=made.id, nomination=nomination, agree_votes=2, disagree_votes=1, note=""
        ).save()
    return int(made.id)


async def _publication(world: World) -> int:
    return await publish(
        world.ids["round_2025"],
        NewPublication("Danh sách", date(2025, 12, 22), 10, "Văn phòng", "eligible"),
        actor=await world.actor("secretary"),
        now=world.at("2025-12-20"),
    )


def path_of(row: Row, world: World, planted: Planted, number: str | None = None) -> str:
    finished = planted.finished
    nomination = getattr(finished, row.of) if row.of else 0
    item = planted.sent.item_return if "/items/{" in row.path else planted.item
    return row.path.format(
        round_id=number or world.ids["round_2025"],
        movement_id=number or world.ids["movement"],
        nomination_id=number or nomination,
        decision_id=number or finished.decision,
        batch_id=number or finished.batch,
        certificate_id=number or finished.certificate,
        thing="nomination",
        thing_id=number or finished.own,
        unit_id=number or world.ids["phong_1"],
        person_id=number or world.ids["anh"],
        entry_id=number or 1,
        run_id=number or 1,
        account_id=number or world.ids["account:staff"],
        role_id=number or 1,
        session_id=number or planted.session,
        record_id=number or 1,
        file_id=number or 1,
        page_number=number or 1,
        registration_id=number or planted.registration,
        minutes_id=number or planted.minutes,
        item_id=number or item,
        set_id=number or world.ids["set:individual"],
        criterion_id=number or planted.criterion,
        publication_id=number or planted.publication,
        award_id=number or 1,
        ground_id=number or 1,
        comment_id=number or planted.comment,
        source_id=number or 999_999,
        date_id=number or 999_999,
        membership_id=number or 999_999,
        list_id=number or planted.sent.endorsement_list,
        opinion_id=number or planted.sent.opinion,
        reminder_id=number or planted.reminder,
        subject="individual",
        kind=row.kind,
        giver="self",
        name="people.xlsx",
    )
