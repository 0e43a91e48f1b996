from app.nominations.queries.candidates import to_freeze
from app.nominations.queries.choices import (
    HITS,
    Choice,
    collectives_to_nominate,
    people_to_nominate,
)
from app.nominations.queries.columns import (
    CitedYears,
    CouncilColumn,
    cited_years_of,
    columns_of,
    stored_column,
    take_cited_years_from,
    take_council_column_from,
)
from app.nominations.queries.dossier import (
    nomination,
    nomination_for_update,
    route_of,
    submissions_of,
)
from app.nominations.queries.gates import Gates, gates_of, measure_of
from app.nominations.queries.listing import (
    OwnNomination,
    Wanted,
    counts,
    nominations_page,
    offered,
    own,
)
from app.nominations.queries.measuring import measured_of, measured_of_round
from app.nominations.queries.minutes import (
    MinutesLine,
    last_locality,
    minutes,
    minutes_page,
    nominees_of,
    number_taken,
    reviewing_units,
)
from app.nominations.queries.placing import (
    is_nominated,
    last_number,
    place_of_collective,
    place_of_person,
    unit_name,
)
from app.nominations.queries.registrations import (
    posted_unit,
    registered_names,
    registration,
    registrations_page,
)
from app.nominations.queries.report import awards_of, particulars_of
from app.nominations.queries.waiting import waiting
from app.nominations.queries.warnings import examined, ground_choices
from app.nominations.queries.warnings_listing import warned_page
from app.nominations.queries.warnings_own import take_decided_from

__all__ = [
    "HITS",
    "Choice",
    "CitedYears",
    "CouncilColumn",
    "Gates",
    "MinutesLine",
    "OwnNomination",
    "Wanted",
    "awards_of",
    "cited_years_of",
    "collectives_to_nominate",
    "columns_of",
    "counts",
    "examined",
    "gates_of",
    "ground_choices",
    "is_nominated",
    "last_locality",
    "last_number",
    "measure_of",
    "measured_of",
    "measured_of_round",
    "minutes",
    "minutes_page",
    "nomination",
    "nomination_for_update",
    "nominations_page",
    "nominees_of",
    "number_taken",
    "offered",
    "own",
    "particulars_of",
    "people_to_nominate",
    "place_of_collective",
    "place_of_person",
    "posted_unit",
    "registered_names",
    "registration",
    "registrations_page",
    "reviewing_units",
    "route_of",
    "stored_column",
    "submissions_of",
    "take_cited_years_from",
    "take_council_column_from",
    "take_decided_from",
    "to_freeze",
    "unit_name",
    "waiting",
    "warned_page",
]
