from __future__ import annotations

from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from app.accounts.tables import Account
from app.decisions.tables import AwardDecision, DecisionItem
from app.files.tables import StoredFile


class IssueBatch(Table):
    """The issue of all certificates of one decision, done in the background and resumable."""

    id: Serial
    decision = ForeignKey(AwardDecision, null=False, unique=True, on_delete=OnDelete.restrict)
    total = Integer()
    state = Varchar(length=10)
    error = Text()
    print_file = ForeignKey(StoredFile, null=True, default=None, on_delete=OnDelete.restrict)
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()
    finished_at = Timestamptz(null=True, default=None)

    issue_batch_state = Check("state IN ('queued', 'running', 'done', 'failed')")
    issue_batch_done_has_file = Check("(state = 'done') = (print_file IS NOT NULL)")


class Certificate(Table):
    """One register entry. `data` is what it was made from; `file` is null until it is made."""

    id: Serial
    batch = ForeignKey(IssueBatch, null=False, on_delete=OnDelete.restrict, index=True)
    item = ForeignKey(DecisionItem, null=False, unique=True, on_delete=OnDelete.restrict)
    series = Varchar(length=40)
    number = Integer()
    register_number = Varchar(length=60, unique=True)
    code = Varchar(length=20, unique=True)
    data = Text()
    file = ForeignKey(StoredFile, null=True, default=None, on_delete=OnDelete.restrict)
    issued_at = Timestamptz()

    certificate_number_once = Unique([series, number])
    certificate_number_is_positive = Check("number > 0")
