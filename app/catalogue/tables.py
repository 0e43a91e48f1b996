"""What the law says, as data: each figure has its source and the day it takes effect."""

from __future__ import annotations

from piccolo.columns import (
    Boolean,
    Date,
    ForeignKey,
    Integer,
    Numeric,
    OnDelete,
    Serial,
    Text,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class LegalSource(Table):
    id: Serial
    number = Varchar(length=60, unique=True)
    title = Varchar(length=300)
    issuer = Varchar(length=120)
    signed_on = Date(null=True, default=None)
    effective_from = Date(null=True, default=None)
    effective_to = Date(null=True, default=None)
    # Whether every award decision in its time cites it as a legal basis.
    cited = Boolean(default=False)
    note = Text()


class AwardForm(Table):
    id: Serial
    code = Varchar(length=40, unique=True)
    name = Varchar(length=120)
    kind = Varchar(length=20)
    # The paper its certificates are printed on, in millimetres.
    paper_width = Integer(default=297)
    paper_height = Integer(default=210)

    award_form_paper = Check("paper_width BETWEEN 148 AND 600 AND paper_height BETWEEN 148 AND 600")
    award_form_kind = Check("kind IN ('title', 'form')")


class BonusCoefficient(Table):
    id: Serial
    award_form = ForeignKey(AwardForm, null=False, on_delete=OnDelete.restrict)
    subject = Varchar(length=20)
    coefficient = Numeric(digits=(6, 3))
    effective_from = Date()
    source = ForeignKey(LegalSource, null=True, default=None, on_delete=OnDelete.restrict)

    bonus_coefficient_once = Unique([award_form, subject, effective_from])
    bonus_coefficient_subject = Check("subject IN ('individual', 'collective')")
    bonus_coefficient_not_negative = Check("coefficient >= 0")


class BaseSalary(Table):
    """In đồng a month, from a day on."""

    id: Serial
    effective_from = Date(unique=True)
    amount = Integer()
    source = ForeignKey(LegalSource, null=True, default=None, on_delete=OnDelete.restrict)

    base_salary_is_positive = Check("amount > 0")
