"""The lists around dossiers as they are shown, all pages of them, as files."""

from __future__ import annotations

from litestar import Response, get
from litestar.params import FromPath

from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible
from app.kernel.verdict import Outcome
from app.movement.policy import has_tab
from app.movement.queries import round_facts
from app.movement.rules import SUBJECT_WORDS
from app.nominations import policy, queries
from app.nominations.queries import endorsing, endorsing_lists
from app.nominations.queries.appraisal import desk_page
from app.nominations.routes.appraisal import desk_asked
from app.nominations.rules import STATE_WORDS
from app.nominations.rules.warnings_facts import KINDS
from app.sheets.answers import MOST_ROWS, sheet_answer, whole
from app.web.i18n import gettext
from app.web.render import AnyRequest, explain
from app.web.session import Now, SignedIn

_ROUND = "/rounds/{round_id:int}"
_LEVEL = f"{_ROUND}/endorsement/{{unit_id:int}}"
_LIST = "/endorsement-lists/{list_id:int}"
# Each is weighed by the rules, texts compared and all: more would hold up everybody else.
MOST_WARNED = 2000

OUTCOME_WORDS = {
    Outcome.PASS: N_("Đạt"),
    Outcome.FAIL: N_("Không đạt"),
    Outcome.HOLD: N_("Chờ kết luận"),
}
MINUTES_HEAD = (
    N_("Số biên bản"),
    N_("Đơn vị"),
    N_("Ngày họp"),
    N_("Có mặt"),
    N_("Tổng số thành viên"),
    N_("Số đối tượng"),
)
DESK_HEAD = (
    N_("Mã hồ sơ"),
    N_("Đối tượng"),
    N_("Đơn vị"),
    N_("Kết luận G1"),
    N_("Quá hạn bổ sung"),
    N_("Đã trả lời, chờ xem lại"),
    N_("Chờ bổ sung"),
    N_("Hạn gần nhất"),
)
WARNINGS_HEAD = (
    N_("Mã hồ sơ"),
    N_("Loại"),
    N_("Đối tượng"),
    N_("Chức vụ"),
    N_("Đơn vị"),
    N_("Loại lưu ý"),
    N_("Tiêu chí"),
    N_("Lý do"),
    N_("Căn cứ"),
)
WAITING_HEAD = (
    N_("Mã hồ sơ"),
    N_("Loại"),
    N_("Đối tượng"),
    N_("Chức vụ"),
    N_("Đơn vị"),
    N_("Điều kiện"),
    N_("Tự chấm"),
    N_("Đơn vị chấm"),
    N_("Phiếu đồng ý"),
    N_("Có mặt"),
    N_("Từng quay lại"),
)
SENT_HEAD = (
    N_("Số văn bản"),
    N_("Ngày văn bản"),
    N_("Số hồ sơ"),
    N_("Tổng số phiếu"),
    N_("Ngày trình"),
    N_("Người trình"),
    N_("Tình trạng"),
)
LIST_HEAD = (
    N_("Thứ tự"),
    N_("Mã hồ sơ"),
    N_("Đối tượng"),
    N_("Đơn vị"),
    N_("Phiếu đồng ý"),
    N_("Hiện nay"),
    N_("Ghi chú"),
)


@get([f"{_ROUND}/peer-reviews/export.csv", f"{_ROUND}/peer-reviews/export.xlsx"])
async def minutes_export(
    request: AnyRequest, actor: SignedIn, round_id: FromPath[int]
) -> Response[bytes]:
    if not policy.has_minutes(actor):
        raise NotVisible
    await round_facts(round_id)
    found = await queries.minutes_page(round_id, actor, limit=MOST_ROWS)
    rows = (
        (
            row.number,
            row.unit_name,
            row.held_on,
            row.members_present,
            row.members_total,
            row.votes,
        )
        for row in whole(found)
    )
    title = N_("Biên bản bình xét")
    return await sheet_answer(request, title, "bien-ban-binh-xet", MINUTES_HEAD, rows)


@get([f"{_ROUND}/appraisal/export.csv", f"{_ROUND}/appraisal/export.xlsx"])
async def desk_export(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[bytes]:
    if not policy.has_desk(actor):
        raise NotVisible
    await round_facts(round_id)
    asked = desk_asked(request)
    found = await desk_page(
        round_id,
        actor,
        today_in_vietnam(now),
        search=asked["q"],
        state=asked["state"],
        limit=MOST_ROWS,
    )
    words = {True: gettext(N_("đã ghi")), False: gettext(N_("chưa ghi"))}
    rows = (
        (
            row.code,
            row.name,
            row.unit_name,
            words[row.has_word],
            row.overdue,
            row.answered,
            row.waiting,
            row.due_on,
        )
        for row in whole(found)
    )
    return await sheet_answer(request, N_("Bàn thẩm định"), "ban-tham-dinh", DESK_HEAD, rows)


@get([f"{_ROUND}/warnings/export.csv", f"{_ROUND}/warnings/export.xlsx"])
async def warnings_export(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[bytes]:
    """One line for each warning."""
    if not has_tab(actor, "warnings"):
        raise NotVisible
    await round_facts(round_id)
    found = await queries.warned_page(
        round_id,
        actor,
        today_in_vietnam(now),
        kind=request.query_params.get("kind", ""),
        limit=MOST_WARNED,
        look_at=MOST_WARNED,
    )
    rows = [
        (
            row.code,
            gettext(SUBJECT_WORDS[row.subject]),
            row.name,
            row.post,
            row.unit_name,
            gettext(KINDS[warning.kind]),
            warning.about,
            explain(warning.reason),
            warning.reason.source or "",
        )
        for row in whole(found.page, MOST_WARNED)
        for warning in row.warnings
    ]
    return await sheet_answer(request, N_("Lưu ý khi thẩm định"), "luu-y", WARNINGS_HEAD, rows)


@get([f"{_LEVEL}/waiting/export.csv", f"{_LEVEL}/waiting/export.xlsx"])
async def waiting_export(
    request: AnyRequest,
    actor: SignedIn,
    now: Now,
    round_id: FromPath[int],
    unit_id: FromPath[int],
) -> Response[bytes]:
    await _see_level(unit_id, actor)
    round_ = await round_facts(round_id)
    found = await endorsing.waiting_at(
        round_, unit_id, actor, today_in_vietnam(now), limit=MOST_ROWS
    )
    rows = [
        (
            row.code,
            gettext(SUBJECT_WORDS[row.subject]),
            row.name,
            row.post,
            row.unit_name,
            gettext(OUTCOME_WORDS[row.outcome]),
            row.self_points,
            row.unit_points,
            row.agree_votes,
            row.members_present,
            gettext(N_("Có")) if row.returned else "",
        )
        for row in whole(found)
    ]
    return await sheet_answer(request, N_("Hồ sơ chờ trình"), "ho-so-cho-trinh", WAITING_HEAD, rows)


@get([f"{_LEVEL}/sent/export.csv", f"{_LEVEL}/sent/export.xlsx"])
async def sent_export(
    request: AnyRequest, actor: SignedIn, round_id: FromPath[int], unit_id: FromPath[int]
) -> Response[bytes]:
    await _see_level(unit_id, actor)
    await round_facts(round_id)
    rows = [
        (
            sent.paper_number,
            sent.paper_on,
            sent.count,
            sent.votes_total,
            today_in_vietnam(sent.at),
            sent.by,
            gettext(N_("Đã rút lại") if sent.undone_at else N_("Đã trình")),
        )
        for sent in await endorsing_lists.lists_of(round_id, unit_id)
    ]
    title = N_("Danh sách đã trình")
    return await sheet_answer(request, title, "danh-sach-da-trinh", SENT_HEAD, rows)


@get([f"{_LIST}/export.csv", f"{_LIST}/export.xlsx"])
async def list_export(
    request: AnyRequest, actor: SignedIn, list_id: FromPath[int]
) -> Response[bytes]:
    sent = await endorsing_lists.endorsement_list(list_id, actor)
    returned = gettext(N_("đã bị trả lại sau khi trình"))
    rows = [
        (
            row.position,
            row.code,
            row.name,
            row.unit_name,
            row.votes,
            gettext(STATE_WORDS[row.state]),
            "" if row.standing or sent.undone_at else returned,
        )
        for row in whole(await endorsing_lists.list_rows(list_id, actor, limit=MOST_ROWS))
    ]
    title = N_("Hồ sơ trong danh sách")
    return await sheet_answer(request, title, "ho-so-trong-danh-sach", LIST_HEAD, rows)


async def _see_level(unit_id: int, actor: Actor) -> None:
    level = await endorsing.level(unit_id)
    if not has_tab(actor, "endorsement") or not policy.sees_level(actor, level.id):
        raise NotVisible


ROUTES = (
    minutes_export,
    desk_export,
    warnings_export,
    waiting_export,
    sent_export,
    list_export,
)
