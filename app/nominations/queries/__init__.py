from app.nominations.queries.candidates import (
    candidate_counts,
    candidates,
    set_aside,
    to_freeze,
)
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
    "candidate_counts",
    "candidates",
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
    "set_aside",
    "to_freeze",
    "waiting",
]
