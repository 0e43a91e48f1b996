"""What of the scoring one reader may see.

Marks leave this package only for the member who gave them or, once scoring is closed, inside the
frozen documents.
"""

from app.scoring.queries.annual import (
    annual_results,
    cited_of,
    cited_results,
    not_frozen,
    phase_of,
    take_awards_from,
)
from app.scoring.queries.conflicts import conflicts
from app.scoring.queries.council_points import council_column, council_points
from app.scoring.queries.desk import Desk, desk, stage
from app.scoring.queries.outstanding import Outstanding, outstanding
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
    unmeasured,
)
from app.scoring.queries.sheets import OwnSheet, own_sheet, refusals_to_score, sheet_page
from app.scoring.queries.waiting import waiting

__all__ = [
    "Barred",
    "Candidate",
    "Desk",
    "Outstanding",
    "OwnSheet",
    "StoredRanking",
    "annual_results",
    "barred",
    "cited_of",
    "cited_results",
    "conflicts",
    "council_column",
    "council_points",
    "desk",
    "export",
    "named",
    "not_frozen",
    "outstanding",
    "own_progress",
    "own_sheet",
    "panel_progress",
    "panel_records",
    "phase_of",
    "rankings",
    "refusals_to_score",
    "sheet_page",
    "stage",
    "take_awards_from",
    "unmeasured",
    "waiting",
]
