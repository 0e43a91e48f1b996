"""The protocol of a round: all that decides a result beside the criteria, as data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from app.kernel.refusal import N_
from app.movement.rules.facts import SUBJECTS, CriteriaSetFacts

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
# Those the ranking engine computes; a test holds the two together.
FUSION_WORDS = {"mean": N_("Trung bình cộng các phiếu chấm đủ")}
# How a phase round rests on the annual ones.
PHASE_RESULTS = {
    "average": N_("Trung bình điểm các năm"),
    "best": N_("Năm cao điểm nhất"),
    "years_awarded": N_("Số năm được khen thưởng"),
}
ANNUAL_KEY = "key:annual"


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


def proposed_protocol(
    stored: Mapping[str, Any] | None, sets: Mapping[str, CriteriaSetFacts]
) -> Mapping[str, Any]:
    """What opening would freeze now.

    Until somebody edits it, it is the default one without tie-breaks on criteria that the chosen
    sets do not have.
    """
    if stored is not None:
        return stored
    proposed = default_protocol()
    known = tie_break_choices(sets, phase=False)
    proposed["tie_breaks"] = {
        subject: [name for name in chain if name in known[subject]]
        for subject, chain in proposed["tie_breaks"].items()
    }
    return proposed


def tie_break_choices(
    sets: Mapping[str, CriteriaSetFacts], *, phase: bool
) -> dict[str, tuple[str, ...]]:
    """Per subject what may break a tie: points on a criterion, in a phase the annual result."""
    return {
        subject: (
            *(f"criterion:{c.code}" for c in (sets[subject].scored if subject in sets else ())),
            *((ANNUAL_KEY,) if phase else ()),
        )
        for subject in SUBJECTS
    }


def canonical(document: Mapping[str, Any]) -> str:
    """Keys sorted, no spaces: the text whose UTF-8 bytes are hashed."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(document: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical text, in lowercase hex."""
    return hashlib.sha256(canonical(document).encode()).hexdigest()


def cited_rounds(protocol: Mapping[str, Any]) -> Collection[str]:
    """Codes of the annual rounds a phase round rests on; none in other rounds."""
    return tuple(protocol.get("phase", {}).get("rounds", ()))
