"""What a round needs before it is opened, and what opening freezes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.kernel.points import show_points
from app.kernel.refusal import N_, Refusal
from app.movement.rules.building import refuse_gates
from app.movement.rules.calendar import calendar_errors
from app.movement.rules.checking import protocol_errors
from app.movement.rules.facts import SUBJECTS, CriteriaSetFacts, CriterionFacts, RoundFacts
from app.movement.rules.planning import citable
from app.movement.rules.protocol import proposed_protocol


def refuse_opening(round_: RoundFacts, protocol: Mapping[str, Any] | None = None) -> Refusal | None:
    """Opening freezes what the round is judged by, so all of it must be there.

    `protocol`: what would be frozen, where it is not the one proposed for the round.
    """
    if round_.opening is not None:
        return Refusal("already-open", N_("Đợt xét này đã được mở; tiêu chí đã được chốt."))
    if round_.nominations is None or round_.scoring_close_on is None or round_.session_on is None:
        return Refusal("no-calendar", N_("Đợt xét chưa có đủ lịch: nhận hồ sơ, chấm điểm, họp."))
    # The window may have been moved since the days were set.
    if calendar_errors(round_.calendar, round_.achievements.first):
        return Refusal("calendar-wrong", N_("Lịch chưa hợp lý; vui lòng xem lại lịch của đợt xét."))
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
        if refusal := refuse_gates(criteria_set):
            return refusal
    wrong = protocol_errors(
        protocol or proposed_protocol(round_.proposed, round_.sets),
        round_.sets,
        phase=round_.is_phase,
        citable=citable(round_.annual, round_.achievements),
    )
    return next(iter(wrong.values()), None)


def criteria_document(sets: Mapping[str, CriteriaSetFacts]) -> dict[str, Any]:
    """What is hashed when a round opens: everything a criterion says, in its order."""
    return {
        subject: {
            "name": found.name,
            "version": found.version,
            "criteria": [_criterion_document(criterion) for criterion in found.criteria],
        }
        for subject, found in sets.items()
    }


def _criterion_document(criterion: CriterionFacts) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "kind": criterion.kind,
        "title": criterion.title,
        "text": criterion.text,
        "max": None if criterion.max_points is None else _plain(criterion.max_points),
        "help": criterion.help,
        "source": criterion.source,
        "evidence_required": criterion.evidence_required,
        "proposed": criterion.proposed,
        "bands": [
            {
                "label": band.label,
                "description": band.description,
                "from": _plain(band.points_from),
                "to": _plain(band.points_to),
            }
            for band in criterion.bands
        ],
        "indicator": criterion.indicator,
        "function": criterion.function,
    }


def _plain(points: Decimal) -> str:
    """However the database stores it."""
    return format(points.normalize(), "f")
