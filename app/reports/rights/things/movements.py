from __future__ import annotations

from collections.abc import Callable

from app.kernel.abilities import Act, act
from app.kernel.actor import Actor
from app.kernel.refusal import N_, Refusal
from app.movement import policy
from app.movement.queries import movement, round_facts
from app.movement.queries.criteria import criteria_set
from app.movement.rules import SUBJECT_WORDS, RoundFacts, refuse_opening
from app.movement.rules.building import refuse_building
from app.movement.tables import CriteriaSet, Movement, ReviewRound
from app.nominations.policy import may_freeze, may_nominate
from app.nominations.rules import refuse_nominating
from app.reports.rights.rounds import tab_acts
from app.reports.rights.thing import Hit, Kind, Question, Thing, everybody, with_words
from app.web.i18n import gettext


def office_act(
    name: str,
    may: Callable[[Actor, int], bool],
    unit_id: int,
    refusal: Refusal | None = None,
    *,
    depends: bool = False,
) -> Act:
    """Of the unit that launched the movement."""
    return act(
        name,
        lambda actor: may(actor, unit_id),
        over=frozenset({unit_id}),
        refusal=refusal,
        depends=depends,
    )


async def _movement(question: Question) -> Thing:
    found = await movement(question.id)
    plan = policy.may_plan
    return Thing(
        found.name,
        found.code,
        (
            act(N_("Xem phong trào và các đợt xét"), everybody),
            office_act(N_("Sửa phong trào, căn cứ và các mốc hằng năm"), plan, found.unit_id),
            office_act(N_("Ghi đơn vị tham gia phong trào"), plan, found.unit_id),
            office_act(N_("Lập đợt xét mới"), plan, found.unit_id),
            office_act(N_("Lập bộ tiêu chí mới"), policy.may_build_criteria, found.unit_id),
        ),
        url=f"/movements/{found.id}",
    )


async def _round(question: Question) -> Thing:
    found = await round_facts(question.id)
    unit = found.unit_id
    opened = found.opening is not None and found.award_form is not None
    return Thing(
        found.name,
        found.code,
        (
            *tab_acts(frozenset({unit})),
            act(
                N_("Đề nghị khen thưởng trong đợt xét"),
                may_nominate,
                refusal=refuse_nominating(found.nominations, opened, question.today),
            ),
            office_act(N_("Sửa đợt xét, lịch và quy tắc chấm"), policy.may_plan, unit),
            office_act(N_("Mở đợt xét"), policy.may_open_round, unit, refuse_opening(found)),
            office_act(
                N_("Chỉnh bộ tiêu chí sau khi mở"),
                policy.may_build_criteria,
                unit,
                _not_open(found),
                depends=True,
            ),
            office_act(
                N_("Chốt điều kiện của các hồ sơ"), may_freeze, unit, _not_open(found), depends=True
            ),
        ),
        url=f"/rounds/{found.id}",
    )


def _not_open(found: RoundFacts) -> Refusal | None:
    if found.opening is not None:
        return None
    return Refusal("round-not-open", N_("Đợt xét chưa được mở; tiêu chí chưa được chốt."))


async def _criteria(question: Question) -> Thing:
    found = await criteria_set(question.id)
    return Thing(
        f"{found.facts.name} ({found.facts.version})",
        f"{gettext(SUBJECT_WORDS[found.facts.subject])}, {found.movement_name}",
        (
            act(N_("Xem bộ tiêu chí"), everybody),
            office_act(
                N_("Sửa tiêu chí, điểm và thang điểm"),
                policy.may_build_criteria,
                found.unit_id,
                refuse_building(found.use),
            ),
            office_act(
                N_("Lập phiên bản mới từ bộ tiêu chí"), policy.may_build_criteria, found.unit_id
            ),
        ),
        url=f"/criteria-sets/{question.id}",
    )


async def _find_movement(text: str, _: Question) -> list[Hit]:
    rows = await Movement.raw(
        "SELECT id, name, code AS note FROM movement ORDER BY launched_on, id"
    )
    return with_words((Hit(**row) for row in rows), text)


async def find_round(text: str, _: Question) -> list[Hit]:
    rows = await ReviewRound.raw(
        "SELECT id, name, code AS note FROM review_round ORDER BY achievements_to DESC, id"
    )
    return with_words((Hit(**row) for row in rows), text)


async def _find_criteria(text: str, _: Question) -> list[Hit]:
    rows = await CriteriaSet.raw(
        "SELECT s.id, s.name || ' (' || s.version || ')' AS name, m.name AS note"
        " FROM criteria_set s JOIN movement m ON m.id = s.movement ORDER BY s.id DESC"
    )
    return with_words((Hit(**row) for row in rows), text)


MOVEMENT = Kind(N_("Phong trào"), _movement, _find_movement)
ROUND = Kind(N_("Đợt xét"), _round, find_round)
CRITERIA = Kind(N_("Bộ tiêu chí"), _criteria, _find_criteria)
