"""What recognised initiatives measure. None recognised is a true zero: the register is complete."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.initiatives.rules import SCOPES, WHOLE
from app.initiatives.tables import Initiative
from app.kernel.indicators import Indicator, Measurable, Measured, MeasuredRow
from app.kernel.period import show_date
from app.kernel.refusal import N_

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class _Found:
    """An initiative recognised in the period; `share` (per cent) only of a person's own."""

    code: str
    title: str
    share: Decimal | None
    scopes: frozenset[str]
    replicable: bool
    number: str
    recognised_on: date


async def recognised(nominees: Sequence[Measurable]) -> Mapping[int, Measured]:
    return await _summed(nominees, lambda found: _ONE)


async def replicable(nominees: Sequence[Measurable]) -> Mapping[int, Measured]:
    return await _summed(nominees, lambda found: _ONE if found.replicable else Decimal(0))


async def shares(nominees: Sequence[Measurable]) -> Mapping[int, Measured]:
    """Whole initiatives: 60 % of one and all of another are 1.6."""
    return await _summed(nominees, lambda found: (found.share or Decimal(0)) / WHOLE)


async def widest_scope(nominees: Sequence[Measurable]) -> Mapping[int, Measured]:
    """1 base, 2 sector or province, 3 nationwide; 0 without any."""
    measured = {}
    for nominee, own in (await _recognised(nominees)).items():
        rows = tuple(_row(found, _rank(found)) for found in own)
        widest = max((_rank(found) for found in own), default=Decimal(0))
        measured[nominee] = Measured(widest, rows)
    return measured


async def _summed(
    nominees: Sequence[Measurable], amount: Callable[[_Found], Decimal]
) -> Mapping[int, Measured]:
    measured = {}
    for nominee, own in (await _recognised(nominees)).items():
        rows = tuple(_row(found, amount(found)) for found in own)
        measured[nominee] = Measured(
            sum((row.amount or Decimal(0) for row in rows), Decimal(0)), rows
        )
    return measured


async def _recognised(nominees: Sequence[Measurable]) -> Mapping[int, tuple[_Found, ...]]:
    """By an author, or held by the collective or a unit below it; one statement for all."""
    rows = await Initiative.raw(
        "WITH RECURSIVE asked AS (SELECT * FROM"
        " unnest({}::int[], {}::int[], {}::int[], {}::date[], {}::date[])"
        " AS a (id, person, collective, first, last)),"
        " own AS (SELECT id, collective AS unit, first, last FROM asked"
        " WHERE collective IS NOT NULL"
        " UNION SELECT o.id, v.unit, o.first, o.last FROM own o JOIN unit_version v"
        " ON v.parent = o.unit AND v.valid_from <= o.last"
        " AND (v.valid_to IS NULL OR v.valid_to >= o.first)),"
        " held AS (SELECT a.id, a.first, a.last, w.initiative, w.share FROM asked a"
        " JOIN initiative_author w ON w.person = a.person"
        " UNION ALL SELECT o.id, o.first, o.last, i.id, NULL FROM own o"
        " JOIN initiative i ON i.unit = o.unit)"
        " SELECT h.id, h.initiative, h.share, i.code, i.title, r.scope, r.number,"
        " r.recognised_on, r.replicable FROM held h JOIN initiative i ON i.id = h.initiative"
        " JOIN initiative_recognition r ON r.initiative = i.id"
        " AND r.recognised_on BETWEEN h.first AND h.last"
        " ORDER BY h.id, i.code, r.recognised_on, r.id",
        [n.id for n in nominees],
        [n.person_id for n in nominees],
        [n.collective_id for n in nominees],
        [n.period.first for n in nominees],
        [n.period.last for n in nominees],
    )
    papers: dict[int, dict[int, list[dict[str, Any]]]] = {n.id: {} for n in nominees}
    for row in rows:
        papers[row["id"]].setdefault(row["initiative"], []).append(row)
    return {
        nominee: tuple(_found(own) for own in by_initiative.values())
        for nominee, by_initiative in papers.items()
    }


def _found(papers: Sequence[dict[str, Any]]) -> _Found:
    """Named by its first paper of the period."""
    first = papers[0]
    return _Found(
        first["code"],
        first["title"],
        first["share"],
        frozenset(paper["scope"] for paper in papers),
        any(paper["replicable"] for paper in papers),
        first["number"],
        first["recognised_on"],
    )


def _rank(found: _Found) -> Decimal:
    return Decimal(max(SCOPES.index(scope) for scope in found.scopes) + 1)


def _row(found: _Found, amount: Decimal) -> MeasuredRow:
    return MeasuredRow(
        f"{found.code}: {found.title}",
        f"{found.number}, {show_date(found.recognised_on)}",
        amount,
    )


_REGISTER = N_("Sáng kiến đã có quyết định công nhận")
_DAYS = N_("Ngày công nhận nằm trong thời gian lập thành tích.")
_BOTH = ("individual", "collective")

INDICATORS = (
    Indicator(
        "initiatives.recognised",
        N_("Số sáng kiến được công nhận"),
        N_("sáng kiến"),
        _REGISTER,
        _DAYS,
        N_("Cá nhân: sáng kiến là tác giả. Tập thể: sáng kiến của tập thể và đơn vị trực thuộc."),
        _BOTH,
        recognised,
    ),
    Indicator(
        "initiatives.replicable",
        N_("Số sáng kiến có khả năng nhân rộng"),
        N_("sáng kiến"),
        _REGISTER,
        _DAYS,
        N_("Chỉ đếm sáng kiến mà quyết định công nhận ghi có khả năng nhân rộng."),
        _BOTH,
        replicable,
    ),
    Indicator(
        "initiatives.shares",
        N_("Số sáng kiến quy đổi theo tỷ lệ đóng góp"),
        N_("sáng kiến"),
        _REGISTER,
        _DAYS,
        N_("Cộng tỷ lệ đóng góp của tác giả; ví dụ 60 % và 100 % là 1,6 sáng kiến."),
        ("individual",),
        shares,
    ),
    Indicator(
        "initiatives.widest_scope",
        N_("Phạm vi công nhận sáng kiến rộng nhất"),
        N_("bậc"),
        _REGISTER,
        _DAYS,
        N_("1: cơ sở; 2: bộ, ngành, tỉnh; 3: toàn quốc; 0: chưa có sáng kiến."),
        _BOTH,
        widest_scope,
    ),
)
