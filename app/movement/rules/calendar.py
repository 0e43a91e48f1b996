"""The stages of a round: each from a day to a day in Vietnam, both of which count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Calendar:
    """Columns of `review_round` by the same names; None where no day is set."""

    registration_open_on: date | None = None
    registration_close_on: date | None = None
    nominations_open_on: date | None = None
    nominations_close_on: date | None = None
    endorsement_close_on: date | None = None
    appraisal_close_on: date | None = None
    scoring_close_on: date | None = None
    session_on: date | None = None
    comment_open_on: date | None = None
    comment_close_on: date | None = None
    decision_on: date | None = None


COLUMNS = tuple(Calendar.__dataclass_fields__)
