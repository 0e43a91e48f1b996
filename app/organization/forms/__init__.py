from app.organization.forms.events import SIDES, NewEvent, read_event
from app.organization.forms.people import FirstPosting, read_first_posting, read_person
from app.organization.forms.records import read_record

__all__ = (
    "SIDES",
    "FirstPosting",
    "NewEvent",
    "read_event",
    "read_first_posting",
    "read_person",
    "read_record",
)
