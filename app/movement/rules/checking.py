"""Whether a protocol may be frozen: every value in its range, every name known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from app.kernel.refusal import N_, Refusal
from app.movement.rules.facts import SUBJECTS, CriteriaSetFacts
from app.movement.rules.protocol import (
    ENDORSING_KINDS,
    FUSION_WORDS,
    PHASE_RESULTS,
    tie_break_choices,
)

MOST_MEMBERS = 99
MOST_DECIMALS = 6
MOST_CUT = 100_000
MOST_FIGURES = 20
LARGEST_DENOMINATOR = 100

_RANGE = N_("Giá trị phải từ {least} đến {most}.")


def protocol_errors(
    protocol: Mapping[str, Any],
    sets: Mapping[str, CriteriaSetFacts],
    *,
    phase: bool,
    citable: Collection[str],
) -> dict[str, Refusal]:
    """By the field of the form it belongs to; nothing where the protocol may be frozen.

    `phase`: the round is no annual one; `citable`: codes of the annual rounds it may rest on.
    What a protocol leaves out beside the ranking and the votes keeps its default, as for gates.
    """
    errors: dict[str, Refusal] = {}
    if protocol["fusion"] not in FUSION_WORDS:
        errors["fusion"] = Refusal("not-offered", N_("Vui lòng chọn một mục trong danh sách."))
    _whole(errors, "min_members", protocol["min_members"], 1, MOST_MEMBERS)
    _whole(errors, "decimals", protocol["decimals"], 0, MOST_DECIMALS)
    gates = protocol.get("gates", {})
    figures = gates.get("G1", {}).get("min_quantified", 0)
    _whole(errors, "min_quantified", figures, 0, MOST_FIGURES)
    for subject in SUBJECTS:
        cut = protocol.get("cut", {}).get(subject)
        if cut is not None:
            _whole(errors, f"cut_{subject}", cut, 1, MOST_CUT)
    _tie_breaks(errors, protocol, tie_break_choices(sets, phase=phase))
    for name in ("approval", "quorum"):
        share = protocol[name]
        if not 1 <= share["numerator"] <= share["denominator"] <= LARGEST_DENOMINATOR:
            errors[name] = Refusal(
                "not-a-share",
                N_("Tỷ lệ phải lớn hơn 0 và không quá 1, mẫu số tối đa {most}."),
                {"most": LARGEST_DENOMINATOR},
            )
    if not set(protocol.get("routing", {}).get("endorse", ())) <= set(ENDORSING_KINDS):
        errors["routing"] = Refusal("not-offered", N_("Vui lòng chọn một mục trong danh sách."))
    _phase(errors, protocol, phase, citable)
    return errors


def _whole(errors: dict[str, Refusal], name: str, value: object, least: int, most: int) -> None:
    # True is an int to Python, but no count.
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        errors[name] = Refusal("out-of-range", _RANGE, {"least": least, "most": most})


def _tie_breaks(
    errors: dict[str, Refusal],
    protocol: Mapping[str, Any],
    choices: Mapping[str, Collection[str]],
) -> None:
    for subject in SUBJECTS:
        chain = protocol["tie_breaks"][subject]
        unknown = [name for name in chain if name not in choices[subject]]
        if unknown:
            errors[f"tie_{subject}"] = Refusal(
                "unknown-tie-break",
                N_("Bộ tiêu chí đã chọn không có mục {name} để phân định đồng hạng."),
                {"name": unknown[0].removeprefix("criterion:")},
            )
        elif len(set(chain)) < len(chain):
            errors[f"tie_{subject}"] = Refusal(
                "tie-break-twice", N_("Mỗi mục chỉ phân định đồng hạng một lần.")
            )


def _phase(
    errors: dict[str, Refusal],
    protocol: Mapping[str, Any],
    phase: bool,
    citable: Collection[str],
) -> None:
    stated = protocol.get("phase")
    if not phase:
        if stated is not None:
            errors["phase_rounds"] = Refusal(
                "no-phase", N_("Chỉ đợt sơ kết, tổng kết giai đoạn mới dẫn kết quả các năm.")
            )
        return
    if stated is None or not stated.get("rounds"):
        errors["phase_rounds"] = Refusal(
            "no-annual-round",
            N_("Đợt sơ kết, tổng kết giai đoạn phải dẫn kết quả của ít nhất một đợt tổng kết năm."),
        )
        return
    if stated.get("result") not in PHASE_RESULTS:
        errors["phase_result"] = Refusal(
            "not-offered", N_("Vui lòng chọn một mục trong danh sách.")
        )
    strange = [code for code in stated["rounds"] if code not in citable]
    if strange or len(set(stated["rounds"])) < len(stated["rounds"]):
        errors["phase_rounds"] = Refusal(
            "not-citable",
            N_("Chỉ dẫn được đợt tổng kết năm của cùng phong trào, nằm trọn trong giai đoạn."),
        )
