"""The list of accounts as its administrator sees it, as a file."""

from __future__ import annotations

from litestar import Response, get

from app.accounts import queries
from app.accounts.routes.administering import asks_roleless, reach_of, searched
from app.accounts.rules import HeldRole
from app.kernel.actor import ROLE_WORDS
from app.kernel.refusal import N_
from app.sheets.answers import MOST_ROWS, sheet_answer, whole
from app.web.i18n import gettext
from app.web.render import AnyRequest
from app.web.session import Now, SignedIn

_HEAD = (
    N_("Tên đăng nhập"),
    N_("Họ và tên"),
    N_("Vai trò hôm nay"),
    N_("Xác thực hai bước"),
    N_("Tình trạng"),
)


@get(["/accounts/export.csv", "/accounts/export.xlsx"])
async def accounts_export(request: AnyRequest, actor: SignedIn, now: Now) -> Response[bytes]:
    reach = await reach_of(actor, now)
    found = await queries.accounts_page(
        reach, search=searched(request), roleless=asks_roleless(request), limit=MOST_ROWS
    )
    rows = (
        (
            row.login,
            row.name,
            "; ".join(map(_role, row.roles)),
            gettext(N_("Đang bật") if row.protected else N_("Đang tắt")),
            gettext(N_("Hoạt động") if row.active else N_("Đã khóa")),
        )
        for row in whole(found)
    )
    return await sheet_answer(request, N_("Danh sách tài khoản"), "tai-khoan", _HEAD, rows)


def _role(role: HeldRole) -> str:
    return f"{gettext(ROLE_WORDS[role.role])}, {role.unit_name}"


ROUTES = (accounts_export,)
