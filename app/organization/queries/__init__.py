"""Units and people as of a date."""

from app.organization.queries.capacity import act_for, act_over
from app.organization.queries.events import (
    children_after,
    codes_taken,
    find_unit,
    find_units,
    links_above,
    lock_members,
    lock_posted,
    lock_tree,
    members_postings,
    still_posted,
    units_facts,
)
from app.organization.queries.keeping import (
    is_code_taken,
    lock_people,
    namesakes,
    person_facts,
)
from app.organization.queries.members import members_page
from app.organization.queries.people import people_page, units_matching
from app.organization.queries.person import person_sheet
from app.organization.queries.reach import reach, reach_of_each
from app.organization.queries.records import kept_person, lock_records, records_of
from app.organization.queries.tree import children_page, search_units, way
from app.organization.queries.unit import relations, unit_sheet

__all__ = (
    "act_for",
    "act_over",
    "children_after",
    "children_page",
    "codes_taken",
    "find_unit",
    "find_units",
    "is_code_taken",
    "kept_person",
    "links_above",
    "lock_members",
    "lock_people",
    "lock_posted",
    "lock_records",
    "lock_tree",
    "members_page",
    "members_postings",
    "namesakes",
    "people_page",
    "person_facts",
    "person_sheet",
    "reach",
    "reach_of_each",
    "records_of",
    "relations",
    "search_units",
    "still_posted",
    "unit_sheet",
    "units_facts",
    "units_matching",
    "way",
)
