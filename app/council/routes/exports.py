"""The recorded result of a session as a file."""

from __future__ import annotations

from litestar import Response, get
from litestar.params import FromPath

from app.council import policy, queries
from app.kernel.refusal import N_, NotVisible
from app.movement.queries import round_facts
from app.movement.rules import SUBJECT_WORDS
from app.sheets.answers import sheet_answer
from app.web.i18n import gettext
from app.web.render import AnyRequest
from app.web.session import SignedIn

_HEAD = (
    N_("Loại"),
    N_("Hạng"),
    N_("Đồng hạng"),
    N_("Mã hồ sơ"),
    N_("Đối tượng"),
    N_("Chức vụ"),
    N_("Đơn vị"),
    N_("Phiếu đồng ý"),
    N_("Tổng số thành viên"),
    N_("Kết quả"),
    N_("Ghi chú"),
)


@get(
    [
        "/rounds/{round_id:int}/council-session/export.csv",
        "/rounds/{round_id:int}/council-session/export.xlsx",
    ]
)
async def result_export(
    request: AnyRequest, actor: SignedIn, round_id: FromPath[int]
) -> Response[bytes]:
    if not policy.may_see_council(actor, (await round_facts(round_id)).unit_id):
        raise NotVisible
    if (held := await queries.session(round_id)) is None:
        raise NotVisible
    rows = (
        (
            gettext(SUBJECT_WORDS[voted.candidate.subject]),
            voted.candidate.rank,
            gettext(N_("Có")) if voted.candidate.tied else "",
            voted.candidate.code,
            voted.candidate.name,
            voted.candidate.post,
            voted.candidate.unit_name,
            voted.agree_votes,
            held.members_total,
            gettext(N_("Đồng ý") if voted.approved else N_("Không đủ phiếu")),
            voted.note,
        )
        for voted in await queries.results(round_id)
    )
    return await sheet_answer(request, N_("Kết quả Hội đồng"), "ket-qua-hoi-dong", _HEAD, rows)


ROUTES = (result_export,)
