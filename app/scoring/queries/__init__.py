"""What of the scoring one reader may see.

Marks leave this package only for the member who gave them or, once scoring is closed, inside the
frozen documents.
"""

from app.scoring.queries.conflicts import conflicts
from app.scoring.queries.desk import Desk, desk, stage
from app.scoring.queries.progress import own_progress, panel_progress
from app.scoring.queries.rankings import (
    Barred,
    Candidate,
    StoredRanking,
    barred,
    export,
    named,
    panel_records,
    rankings,
)
from app.scoring.queries.sheets import OwnSheet, own_sheet, sheet_page
from app.scoring.queries.waiting import waiting

__all__ = [
    "Barred",
    "Candidate",
    "Desk",
    "OwnSheet",
    "StoredRanking",
    "barred",
    "conflicts",
    "desk",
    "export",
    "named",
    "own_progress",
    "own_sheet",
    "panel_progress",
    "panel_records",
    "rankings",
    "sheet_page",
    "stage",
    "waiting",
]
