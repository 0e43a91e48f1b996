"""Units and people with their dates. A name or a parent is only ever true for a period."""

from __future__ import annotations

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Text, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class Unit(Table):
    id: Serial
    code = Varchar(length=80, unique=True)
    kind = Varchar(length=30)
    founded_on = Date()
    dissolved_on = Date(null=True, default=None)
    illustrative = Boolean(default=False)

    unit_dates_in_order = Check("dissolved_on IS NULL OR dissolved_on >= founded_on")


class UnitVersion(Table):
    """What a unit was called and whom it belonged to, from day to day (both included)."""

    id: Serial
    unit = ForeignKey(Unit, null=False, on_delete=OnDelete.restrict)
    name = Varchar(length=300)
    search_key = Varchar(length=300)
    order_key = Text()
    parent = ForeignKey(Unit, null=True, default=None, on_delete=OnDelete.restrict, index=True)
    valid_from = Date()
    valid_to = Date(null=True, default=None)

    unit_version_starts_once = Unique([unit, valid_from])
    unit_version_dates_in_order = Check("valid_to IS NULL OR valid_to >= valid_from")
    unit_version_is_not_its_own_parent = Check("parent IS NULL OR parent <> unit")


class UnitSuccession(Table):
    """A dated event: `successor` takes over from `predecessor` (rename keeps the unit itself).

    `absorption`: the successor was there before and goes on; of a `merge` it is new.
    """

    id: Serial
    predecessor = ForeignKey(Unit, null=False, on_delete=OnDelete.restrict)
    successor = ForeignKey(Unit, null=False, on_delete=OnDelete.restrict, index=True)
    happened_on = Date()
    event = Varchar(length=20)

    unit_succession_once = Unique([predecessor, successor])
    unit_succession_event = Check("event IN ('merge', 'absorption', 'split', 'conversion')")
    unit_succession_of_another = Check("predecessor <> successor")


class Person(Table):
    id: Serial
    staff_code = Varchar(length=30, unique=True)
    full_name = Varchar(length=200)
    search_key = Varchar(length=200, index=True)
    order_key = Text()
    birth_date = Date()
    sex = Varchar(length=10)
    ethnicity = Varchar(length=40)
    staff_category = Varchar(length=30)
    recruited_on = Date()

    person_sex = Check("sex IN ('female', 'male')")
    person_recruited_as_adult = Check("recruited_on > birth_date")


class Posting(Table):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    unit = ForeignKey(Unit, null=False, on_delete=OnDelete.restrict, index=True)
    post = Varchar(length=200)
    is_main = Boolean(default=True)
    valid_from = Date()
    valid_to = Date(null=True, default=None)

    posting_dates_in_order = Check("valid_to IS NULL OR valid_to >= valid_from")
    posting_starts_once = Unique([person, unit, post, valid_from])


class LeadershipPipeline(Table):
    """Quy hoạch: a person planned for a post, in whole or part of a term."""

    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    post = Varchar(length=200)
    valid_from = Date()
    valid_to = Date(null=True, default=None)

    leadership_pipeline_once = Unique([person, post, valid_from])
    leadership_pipeline_dates_in_order = Check("valid_to IS NULL OR valid_to >= valid_from")


class LongAbsence(Table):
    """Away for weeks or months (study, illness, maternity): some titles ask how long."""

    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    reason = Varchar(length=200)
    valid_from = Date()
    valid_to = Date(null=True, default=None)

    long_absence_once = Unique([person, valid_from])
    long_absence_dates_in_order = Check("valid_to IS NULL OR valid_to >= valid_from")


class YearlyClassification(Table):
    """Mức độ hoàn thành nhiệm vụ of one person in one year."""

    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    year = Integer()
    level = Varchar(length=20)

    yearly_classification_once = Unique([person, year])
    yearly_classification_level = Check("level IN ('excellent', 'good', 'fair', 'poor')")
