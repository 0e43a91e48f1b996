from __future__ import annotations

from app.accounts.policy import administered_units
from app.award_history.policy import KEEPS, may_keep
from app.council.policy import may_establish
from app.discipline.policy import may_keep_register
from app.initiatives.policy import may_submit
from app.kernel.abilities import Act, act
from app.kernel.actor import Actor
from app.kernel.period import show_date
from app.kernel.refusal import N_, Refusal
from app.movement.policy import may_plan
from app.nominations.policy import NOMINATE, may_endorse
from app.organization import policy
from app.organization.queries import unit_sheet
from app.organization.queries.asking import has_words, words
from app.organization.rules import UnitFacts
from app.organization.tables import Unit
from app.reports.rights.thing import HITS, Hit, Kind, Question, Thing, everybody, on_reaching


async def _unit(question: Question) -> Thing:
    sheet = await unit_sheet(question.id)
    facts = sheet.facts
    version = facts.version_on(facts.nearest(question.today))
    return Thing(
        version.name if version else facts.code,
        facts.code.upper(),
        (*_of_the_unit(facts), *_of_its_movement(facts.id)),
        url=f"/units/{facts.id}",
    )


def _of_the_unit(unit: UnitFacts) -> tuple[Act, ...]:
    here = frozenset({unit.id})

    ended = None
    if unit.dissolved_on is not None:
        ended = Refusal(
            "dissolved",
            N_("Đơn vị đã kết thúc hoạt động ngày {day} nên không thay đổi được nữa."),
            {"day": show_date(unit.dissolved_on)},
        )

    return (
        act(N_("Xem đơn vị và quá trình của đơn vị"), everybody),
        Act(
            N_("Xem cán bộ của đơn vị"),
            on_reaching(policy.SEES_PEOPLE, unit.id, policy.may_list_people),
            here,
        ),
        Act(
            N_("Đổi tên, sáp nhập, chia tách, giải thể đơn vị"),
            on_reaching(policy.CHANGES_UNITS, unit.id, policy.changes_units),
            here,
            lambda _: ended,
        ),
        act(N_("Xem khen thưởng của đơn vị"), everybody),
        Act(N_("Ghi lịch sử khen thưởng của đơn vị"), on_reaching(KEEPS, unit.id, may_keep), here),
        act(
            N_("Ghi sổ theo dõi kỷ luật của cán bộ đơn vị"),
            lambda actor: may_keep_register(actor, here),
            over=here,
        ),
    )


def _of_its_movement(unit_id: int) -> tuple[Act, ...]:
    here = frozenset({unit_id})

    def nominates(actor: Actor) -> bool:
        return actor.holds_over(unit_id, *NOMINATE)

    return (
        act(N_("Đăng ký thi đua và đề nghị khen thưởng từ đơn vị"), nominates, over=here),
        act(N_("Lập biên bản bình xét của đơn vị"), nominates, over=here),
        act(
            N_("Trình danh sách của đơn vị lên cấp trên"),
            lambda actor: may_endorse(actor, unit_id),
            over=here,
        ),
        act(
            N_("Gửi sáng kiến của đơn vị"),
            lambda actor: may_submit(actor, unit_id, ()),
            over=here,
        ),
        act(
            N_("Phát động phong trào của đơn vị"), lambda actor: may_plan(actor, unit_id), over=here
        ),
        act(
            N_("Ghi việc thành lập Hội đồng"),
            lambda actor: may_establish(actor, unit_id),
            over=here,
        ),
        act(
            N_("Giao vai trò tại đơn vị"),
            lambda actor: unit_id in administered_units(actor),
            over=here,
        ),
    )


async def _find(text: str, question: Question) -> list[Hit]:
    """By code, or by any name it ever had. Units are no secret inside the house."""
    rows = await Unit.raw(
        "SELECT u.id, u.code, (SELECT n.name FROM unit_version n WHERE n.unit = u.id"
        " ORDER BY n.valid_from DESC LIMIT 1) AS name FROM unit u WHERE u.code = {} OR u.id IN"
        " (SELECT v.unit FROM unit_version v WHERE {})"
        f" ORDER BY u.code <> {{}}, u.id LIMIT {HITS + 1}",
        text.lower(),
        has_words("v", words(text) or [""]),
        text.lower(),
    )
    return [Hit(row["id"], row["name"], row["code"].upper()) for row in rows]


UNIT = Kind(N_("Đơn vị"), _unit, _find)
