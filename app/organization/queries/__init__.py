"""Units and people as of a date."""

from app.organization.queries.events import (
    children_after,
    codes_taken,
    find_unit,
    links_above,
    lock_tree,
    still_posted,
    units_facts,
)
from app.organization.queries.members import members_on, members_page, unit_and_below
from app.organization.queries.people import people_page, units_matching
from app.organization.queries.person import person_sheet
from app.organization.queries.reach import reach
from app.organization.queries.tree import children_page, search_units, way
from app.organization.queries.unit import relations, unit_sheet

__all__ = (
    "children_after",
    "children_page",
    "codes_taken",
    "find_unit",
    "links_above",
    "lock_tree",
    "members_on",
    "members_page",
    "people_page",
    "person_sheet",
    "reach",
    "relations",
    "search_units",
    "still_posted",
    "unit_and_below",
    "unit_sheet",
    "units_facts",
    "units_matching",
    "way",
)
