from __future__ import annotations

from piccolo.columns import Boolean, Date, ForeignKey, Numeric, OnDelete, Serial, Text, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from app.organization.tables import Person, Unit


class Initiative(Table):
    id: Serial
    code = Varchar(length=30, unique=True)
    title = Varchar(length=300)
    summary = Text()
    unit = ForeignKey(Unit, null=False, on_delete=OnDelete.restrict, index=True)
    applied_from = Date()
    benefit = Text()


class InitiativeAuthor(Table):
    id: Serial
    initiative = ForeignKey(Initiative, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    share = Numeric(digits=(5, 2))

    initiative_author_once = Unique([initiative, person])
    initiative_author_share = Check("share > 0 AND share <= 100")


class InitiativeRecognition(Table):
    """The paper that recognises an initiative; wider replication is recognised separately."""

    id: Serial
    initiative = ForeignKey(Initiative, null=False, on_delete=OnDelete.restrict)
    scope = Varchar(length=20)
    number = Varchar(length=60)
    recognised_on = Date()
    replicable = Boolean()

    initiative_recognition_once = Unique([initiative, scope])
    initiative_recognition_scope = Check("scope IN ('base', 'sector', 'national')")
