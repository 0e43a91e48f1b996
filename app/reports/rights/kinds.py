"""The kinds of things one may ask about."""

from __future__ import annotations

from app.reports.rights import general
from app.reports.rights.thing import Registry
from app.reports.rights.things.accounts import ACCOUNT
from app.reports.rights.things.awarding import AWARD, CERTIFICATE, DECISION
from app.reports.rights.things.discipline import CASE
from app.reports.rights.things.dossiers import NOMINATION
from app.reports.rights.things.imports import IMPORT
from app.reports.rights.things.initiatives import INITIATIVE
from app.reports.rights.things.judging import PUBLICATION, SESSION, SHEET
from app.reports.rights.things.movements import CRITERIA, MOVEMENT, ROUND
from app.reports.rights.things.papers import ENDORSEMENT, MINUTES, REGISTRATION
from app.reports.rights.things.people import PERSON
from app.reports.rights.things.units import UNIT

# Each has single ones, found by what people write on paper.
SINGLE: Registry = {
    "unit": UNIT,
    "person": PERSON,
    "account": ACCOUNT,
    "movement": MOVEMENT,
    "round": ROUND,
    "criteria": CRITERIA,
    "nomination": NOMINATION,
    "registration": REGISTRATION,
    "minutes": MINUTES,
    "endorsement": ENDORSEMENT,
    "scoring": SHEET,
    "session": SESSION,
    "publication": PUBLICATION,
    "decision": DECISION,
    "certificate": CERTIFICATE,
    "award": AWARD,
    "initiative": INITIATIVE,
    "case": CASE,
    "import": IMPORT,
}
GENERAL: Registry = {
    "rounds": general.ROUNDS,
    "awards": general.AWARDS,
    "people": general.PEOPLE,
    "accounts": general.ACCOUNTS,
    "discipline": general.DISCIPLINE,
    "log": general.LOG,
}
KINDS: Registry = {**SINGLE, **GENERAL}
