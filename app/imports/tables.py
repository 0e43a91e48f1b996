from __future__ import annotations

from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from app.accounts.tables import Account
from app.files.tables import StoredFile


class ImportRun(Table):
    """One uploaded sheet: checked first (the dry run), then applied whole or not at all.

    `counts` is the JSON of `{new, changed, unchanged, refused}`; `problems` the JSON list of
    `{row, column, value, message, values, severity}`; `lines` the JSON of
    `{new, changed, unchanged}`, each a list of `[row, key, name, column, now, value]`. Of each sort
    only the first lines are kept, the counts are of all.
    """

    id: Serial
    kind = Varchar(length=20)
    file = ForeignKey(StoredFile, null=False, on_delete=OnDelete.restrict)
    file_name = Varchar(length=200)
    state = Varchar(length=10)
    total = Integer()
    done = Integer()
    counts = Text()
    problems = Text()
    lines = Text(default="{}")
    error = Text()
    by = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz()
    applied_at = Timestamptz(null=True, default=None)

    import_run_state = Check(
        "state IN ('queued', 'checking', 'refused', 'ready', 'applying', 'done', 'failed')"
    )
    import_run_progress = Check("done >= 0 AND total >= 0")
