from app.nominations.actions.achievements import edit_evidence, withdraw_evidence
from app.nominations.actions.attesting import attest
from app.nominations.actions.columns import save_column
from app.nominations.actions.freezing import freeze_gates
from app.nominations.actions.minutes import change_minutes, record_minutes
from app.nominations.actions.nominating import nominate_collective, nominate_person
from app.nominations.actions.preparing import add_evidence
from app.nominations.actions.registering import (
    nominate_registered,
    register,
    withdraw_registration,
)
from app.nominations.actions.submitting import submit
from app.nominations.actions.warnings_awards import keep_awards
from app.nominations.actions.warnings_grounds import add_ground, remove_ground

__all__ = [
    "add_evidence",
    "add_ground",
    "attest",
    "change_minutes",
    "edit_evidence",
    "freeze_gates",
    "keep_awards",
    "nominate_collective",
    "nominate_person",
    "nominate_registered",
    "record_minutes",
    "register",
    "remove_ground",
    "save_column",
    "submit",
    "withdraw_evidence",
    "withdraw_registration",
]
