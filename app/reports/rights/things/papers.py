"""What units write in a round besides dossiers."""

from __future__ import annotations

from piccolo.querystring import QueryString

from app.kernel.abilities import Act, act
from app.kernel.refusal import N_, Refusal
from app.movement.queries import round_facts
from app.nominations import policy
from app.nominations.queries import minutes, registration
from app.nominations.queries.endorsing_lists import endorsement_list, list_seen_by
from app.nominations.queries.listing_filters import patterns
from app.nominations.queries.minutes import minutes_seen_by
from app.nominations.queries.registrations import seen_by as registration_seen_by
from app.nominations.rules import refuse_nominating
from app.nominations.rules.minutes import refuse_changing_minutes
from app.nominations.rules.registering import refuse_using, refuse_withdrawing
from app.nominations.tables import EndorsementList, PeerReview, Registration
from app.reports.rights.thing import HITS, Hit, Kind, Question, Thing, on_condition, own


async def _registration(question: Question) -> Thing:
    row = await registration(question.id, question.asker)
    round_ = await round_facts(row.round_id)
    opened = round_.opening is not None and round_.award_form is not None
    here = frozenset({row.unit_id})
    which = QueryString("q.id = {}", row.id)

    def changes(name: str, refusal: Refusal | None) -> Act:
        return act(
            name,
            lambda actor: policy.may_change_registration(actor, row),
            over=here,
            refusal=refusal,
        )

    return Thing(
        row.name,
        f"{round_.name}, {row.unit_name}",
        (
            Act(
                N_("Xem đăng ký thi đua"),
                on_condition(Registration, "registration q", which, registration_seen_by),
                here,
            ),
            changes(N_("Rút đăng ký"), refuse_withdrawing(row)),
            changes(
                N_("Lập đề nghị từ đăng ký"),
                refuse_using(row) or refuse_nominating(round_.nominations, opened, question.today),
            ),
        ),
        people=own(row.person_id),
        url=f"/rounds/{row.round_id}/registrations",
    )


async def _minutes(question: Question) -> Thing:
    found = await minutes(question.id, question.asker)
    here = frozenset({found.unit_id})
    which = QueryString("p.id = {}", found.id)
    refusal = refuse_changing_minutes(found.nominees, found.nominations, question.today)
    changes = act(
        N_("Sửa biên bản bình xét"), lambda actor: policy.may_change_minutes(actor, found)
    )
    return Thing(
        found.head.number,
        f"{found.round_name}, {found.unit_name}",
        (
            Act(
                N_("Xem biên bản bình xét"),
                on_condition(PeerReview, "peer_review p", which, minutes_seen_by),
                here,
            ),
            Act(
                changes.name,
                changes.answers,
                here,
                lambda _: refusal,
                # Who sees a part of the votes only is not told what depends on all of them.
                untold=lambda _: not found.whole,
            ),
        ),
        url=f"/peer-reviews/{found.id}",
    )


async def _endorsement(question: Question) -> Thing:
    found = await endorsement_list(question.id, question.asker)
    here = frozenset({found.unit_id})
    which = QueryString("l.id = {}", found.id)
    return Thing(
        found.paper_number or str(found.id),
        found.unit_name,
        (
            Act(
                N_("Xem danh sách trình và tờ trình"),
                on_condition(EndorsementList, "endorsement_list l", which, list_seen_by),
                here,
            ),
            act(
                N_("Thu lại danh sách đã trình"),
                lambda actor: policy.may_endorse(actor, found.unit_id),
                over=here,
                depends=True,
            ),
        ),
        url=f"/endorsement-lists/{found.id}",
    )


async def _find_registration(text: str, question: Question) -> list[Hit]:
    rows = await Registration.raw(
        "SELECT q.id, q.name, r.name || ', ' || q.unit_name AS note FROM registration q"
        " JOIN review_round r ON r.id = q.round WHERE (' ' || q.search_key) LIKE ALL({}::text[])"
        f' AND {{}} ORDER BY q.order_key COLLATE "C", q.id LIMIT {HITS + 1}',
        patterns(text),
        registration_seen_by(question.asker),
    )
    return [Hit(**row) for row in rows]


async def _find_minutes(text: str, question: Question) -> list[Hit]:
    rows = await PeerReview.raw(
        "SELECT p.id, p.number AS name, r.name AS note FROM peer_review p"
        " JOIN review_round r ON r.id = p.round WHERE starts_with(lower(p.number), {}) AND {}"
        f" ORDER BY p.held_on DESC, p.id LIMIT {HITS + 1}",
        text.lower(),
        minutes_seen_by(question.asker),
    )
    return [Hit(**row) for row in rows]


async def _find_endorsement(text: str, question: Question) -> list[Hit]:
    rows = await EndorsementList.raw(
        "SELECT l.id, l.paper_number AS name, r.name AS note FROM endorsement_list l"
        " JOIN review_round r ON r.id = l.round WHERE starts_with(lower(l.paper_number), {})"
        f" AND {{}} ORDER BY l.at DESC, l.id LIMIT {HITS + 1}",
        text.lower(),
        list_seen_by(question.asker),
    )
    return [Hit(**row) for row in rows]


REGISTRATION = Kind(N_("Đăng ký thi đua"), _registration, _find_registration)
MINUTES = Kind(N_("Biên bản bình xét"), _minutes, _find_minutes)
ENDORSEMENT = Kind(N_("Danh sách trình cấp trên"), _endorsement, _find_endorsement)
