"""The frozen ranking as a file: what its page shows, and the document it can be recomputed from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from litestar import MediaType, Response, get
from litestar.params import FromPath

from app.kernel.refusal import N_, NotVisible
from app.movement.queries import round_facts
from app.movement.rules import SUBJECTS, RoundFacts
from app.scoring import policy, queries
from app.scoring.queries import Barred
from app.scoring.rules.standing import standings, why_unranked
from app.sheets.answers import MOST_ROWS, sheet_answer, whole
from app.sheets.writing import Cell
from app.web.i18n import gettext
from app.web.render import AnyRequest, explain
from app.web.session import SignedIn

_HEAD = (
    N_("Hạng"),
    N_("Đồng hạng"),
    N_("Mã hồ sơ"),
    N_("Đối tượng"),
    N_("Đơn vị"),
    N_("Điểm"),
    N_("Số phiếu"),
    N_("Tình trạng"),
    N_("Lý do"),
)


@get("/rounds/{round_id:int}/ranking/{subject:str}/export.json")
async def export(
    actor: SignedIn, round_id: FromPath[int], subject: FromPath[str]
) -> Response[bytes]:
    if subject not in SUBJECTS:
        raise NotVisible
    round_ = await round_facts(round_id)
    document = await queries.export(round_, subject, actor)
    return Response(
        document,
        media_type=MediaType.JSON,
        headers={
            "Content-Disposition": f'attachment; filename="{_filename(round_, subject)}.json"',
            "Cache-Control": "no-store",
        },
    )


@get(
    [
        "/rounds/{round_id:int}/ranking/{subject:str}/export.csv",
        "/rounds/{round_id:int}/ranking/{subject:str}/export.xlsx",
    ]
)
async def ranking_export(
    request: AnyRequest, actor: SignedIn, round_id: FromPath[int], subject: FromPath[str]
) -> Response[bytes]:
    """Both lists of the page: the ranked, and below them those who took no part."""
    if subject not in SUBJECTS:
        raise NotVisible
    round_ = await round_facts(round_id)
    if not policy.may_see_ranking(actor, round_.unit_id, await queries.stage(round_)):
        raise NotVisible
    barred = whole(await queries.barred(round_id, subject, limit=MOST_ROWS))
    head: tuple[str, ...] = _HEAD
    nothing: tuple[Cell, ...] = ()
    if queries.phase_of(round_):
        head, nothing = (*_HEAD, N_("Kết quả các năm")), (None,)
    rows = [*await _ranked(round_, subject), *((*_barred_row(row), *nothing) for row in barred)]
    return await sheet_answer(request, N_("Xếp hạng"), _filename(round_, subject), head, rows)


async def _ranked(round_: RoundFacts, subject: str) -> list[tuple[Cell, ...]]:
    stored = (await queries.rankings(round_.id)).get(subject)
    found = standings(stored.document()) if stored else ()
    names = await queries.named(round_.id, [row.code for row in found])
    ids = [candidate.id for candidate in names.values()]
    unmeasured = await queries.unmeasured(round_.sets[subject], ids)
    cited = await queries.cited_results(round_, ids)
    assert round_.opening is not None  # noqa: S101 - nothing is ranked before the round opens
    least = round_.opening.protocol["min_members"]
    return [
        (
            row.rank,
            gettext(N_("Có")) if row.tied else "",
            row.code,
            names[row.code].name,
            names[row.code].unit_name,
            Decimal(row.value) if row.value else None,
            row.sheets,
            gettext(N_("Chưa xếp hạng") if row.rank is None else N_("Được xếp hạng")),
            explain(why_unranked(row.sheets, least, unmeasured.get(names[row.code].id, ())))
            if row.rank is None
            else "",
            *((cited[names[row.code].id].value,) if cited else ()),
        )
        for row in found
    ]


def _barred_row(row: Barred) -> tuple[Cell, ...]:
    status = gettext(N_("Không tham gia xếp hạng"))
    reasons = "; ".join(_reasons(row))
    return (None, "", row.code, row.name, row.unit_name, None, None, status, reasons)


def _reasons(row: Barred) -> Iterator[str]:
    for gate, verdict in row.gates.items():
        yield f"{gate}: {' '.join(explain(reason) for reason in verdict.reasons)}"


def _filename(round_: RoundFacts, subject: str) -> str:
    """A round's code is ours, but a header takes only plain letters."""
    code = "".join(c for c in round_.code if c.isascii() and (c.isalnum() or c in "-_"))
    return f"{code}-{subject}"


ROUTES = (export, ranking_export)
