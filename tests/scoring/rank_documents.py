"""Small rank documents: two criteria, three members, and marks written as one line per sheet."""

from __future__ import annotations

import json
from typing import Any

from app.scoring.rank_file import RankFileError, recompute

Document = dict[str, Any]


def document(sheets: dict[str, dict[str, tuple[str, ...]]], **protocol: object) -> Document:
    """`sheets["N1"]["M1"]` are the marks on C1, C2; shorter tuples leave the sheet incomplete."""
    return {
        "format": "thidua-rank/1",
        "protocol": {
            "fusion": "mean",
            "min_members": 1,
            "tie_breaks": [],
            "decimals": 2,
            **protocol,
        },
        "criteria": [{"code": "C1", "max": "25"}, {"code": "C2", "max": "40"}],
        "members": ["M1", "M2", "M3"],
        "subjects": [{"code": code, "keys": {}} for code in sheets],
        "recusals": [],
        "marks": [
            [member, subject, criterion, points]
            for subject, own in sheets.items()
            for member, sheet in own.items()
            for criterion, points in zip(("C1", "C2"), sheet, strict=False)
        ],
    }


def good() -> Document:
    return document({"N1": {"M1": ("20.5", "30")}, "N2": {"M1": ("10", "30"), "M2": ("11", "31")}})


def answer(of: Document) -> Document:
    result: Document = json.loads(recompute(json.dumps(of, ensure_ascii=False).encode()))
    return result


def errors(of: Document | bytes) -> tuple[str, ...]:
    data = of if isinstance(of, bytes) else json.dumps(of).encode()
    try:
        recompute(data)
    except RankFileError as error:
        return error.errors
    return ()


def order(of: Document) -> list[tuple[str, int | None, bool]]:
    return [(row["subject"], row["rank"], row["tied"]) for row in answer(of)["rows"]]
