"""After opening, a mistake in the criteria is put right by another version, and what for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.kernel.points import show_points
from app.kernel.refusal import N_, Refusal
from app.movement.rules.building import FULL_SCALE, KIND_WORDS
from app.movement.rules.facts import CriteriaSetFacts, CriterionFacts, RoundFacts
from app.movement.rules.protocol import tie_break_choices


@dataclass(frozen=True, slots=True)
class Affected:
    """A criterion of the old version that dossiers may notice: `what` is a gettext id.

    `keeps_evidence`, `keeps_marks`: whether these may stand under it in the new version.
    """

    code: str
    what: str
    values: Mapping[str, object]
    keeps_evidence: bool
    keeps_marks: bool
    max_points: Decimal | None


def affected(old: CriteriaSetFacts, new: CriteriaSetFacts) -> tuple[Affected, ...]:
    """What changes its code, its kind or its maximum; wording alone moves nobody's points."""
    after = {c.code: c for c in new.criteria}
    return tuple(
        found for c in old.criteria if (found := _affected(c, after.get(c.code))) is not None
    )


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


def _affected(old: CriterionFacts, new: CriterionFacts | None) -> Affected | None:
    if new is None:
        return Affected(old.code, N_("không còn trong bản mới"), {}, False, False, None)
    if new.kind != old.kind:
        values = {"old": KIND_WORDS[old.kind], "new": KIND_WORDS[new.kind]}
        by_people = new.kind in ("judged", "attested")
        return Affected(
            old.code,
            N_("loại “{old}” thành “{new}”"),
            values,
            new.kind != "gate",
            by_people,
            new.max_points,
        )
    if new.max_points != old.max_points and old.max_points is not None:
        values = {
            "old": show_points(old.max_points),
            "new": show_points(new.max_points or Decimal(0)),
        }
        what = N_("điểm tối đa từ {old} thành {new}")
        return Affected(old.code, what, values, True, True, new.max_points)
    return None
