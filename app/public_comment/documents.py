"""The result of a public comment on paper: days, visits, what was said and how it was handled.

Names and contacts of those who wrote are not printed: the paper travels further than the office.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.kernel.period import in_words, show_date, show_moment
from app.kernel.vietnamese import tidy
from app.public_comment.rules import CONCLUSIONS
from app.web import paper


@dataclass(frozen=True, slots=True)
class PrintedComment:
    number: int
    position: int | None
    name: str
    text: str
    at: datetime
    conclusion: str | None
    answer: str


@dataclass(frozen=True, slots=True)
class ResultData:
    """`agency`: whose council; `skipped`: days that did not count, with their names."""

    agency: str
    place: str
    drawn_on: date
    title: str
    round_name: str
    first_on: date
    last_on: date
    working_days: int
    skipped: tuple[tuple[date, str], ...]
    items: int
    visits: tuple[tuple[date, int], ...]
    comments: tuple[PrintedComment, ...]

    @property
    def visits_total(self) -> int:
        return sum(count for _, count in self.visits)

    @property
    def handled(self) -> int:
        return sum(comment.conclusion is not None for comment in self.comments)


def render_result(data: ResultData) -> bytes:
    """Equal input gives equal bytes."""
    return paper.write(
        "public_comment/_print_result.html",
        "public_comment/result.css",
        data=data,
        day=in_words(data.drawn_on),
        conclusions=CONCLUSIONS,
        date=show_date,
        moment=show_moment,
        skipped=_in_words(data.skipped),
        t=tidy,
    )


def _in_words(skipped: Sequence[tuple[date, str]]) -> str:
    """Holidays by name; weekends need no naming."""
    return "; ".join(f"{show_date(day)} ({name})" for day, name in skipped if name)
