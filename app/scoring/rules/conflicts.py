"""Conflicts the registers already show; all others a member declares."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.refusal import N_


@dataclass(frozen=True, slots=True)
class Conflict:
    """A member of the panel and a candidate: the person, or a collective the person belongs to."""

    member: int
    nomination: int
    subject: str


_REASONS = {
    "individual": N_("Thành viên là người được đề nghị khen thưởng."),
    "collective": N_("Thành viên công tác tại tập thể được đề nghị khen thưởng."),
}


def reason(conflict: Conflict) -> str:
    """Stored as the recusal's reason, in the words a member could have used."""
    return _REASONS[conflict.subject]
