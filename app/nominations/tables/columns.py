"""The columns of points before the council's own, and what the system measured itself."""

from __future__ import annotations

from piccolo.columns import (
    ForeignKey,
    Integer,
    Numeric,
    OnDelete,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from app.accounts.tables import Account
from app.movement.tables import Criterion
from app.nominations.tables.nomination import Nomination


class ScoreColumn(Table):
    """Self-score, unit score or appraisal score of one dossier; `version` catches two tabs."""

    id: Serial
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.restrict)
    giver = Varchar(length=12)
    version = Integer()
    note = Text()
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()

    score_column_once = Unique([nomination, giver])
    score_column_giver = Check("giver IN ('self', 'unit', 'appraisal')")
    score_column_version_is_positive = Check("version > 0")


class ScoreColumnMark(Table):
    id: Serial
    score_column = ForeignKey(ScoreColumn, null=False, on_delete=OnDelete.restrict)
    criterion = ForeignKey(Criterion, null=False, on_delete=OnDelete.restrict)
    points = Numeric(digits=(6, 2))

    score_column_mark_once = Unique([score_column, criterion])
    score_column_mark_not_negative = Check("points >= 0")


class MeasuredValue(Table):
    """What an indicator gave for one dossier, frozen with the gates when scoring opened.

    `value` NULL: there was nothing to measure, so there are no points either. `rows` is the JSON
    list of the rows behind the value, as they were shown.
    """

    id: Serial
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.restrict)
    criterion = ForeignKey(Criterion, null=False, on_delete=OnDelete.restrict)
    value = Numeric(digits=(16, 4), null=True, default=None)
    points = Numeric(digits=(6, 2), null=True, default=None)
    rows = Text()
    at = Timestamptz()

    measured_value_once = Unique([nomination, criterion])
    measured_value_points_not_negative = Check("points >= 0")
