from __future__ import annotations

from datetime import date
from functools import partial

from app.kernel.abilities import Ability, Question, ability
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible
from app.nominations import policy as nominations
from app.nominations import queries
from app.nominations.rules import ATTESTED_GATES, Dossier, refuse_preparing
from app.nominations.rules.attesting import refuse_attesting
from app.nominations.rules.items import refuse_asking
from app.nominations.rules.opinions import refuse_asking_views
from app.nominations.rules.returning import (
    refuse_sending_back,
    refuse_stopping,
    refuse_withdrawal,
)
from app.nominations.rules.routing import refuse_moving
from app.nominations.tables import Nomination
from app.scoring import policy as scoring
from app.scoring.queries import refusal_to_score

_GATES = {
    "G1": N_("Xác nhận điều kiện G1 (thẩm định)"),
    "G3": N_("Xác nhận điều kiện G3 (thủ trưởng đơn vị)"),
    "G4": N_("Xác nhận điều kiện G4 (thủ trưởng đơn vị)"),
}


async def nomination(question: Question) -> tuple[Ability, ...]:
    """A dossier as the asker sees it. Whoever cannot open it learns nothing of it."""
    row = await Nomination.select(Nomination.id).where(Nomination.code == question.code).first()
    if row is None:
        raise NotVisible
    dossier = await queries.nomination(row["id"], question.asker)
    subject, today = question.subject, today_in_vietnam(question.now)
    over = frozenset({dossier.nominating_unit_id})
    return (
        ability(
            N_("Xem hồ sơ"), subject, lambda actor: _sees_nomination(actor, dossier), over=over
        ),
        ability(
            N_("Bổ sung minh chứng và nộp hồ sơ"),
            subject,
            lambda actor: nominations.may_prepare(actor, dossier),
            over=over,
            refusal=refuse_preparing(dossier, today),
        ),
        *(
            ability(
                _GATES[gate],
                subject,
                partial(_attests, dossier, gate),
                over=over,
                refusal=refuse_attesting(dossier, gate, subject.person_id),
            )
            for gate in ATTESTED_GATES[dossier.subject]
        ),
        *_way(dossier, subject, today),
        ability(
            N_("Chấm điểm trên phiếu của mình"),
            subject,
            lambda actor: scoring.may_score(actor, dossier.review.unit_id),
            over=frozenset({dossier.review.unit_id}),
            refusal=await refusal_to_score(
                dossier.id, dossier.review.id, subject, question.asker, today
            ),
        ),
    )


def _way(dossier: Dossier, subject: Actor, today: date) -> tuple[Ability, ...]:
    """What may be done with it where it is now."""
    level = dossier.level_id
    over = frozenset({dossier.nominating_unit_id, level or dossier.nominating_unit_id})
    return (
        ability(
            N_("Trình hồ sơ lên cấp sau"),
            subject,
            lambda actor: level is not None and nominations.may_endorse(actor, level),
            over=over,
            refusal=refuse_moving(dossier),
        ),
        ability(
            N_("Trả lại hồ sơ cho cấp trước"),
            subject,
            lambda actor: nominations.may_move(actor, dossier),
            over=over,
            refusal=refuse_sending_back(dossier, today),
        ),
        ability(
            N_("Không trình tiếp hồ sơ"),
            subject,
            lambda actor: nominations.may_move(actor, dossier),
            over=over,
            refusal=refuse_stopping(dossier),
        ),
        ability(
            N_("Rút đề nghị"),
            subject,
            lambda actor: nominations.may_withdraw(actor, dossier),
            over=over,
            refusal=refuse_withdrawal(dossier),
        ),
        ability(
            N_("Yêu cầu bổ sung một mục"),
            subject,
            lambda actor: nominations.may_appraise(actor, dossier),
            over=over,
            refusal=refuse_asking(dossier, today),
        ),
        ability(
            N_("Lấy ý kiến hiệp y"),
            subject,
            lambda actor: nominations.may_ask_views(actor, dossier),
            over=over,
            refusal=refuse_asking_views(dossier),
        ),
    )


def _attests(dossier: Dossier, gate: str, actor: Actor) -> bool:
    return nominations.may_attest(actor, dossier, gate)


def _sees_nomination(actor: Actor, dossier: Dossier) -> bool:
    """The same as the condition on which a dossier is loaded; a test holds the two together."""
    own = actor.person_id is not None and actor.person_id == dossier.person_id
    submitted = dossier.submitted_at is not None
    return (
        own
        or nominations.may_prepare(actor, dossier)
        or nominations.is_asked(actor, dossier)
        or (submitted and actor.holds_over(dossier.nominating_unit_id, *nominations.REVIEW))
    )
