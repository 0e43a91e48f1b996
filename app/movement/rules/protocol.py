"""The protocol of a round: all that decides a result beside the criteria, as data."""

from __future__ import annotations

from typing import Any

# A dossier passes each unit of these kinds on its way up from the unit that nominates.
ENDORSING_KINDS = (
    "central",
    "high",
    "military",
    "province",
    "department",
    "regional",
    "district",
    "school",
    "other",
)


def default_protocol() -> dict[str, Any]:
    """The proposed protocol of a round; every value is data and is frozen with the round.

    Two thirds of all members is what a council's own Quy chế commonly sets for Giấy khen; no
    statute fixes it, so it is a value here and not a constant of a rule.
    """
    return {
        "fusion": "mean",
        "min_members": 5,
        "decimals": 2,
        "tie_breaks": {"individual": ["criterion:C2"], "collective": ["criterion:T4"]},
        "cut": {"individual": None, "collective": None},
        "approval": {"numerator": 2, "denominator": 3},
        "quorum": {"numerator": 2, "denominator": 3},
        "routing": {"endorse": list(ENDORSING_KINDS)},
        "gates": {
            "G1": {"min_quantified": 2},
            "G2": {"individual": True, "collective": True, "in_window": True},
            "G5": {"no_double_penalty": True},
        },
    }
