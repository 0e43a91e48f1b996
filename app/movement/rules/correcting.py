"""After opening, a mistake in the criteria is put right by another version, and what for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.kernel.points import show_points
from app.kernel.refusal import N_, Refusal
from app.movement.rules.building import FULL_SCALE, KIND_WORDS, refuse_gates
from app.movement.rules.facts import CriteriaSetFacts, CriterionFacts, RoundFacts
from app.movement.rules.protocol import tie_break_choices


@dataclass(frozen=True, slots=True)
class Affected:
    """A change of a criterion that dossiers may notice: `what` is a gettext id.

    `keeps_evidence`, `keeps_marks`: whether these may stand under it in the new version.
    `everybody`: every dossier of the subject is concerned, with or without anything under it.
    """

    code: str
    what: str
    values: Mapping[str, object]
    keeps_evidence: bool
    keeps_marks: bool
    max_points: Decimal | None
    everybody: bool = False


def affected(old: CriteriaSetFacts, new: CriteriaSetFacts) -> tuple[Affected, ...]:
    """What is gone or new, or changes its kind, its maximum, its levels, how it is measured or
    what it asks for; other wording moves nobody's points. A criterion with two changes is there
    twice."""
    before, after = ({c.code: c for c in found.criteria} for found in (old, new))
    gone = [_gone(c) for c in old.criteria if c.code not in after]
    added = [_added(c) for c in new.criteria if c.code not in before]
    changed = [
        line for code, c in before.items() if code in after for line in _changes(c, after[code])
    ]
    return (*gone, *changed, *added)


def refuse_correcting(
    round_: RoundFacts, new: CriteriaSetFacts, movement_id: int
) -> Refusal | None:
    """`movement_id`: the movement of the new version."""
    if round_.opening is None:
        return Refusal(
            "not-open", N_("Đợt xét chưa mở nên bộ tiêu chí được sửa trực tiếp, không cần bản sửa.")
        )
    old = round_.sets.get(new.subject)
    if old is None or old.id == new.id or movement_id != round_.movement_id:
        return Refusal("no-other-version", N_("Vui lòng chọn một phiên bản khác của phong trào."))
    if new.total != FULL_SCALE:
        return Refusal(
            "not-a-hundred",
            N_("Tổng điểm tối đa của “{name}” là {total}; thang điểm phải là 100."),
            {"name": new.name, "total": show_points(new.total)},
        )
    if refusal := refuse_gates(new):
        return refusal
    chain = round_.opening.protocol.get("tie_breaks", {}).get(new.subject, ())
    offered = tie_break_choices({**round_.sets, new.subject: new}, phase=round_.is_phase)
    missing = [
        name.removeprefix("criterion:") for name in chain if name not in offered[new.subject]
    ]
    if missing:
        return Refusal(
            "protocol-needs-criterion",
            N_("Quy tắc đã chốt phân định đồng hạng theo {codes} nên tiêu chí này phải còn điểm."),
            {"codes": ", ".join(missing)},
        )
    return None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page compared: the set judged by then, and how often the new one had been edited."""

    old_set: int
    edits: int


def refuse_unseen(shown: Shown, now: Shown) -> Refusal | None:
    """Only what somebody has looked at is applied."""
    if shown != now:
        return Refusal(
            "comparison-changed",
            N_(
                "Bộ tiêu chí đã thay đổi sau khi Ông/Bà mở trang này nên bản sửa chưa được áp dụng."
                " Vui lòng xem lại các thay đổi dưới đây."
            ),
        )
    return None


def _gone(old: CriterionFacts) -> Affected:
    what = N_("không còn trong bản mới")
    return Affected(old.code, what, {}, False, False, None, everybody=old.kind == "measured")


def _added(new: CriterionFacts) -> Affected:
    return Affected(new.code, N_("thêm mới"), {}, True, True, new.max_points, everybody=True)


def _changes(old: CriterionFacts, new: CriterionFacts) -> list[Affected]:
    found = []
    if new.kind != old.kind:
        found.append(_another_kind(old, new))
    elif new.max_points != old.max_points and old.max_points is not None:
        values = {
            "old": show_points(old.max_points),
            "new": show_points(new.max_points or Decimal(0)),
        }
        what = N_("điểm tối đa từ {old} thành {new}")
        measured = new.kind == "measured"
        found.append(Affected(old.code, what, values, True, True, new.max_points, measured))
    if new.kind == old.kind and new.bands != old.bands:
        found.append(Affected(old.code, N_("đổi các mức điểm"), {}, True, True, None))
    words = []
    if new.kind == old.kind == "measured":
        words += [N_("đổi chỉ số")] * (new.indicator != old.indicator)
        words += [N_("đổi cách tính điểm")] * (new.function != old.function)
    if new.kind != "gate" and new.evidence_required != old.evidence_required:
        asked = N_("nay phải có minh chứng"), N_("không còn phải có minh chứng")
        words.append(asked[0] if new.evidence_required else asked[1])
    found += [Affected(old.code, what, {}, True, True, None, everybody=True) for what in words]
    return found


def _another_kind(old: CriterionFacts, new: CriterionFacts) -> Affected:
    return Affected(
        old.code,
        N_("loại “{old}” thành “{new}”"),
        {"old": KIND_WORDS[old.kind], "new": KIND_WORDS[new.kind]},
        keeps_evidence=new.kind != "gate",
        keeps_marks=new.kind in ("judged", "attested"),
        max_points=new.max_points,
        everybody="measured" in (old.kind, new.kind),
    )
