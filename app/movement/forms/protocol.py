"""A protocol as the fields of a form, and back; nobody writes JSON."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.movement.rules import (
    ENDORSING_KINDS,
    FUSION_WORDS,
    PHASE_RESULTS,
    SUBJECTS,
    default_protocol,
)
from app.web.forms import Form

LONGEST_CHAIN = 4
G2_PARTS = ("individual", "collective", "in_window")
# Fields whose values the rules judge; here they only have to be numbers.
_MOST = 1_000_000


def read_protocol(
    form: Form,
    base: Mapping[str, Any],
    choices: Mapping[str, Collection[str]],
    annual: Sequence[str],
    *,
    phase: bool,
) -> dict[str, Any] | None:
    """`base`: the protocol the form was made from, whose other entries are kept.

    `choices`: what may break a tie, per subject; `annual`: codes of the rounds offered, in the
    order of the boxes `cites_0`, `cites_1`, …
    """
    protocol = {name: value for name, value in base.items() if name != "phase"}
    protocol |= {
        "fusion": form.choice("fusion", FUSION_WORDS),
        "min_members": form.integer("min_members", most=_MOST),
        "decimals": form.integer("decimals", most=_MOST),
        "tie_breaks": {subject: _chain(form, subject, choices[subject]) for subject in SUBJECTS},
        "cut": {subject: _optional(form, f"cut_{subject}") for subject in SUBJECTS},
        "approval": _share(form, "approval"),
        "quorum": _share(form, "quorum"),
        "routing": {
            "endorse": [kind for kind in ENDORSING_KINDS if _ticked(form, f"endorse_{kind}")]
        },
        "gates": _gates(form, base.get("gates", {})),
    }
    if phase:
        protocol["phase"] = {
            "result": form.choice("phase_result", PHASE_RESULTS),
            "rounds": [code for n, code in enumerate(annual) if _ticked(form, f"cites_{n}")],
        }
    return None if form.errors else protocol


def typed_protocol(protocol: Mapping[str, Any], annual: Sequence[str]) -> dict[str, object]:
    """A protocol as its form would have posted it."""
    gates = default_protocol()["gates"] | protocol.get("gates", {})
    typed: dict[str, object] = {
        "fusion": protocol["fusion"],
        "min_members": str(protocol["min_members"]),
        "decimals": str(protocol["decimals"]),
        "min_quantified": str(gates["G1"]["min_quantified"]),
        "phase_result": protocol.get("phase", {}).get("result", ""),
    }
    for name in ("approval", "quorum"):
        typed[f"{name}_numerator"] = str(protocol[name]["numerator"])
        typed[f"{name}_denominator"] = str(protocol[name]["denominator"])
    for subject in SUBJECTS:
        cut = protocol.get("cut", {}).get(subject)
        typed[f"cut_{subject}"] = "" if cut is None else str(cut)
        for n, name in enumerate(protocol["tie_breaks"][subject]):
            typed[f"tie_{subject}_{n}"] = name
    ticked = {f"endorse_{kind}" for kind in protocol.get("routing", {}).get("endorse", ())}
    cited = protocol.get("phase", {}).get("rounds", ())
    ticked |= {f"cites_{n}" for n, code in enumerate(annual) if code in cited}
    ticked |= {f"g2_{name}" for name in G2_PARTS if gates["G2"].get(name, True)}
    if gates["G5"].get("no_double_penalty", True):
        ticked.add("no_double_penalty")
    return typed | dict.fromkeys(ticked, "yes")


def _chain(form: Form, subject: str, offered: Collection[str]) -> list[str]:
    """An empty choice between two others is as if it were not there."""
    chosen = []
    for n in range(LONGEST_CHAIN):
        if form.values.get(f"tie_{subject}_{n}"):
            chosen.append(form.choice(f"tie_{subject}_{n}", offered))
    return chosen


def _optional(form: Form, name: str) -> int | None:
    return form.integer(name, most=_MOST) if form.values.get(name, "").strip() else None


def _share(form: Form, name: str) -> dict[str, int]:
    return {
        part: form.integer(f"{name}_{part}", most=_MOST) for part in ("numerator", "denominator")
    }


def _gates(form: Form, base: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **base,
        "G1": {"min_quantified": form.integer("min_quantified", most=_MOST)},
        "G2": {name: _ticked(form, f"g2_{name}") for name in G2_PARTS},
        "G5": {"no_double_penalty": _ticked(form, "no_double_penalty")},
    }


def _ticked(form: Form, name: str) -> bool:
    return form.values.get(name) == "yes"
