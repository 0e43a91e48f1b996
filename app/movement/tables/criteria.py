from __future__ import annotations

from typing import Any

from piccolo.columns import (
    Boolean,
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
from app.catalogue.tables import LegalSource
from app.movement.tables.movement import Movement


class CriteriaSet(Table):
    """`based_on`: the set it was copied from. `edits` counts changes, so that two tabs notice."""

    id: Serial
    movement = ForeignKey(Movement, null=False, on_delete=OnDelete.restrict)
    subject = Varchar(length=20)
    version = Integer()
    name = Varchar(length=200)
    note = Text()
    based_on: ForeignKey[Any] = ForeignKey(
        "self", null=True, default=None, on_delete=OnDelete.restrict
    )
    edits = Integer(default=0)
    by = ForeignKey(Account, null=True, default=None, on_delete=OnDelete.restrict)
    at = Timestamptz(null=True, default=None)

    criteria_set_version_once = Unique([movement, subject, version])
    criteria_set_subject = Check("subject IN ('individual', 'collective')")


class Criterion(Table):
    """What is judged, measured or attested carries points; a gate carries none.

    `indicator` and `function` (canonical JSON, see `rules/measuring`) belong to a measured one.
    """

    id: Serial
    criteria_set = ForeignKey(CriteriaSet, null=False, on_delete=OnDelete.restrict)
    code = Varchar(length=10)
    kind = Varchar(length=12)
    title = Varchar(length=120)
    text = Text()
    max_points = Numeric(digits=(6, 2), null=True, default=None)
    position = Integer()
    help = Text()
    source = ForeignKey(LegalSource, null=True, default=None, on_delete=OnDelete.restrict)
    evidence_required = Boolean(default=False)
    # Points that no plan or guidance fixed: shown as proposed.
    proposed = Boolean(default=False)
    indicator = Varchar(length=60, null=True, default=None)
    function = Text(null=True, default=None)

    criterion_code_once = Unique([criteria_set, code])
    criterion_kind = Check("kind IN ('judged', 'measured', 'attested', 'gate')")
    criterion_points_match_kind = Check(
        "(kind = 'gate') = (max_points IS NULL) AND (max_points IS NULL OR max_points > 0)"
    )
    criterion_measure_matches_kind = Check(
        "(kind = 'measured') = (indicator IS NOT NULL) AND (indicator IS NULL) = (function IS NULL)"
    )


class CriterionBand(Table):
    """A labelled level of a judged criterion: from so many points to so many, both included."""

    id: Serial
    criterion = ForeignKey(Criterion, null=False, on_delete=OnDelete.restrict)
    label = Varchar(length=120)
    description = Text()
    points_from = Numeric(digits=(6, 2))
    points_to = Numeric(digits=(6, 2))
    position = Integer()

    criterion_band_once = Unique([criterion, position])
    criterion_band_in_order = Check("points_from >= 0 AND points_to >= points_from")
