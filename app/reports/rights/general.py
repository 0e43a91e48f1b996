"""What needs no single thing: lists, and things that do not exist yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.accounts import policy as accounts
from app.audit.policy import may_read_log
from app.award_history import policy as history
from app.certificates import policy as certificates
from app.council.policy import may_establish, may_record_result
from app.decisions import policy as decisions
from app.discipline import policy as discipline
from app.imports.policy import may_import
from app.imports.rules.kinds import KINDS as IMPORTED
from app.initiatives.policy import may_submit
from app.kernel.abilities import Act, act
from app.kernel.actor import Actor, Role
from app.kernel.refusal import N_
from app.movement import policy as movement
from app.movement.tables import Movement
from app.nominations import policy as nominations
from app.organization import policy as organization
from app.public_comment.policy import may_publish
from app.reports.rights.rounds import tab_acts
from app.reports.rights.thing import Kind, Question, Thing, everybody
from app.scoring.policy import may_run_scoring

_IMPORTS = {
    "units": N_("Nhập đơn vị từ tệp"),
    "people": N_("Nhập cán bộ từ tệp"),
    "postings": N_("Nhập quá trình công tác từ tệp"),
    "classifications": N_("Nhập xếp loại hằng năm từ tệp"),
    "pipeline": N_("Nhập quy hoạch từ tệp"),
    "absences": N_("Nhập thời gian vắng mặt từ tệp"),
    "accounts": N_("Nhập tài khoản từ tệp"),
}


async def launching_units() -> frozenset[int]:
    """An office role over one of them is of use in its rounds."""
    rows = await Movement.raw("SELECT DISTINCT launched_by FROM movement")
    return frozenset(row["launched_by"] for row in rows)


def _in_any(may: Callable[[Actor, int], bool], units: frozenset[int], actor: Actor) -> bool:
    return any(may(actor, unit) for unit in units)


def _in_rounds(name: str, may: Callable[[Actor, int], bool], units: frozenset[int]) -> Act:
    """Whether it may be done in the movements of at least one of the units."""
    return act(name, partial(_in_any, may, units), over=units)


def _over_own(name: str, may: Callable[[Actor, int], bool]) -> Act:
    """Whether it may be done for at least one unit."""
    return act(name, lambda actor: _in_any(may, actor.units_for(*Role), actor), over=frozenset({0}))


async def _rounds(_: Question) -> Thing:
    units = await launching_units()
    return Thing(
        "",
        "",
        (
            act(N_("Phát động phong trào"), movement.may_launch),
            _in_rounds(N_("Lập đợt xét, lịch và quy tắc chấm"), movement.may_plan, units),
            _in_rounds(N_("Xây dựng tiêu chí"), movement.may_build_criteria, units),
            _in_rounds(N_("Mở đợt xét"), movement.may_open_round, units),
            act(N_("Đăng ký thi đua, đề nghị khen thưởng"), nominations.may_nominate),
            act(N_("Lập biên bản bình xét"), nominations.may_nominate),
            _in_rounds(N_("Mở và chốt chấm điểm"), may_run_scoring, units),
            _over_own(N_("Ghi việc thành lập Hội đồng"), may_establish),
            _in_rounds(N_("Ghi kết quả họp Hội đồng"), may_record_result, units),
            _in_rounds(N_("Công khai danh sách lấy ý kiến"), may_publish, units),
            *tab_acts(units),
        ),
    )


async def _awards(_: Question) -> Thing:
    units = await launching_units()
    return Thing(
        "",
        "",
        (
            act(N_("Xem quyết định đã ban hành"), everybody),
            _in_rounds(N_("Lập và ban hành quyết định"), decisions.may_decide, units),
            _in_rounds(N_("Cấp giấy khen"), certificates.may_issue, units),
            _in_rounds(N_("In mọi giấy khen của một quyết định"), certificates.may_issue, units),
            act(
                N_("Xem và in giấy khen của đơn vị"),
                lambda actor: (
                    _in_any(certificates.sees_all, units, actor)
                    or bool(certificates.reach(actor).units)
                ),
                over=units | {0},
            ),
            act(
                N_("Xem và in giấy khen của chính mình"),
                lambda actor: (
                    _in_any(certificates.sees_all, units, actor) or actor.person_id is not None
                ),
                over=units,
            ),
            act(N_("Xem danh sách khen thưởng"), history.may_list),
            act(N_("Ghi lịch sử khen thưởng"), history.may_keep),
        ),
    )


async def _people(_: Question) -> Thing:
    return Thing(
        "",
        "",
        (
            act(N_("Xem cây đơn vị"), everybody),
            act(N_("Lập, thay đổi đơn vị"), organization.changes_units),
            act(N_("Xem danh sách cán bộ"), organization.may_list_people),
            _over_own(N_("Gửi sáng kiến của đơn vị"), lambda a, unit: may_submit(a, unit, ())),
            *(
                act(label, partial(may_import, kind=kind))
                for kind, label in _IMPORTS.items()
                if kind in IMPORTED
            ),
        ),
    )


async def _accounts(_: Question) -> Thing:
    return Thing(
        "",
        "",
        (
            act(N_("Đổi mật khẩu và quản lý phiên làm việc của mình"), everybody),
            act(N_("Tạo, khóa tài khoản và giao vai trò"), accounts.may_administer),
            act(
                N_("Hỏi quyền của tài khoản khác"),
                lambda actor: accounts.may_ask_about(actor, -1),
            ),
            act(N_("Nhận lịch và lời nhắc của mình"), everybody),
        ),
    )


async def _discipline(_: Question) -> Thing:
    """Of the roles only: whether anybody has a case is not said by a page on rights."""

    def keeps(actor: Actor) -> bool:
        return discipline.may_keep_register(actor, actor.units_for(*Role))

    return Thing(
        "",
        "",
        (
            act(N_("Ghi và sửa sổ theo dõi kỷ luật"), keeps, over=frozenset({0})),
            _over_own(
                N_("Xem nội dung vụ việc kỷ luật của người khác"),
                lambda actor, unit: discipline.may_read_details(actor, unit, 0),
            ),
            act(
                N_("Xem nội dung vụ việc kỷ luật của chính mình"),
                lambda actor: actor.person_id is not None,
            ),
        ),
    )


async def _log(question: Question) -> Thing:
    return Thing("", "", (act(N_("Đọc nhật ký"), may_read_log, over=question.asker.top),))


ROUNDS = Kind(N_("Phong trào và đợt xét"), _rounds)
AWARDS = Kind(N_("Quyết định, giấy khen, khen thưởng"), _awards)
PEOPLE = Kind(N_("Đơn vị, cán bộ, nhập dữ liệu"), _people)
ACCOUNTS = Kind(N_("Tài khoản và vai trò"), _accounts)
DISCIPLINE = Kind(N_("Theo dõi kỷ luật"), _discipline)
LOG = Kind(N_("Nhật ký"), _log)
