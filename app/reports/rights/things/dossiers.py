from __future__ import annotations

from functools import partial

from piccolo.querystring import QueryString

from app.kernel.abilities import Act, act
from app.kernel.actor import Actor
from app.kernel.refusal import N_, Refusal
from app.movement.queries import round_facts
from app.nominations import policy, queries
from app.nominations.queries.listing_filters import patterns
from app.nominations.queries.visible import FROM, seen_by
from app.nominations.rules import (
    ATTESTED_GATES,
    GIVERS,
    Dossier,
    refuse_column,
    refuse_preparing,
)
from app.nominations.rules.attesting import refuse_attesting
from app.nominations.rules.files import refuse_any_filing
from app.nominations.rules.items import refuse_asking
from app.nominations.rules.opinions import refuse_asking_views
from app.nominations.rules.returning import (
    refuse_lifting,
    refuse_sending_back,
    refuse_stopping,
    refuse_withdrawal,
)
from app.nominations.rules.routing import refuse_moving
from app.nominations.tables import Nomination
from app.reports.rights.thing import HITS, Hit, Kind, Question, Thing, on_condition, own
from app.scoring import policy as scoring
from app.scoring.queries import refusals_to_score

_GATES = {
    "G1": N_("Xác nhận điều kiện G1 (thẩm định)"),
    "G3": N_("Xác nhận điều kiện G3 (thủ trưởng đơn vị)"),
    "G4": N_("Xác nhận điều kiện G4 (thủ trưởng đơn vị)"),
}
_COLUMNS = {
    "self": N_("Tự chấm điểm"),
    "unit": N_("Chấm điểm của đơn vị"),
    "appraisal": N_("Chấm điểm thẩm định"),
}


async def _nomination(question: Question) -> Thing:
    """A dossier as the asker sees it. Whoever cannot open it learns nothing of it."""
    dossier = await queries.nomination(question.id, question.asker)
    return Thing(
        dossier.name,
        f"{dossier.code}, {dossier.review.name}",
        (
            *_reading(dossier),
            *_preparing(dossier, question),
            *_way(dossier, question),
            await _scoring(dossier, question),
        ),
        people=own(dossier.person_id),
        url=f"/nominations/{dossier.id}",
    )


def _units(dossier: Dossier) -> frozenset[int]:
    return frozenset({dossier.nominating_unit_id, dossier.level_id or dossier.nominating_unit_id})


def _reading(dossier: Dossier) -> tuple[Act, ...]:
    over = _units(dossier) | dossier.asked_ids
    which = QueryString("n.id = {}", dossier.id)
    return (
        Act(N_("Xem hồ sơ"), on_condition(Nomination, FROM, which, seen_by), over),
        act(
            N_("Xem ý kiến hiệp y"),
            lambda actor: policy.has_views_tab(actor, dossier),
            over=over,
        ),
        act(
            N_("Xem ngày sinh trong hồ sơ"),
            lambda actor: policy.may_read_birth_date(actor, dossier),
            over=over,
        ),
    )


def _preparing(dossier: Dossier, question: Question) -> tuple[Act, ...]:
    over, today = frozenset({dossier.nominating_unit_id}), question.today

    def prepares(actor: Actor) -> bool:
        return policy.may_prepare(actor, dossier)

    def enters(actor: Actor) -> bool:
        return policy.may_enter(actor, dossier)

    draft = refuse_preparing(dossier, today)
    return (
        act(N_("Ghi thành tích, minh chứng"), enters, over=over, refusal=draft),
        act(N_("Gửi tài liệu"), enters, over=over, refusal=refuse_any_filing(dossier, today)),
        act(N_("Nộp hồ sơ"), prepares, over=over, refusal=draft),
        *(_column(dossier, giver, question) for giver in GIVERS),
        *(_attesting(dossier, gate, question) for gate in ATTESTED_GATES[dossier.subject]),
        act(
            N_("Rút đề nghị"),
            lambda actor: policy.may_withdraw(actor, dossier),
            over=over,
            refusal=refuse_withdrawal(dossier),
        ),
    )


def _column(dossier: Dossier, giver: str, question: Question) -> Act:
    gives = act(
        _COLUMNS[giver],
        lambda actor: policy.may_give(actor, dossier, giver),
        over=frozenset({dossier.nominating_unit_id}),
    )

    def refuse(actor: Actor) -> Refusal | None:
        return refuse_column(dossier, giver, question.today, actor.person_id)

    return Act(gives.name, gives.answers, gives.over, refuse)


def _attesting(dossier: Dossier, gate: str, question: Question) -> Act:
    gives = act(
        _GATES[gate],
        lambda actor: policy.may_attest(actor, dossier, gate),
        over=frozenset({dossier.nominating_unit_id}),
    )

    def refuse(actor: Actor) -> Refusal | None:
        return refuse_attesting(dossier, gate, actor.person_id, question.today)

    return Act(gives.name, gives.answers, gives.over, refuse)


def _way(dossier: Dossier, question: Question) -> tuple[Act, ...]:
    """What may be done with it where it is now."""
    level, today = dossier.level_id, question.today
    over = _units(dossier)

    def endorses(actor: Actor) -> bool:
        return level is not None and policy.may_endorse(actor, level)

    moves = partial(_moves, dossier)
    stopped = (
        act(N_("Xét tiếp hồ sơ đã dừng"), moves, over=over, refusal=refuse_lifting(dossier))
        if dossier.stage == "refused"
        else act(N_("Không trình tiếp hồ sơ"), moves, over=over, refusal=refuse_stopping(dossier))
    )
    return (
        act(N_("Trình hồ sơ lên cấp sau"), endorses, over=over, refusal=refuse_moving(dossier)),
        act(
            N_("Trả lại hồ sơ cho cấp trước"),
            moves,
            over=over,
            refusal=refuse_sending_back(dossier, today),
        ),
        stopped,
        act(
            N_("Yêu cầu bổ sung một mục"),
            lambda actor: policy.may_appraise(actor, dossier),
            over=over,
            refusal=refuse_asking(dossier, today),
        ),
        act(
            N_("Lấy ý kiến hiệp y"),
            lambda actor: policy.may_ask_views(actor, dossier),
            over=over,
            refusal=refuse_asking_views(dossier),
        ),
        act(
            N_("Trả lời hiệp y"),
            lambda actor: any(policy.may_give_view(actor, unit) for unit in dossier.asked_ids),
            over=dossier.asked_ids,
            depends=True,
        ),
    )


def _moves(dossier: Dossier, actor: Actor) -> bool:
    return policy.may_move(actor, dossier)


async def _scoring(dossier: Dossier, question: Question) -> Act:
    round_ = await round_facts(dossier.review.id)
    gives = act(
        N_("Chấm điểm trên phiếu của mình"),
        lambda actor: scoring.may_score(actor, round_.unit_id),
        over=frozenset({round_.unit_id}),
    )
    refuse = await refusals_to_score(dossier.id, round_, question.asker, question.today)
    asker = question.asker.account_id
    # Of a recusal only the member is told, so of everybody else there may always be one.
    return Act(
        gives.name,
        gives.answers,
        gives.over,
        refuse,
        lambda actor: actor.account_id != asker and refuse(actor) is None,
    )


async def _find(text: str, question: Question) -> list[Hit]:
    """By code, or by the words of the nominee's name and unit."""
    rows = await Nomination.raw(
        "SELECT n.id, n.name, n.code || ', ' || r.name AS note"
        f" FROM {FROM} JOIN review_round r ON r.id = n.round"
        " WHERE ((' ' || n.search_key) LIKE ALL({}::text[]) OR n.code = {}) AND {}"
        f" ORDER BY n.code <> {{}}, n.id DESC LIMIT {HITS + 1}",
        patterns(text),
        text.upper(),
        seen_by(question.asker),
        text.upper(),
    )
    return [Hit(**row) for row in rows]


NOMINATION = Kind(N_("Hồ sơ đề nghị"), _nomination, _find)
