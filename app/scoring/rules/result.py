"""The output document of formats/rank: hashes, rows in rank order, agreement, warnings."""

from __future__ import annotations

from app.scoring.rules.agreement import measures
from app.scoring.rules.bootstrap import band, rank_intervals
from app.scoring.rules.exact import show_ratio
from app.scoring.rules.panel import Panel
from app.scoring.rules.ranking import Place, rank_all

FORMAT = "thidua-ranking/1"


def result(panel: Panel, protocol_sha256: str, input_sha256: str) -> dict[str, object]:
    """`input_sha256` in hexadecimal also seeds the draws behind `rank_interval`."""
    rows = [_row(panel, place) for place in rank_all(panel)]
    cut = panel.protocol.cut
    if cut is not None:
        _add_intervals(panel, rows, cut, bytes.fromhex(input_sha256))
    agreement = measures(panel)
    if agreement is not None:
        shown = {
            name: None if value is None else show_ratio(value.numerator, value.denominator, 2)
            for name, value in agreement.items()
        }
    return {
        "format": FORMAT,
        "protocol_sha256": protocol_sha256,
        "input_sha256": input_sha256,
        "rows": rows,
        "agreement": None if agreement is None else shown,
        "warnings": list(panel.warnings),
    }


def _row(panel: Panel, place: Place) -> dict[str, object]:
    subject = panel.subjects[place.subject]
    sheets = len(subject.totals)
    value = None
    if place.rank is not None:
        value = show_ratio(sum(subject.totals), sheets * panel.scale, panel.protocol.decimals)
    return {
        "subject": subject.code,
        "value": value,
        "sheets": sheets,
        "rank": place.rank,
        "tied": place.tied,
    }


def _add_intervals(panel: Panel, rows: list[dict[str, object]], cut: int, seed: bytes) -> None:
    by_code = dict(
        zip(
            (subject.code for subject in panel.subjects),
            rank_intervals(panel, seed),
            strict=True,
        )
    )
    for row in rows:
        interval = by_code[str(row["subject"])]
        row["rank_interval"] = None if interval is None else list(interval)
        row["band"] = None if row["rank"] is None else band(interval, cut)
