"""What the council's office does before the council scores, and after it has voted."""

from __future__ import annotations

from datetime import date, timedelta

from app.demo.columns import points_of
from app.demo.performing import Performance, at
from app.nominations import actions as nominations
from app.nominations.actions.items import accept_item, answer_item, ask_item
from app.nominations.actions.opinions import ask_opinion, give_opinion
from app.public_comment import actions as public_comment
from app.public_comment.queries import publication
from app.public_comment.rules import NewComment, NewPublication

_WORD = "Thành tích cụ thể, có số liệu trước và sau, có tài liệu chứng minh."
_QUESTION = "Số liệu ở minh chứng thứ nhất tính từ tháng nào, theo sổ theo dõi nào?"
_ANSWER = "Tính từ 01/12/2024 đến 31/10/2025, theo sổ theo dõi học tập của đơn vị; đã ghi rõ."
_VIEW_ASKED = "Đề nghị cho ý kiến về việc áp dụng sáng kiến của tập thể tại đơn vị mình."
_VIEW = "Đơn vị đã áp dụng từ tháng 6/2025, có hiệu quả; nhất trí đề nghị."
_COMMENTS = (
    (1, "Đề nghị ghi rõ hơn thành tích học tập của cá nhân thứ nhất trong danh sách."),
    (None, "Danh sách rõ ràng, tôi nhất trí."),
)
_HANDLED = (
    ("partly_founded", "Thành tích đã có trong hồ sơ; sẽ ghi đầy đủ hơn ở lần công khai sau."),
    ("unfounded", "Cảm ơn ý kiến; không có nội dung cần xem xét lại."),
)
_VISITS = (34, 21, 17, 9)
_WORKING_DAYS = 4


async def ask(play: Performance) -> None:
    """One thing is sent back and answered, one other unit is asked for its view."""
    day, first = play.story.calendar.appraised_on, play.story.nominees[0]
    appraiser = await play.actor("tham-dinh", day)
    asked = await ask_item(
        play.nominations[first.key],
        f"criterion:{first.evidence[0].criterion}",
        _QUESTION,
        day,
        actor=appraiser,
        now=at(day, 8),
    )
    officer = await play.officer_over(first.nominating_unit, day)
    made = play.nominations[first.key]
    await answer_item(made, asked, _ANSWER, actor=officer, now=at(day, 10))
    await accept_item(made, asked, actor=appraiser, now=at(day, 11))
    collective = next(n for n in play.story.nominees if n.person is None)
    other = next(u for u in play.story.nominating_units if u != collective.nominating_unit)
    made = play.nominations[collective.key]
    opinion = await ask_opinion(made, other, _VIEW_ASKED, day, actor=appraiser, now=at(day, 8))
    await give_opinion(
        made,
        opinion,
        "agree",
        _VIEW,
        actor=await play.officer_over(other, day),
        now=at(day, 13),
    )


async def appraise(play: Performance) -> None:
    day = play.story.calendar.appraised_on
    appraiser = await play.actor("tham-dinh", day)
    for number, nominee in enumerate(play.story.nominees, start=1):
        made = play.nominations[nominee.key]
        await nominations.save_column(
            made,
            "appraisal",
            points_of(play.story, nominee, "appraisal"),
            "",
            0,
            actor=appraiser,
            now=at(day, 14),
        )
        await nominations.attest(made, "G1", True, _WORD, actor=appraiser, now=at(day, 14))
        play.progress("thẩm định", number, len(play.story.nominees))


async def publish(play: Performance) -> int:
    """What the council approved lies open for some working days."""
    first = play.story.calendar.comment.first
    return await public_comment.publish(
        play.round_id,
        NewPublication(
            f"Danh sách đề nghị tặng Giấy khen {play.story.in_words}",
            first,
            _WORKING_DAYS,
            "Văn phòng Viện kiểm sát nhân dân tối cao (bộ phận thi đua - khen thưởng)",
            "approved",
        ),
        actor=await play.actor("thu-ky", first),
        now=at(first, 8),
    )


async def hear_first_voice(play: Performance) -> None:
    """The first evening of an open list: some have looked, one has written."""
    made = await publish(play)
    await _visit(made, play.story.calendar.comment.first, _VISITS[0])
    await _comment(play, made, 0)


async def hear_the_public(play: Performance) -> None:
    """All days of the list; both comments are answered."""
    made, first = await publish(play), play.story.calendar.comment.first
    for days, visits in enumerate(_VISITS):
        await _visit(made, first + timedelta(days=days), visits)
    for number, (conclusion, answer) in enumerate(_HANDLED):
        day = first + timedelta(days=number + 1)
        await public_comment.handle(
            made,
            await _comment(play, made, number),
            conclusion,
            answer,
            actor=await play.actor("thu-ky", day),
            now=at(day, 9),
        )


async def _visit(publication_id: int, day: date, visits: int) -> None:
    for _ in range(visits):
        await public_comment.count_visit(publication_id, day)


async def _comment(play: Performance, publication_id: int, number: int) -> int:
    first = play.story.calendar.comment.first
    code = (await publication(publication_id, await play.actor("thu-ky", first))).code
    about, text = _COMMENTS[number]
    heard = at(first + timedelta(days=number), 20)
    return await public_comment.receive(code, NewComment(about, "", "", text), now=heard)
