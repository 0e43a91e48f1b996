from __future__ import annotations

from piccolo.columns import (
    ForeignKey,
    Integer,
    Numeric,
    OnDelete,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from app.accounts.tables import Account
from app.movement.tables import Criterion, ReviewRound
from app.nominations.tables import Nomination


class ScoringOpening(Table):
    id: Serial
    round = ForeignKey(ReviewRound, null=False, unique=True, on_delete=OnDelete.restrict)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()


class PanelMember(Table):
    """Who scores in a round, under which neutral label (M1, M2, ...) exports call them."""

    id: Serial
    round = ForeignKey(ReviewRound, null=False, on_delete=OnDelete.restrict)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.restrict, index=True)
    label = Varchar(length=10)

    panel_member_once = Unique([round, account])
    panel_member_label_once = Unique([round, label])


class ScoreSheet(Table):
    """One member's marks on one nomination; `version` catches two tabs saving over each other."""

    id: Serial
    member = ForeignKey(PanelMember, null=False, on_delete=OnDelete.restrict)
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.restrict, index=True)
    version = Integer()
    saved_at = Timestamptz()

    score_sheet_once = Unique([member, nomination])
    score_sheet_version_is_positive = Check("version > 0")


class Mark(Table):
    id: Serial
    sheet = ForeignKey(ScoreSheet, null=False, on_delete=OnDelete.restrict)
    criterion = ForeignKey(Criterion, null=False, on_delete=OnDelete.restrict)
    points = Numeric(digits=(6, 2))

    mark_once = Unique([sheet, criterion])
    mark_not_negative = Check("points >= 0")


class Recusal(Table):
    id: Serial
    member = ForeignKey(PanelMember, null=False, on_delete=OnDelete.restrict)
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.restrict, index=True)
    reason = Text()
    at = Timestamptz()

    recusal_once = Unique([member, nomination])


class ScoringClosure(Table):
    id: Serial
    round = ForeignKey(ReviewRound, null=False, unique=True, on_delete=OnDelete.restrict)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()


class Ranking(Table):
    """The frozen ranking: input and output documents as in thidua-rank/1, canonical JSON."""

    id: Serial
    round = ForeignKey(ReviewRound, null=False, on_delete=OnDelete.restrict)
    subject = Varchar(length=20)
    input = Text()
    input_sha256 = Varchar(length=64)
    result = Text()

    ranking_once = Unique([round, subject])
    ranking_subject = Check("subject IN ('individual', 'collective')")
