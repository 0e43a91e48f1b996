from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.audit import actions as audit
from app.catalogue.rules import AwardFormEntry, Coefficient, LegalSourceEntry, Salary
from app.catalogue.tables import LegalSource
from app.kernel.actor import Actor
from app.piccolo_conf import DB

PRODUCT_DATA = Path(__file__).parent / "data.json"


async def load(
    sources: Sequence[LegalSourceEntry],
    forms: Sequence[AwardFormEntry],
    coefficients: Sequence[Coefficient],
    salaries: Sequence[Salary],
    *,
    actor: Actor | None,
    now: datetime,
) -> int:
    """Add what is not there yet and return how many entries that were.

    An entry already there stays as it is: an office may have corrected it.
    """
    async with DB.transaction():
        added = await _add(
            "INSERT INTO legal_source"
            " (number, title, issuer, signed_on, effective_from, effective_to, note, cited)"
            " SELECT * FROM unnest({}::varchar[], {}::varchar[], {}::varchar[],"
            " {}::date[], {}::date[], {}::date[], {}::text[], {}::bool[])",
            _columns(sources, *LegalSourceEntry.__slots__),
        )
        added += await _add(
            "INSERT INTO award_form (code, name, kind)"
            " SELECT * FROM unnest({}::varchar[], {}::varchar[], {}::varchar[])",
            _columns(forms, *AwardFormEntry.__slots__),
        )
        added += await _add(
            "INSERT INTO bonus_coefficient"
            " (award_form, subject, coefficient, effective_from, source)"
            " SELECT f.id, e.subject, e.coefficient, e.effective_from, l.id"
            " FROM unnest({}::varchar[], {}::varchar[], {}::numeric[], {}::date[], {}::varchar[])"
            " AS e(form, subject, coefficient, effective_from, source)"
            " JOIN award_form f ON f.code = e.form LEFT JOIN legal_source l ON l.number = e.source",
            _columns(coefficients, *Coefficient.__slots__),
        )
        added += await _add(
            "INSERT INTO base_salary (effective_from, amount, source)"
            " SELECT e.effective_from, e.amount, l.id"
            " FROM unnest({}::date[], {}::int[], {}::varchar[])"
            " AS e(effective_from, amount, source)"
            " LEFT JOIN legal_source l ON l.number = e.source",
            _columns(salaries, *Salary.__slots__),
        )
        if added:
            await audit.record(actor, "catalogue.load", "catalogue", None, now=now, added=added)
    return added


async def load_product_data(*, actor: Actor | None, now: datetime) -> int:
    """The figures that come with the product, from `data.json`; what `thidua` sets up with."""
    data = json.loads(PRODUCT_DATA.read_text(encoding="utf-8"))
    return await load(
        _entries(data["sources"], LegalSourceEntry),
        _entries(data["award_forms"], AwardFormEntry),
        _entries(data["coefficients"], Coefficient),
        _entries(data["base_salaries"], Salary),
        actor=actor,
        now=now,
    )


def _entries(lines: Iterable[dict[str, Any]], make: Callable[..., Any]) -> tuple[Any, ...]:
    return tuple(make(**{key: _value(key, value) for key, value in line.items()}) for line in lines)


def _value(key: str, value: object) -> object:
    if key in ("signed_on", "effective_from", "effective_to") and isinstance(value, str):
        return date.fromisoformat(value)
    return Decimal(str(value)) if key == "coefficient" else value


def _columns(entries: Sequence[object], *names: str) -> list[list[object]]:
    return [[getattr(entry, name) for entry in entries] for name in names]


async def _add(insert: str, columns: list[list[object]]) -> int:
    rows = await LegalSource.raw(f"{insert} ON CONFLICT DO NOTHING RETURNING id", *columns)
    return len(rows)
