"""Where a round stands, as the stages of its pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.kernel.refusal import N_


@dataclass(frozen=True, slots=True)
class Stage:
    """`state` is done, current or todo; `day` is when it ended or is due."""

    label: str
    state: str
    day: date | None = None


def pipeline(finished: tuple[bool, ...], days: tuple[date | None, ...]) -> tuple[Stage, ...]:
    """The first stage not finished is the current one; one finished early stays finished."""
    labels = (
        N_("Mở đợt xét"),
        N_("Nhận hồ sơ"),
        N_("Chấm điểm"),
        N_("Họp Hội đồng"),
        N_("Quyết định"),
        N_("Giấy khen"),
    )
    current = finished.index(False) if False in finished else None
    return tuple(
        Stage(label, "done" if done else "current" if place == current else "todo", day)
        for place, (label, done, day) in enumerate(zip(labels, finished, days, strict=True))
    )
