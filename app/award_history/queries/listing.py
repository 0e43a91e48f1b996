"""All awards a reader sees, newest decision first, searched, filtered and paged by key."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from piccolo.querystring import QueryString

from app.award_history.queries.awards import SELECT, award_from
from app.award_history.rules import METHODS, Award
from app.award_history.tables import AwardRecord
from app.organization.queries.asking import LARGEST_ID, all_of, has_words, seen_through, words
from app.web.paging import Cursor, PageOf

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Empty texts ask for all. `year`: of the decision; `award_form`: its id."""

    search: str = ""
    method: str = ""
    award_form: str = ""
    year: str = ""
    kind: str = ""


async def awards_page(
    wanted: Wanted,
    *,
    reach: Collection[int],
    today: date,
    own_id: int | None = None,
    cursor: Cursor | None = None,
    limit: int = PAGE,
) -> PageOf[Award]:
    """Collectives' awards, and those of people somebody with this `reach` sees; `own_id`: and
    of this person."""
    rows = await AwardRecord.raw(
        f"{SELECT} WHERE {{}} ORDER BY a.decided_on DESC, a.id DESC LIMIT {limit + 1}",
        all_of(
            QueryString("a.removed_at IS NULL"),
            QueryString(
                "(a.person IS NULL OR a.person = {} OR {})", own_id, seen_through(reach, today)
            ),
            *_conditions(wanted),
            *_after(cursor),
        ),
    )
    shown = tuple(award_from(row) for row in rows[:limit])
    more = len(rows) > limit
    return PageOf(shown, Cursor(shown[-1].decided_on.isoformat(), shown[-1].id) if more else None)


def _conditions(wanted: Wanted) -> list[QueryString]:
    found = []
    if wanted.search.strip():
        found.append(
            QueryString(
                "({} OR EXISTS (SELECT FROM unit_version z WHERE z.unit = a.collective AND {})"
                " OR starts_with(lower(a.decision_number), lower({})))",
                has_words("p", words(wanted.search)),
                has_words("z", words(wanted.search)),
                wanted.search.strip(),
            )
        )
    if wanted.method in METHODS:
        found.append(QueryString("a.method = {}", wanted.method))
    if wanted.award_form.isascii() and wanted.award_form.isdigit():
        found.append(QueryString("a.award_form = {}", min(int(wanted.award_form), LARGEST_ID)))
    if wanted.year.isascii() and wanted.year.isdigit() and 1900 <= int(wanted.year) <= 2100:
        first = date(int(wanted.year), 1, 1)
        found.append(
            QueryString("a.decided_on BETWEEN {} AND {}", first, first.replace(month=12, day=31))
        )
    if wanted.kind in ("individual", "collective"):
        found.append(QueryString("(a.person IS NOT NULL) = {}", wanted.kind == "individual"))
    return found


def _after(cursor: Cursor | None) -> list[QueryString]:
    if cursor is None:
        return []
    try:
        day = date.fromisoformat(cursor.key)
    except ValueError:
        return []
    return [QueryString("(a.decided_on, a.id) < ({}, {})", day, cursor.id)]
