from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from random import SystemRandom

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible, Refused
from app.movement.queries import round_facts
from app.movement.rules import RoundFacts
from app.nominations import actions as nominations
from app.piccolo_conf import DB
from app.scoring import policy, queries
from app.scoring.rank_file import canonical, rank
from app.scoring.rules.conflicts import reason
from app.scoring.rules.export import rank_document
from app.scoring.rules.progress import sheets_left
from app.scoring.rules.seating import labels
from app.scoring.rules.sheets import TypedMarks, changed, refuse_recusal, refuse_save
from app.scoring.rules.stages import refuse_closing, refuse_opening
from app.scoring.tables import (
    Mark,
    PanelMember,
    Ranking,
    Recusal,
    ScoreSheet,
    ScoringClosure,
    ScoringOpening,
)


async def open_scoring(
    round_id: int, members: Sequence[int], *, actor: Actor, now: datetime
) -> None:
    """Freeze the gates and seat the panel; `members` are accounts.

    A member who is nominated, or who belongs to a nominated collective, is recused from it here.
    """
    async with DB.transaction():
        round_ = await round_facts(round_id, lock=True)
        if not policy.may_run_scoring(actor, round_.unit_id):
            raise NotVisible
        stage = await queries.stage(round_)
        if refusal := refuse_opening(
            round_, stage, members, today_in_vietnam(now), await queries.not_frozen(round_)
        ):
            raise Refused(refusal)
        await nominations.freeze_gates(round_id, actor=actor, now=now)
        await ScoringOpening(round=round_id, by=actor.account_id, at=now).save()
        seated = labels(members, SystemRandom())
        await PanelMember.insert(
            *(
                PanelMember(round=round_id, account=account, label=label)
                for account, label in seated.items()
            )
        )
        await _record_conflicts(round_, now)
        await audit.record(actor, "scoring.open", "round", round_id, now=now, members=len(seated))


async def _record_conflicts(round_: RoundFacts, now: datetime) -> None:
    conflicts = await queries.conflicts(round_, today_in_vietnam(now))
    if conflicts:
        await Recusal.insert(
            *(
                Recusal(member=c.member, nomination=c.nomination, reason=reason(c), at=now)
                for c in conflicts
            )
        )


async def save_marks(
    nomination_id: int, marks: TypedMarks, version: int | None, *, actor: Actor, now: datetime
) -> int:
    """Save the member's own sheet and return its new version; saving nothing new changes nothing.

    Refused with `stale-sheet` when another tab saved something else since `version`.
    """
    async with DB.transaction():
        own = await queries.own_sheet(nomination_id, actor, lock=True)
        criteria = own.round.sets[own.row.subject].marked
        sheet = own.row.sheet
        today = today_in_vietnam(now)
        if refusal := refuse_save(sheet, own.stage, criteria, marks, version, today):
            raise Refused(refusal)
        codes = changed(sheet.marks, marks)
        if not codes:
            return sheet.version
        new_version = sheet.version + 1
        sheet_id = await _touch_sheet(own, new_version, now)
        ids = {criterion.code: criterion.id for criterion in criteria}
        await Mark.raw(
            "DELETE FROM mark WHERE sheet = {} AND criterion = ANY({})",
            sheet_id,
            [ids[code] for code in codes],
        )
        typed = [(ids[code], points) for code in codes if (points := marks[code]) is not None]
        if typed:
            await Mark.insert(
                *(Mark(sheet=sheet_id, criterion=id_, points=points) for id_, points in typed)
            )
        # Without the nomination: its history is read outside the council, and an auditor who
        # misses one among a member's would know that the member stepped aside from it.
        await audit.record(
            actor,
            "scoring.save_marks",
            "score_sheet",
            sheet_id,
            now=now,
            version=new_version,
        )
    return new_version


async def _touch_sheet(own: queries.OwnSheet, version: int, now: datetime) -> int:
    if own.sheet_id is None:
        sheet = ScoreSheet(
            member=own.member, nomination=own.row.nomination_id, version=version, saved_at=now
        )
        await sheet.save()
        return int(sheet.id)
    await ScoreSheet.raw(
        "UPDATE score_sheet SET version = {}, saved_at = {} WHERE id = {}",
        version,
        now,
        own.sheet_id,
    )
    return own.sheet_id


async def recuse(nomination_id: int, why: str, *, actor: Actor, now: datetime) -> None:
    """Step aside from one nomination; final for this round."""
    async with DB.transaction():
        own = await queries.own_sheet(nomination_id, actor, lock=True)
        if refusal := refuse_recusal(own.row.sheet, own.stage, today_in_vietnam(now)):
            raise Refused(refusal)
        recusal = Recusal(member=own.member, nomination=nomination_id, reason=why, at=now)
        await recusal.save()
        # Without the nomination: exports name recusals by label, and so the label's marks.
        await audit.record(actor, "scoring.recuse", "recusal", recusal.id, now=now)


async def close_scoring(round_id: int, *, actor: Actor, now: datetime) -> None:
    """Freeze one ranking per kind of subject; saves under way finish first, later ones find it."""
    async with DB.transaction():
        round_ = await round_facts(round_id)
        if not policy.may_run_scoring(actor, round_.unit_id):
            raise NotVisible
        stage = await queries.stage(round_, lock=True)
        left = sheets_left(await queries.panel_progress(round_))
        if refusal := refuse_closing(stage, left, today_in_vietnam(now)):
            raise Refused(refusal)
        await ScoringClosure(round=round_id, by=actor.account_id, at=now).save()
        hashes = await _freeze_rankings(round_)
        await audit.record(actor, "scoring.close", "round", round_id, now=now, **hashes)


async def _freeze_rankings(round_: RoundFacts) -> dict[str, str]:
    """The input's hash by subject; a kind of subject without candidates has no ranking."""
    hashes = {}
    for subject, record in (await queries.panel_records(round_)).items():
        assert round_.opening is not None  # noqa: S101 - scoring opens only after the round did
        document = rank_document(
            subject, round_.opening.protocol, round_.sets[subject].scored, record
        )
        result = rank(document)
        hashes[subject] = result["input_sha256"]
        await Ranking(
            round=round_.id,
            subject=subject,
            input=canonical(document).decode(),
            input_sha256=result["input_sha256"],
            result=canonical(result).decode(),
        ).save()
    return hashes
