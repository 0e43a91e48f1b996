"""What a criterion must have before it is written, and when a set may be written at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.kernel.points import show_points
from app.kernel.refusal import N_, Refusal
from app.movement.rules.criteria_bands import refuse_bands
from app.movement.rules.facts import GATE_CODES, Band, CriteriaSetFacts, CriterionFacts
from app.movement.rules.measuring import Function, refuse_function

FULL_SCALE = Decimal(100)
MOST_CRITERIA = 40
KIND_WORDS = {
    "judged": N_("Chấm theo mức"),
    "measured": N_("Hệ thống đo"),
    "attested": N_("Xác nhận có văn bản"),
    "gate": N_("Điều kiện"),
}
HISTORY_WORDS = {
    "movement.create_criteria": N_("Lập phiên bản"),
    "movement.describe_criteria": N_("Sửa tên, ghi chú"),
    "movement.add_criterion": N_("Thêm tiêu chí"),
    "movement.change_criterion": N_("Sửa tiêu chí"),
    "movement.remove_criterion": N_("Xóa tiêu chí"),
    "movement.move_criterion": N_("Đổi thứ tự tiêu chí"),
}
# A name that forms, exports and addresses can carry: Latin letters and digits.
_CODE = re.compile(r"[A-Z][A-Z0-9.]{0,9}")


@dataclass(frozen=True, slots=True)
class CriterionDraft:
    """A criterion as typed. `source_id`: the legal source it rests on."""

    code: str
    kind: str
    title: str
    text: str
    help: str
    source_id: int | None
    evidence_required: bool
    proposed: bool
    max_points: Decimal | None
    bands: tuple[Band, ...] = ()
    indicator: str | None = None
    function: Function | None = None


@dataclass(frozen=True, slots=True)
class CorrectableRound:
    """`scoring_close_on`: after it there is nothing left to correct."""

    id: int
    name: str
    scoring_close_on: date | None


@dataclass(frozen=True, slots=True)
class CriteriaUse:
    """Where a set is used. `opened`: rounds judged by it now or before a correction.

    `planned`: rounds that name it and are not opened. `corrects`: opened rounds that are still
    judged by the set this one was copied from.
    """

    opened: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    corrects: tuple[CorrectableRound, ...] = ()
    copies: int = 0


def refuse_building(use: CriteriaUse) -> Refusal | None:
    """What a round was opened with is what everybody prepared for; it is copied, not changed."""
    if use.opened:
        return Refusal(
            "criteria-frozen",
            N_("Bộ tiêu chí đã được chốt cùng {rounds}; vui lòng lập phiên bản mới để sửa."),
            {"rounds": ", ".join(use.opened)},
        )
    return None


def refuse_stale(edits: int, seen: int) -> Refusal | None:
    """`seen`: the count of changes the form was filled in on."""
    if edits != seen:
        return Refusal(
            "criteria-changed",
            N_("Bộ tiêu chí vừa được sửa ở cửa sổ khác nên nội dung của Ông/Bà chưa được lưu."),
        )
    return None


def refuse_second_version(newest: int, seen: int) -> Refusal | None:
    """`seen`: the newest version when the form was made; a second click makes no second one."""
    if newest != seen:
        return Refusal(
            "version-made",
            N_(
                "Phiên bản {n} vừa được lập, có thể do bấm hai lần hoặc ở cửa sổ khác. Nếu vẫn cần"
                " thêm một phiên bản nữa, vui lòng bấm lập lần nữa."
            ),
            {"n": newest},
        )
    return None


def refuse_discarding(use: CriteriaUse) -> Refusal | None:
    if refusal := refuse_building(use):
        return refusal
    if use.planned:
        return Refusal(
            "criteria-planned",
            N_("Bộ tiêu chí đang được chọn cho {rounds} nên không xóa được."),
            {"rounds": ", ".join(use.planned)},
        )
    if use.copies:
        return Refusal(
            "criteria-copied",
            N_("Đã có phiên bản khác lập từ bộ tiêu chí này nên không xóa được."),
        )
    return None


def refuse_criterion(
    draft: CriterionDraft, others: Sequence[CriterionFacts], indicators: Sequence[str]
) -> Refusal | None:
    """`others`: the rest of the set. `indicators`: codes that exist for this subject."""
    if not _CODE.fullmatch(draft.code):
        return Refusal(
            "code-not-plain",
            N_("Mã gồm chữ in hoa không dấu và số, bắt đầu bằng chữ, tối đa 10 ký tự."),
            field_name="code",
        )
    if draft.code in {other.code for other in others}:
        return Refusal("code-taken", N_("Mã này đã có trong bộ tiêu chí."), field_name="code")
    if len(others) >= MOST_CRITERIA:
        return Refusal(
            "too-many-criteria",
            N_("Một bộ có tối đa {n} tiêu chí."),
            {"n": MOST_CRITERIA},
        )
    if draft.kind == "gate":
        return _refuse_gate(draft.code)
    return _refuse_points(draft, others) or _refuse_measure(draft, indicators)


def _refuse_gate(code: str) -> Refusal | None:
    if code in GATE_CODES:
        return None
    return Refusal(
        "unknown-gate",
        N_("Điều kiện chỉ có mã {codes}: phần mềm không xét được điều kiện nào khác."),
        {"codes": ", ".join(GATE_CODES)},
        "code",
    )


def refuse_gates(criteria_set: CriteriaSetFacts) -> Refusal | None:
    """Every nominee is asked exactly these: one left out would never be answered."""
    if sorted(gate.code for gate in criteria_set.gates) == list(GATE_CODES):
        return None
    return Refusal(
        "wrong-gates",
        N_("“{name}” phải có đủ và chỉ có các điều kiện {codes}."),
        {"name": criteria_set.name, "codes": ", ".join(GATE_CODES)},
    )


def missing_points(criteria_set: CriteriaSetFacts) -> Decimal:
    """How far the set is from 100; negative when it has too many."""
    return FULL_SCALE - criteria_set.total


def criterion_from(draft: CriterionDraft, function: str | None) -> CriterionFacts:
    """How readers would see the draft; it has no id and no place yet."""
    return CriterionFacts(
        id=0,
        code=draft.code,
        kind=draft.kind,
        title=draft.title,
        text=draft.text,
        max_points=draft.max_points,
        position=0,
        help=draft.help,
        evidence_required=draft.evidence_required,
        proposed=draft.proposed,
        indicator=draft.indicator,
        function=function,
        bands=draft.bands,
    )


def place_for(kind: str, criteria: Sequence[CriterionFacts]) -> int:
    """The position of a new one: what is scored stands before the gates, a gate comes last."""
    gates = [c.position for c in criteria if c.kind == "gate" and kind != "gate"]
    return min(gates, default=max((c.position for c in criteria), default=0) + 1)


def moved(criteria: Sequence[CriterionFacts], criterion_id: int, by: int) -> tuple[int, ...]:
    """The ids in their new order; at either end nothing moves."""
    ids = [criterion.id for criterion in criteria]
    here = ids.index(criterion_id)
    there = here + by
    if 0 <= there < len(ids):
        ids[here], ids[there] = ids[there], ids[here]
    return tuple(ids)


def numbered(criteria: Sequence[CriterionFacts]) -> tuple[CriterionFacts, ...]:
    return tuple(replace(c, position=n) for n, c in enumerate(criteria, start=1))


def _refuse_points(draft: CriterionDraft, others: Sequence[CriterionFacts]) -> Refusal | None:
    if draft.max_points is None or draft.max_points <= 0:
        return Refusal(
            "no-maximum", N_("Vui lòng nhập điểm tối đa lớn hơn 0."), field_name="max_points"
        )
    taken = sum((o.max_points for o in others if o.max_points is not None), Decimal(0))
    if taken + draft.max_points > FULL_SCALE:
        return Refusal(
            "above-a-hundred",
            N_("Các tiêu chí khác đã dùng {taken} điểm; tiêu chí này còn tối đa {left} điểm."),
            {"taken": show_points(taken), "left": show_points(FULL_SCALE - taken)},
            "max_points",
        )
    return refuse_bands(draft.bands, draft.max_points) if draft.kind == "judged" else None


def _refuse_measure(draft: CriterionDraft, indicators: Sequence[str]) -> Refusal | None:
    if draft.kind != "measured":
        return None
    if draft.indicator not in indicators:
        return Refusal(
            "unknown-indicator",
            N_("Vui lòng chọn chỉ số dùng cho đối tượng này."),
            field_name="indicator",
        )
    if draft.function is None or draft.max_points is None:
        return Refusal("no-function", N_("Vui lòng chọn cách tính điểm."), field_name="function")
    return refuse_function(draft.function, draft.max_points)
