from app.nominations.forms.dossier import (
    LONGEST_ACHIEVEMENT,
    LONGEST_STATEMENT,
    NewAttestation,
    NewEvidence,
    NewNomination,
    read_attestation,
    read_evidence,
    read_nomination,
)

__all__ = [
    "LONGEST_ACHIEVEMENT",
    "LONGEST_STATEMENT",
    "NewAttestation",
    "NewEvidence",
    "NewNomination",
    "read_attestation",
    "read_evidence",
    "read_nomination",
]
