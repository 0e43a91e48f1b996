from app.nominations.tables.columns import MeasuredValue, ScoreColumn, ScoreColumnMark
from app.nominations.tables.nomination import (
    Attestation,
    EvidenceItem,
    GateCheck,
    Nomination,
    NominationGround,
    Registration,
)
from app.nominations.tables.papers import EvidenceFile, PeerReview, PeerReviewVote
from app.nominations.tables.routing import (
    DossierReturn,
    Endorsement,
    EndorsementList,
    InterAgencyOpinion,
    ItemReturn,
    NominationRefusal,
    RouteStep,
    Submission,
    Withdrawal,
)

__all__ = [
    "Attestation",
    "DossierReturn",
    "Endorsement",
    "EndorsementList",
    "EvidenceFile",
    "EvidenceItem",
    "GateCheck",
    "InterAgencyOpinion",
    "ItemReturn",
    "MeasuredValue",
    "Nomination",
    "NominationGround",
    "NominationRefusal",
    "PeerReview",
    "PeerReviewVote",
    "Registration",
    "RouteStep",
    "ScoreColumn",
    "ScoreColumnMark",
    "Submission",
    "Withdrawal",
]
