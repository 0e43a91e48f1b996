"""The council's result: quorum, and agreement counted over all members, present or not."""

from app.council.rules.facts import (
    OFFICES,
    ApprovedNomination,
    CouncilFacts,
    Meeting,
    MemberFacts,
    PaperStyle,
    RankedCandidate,
    Seat,
    SessionFacts,
    VotedCandidate,
)
from app.council.rules.refusing import (
    NO_COUNCIL,
    refuse_attendance,
    refuse_ballot,
    refuse_day,
    refuse_establishing,
    refuse_recording,
    refuse_votes,
)
from app.council.rules.threshold import (
    Share,
    share,
)

__all__ = [
    "NO_COUNCIL",
    "OFFICES",
    "ApprovedNomination",
    "CouncilFacts",
    "Meeting",
    "MemberFacts",
    "PaperStyle",
    "RankedCandidate",
    "Seat",
    "SessionFacts",
    "Share",
    "VotedCandidate",
    "refuse_attendance",
    "refuse_ballot",
    "refuse_day",
    "refuse_establishing",
    "refuse_recording",
    "refuse_votes",
    "share",
]
