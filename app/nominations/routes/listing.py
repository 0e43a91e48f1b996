"""The list of a round, on the page and as a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from litestar import Response, get
from litestar.params import FromPath

from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible
from app.movement.policy import round_tabs
from app.movement.queries import round_facts
from app.movement.rules import SUBJECT_WORDS
from app.nominations import policy, queries, rules
from app.nominations.rules import listing as words
from app.organization.queries import units_matching
from app.sheets.answers import MOST_ROWS, sheet_answer, whole
from app.web.i18n import gettext
from app.web.paging import cursor_from
from app.web.render import AnyRequest, page
from app.web.session import Now, SignedIn

FILTERS = ("q", "subject", "state", "unit", "form", "task", "registered", "sort")
_LIST = "/rounds/{round_id:int}/nominations"
_HEAD = (
    N_("Mã hồ sơ"),
    N_("Loại"),
    N_("Đối tượng"),
    N_("Chức vụ"),
    N_("Đơn vị"),
    N_("Đơn vị đề nghị"),
    N_("Hình thức khen thưởng"),
    N_("Tình trạng"),
    N_("Ngày nộp"),
    N_("Đăng ký thi đua"),
    N_("Điểm tự chấm"),
    N_("Điểm đơn vị chấm"),
    N_("Điểm thẩm định"),
    N_("Số mục chờ bổ sung"),
    N_("Hạn bổ sung"),
)


@get(_LIST)
async def nomination_list(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[str]:
    if not policy.may_list(actor):
        raise NotVisible
    round_ = await round_facts(round_id)
    today = today_in_vietnam(now)
    asked = _asked(request)
    after = cursor_from(request.query_params.get("after", ""))
    found = await queries.nominations_page(
        round_id, actor, today, await _wanted(asked, today), cursor=after
    )
    offered = await queries.offered(round_id, actor)
    here, given = f"/rounds/{round_id}/nominations", _given(asked)
    following = urlencode({**given, "after": str(found.next)}) if found.next else ""
    tasks = policy.list_tasks(actor)
    return page(
        request,
        "nominations/list.html",
        round=round_,
        tab="nominations",
        tabs=round_tabs(actor, round_.unit_id),
        rows=found.rows,
        counts=offered.states,
        award_forms=offered.award_forms,
        asked=asked,
        filtered=any(asked[name] for name in FILTERS if name != "sort"),
        query=urlencode(given),
        today=today,
        state_words=rules.STATE_WORDS,
        subject_words=SUBJECT_WORDS,
        task_words={task: words.TASK_WORDS[task] for task in tasks},
        registered_words=words.REGISTERED_WORDS,
        sort_words=words.SORT_WORDS,
        next_url=f"{here}?{following}" if following else None,
        first_url=f"{here}?{urlencode(given)}" if after else None,
        may_nominate=policy.may_nominate(actor),
        refusal=rules.refuse_nominating(round_.nominations, round_.opening is not None, today),
    )


@get([f"{_LIST}/export.csv", f"{_LIST}/export.xlsx"])
async def nominations_export(
    request: AnyRequest, actor: SignedIn, now: Now, round_id: FromPath[int]
) -> Response[bytes]:
    if not policy.may_list(actor):
        raise NotVisible
    await round_facts(round_id)
    today = today_in_vietnam(now)
    found = await queries.nominations_page(
        round_id, actor, today, await _wanted(_asked(request), today), limit=MOST_ROWS
    )
    # Each word once, not once per line.
    states = {state: gettext(word) for state, word in rules.STATE_WORDS.items()}
    subjects = {subject: gettext(word) for subject, word in SUBJECT_WORDS.items()}
    registered = {True: gettext(N_("Có")), False: gettext(N_("Không"))}
    lines = (
        (
            row.code,
            subjects[row.subject],
            row.name,
            row.post,
            row.unit_name,
            row.nominating_unit_name,
            row.award_form_name,
            states[row.state],
            today_in_vietnam(row.submitted_at) if row.submitted_at else None,
            registered[row.registered],
            row.self_points,
            row.unit_points,
            row.appraisal_points,
            row.asked or None,
            row.due_on,
        )
        for row in whole(found)
    )
    title = N_("Danh sách hồ sơ đề nghị")
    return await sheet_answer(request, title, "ho-so-de-nghi", _HEAD, lines)


async def _wanted(asked: Mapping[str, str], today: date) -> queries.Wanted:
    unit = asked["unit"].strip()
    return queries.Wanted(
        search=asked["q"],
        state=asked["state"],
        subject=asked["subject"],
        award_form=asked["form"],
        task=asked["task"],
        registered=asked["registered"],
        unit_ids=await units_matching(unit, today) if unit else None,
        sort=asked["sort"],
    )


def _asked(request: AnyRequest) -> dict[str, str]:
    """Query parameters as typed, each once, cut to a length no search needs more than."""
    return {name: request.query_params.get(name, "").replace("\x00", "")[:100] for name in FILTERS}


def _given(asked: Mapping[str, str]) -> dict[str, str]:
    """The address says only what was asked."""
    return {name: value for name, value in asked.items() if value}


ROUTES = (nomination_list, nominations_export)
