from __future__ import annotations

from app.accounts import policy as accounts_policy
from app.kernel.abilities import Ability, Question
from app.kernel.refusal import N_
from app.organization import policy
from app.reports.rights.anywhere import anybody, anywhere


async def units(question: Question) -> tuple[Ability, ...]:
    subject = question.subject
    return (
        anywhere(subject, N_("Xem cây đơn vị"), anybody),
        anywhere(subject, N_("Thay đổi đơn vị"), policy.changes_units),
        anywhere(subject, N_("Xem danh sách cán bộ"), policy.may_list_people),
    )


async def accounts(question: Question) -> tuple[Ability, ...]:
    subject = question.subject
    return (
        anywhere(subject, N_("Đổi mật khẩu và quản lý phiên làm việc của mình"), anybody),
        anywhere(
            subject, N_("Tạo, khóa tài khoản và giao vai trò"), accounts_policy.may_administer
        ),
        anywhere(
            subject,
            N_("Hỏi quyền của tài khoản khác"),
            lambda actor: accounts_policy.may_ask_about(actor, -1),
        ),
    )
