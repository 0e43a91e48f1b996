"""The composition root of measuring: importing this module makes every indicator known.

What an earlier room shows and only a later one knows is handed down here, too.
"""

from __future__ import annotations

from app.decisions.queries import awarded_in, decided_by
from app.initiatives import indicators as initiatives
from app.kernel.indicators import register
from app.movement.queries import take_progress_from
from app.nominations.queries import (
    take_cited_years_from,
    take_council_column_from,
    take_decided_from,
)
from app.organization import indicators as organization
from app.reports.queries import finished_stages
from app.scoring import indicators as scoring
from app.scoring.queries import cited_of, council_column, take_awards_from

register(*organization.INDICATORS, *initiatives.INDICATORS, *scoring.INDICATORS)
take_council_column_from(council_column)
take_cited_years_from(cited_of)
take_awards_from(awarded_in)
take_decided_from(decided_by)
take_progress_from(finished_stages)
