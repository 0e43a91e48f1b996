from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from piccolo.querystring import QueryString

from app.award_history.policy import KEEPS, READS_OF_PEOPLE
from app.discipline.policy import may_keep_register
from app.discipline.queries import units_of
from app.kernel.abilities import Act, act
from app.kernel.actor import Actor, Role
from app.kernel.refusal import N_
from app.nominations.policy import NOMINATE
from app.organization import policy
from app.organization.queries import person_sheet, reach
from app.organization.queries.asking import has_words, seen_through, words
from app.organization.tables import Person
from app.reports.rights.thing import HITS, Hit, Kind, Question, Thing, on_reach

_RECORDS = {
    "postings": N_("Ghi quá trình công tác"),
    "classifications": N_("Ghi xếp loại hằng năm"),
    "pipeline": N_("Ghi quy hoạch"),
    "absences": N_("Ghi thời gian vắng mặt dài ngày"),
}


async def _person(question: Question) -> Thing:
    """As the page of the person: whoever cannot open it learns nothing here."""
    sees = await reach(question.asker.units_for(*policy.SEES_PEOPLE))
    sheet = await person_sheet(
        question.id, own_id=question.asker.person_id, reach=sees, today=question.today
    )
    # Whether there is a case is not asked: only who would keep one.
    here = await units_of(sheet.id, question.today)
    now = {line.unit_id for line in sheet.postings if question.today in line.period}
    reached = partial(_reached, sheet.id, question)
    return Thing(
        sheet.full_name,
        sheet.staff_code,
        (
            reached(N_("Xem trang cán bộ"), policy.SEES_PEOPLE, here, itself=True),
            reached(N_("Xem ngày sinh"), policy.SEES_BIRTH_DATES, here, itself=True),
            *(reached(label, policy.KEEPS_RECORDS[kind], here) for kind, label in _RECORDS.items()),
            reached(N_("Xem lịch sử khen thưởng"), READS_OF_PEOPLE, here, itself=True),
            reached(N_("Ghi lịch sử khen thưởng"), KEEPS, here),
            act(
                N_("Đăng ký thi đua và đề nghị khen thưởng"),
                lambda actor: any(actor.holds_over(unit, *NOMINATE) for unit in now),
                over=frozenset(now),
            ),
            act(
                N_("Ghi sổ theo dõi kỷ luật"),
                lambda actor: may_keep_register(actor, here),
                over=here,
            ),
        ),
        people=frozenset({sheet.id}),
        url=f"/people/{sheet.id}",
    )


def _reached(
    person_id: int,
    question: Question,
    name: str,
    roles: Sequence[Role],
    over: frozenset[int],
    *,
    itself: bool = False,
) -> Act:
    """What the pages of a person are loaded on; `itself`: the person too."""

    def condition(actor: Actor, units: frozenset[int]) -> QueryString:
        own = actor.person_id if itself else None
        return QueryString("p.id = {} OR {}", own, seen_through(units, question.today))

    which = QueryString("p.id = {}", person_id)
    return Act(name, on_reach(Person, "person p", which, roles, condition), over)


async def _find(text: str, question: Question) -> list[Hit]:
    sees = await reach(question.asker.units_for(*policy.SEES_PEOPLE))
    rows = await Person.raw(
        "SELECT p.id, p.full_name AS name, p.staff_code AS note FROM person p"
        " WHERE ({} OR p.staff_code = {}) AND (p.id = {} OR {})"
        f' ORDER BY p.staff_code <> {{}}, p.order_key COLLATE "C", p.id LIMIT {HITS + 1}',
        has_words("p", words(text) or [""]),
        text.upper(),
        question.asker.person_id,
        seen_through(sees, question.today),
        text.upper(),
    )
    return [Hit(**row) for row in rows]


PERSON = Kind(N_("Cán bộ"), _person, _find)
