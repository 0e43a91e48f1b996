"""A frozen ranking as people read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.kernel.refusal import N_
from app.kernel.verdict import Reason


@dataclass(frozen=True, slots=True)
class Standing:
    """One row of a ranking; `value` is the shown text with a decimal point, None if unranked."""

    code: str
    rank: int | None
    tied: bool
    value: str | None
    sheets: int


def standings(result: Mapping[str, Any]) -> tuple[Standing, ...]:
    """`result` is a thidua-ranking/1 document; rows in rank order, unranked last."""
    return tuple(
        Standing(row["subject"], row["rank"], row["tied"], row["value"], row["sheets"])
        for row in result["rows"]
    )


def ranks(result: Mapping[str, Any]) -> dict[str, int]:
    """Rank by code, of those that have one."""
    return {row["subject"]: row["rank"] for row in result["rows"] if row["rank"] is not None}


def why_unranked(sheets: int, min_members: int, unmeasured: Sequence[str] = ()) -> Reason:
    """`unmeasured`: codes of measured criteria for which there was nothing to measure."""
    if unmeasured:
        return Reason(
            "nothing-measured",
            N_("Thiếu số liệu của tiêu chí {codes} nên không có phiếu nào đủ điểm."),
            {"codes": ", ".join(unmeasured)},
        )
    return Reason(
        "too-few-sheets",
        N_("Chỉ có {sheets} phiếu chấm đủ, ít hơn {needed} phiếu theo quy tắc đã chốt."),
        {"sheets": sheets, "needed": min_members},
    )
