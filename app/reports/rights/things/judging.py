from __future__ import annotations

from datetime import date

from app.council import queries as council
from app.council.policy import may_record_result, may_see_council
from app.council.rules import refuse_recording
from app.council.tables import CouncilSession
from app.kernel.abilities import Act, act
from app.kernel.period import show_date, today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal
from app.movement.queries import round_facts
from app.movement.tables import ReviewRound
from app.public_comment import policy as comments
from app.public_comment import queries as published
from app.public_comment.rules import refuse_prolonging, refuse_withdrawal
from app.public_comment.tables import Publication
from app.reports.rights.thing import Hit, Kind, Question, Thing, everybody, with_words
from app.reports.rights.things.movements import office_act
from app.scoring import policy as scoring
from app.scoring import queries as scored
from app.scoring.rules.sheets import NO_SEAT
from app.scoring.rules.stages import ALREADY_OPEN, CLOSED, NOT_CLOSED, NOT_OPEN, refuse_scoring
from app.scoring.tables import PanelMember


async def _sheet(question: Question) -> Thing:
    """The scoring of one round: the page of a member with the own sheets, and what comes of it."""
    found = await round_facts(question.id)
    if not _follows(question, found.unit_id):
        raise NotVisible
    unit, stage = found.unit_id, await scored.stage(found)
    seats = frozenset(
        row["account"]
        for row in await PanelMember.raw(
            "SELECT account FROM panel_member WHERE round = {}", found.id
        )
    )
    late = refuse_scoring(stage, question.today)
    return Thing(
        found.name,
        found.code,
        (
            Act(
                N_("Chấm điểm trên phiếu của mình"),
                act("", lambda actor: scoring.may_score(actor, unit)).answers,
                frozenset({unit}),
                lambda actor: late or (None if actor.account_id in seats else NO_SEAT),
            ),
            office_act(
                N_("Mở chấm điểm"),
                scoring.may_run_scoring,
                unit,
                ALREADY_OPEN if stage.opened_at else None,
                depends=True,
            ),
            office_act(N_("Theo dõi tiến độ chấm điểm"), scoring.may_run_scoring, unit),
            office_act(
                N_("Kết thúc chấm điểm và chốt kết quả"),
                scoring.may_run_scoring,
                unit,
                NOT_OPEN if stage.opened_at is None else CLOSED if stage.closed_at else None,
                depends=True,
            ),
            office_act(
                N_("Xem xếp hạng"),
                scoring.has_ranking_page,
                unit,
                None if stage.closed_at else NOT_CLOSED,
            ),
        ),
        accounts=seats,
        url=f"/rounds/{found.id}/score-sheet" if scoring.may_score(question.asker, unit) else "",
    )


def _follows(question: Question, unit_id: int) -> bool:
    asker = question.asker
    return scoring.may_score(asker, unit_id) or scoring.has_ranking_page(asker, unit_id)


async def _session(question: Question) -> Thing:
    round_ = await round_facts(question.id)
    if not may_see_council(question.asker, round_.unit_id):
        raise NotVisible
    record = await council.record(round_)
    if record.session is None:
        raise NotVisible
    return Thing(
        f"{record.session.minutes_number} ({round_.name})",
        show_date(record.session.held_on),
        (
            office_act(N_("Xem kết quả phiên họp"), may_see_council, round_.unit_id),
            office_act(
                N_("Ghi kết quả phiên họp"),
                may_record_result,
                round_.unit_id,
                refuse_recording(
                    today_in_vietnam(record.stage.closed_at) if record.stage.closed_at else None,
                    recorded=True,
                ),
            ),
        ),
        url=f"/rounds/{round_.id}/council-session",
    )


async def _publication(question: Question) -> Thing:
    found = await published.publication(question.id, question.asker)
    unit = found.unit_id
    return Thing(
        found.title,
        f"{found.code}, {found.round_name}",
        (
            act(
                N_("Xem danh sách đã công khai"),
                everybody,
                refusal=None if question.today >= found.first_on else _planned(found.first_on),
            ),
            office_act(N_("Xem các ý kiến đã nhận"), comments.may_read, unit),
            office_act(N_("Xem tên và địa chỉ người gửi ý kiến"), comments.may_see_authors, unit),
            office_act(N_("Kết luận từng ý kiến"), comments.may_publish, unit),
            office_act(
                N_("Gia hạn danh sách"),
                comments.may_publish,
                unit,
                refuse_prolonging(found, question.today),
            ),
            office_act(
                N_("Thu hồi danh sách"),
                comments.may_publish,
                unit,
                refuse_withdrawal(found, question.today),
            ),
        ),
        url=f"/publications/{found.id}",
    )


def _planned(first: date) -> Refusal:
    return Refusal(
        "planned", N_("Danh sách được công khai từ ngày {day}."), {"day": show_date(first)}
    )


# What a round has at most one or few of, with the unit that launched its movement.
_OF_ROUNDS = " JOIN review_round r ON r.id = x.round JOIN movement m ON m.id = r.movement"


async def _find_sheet(text: str, question: Question) -> list[Hit]:
    rows = await ReviewRound.raw(
        "SELECT r.id, r.name, r.code AS note, m.launched_by FROM review_round r"
        " JOIN movement m ON m.id = r.movement ORDER BY r.achievements_to DESC, r.id"
    )
    return with_words(
        (
            Hit(row["id"], row["name"], row["note"])
            for row in rows
            if _follows(question, row["launched_by"])
        ),
        text,
    )


async def _find_session(text: str, question: Question) -> list[Hit]:
    rows = await CouncilSession.raw(
        "SELECT r.id, x.minutes_number AS name, r.name AS note, m.launched_by"
        f" FROM council_session x{_OF_ROUNDS} ORDER BY x.held_on DESC, x.id"
    )
    return with_words(
        (
            Hit(row["id"], row["name"], row["note"])
            for row in rows
            if may_see_council(question.asker, row["launched_by"])
        ),
        text,
    )


async def _find_publication(text: str, question: Question) -> list[Hit]:
    rows = await Publication.raw(
        "SELECT x.id, x.title AS name, x.code || ', ' || r.name AS note, m.launched_by"
        f" FROM publication x{_OF_ROUNDS} ORDER BY x.id DESC"
    )
    return with_words(
        (
            Hit(row["id"], row["name"], row["note"])
            for row in rows
            if comments.may_read(question.asker, row["launched_by"])
        ),
        text,
    )


SHEET = Kind(N_("Việc chấm điểm của đợt xét"), _sheet, _find_sheet)
SESSION = Kind(N_("Biên bản họp Hội đồng"), _session, _find_session)
PUBLICATION = Kind(N_("Danh sách lấy ý kiến"), _publication, _find_publication)
