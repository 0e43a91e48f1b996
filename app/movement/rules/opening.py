"""What a round needs before it is opened, and what opening freezes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.kernel.points import show_points
from app.kernel.refusal import N_, Refusal
from app.movement.rules.facts import SUBJECTS, CriteriaSetFacts, RoundFacts


def refuse_opening(round_: RoundFacts) -> Refusal | None:
    """Opening freezes what the round is judged by, so all of it must be there."""
    if round_.opening is not None:
        return Refusal("already-open", N_("Đợt xét này đã được mở; tiêu chí đã được chốt."))
    if round_.nominations is None or round_.scoring_close_on is None or round_.session_on is None:
        return Refusal("no-calendar", N_("Đợt xét chưa có đủ lịch: nhận hồ sơ, chấm điểm, họp."))
    if round_.award_form is None:
        return Refusal("no-award-form", N_("Đợt xét chưa có hình thức khen thưởng."))
    for subject in SUBJECTS:
        criteria_set = round_.sets.get(subject)
        if criteria_set is None or not criteria_set.scored:
            return Refusal("no-criteria", N_("Đợt xét chưa có bộ tiêu chí cho cả hai đối tượng."))
        if criteria_set.total != 100:
            return Refusal(
                "not-a-hundred",
                N_("Tổng điểm tối đa của “{name}” là {total}; thang điểm phải là 100."),
                {"name": criteria_set.name, "total": show_points(criteria_set.total)},
            )
    return None


def criteria_document(sets: Mapping[str, CriteriaSetFacts]) -> dict[str, Any]:
    """What is hashed when a round opens: codes, wording, points and order of every criterion."""
    return {
        subject: {
            "name": found.name,
            "version": found.version,
            "criteria": [
                {
                    "code": c.code,
                    "kind": c.kind,
                    "title": c.title,
                    "text": c.text,
                    "max": None if c.max_points is None else format(c.max_points.normalize(), "f"),
                }
                for c in found.criteria
            ],
        }
        for subject, found in sets.items()
    }
