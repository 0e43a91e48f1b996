from app.nominations.queries.candidates import to_freeze
from app.nominations.queries.choices import (
    HITS,
    Choice,
    collectives_to_nominate,
    people_to_nominate,
)
from app.nominations.queries.dossier import (
    Gates,
    gates_of,
    measure_of,
    nomination,
    nomination_for_update,
    route_of,
    submissions_of,
)
from app.nominations.queries.listing import OwnNomination, counts, nominations_page, own
from app.nominations.queries.placing import (
    is_nominated,
    last_number,
    place_of_collective,
    place_of_person,
)
from app.nominations.queries.waiting import waiting

__all__ = [
    "HITS",
    "Choice",
    "Gates",
    "OwnNomination",
    "collectives_to_nominate",
    "counts",
    "gates_of",
    "is_nominated",
    "last_number",
    "measure_of",
    "nomination",
    "nomination_for_update",
    "nominations_page",
    "own",
    "people_to_nominate",
    "place_of_collective",
    "place_of_person",
    "route_of",
    "submissions_of",
    "to_freeze",
    "waiting",
]
