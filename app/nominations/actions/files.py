from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.audit import actions as audit
from app.files import actions as files
from app.files.rules import tidy_name
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible, Refusal, Refused
from app.nominations import policy, queries
from app.nominations.queries.files import files_of
from app.nominations.rules import files as rules
from app.nominations.rules.facts import Dossier
from app.nominations.tables import EvidenceFile
from app.piccolo_conf import DB


async def add_files(
    nomination_id: int,
    spot: rules.Spot,
    sent: Sequence[rules.Sent],
    *,
    actor: Actor,
    now: datetime,
) -> tuple[int, ...]:
    """All of them or none: `Refused` for the dossier's sake, `FilesRefused` for the files'.

    Opening and storing them takes seconds, so it is done before the transaction: the bytes of an
    upload that is killed after that lie in the store and nobody points to them. What is refused
    has stored nothing: all are opened and asked about first.
    """
    today = today_in_vietnam(now)
    _check(await queries.nomination(nomination_id, actor), spot, actor, today)
    inspected = await _inspect(sent)
    dossier = await queries.nomination(nomination_id, actor)
    _check(dossier, spot, actor, today)
    await _check_files(dossier, spot, inspected)
    prepared = [
        (name, await files.put(await file.read(), found))
        for file, (name, found) in zip(sent, inspected, strict=True)
    ]
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        _check(dossier, spot, actor, today)
        await _check_files(dossier, spot, prepared)
        ids = await files.record([file for _, file in prepared], now)
        criterion = next((c.id for c in dossier.criteria if c.code == spot.criterion_code), None)
        made = []
        for name, file in prepared:
            row = EvidenceFile(
                nomination=nomination_id,
                purpose=spot.purpose,
                criterion=criterion,
                evidence=spot.evidence_id,
                file=ids[file.sha256],
                name=name,
                by=actor.account_id,
                at=now,
                removed_because="",
            )
            await row.save()
            made.append((int(row.id), file.sha256))
        for made_id, sha256 in made:
            await audit.record(
                actor,
                "nominations.add_file",
                "nomination",
                nomination_id,
                now=now,
                item=spot.criterion_code or spot.purpose,
                file=made_id,
                sha256=sha256,
            )
    return tuple(made_id for made_id, _ in made)


async def remove_file(
    nomination_id: int, file_id: int, because: str, *, actor: Actor, now: datetime
) -> None:
    """Mark it as removed; the bytes and the line stay."""
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        if not policy.may_enter(actor, dossier):
            raise NotVisible
        known = {file.id: file for file in await files_of(dossier, removed=True)}
        if file_id not in known:
            raise NotVisible
        file = known[file_id]
        if refusal := rules.refuse_removing(dossier, file, today_in_vietnam(now)):
            raise Refused(refusal)
        await EvidenceFile.raw(
            "UPDATE evidence_file SET removed_by = {}, removed_at = {}, removed_because = {}"
            " WHERE id = {}",
            actor.account_id,
            now,
            because,
            file_id,
        )
        await audit.record(
            actor,
            "nominations.remove_file",
            "nomination",
            nomination_id,
            now=now,
            item=file.spot.criterion_code or file.spot.purpose,
            file=file_id,
            sha256=file.sha256,
        )


def _check(dossier: Dossier, spot: rules.Spot, actor: Actor, today: date) -> None:
    if not policy.may_enter(actor, dossier):
        raise NotVisible
    if refusal := rules.refuse_filing(dossier, spot, today):
        raise Refused(refusal)


async def _inspect(sent: Sequence[rules.Sent]) -> list[tuple[str, files.Inspected]]:
    """Each with the name it is shown under; one is in memory at a time."""
    inspected: list[tuple[str, files.Inspected]] = []
    refused: list[tuple[str, Refusal]] = []
    for file in sent:
        try:
            found = await files.inspect(await file.read())
        except Refused as error:
            refused.append((file.name, error.refusal))
        else:
            inspected.append((tidy_name(file.name, found.media_type), found))
    if refused:
        raise rules.FilesRefused(refused)
    return inspected


async def _check_files(
    dossier: Dossier,
    spot: rules.Spot,
    prepared: Sequence[tuple[str, files.Inspected | files.Prepared]],
) -> None:
    known = await files_of(dossier, removed=False)
    if refusal := rules.refuse_count(known, len(prepared)):
        raise Refused(refusal)
    there = set(rules.already_there(known, spot))
    twice = []
    for name, file in prepared:
        if file.sha256 in there:
            twice.append((name, rules.ALREADY_THERE))
        there.add(file.sha256)
    if twice:
        raise rules.FilesRefused(twice)
