"""A record as its form would have posted it."""

from __future__ import annotations

from app.kernel.period import show_date
from app.kernel.refusal import N_
from app.organization import queries
from app.organization.rules import LEVELS, RECORD_FIELDS, PersonRecord

_FORMS = {"main": N_("Vị trí chính"), "concurrent": N_("Kiêm nhiệm")}


async def typed(record: PersonRecord) -> dict[str, object]:
    """With the version the form answers for."""
    return {**await _fields(record), "version": record.version}


async def differences(kind: str, stored: PersonRecord, new: PersonRecord) -> list[tuple[str, str]]:
    """(label, what is stored) of each field that was typed otherwise; both gettext ids."""
    old, other = await _fields(stored), await _fields(new)
    words = {"form": _FORMS, "text": LEVELS if kind == "classifications" else {}}
    return [
        (label, words.get(name, {}).get(old[name], old[name]))
        for name, label in RECORD_FIELDS[kind].items()
        if old[name] != other[name]
    ]


async def _fields(record: PersonRecord) -> dict[str, str]:
    unit = ""
    if record.unit_id is not None:
        unit = (await queries.units_facts([record.unit_id]))[record.unit_id].code
    return {
        "text": record.text,
        "unit": unit,
        "form": "main" if record.is_main else "concurrent",
        "year": str(record.period.first.year),
        "valid_from": show_date(record.period.first),
        "valid_to": show_date(record.period.last) if record.period.last else "",
    }
