from __future__ import annotations

from collections.abc import Sequence

from app.imports import policy
from app.imports.queries import runs
from app.imports.rules.kinds import KINDS
from app.kernel.abilities import Act
from app.kernel.actor import Actor
from app.kernel.period import show_moment
from app.kernel.refusal import N_, NotVisible
from app.reports.rights.thing import Hit, Kind, Question, Thing, with_words


async def _run(question: Question) -> Thing:
    """A run exists for its owner only, and only as long as the roles it was made with are held."""
    found = await runs.run_for(question.id, question.asker)

    async def sees(actors: Sequence[Actor]) -> Sequence[bool]:
        return [await _opens(found.id, actor) for actor in actors]

    async def works(actors: Sequence[Actor]) -> Sequence[bool]:
        return [
            policy.may_import(actor, found.kind) and await _opens(found.id, actor)
            for actor in actors
        ]

    over = policy.scope(question.asker, found.kind)
    refusal = policy.refuse_application(found.state)
    converts = policy.refuse_conversion(found.state, legacy=found.legacy)
    return Thing(
        found.file_name,
        show_moment(found.at),
        (
            Act(N_("Xem lần nhập và các dòng của tệp"), sees, over),
            Act(N_("Ghi dữ liệu của lần nhập"), works, over, lambda _: refusal),
            Act(N_("Chuyển tệp sang Unicode"), works, over, lambda _: converts),
        ),
        accounts=frozenset({found.account_id}),
        url=f"/imports/{found.id}",
    )


async def _opens(run_id: int, actor: Actor) -> bool:
    # The owner is one person with few roles; for anybody else there is no run to ask about.
    if not policy.kinds_for(actor):
        return False
    try:
        await runs.run_for(run_id, actor)
    except NotVisible:
        return False
    return True


async def _find(text: str, question: Question) -> list[Hit]:
    if not policy.may_import(question.asker):
        return []
    found = await runs.own_runs(question.asker, limit=200)
    return with_words(
        (
            Hit(run.id, run.file_name, f"{KINDS[run.kind].title}, {show_moment(run.at)}")
            for run in found.rows
        ),
        text,
    )


IMPORT = Kind(N_("Lần nhập dữ liệu"), _run, _find)
