"""What happens beside a dossier: its level's list, a question of appraisal, a view, a comment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.files import actions as files
from app.nominations.tables import (
    Endorsement,
    EndorsementList,
    InterAgencyOpinion,
    ItemReturn,
)
from app.piccolo_conf import DB
from app.public_comment.tables import CommentHandling, PublicComment
from tests.conftest import World
from tests.files import spoilt
from tests.finished_round import Finished


@dataclass(frozen=True)
class SentOn:
    endorsement_list: int
    item_return: int
    opinion: int


async def send_on(world: World, finished: Finished, criterion: int) -> SentOn:
    """As if it had been so before the round was judged."""
    return SentOn(
        await _list(world, finished),
        await _item_return(world, finished.own, criterion),
        await _opinion(world, finished.collective),
    )


async def _list(world: World, finished: Finished) -> int:
    """The province's list of both."""
    prepared = await files.prepare(spoilt.pdf(1))
    async with DB.transaction():
        kept = await files.record([prepared], world.now)
    made = EndorsementList(
        round=world.ids["round_2025"],
        unit=world.ids["lang_son"],
        paper_number="12/TTr",
        paper_on=date(2025, 11, 9),
        paper=kept[prepared.sha256],
        paper_name="To trinh.pdf",
        votes_total=9,
        by=world.ids["account:head"],
        at=world.now,
    )
    await made.save()
    for position, nomination in enumerate((finished.own, finished.collective), start=1):
        await Endorsement(
            endorsement_list=made.id, nomination=nomination, step=1, position=position, votes=8
        ).save()
    return int(made.id)


async def _item_return(world: World, nomination: int, criterion: int) -> int:
    made = ItemReturn(
        nomination=nomination,
        item="criterion",
        criterion=criterion,
        question="Đề nghị nêu rõ cách tính.",
        due_on=date(2025, 11, 20),
        by=world.ids["account:appraiser"],
        at=world.now,
        answer="Tính theo sổ theo dõi giờ học.",
        answered_by=world.ids["account:officer"],
        answered_at=world.now,
        accepted=True,
        closed_at=world.now,
    )
    await made.save()
    return int(made.id)


async def _opinion(world: World, nomination: int) -> int:
    """Asked of the other province, which reads the dossier from then on."""
    made = InterAgencyOpinion(
        nomination=nomination,
        unit=world.ids["cao_bang"],
        question="Đề nghị cho ý kiến.",
        due_on=date(2025, 11, 20),
        by=world.ids["account:secretary"],
        at=world.now,
        view="agree",
        answer="Nhất trí.",
        answered_by=world.ids["account:other_head"],
        answered_at=world.now,
    )
    await made.save()
    return int(made.id)


async def comment(world: World, publication: int, author: str, contact: str, text: str) -> int:
    """Said by somebody of the public, and handled."""
    made = PublicComment(
        publication=publication,
        author=author,
        contact=contact,
        text=text,
        at=world.at("2025-12-22"),
    )
    await made.save()
    await CommentHandling(
        comment=made.id,
        conclusion="unfounded",
        text="Đã kiểm tra và trả lời.",
        by=world.ids["account:secretary"],
        at=world.at("2025-12-22"),
    ).save()
    return int(made.id)
