"""The most sensitive register: only the discipline officer and the person concerned read it."""

from __future__ import annotations

from piccolo.columns import Date, ForeignKey, OnDelete, Serial, Text, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from app.organization.tables import Person


class DisciplineCase(Table):
    """Open from `opened_on`; ends in a decision (`form`, `decided_on`) or is closed without one."""

    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    kind = Varchar(length=20)
    violated_on = Date(null=True, default=None)
    opened_on = Date()
    form = Varchar(length=30, null=True, default=None)
    decision_number = Varchar(length=60, null=True, default=None)
    decided_on = Date(null=True, default=None)
    served_until = Date(null=True, default=None)
    closed_on = Date(null=True, default=None)
    note = Text()

    discipline_case_kind = Check("kind IN ('discipline', 'investigation', 'complaint')")
    discipline_case_decision_complete = Check("(form IS NULL) = (decided_on IS NULL)")
    discipline_case_dates_in_order = Check(
        "(decided_on IS NULL OR decided_on >= opened_on)"
        " AND (closed_on IS NULL OR closed_on >= opened_on)"
        " AND (served_until IS NULL OR served_until >= decided_on)"
    )
