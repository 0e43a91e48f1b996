"""What changes units and the records of people; each in one transaction with its log entry."""

from app.organization.actions.endings import absorb, convert, dissolve, merge, split
from app.organization.actions.people import add_person, correct_person
from app.organization.actions.records import add_record, correct_record, remove_record
from app.organization.actions.units import OFFICE_NAME, found, found_office, move, rename

__all__ = (
    "OFFICE_NAME",
    "absorb",
    "add_person",
    "add_record",
    "convert",
    "correct_person",
    "correct_record",
    "dissolve",
    "found",
    "found_office",
    "merge",
    "move",
    "remove_record",
    "rename",
    "split",
)
