from app.award_history.queries.awards import (
    award,
    award_forms,
    awards_of,
    awards_of_holder,
)
from app.award_history.queries.holders import (
    holder_for_update,
    keeps_over,
    kept_holder,
    person_holder,
    unit_holder,
)
from app.award_history.queries.listing import PAGE, Wanted, awards_page

__all__ = [
    "PAGE",
    "Wanted",
    "award",
    "award_forms",
    "awards_of",
    "awards_of_holder",
    "awards_page",
    "holder_for_update",
    "keeps_over",
    "kept_holder",
    "person_holder",
    "unit_holder",
]
