"""The office's lists as they are shown, all pages of them, as files."""

from __future__ import annotations

from litestar import Response, get
from litestar.params import FromPath

from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible
from app.movement.queries import round_facts
from app.movement.rules import SUBJECT_WORDS
from app.public_comment import policy, queries
from app.public_comment.rules import CONCLUSIONS
from app.sheets.answers import MOST_ROWS, sheet_answer, whole
from app.web.i18n import gettext
from app.web.render import AnyRequest
from app.web.session import Now, SignedIn

_ROUND = "/rounds/{round_id:int}/public-comment"
_ONE = "/publications/{publication_id:int}"

STATE_WORDS = {
    "planned": N_("Chưa đến ngày"),
    "running": N_("Đang công khai"),
    "ended": N_("Đã kết thúc"),
    "withdrawn": N_("Đã thu hồi"),
}
PUBLICATIONS_HEAD = (
    N_("Danh sách"),
    N_("Số đối tượng"),
    N_("Từ ngày"),
    N_("Đến ngày"),
    N_("Tình trạng"),
    N_("Lượt xem"),
    N_("Phản ánh"),
    N_("Chưa xử lý"),
)
ITEMS_HEAD = (
    N_("Số thứ tự"),
    N_("Loại"),
    N_("Tên"),
    N_("Chức vụ"),
    N_("Đơn vị"),
    N_("Hình thức đề nghị"),
)
COMMENTS_HEAD = (
    N_("Mã phản ánh"),
    N_("Số thứ tự"),
    N_("Đối tượng"),
    N_("Ngày gửi"),
    N_("Nội dung"),
    N_("Kết luận"),
    N_("Nội dung xử lý"),
    N_("Người xử lý"),
    N_("Ngày xử lý"),
)
AUTHOR_HEAD = (N_("Người gửi"), N_("Liên hệ"))


@get([f"{_ROUND}/export.csv", f"{_ROUND}/export.xlsx"])
async def publications_export(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[bytes]:
    if not policy.may_read(actor, (await round_facts(round_id)).unit_id):
        raise NotVisible
    today = today_in_vietnam(now)
    rows = [
        (
            row.title,
            row.items,
            row.first_on,
            row.last_on,
            gettext(STATE_WORDS[row.state(today)]),
            row.visits,
            row.comments,
            row.open_comments,
        )
        for row in await queries.publications_of(round_id)
    ]
    title = N_("Các danh sách đã công khai")
    return await sheet_answer(request, title, "danh-sach-cong-khai", PUBLICATIONS_HEAD, rows)


@get([f"{_ONE}/list/export.csv", f"{_ONE}/list/export.xlsx"])
async def items_export(
    request: AnyRequest, actor: SignedIn, publication_id: FromPath[int]
) -> Response[bytes]:
    await queries.publication(publication_id, actor)
    rows = [
        (
            item.position,
            gettext(SUBJECT_WORDS[item.subject]),
            item.name,
            item.post,
            item.unit_name,
            item.award_form,
        )
        for item in whole(await queries.items_page(publication_id, limit=MOST_ROWS))
    ]
    title = N_("Danh sách lấy ý kiến")
    return await sheet_answer(request, title, "danh-sach-lay-y-kien", ITEMS_HEAD, rows)


@get([f"{_ONE}/comments/export.csv", f"{_ONE}/comments/export.xlsx"])
async def comments_export(
    request: AnyRequest, actor: SignedIn, publication_id: FromPath[int]
) -> Response[bytes]:
    """Who spoke has columns only for who may know it, as on the page."""
    publication = await queries.publication(publication_id, actor)
    found = await queries.comments_page(publication_id, actor, limit=MOST_ROWS)
    sees_authors = policy.may_see_authors(actor, publication.unit_id)
    everybody = gettext(N_("cả danh sách"))
    rows = [
        (
            f"PA-{comment.id}",
            comment.position,
            comment.name if comment.position else everybody,
            today_in_vietnam(comment.at),
            comment.text,
            gettext(CONCLUSIONS[comment.conclusion] if comment.conclusion else N_("Chưa xử lý")),
            comment.answer,
            comment.answered_by,
            today_in_vietnam(comment.answered_at) if comment.answered_at else None,
            *((comment.author, comment.contact) if sees_authors else ()),
        )
        for comment in whole(found)
    ]
    head = (*COMMENTS_HEAD, *(AUTHOR_HEAD if sees_authors else ()))
    return await sheet_answer(request, N_("Phản ánh"), "phan-anh", head, rows)


ROUTES = (publications_export, items_export, comments_export)
