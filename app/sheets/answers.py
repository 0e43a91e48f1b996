"""A list as it is shown, all pages of it, as a file; the path asked for ends in its kind."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TypeVar

from litestar import Response

from app.kernel.refusal import N_, Refusal, Refused
from app.sheets.writing import MEDIA_TYPES, Cell, write_sheet
from app.web.i18n import gettext
from app.web.paging import PageOf
from app.web.render import AnyRequest

MOST_ROWS = 100_000  # of one sheet; more would keep the reader waiting for minutes

Row = TypeVar("Row")


def whole(found: PageOf[Row], most: int = MOST_ROWS) -> tuple[Row, ...]:
    """All rows, which were asked for with the limit `most`: a list cut short would mislead."""
    if found.next is not None:
        raise Refused(
            Refusal(
                "export-too-long",
                N_("Danh sách có hơn {n} dòng. Vui lòng lọc bớt rồi xuất từng phần."),
                {"n": most},
            )
        )
    return found.rows


async def sheet_answer(
    request: AnyRequest,
    title: str,
    filename: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
) -> Response[bytes]:
    """`title` and `head` are gettext ids; `filename` has plain letters only and no ending."""
    kind = request.url.path.rpartition(".")[2]
    words = [gettext(text) for text in head]
    # Thousands of rows take a second to write: others must not wait for it.
    content = await asyncio.to_thread(write_sheet, kind, gettext(title), words, rows)
    headers = {
        "Content-Disposition": f'attachment; filename="{filename}.{kind}"',
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=MEDIA_TYPES[kind], headers=headers)
