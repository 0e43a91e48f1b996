from __future__ import annotations

import re
from functools import partial

from piccolo.querystring import QueryString

from app.award_history import queries as history
from app.award_history.policy import KEEPS, READS_OF_PEOPLE
from app.award_history.queries import Wanted, awards_page
from app.award_history.rules import Award, refuse_removal
from app.award_history.tables import AwardRecord
from app.certificates import policy as certificates
from app.certificates import queries as issued
from app.certificates.queries.register import FROM, seen_by
from app.certificates.tables import Certificate
from app.decisions import policy
from app.decisions.queries import decision
from app.decisions.tables import AwardDecision
from app.kernel.abilities import Act, act
from app.kernel.actor import Actor, Role
from app.kernel.period import show_date
from app.kernel.refusal import N_
from app.organization.queries import reach
from app.organization.queries.asking import seen_through
from app.reports.rights.thing import (
    HITS,
    Hit,
    Kind,
    Question,
    Thing,
    everybody,
    on_condition,
    on_reach,
    on_reaching,
    own,
)
from app.reports.rights.things.movements import office_act


async def _decision(question: Question) -> Thing:
    found = await decision(question.id)
    unit = found.unit_id
    batch = await issued.batch_of(found.id)
    issues = office_act(
        N_("Cấp giấy khen"),
        certificates.may_issue,
        unit,
        certificates.refuse_issue(batch.state if batch else None),
    )
    # How far the issue has come is on the pages of those who see all certificates.
    if not certificates.sees_all(question.asker, unit):
        issues = Act(issues.name, issues.answers, issues.over, untold=everybody)
    return Thing(
        found.number,
        f"{show_date(found.signed_on)}, {found.round_name}",
        (
            act(N_("Xem quyết định đã ban hành"), everybody),
            office_act(N_("Xem quá trình xử lý quyết định"), policy.may_see_history, unit),
            issues,
            office_act(N_("In mọi giấy khen của quyết định"), certificates.may_issue, unit),
        ),
        url=f"/decisions/{found.id}",
    )


async def _certificate(question: Question) -> Thing:
    found = await issued.certificate(question.id, question.asker)
    rows = await Certificate.raw(
        f"SELECT w.launched_by, n.nominating_unit, n.person {FROM} WHERE c.id = {{}}", found.id
    )
    over = frozenset({rows[0]["launched_by"], rows[0]["nominating_unit"]})
    which = QueryString("c.id = {}", found.id)
    sees = on_condition(Certificate, FROM.removeprefix("FROM "), which, seen_by)
    return Thing(
        str(found.data["name"]),
        found.register_number,
        (
            Act(N_("Xem và in giấy khen"), sees, over),
            act(N_("Kiểm tra giấy khen bằng mã trên giấy"), everybody),
        ),
        people=own(rows[0]["person"]),
        url=f"/certificates/{found.id}",
    )


async def _award(question: Question) -> Thing:
    found, _ = await history.award(question.id, question.asker, question.today)
    if found.collective_id is None:
        sees, keeps = await _of_person(found, question)
    else:
        here = frozenset({found.collective_id})
        sees = act(_SEE, everybody)
        keeps = _kept(found, Act("", on_reaching(KEEPS, found.collective_id), here))
    return Thing(
        found.holder_name,
        f"{found.award_form}, {found.decision_number}",
        (sees if found.removal is None else Act(_SEE, keeps.answers, keeps.over), keeps),
        people=own(found.person_id),
        url=f"/awards/{found.id}",
    )


_SEE = N_("Xem khen thưởng")


async def _of_person(found: Award, question: Question) -> tuple[Act, Act]:
    rows = await AwardRecord.raw("SELECT unit FROM posting WHERE person = {}", found.person_id)
    over = frozenset(row["unit"] for row in rows)
    which = QueryString("p.id = {}", found.person_id)

    def condition(itself: bool, actor: Actor, units: frozenset[int]) -> QueryString:
        own_id = actor.person_id if itself else None
        return QueryString("p.id = {} OR {}", own_id, seen_through(units, question.today))

    def reached(itself: bool, roles: tuple[Role, ...]) -> Act:
        return Act(
            _SEE,
            on_reach(AwardRecord, "person p", which, roles, partial(condition, itself)),
            over,
        )

    return reached(True, READS_OF_PEOPLE), _kept(found, reached(False, KEEPS))


def _kept(found: Award, by: Act) -> Act:
    refusal = refuse_removal(found)
    return Act(N_("Đánh dấu ghi nhầm"), by.answers, by.over, lambda _: refusal)


async def _find_decision(text: str, _: Question) -> list[Hit]:
    """`12`, `12/QĐ-VKSTC`, or `12/2025` with the year it was signed in."""
    plain = re.fullmatch(r"0*(\d{1,6})/(\d{4})", text, re.ASCII)
    number = int(plain[1]) if plain else None
    year = int(plain[2]) if plain else None
    rows = await AwardDecision.raw(
        "SELECT d.id, d.number AS name, to_char(d.signed_on, 'DD/MM/YYYY') || ', ' || r.name"
        " AS note FROM award_decision d JOIN review_round r ON r.id = d.round"
        " WHERE starts_with(lower(d.number), {}) OR (d.series_number = {}"
        " AND extract(year FROM d.signed_on)::int = {}::int)"
        f" ORDER BY d.signed_on DESC, d.id LIMIT {HITS + 1}",
        text.lower(),
        number,
        year,
    )
    return [Hit(**row) for row in rows]


async def _find_certificate(text: str, question: Question) -> list[Hit]:
    """By number in the register, by the code on it, or by the name."""
    found = await issued.certificates_page(question.asker, search=text, limit=HITS + 1)
    by_code = await Certificate.raw(
        f"SELECT c.id, n.name, c.register_number AS note {FROM} WHERE c.code = {{}} AND {{}}",
        text.upper(),
        seen_by(question.asker),
    )
    return [Hit(**row) for row in by_code] or [
        Hit(row.id, row.name, row.register_number) for row in found.rows
    ]


async def _find_award(text: str, question: Question) -> list[Hit]:
    """By number of the decision or the holder's name."""
    sees = await reach(question.asker.units_for(*READS_OF_PEOPLE))
    found = await awards_page(
        Wanted(search=text),
        reach=sees,
        today=question.today,
        own_id=question.asker.person_id,
        limit=HITS + 1,
    )
    return [
        Hit(row.id, row.holder_name, f"{row.award_form}, {row.decision_number}")
        for row in found.rows
    ]


DECISION = Kind(N_("Quyết định khen thưởng"), _decision, _find_decision)
CERTIFICATE = Kind(N_("Giấy khen"), _certificate, _find_certificate)
AWARD = Kind(N_("Khen thưởng trong lịch sử"), _award, _find_award)
