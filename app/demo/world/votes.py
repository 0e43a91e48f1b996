"""The council's vote: high up nearly everybody agrees, below the line too few do."""

from __future__ import annotations

from app.demo.world.council_facts import Recusal, VoteResult
from app.demo.world.picker import Picker

MEMBERS = 9
THRESHOLD = 6
"""Two thirds of all nine members, present or not."""


def vote(
    ranking: list[str], awarded: int, recusals: tuple[Recusal, ...], picker: Picker
) -> tuple[VoteResult, ...]:
    return tuple(
        _result(subject, position, awarded, recusals, picker)
        for position, subject in enumerate(ranking)
    )


def _result(
    subject: str, position: int, awarded: int, recusals: tuple[Recusal, ...], picker: Picker
) -> VoteResult:
    away = sum(recusal.subject == subject for recusal in recusals)
    present = MEMBERS - away
    if position < awarded:
        doubt = 3 * position // awarded
        agree = max(THRESHOLD, present - picker.number(0, doubt, "vote", subject))
    else:
        agree = max(0, THRESHOLD - 1 - (position - awarded) // 4)
    return VoteResult(subject, agree, present - agree, away)
