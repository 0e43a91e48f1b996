from app.nominations.actions.attesting import attest
from app.nominations.actions.freezing import freeze_gates
from app.nominations.actions.nominating import nominate_collective, nominate_person
from app.nominations.actions.preparing import add_evidence
from app.nominations.actions.submitting import submit

__all__ = [
    "add_evidence",
    "attest",
    "freeze_gates",
    "nominate_collective",
    "nominate_person",
    "submit",
]
