from app.council.queries.composition import members, other_council_on
from app.council.queries.results import approved, ranked, results
from app.council.queries.sessions import CouncilRecord, record, session, waiting

__all__ = [
    "CouncilRecord",
    "approved",
    "members",
    "other_council_on",
    "ranked",
    "record",
    "results",
    "session",
    "waiting",
]
