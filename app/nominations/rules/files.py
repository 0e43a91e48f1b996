"""Files of a dossier: where each belongs, and when one may be added or removed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.files.rules import EXTENSIONS
from app.kernel.refusal import N_, Refusal
from app.nominations.rules.facts import Dossier
from app.nominations.rules.refusing import refuse_changing

# Papers of the dossier itself, in the order in which they are read.
PAPERS = {
    "report": N_("Báo cáo thành tích (bản có chữ ký)"),
    "minutes": N_("Biên bản bình xét"),
    "other": N_("Giấy tờ khác"),
}
MOST_AT_ONCE = 10
MOST_FILES = 200

NO_SUCH_SPOT = Refusal(
    "no-such-spot", N_("Vui lòng chọn mục của hồ sơ mà tệp thuộc về."), field_name="to"
)
ALREADY_THERE = Refusal("already-there", N_("Tệp này đã có ở mục đã chọn."))
ALREADY_REMOVED = Refusal("already-removed", N_("Tệp này đã được gỡ."))


class FilesRefused(Exception):
    """Some of the files sent together are not taken, and so none is; each with its reason."""

    def __init__(self, refusals: Sequence[tuple[str, Refusal]]) -> None:
        super().__init__(", ".join(refusal.code for _, refusal in refusals))
        self.refusals = tuple(refusals)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it arrived: `read` gives its bytes whenever its turn comes, one file at a time."""

    name: str
    read: Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a file belongs: `purpose` is evidence (under a criterion) or one of PAPERS."""

    purpose: str
    criterion_code: str = ""
    evidence_id: int | None = None

    @property
    def key(self) -> str:
        """What the form posts."""
        if self.evidence_id is not None:
            return f"evidence:{self.evidence_id}"
        return f"criterion:{self.criterion_code}" if self.purpose == "evidence" else self.purpose

    @property
    def item(self) -> str:
        """As appraisal calls what it sends back."""
        return "criterion" if self.purpose == "evidence" else self.purpose


@dataclass(frozen=True, slots=True)
class FileFacts:
    """`thumbnail`: SHA-256 of a picture of it; None: it cannot be drawn."""

    id: int
    spot: Spot
    name: str
    media_type: str
    size: int
    sha256: str
    pages: int | None
    thumbnail: str | None
    by: str
    at: datetime
    removed_by: str | None
    removed_at: datetime | None
    removed_because: str

    @property
    def kind(self) -> str:
        """PDF, JPG, PNG, WEBP, DOCX or XLSX."""
        return EXTENSIONS[self.media_type][0].upper()

    @property
    def kilobytes(self) -> int:
        return max(1, round(self.size / 1024))

    @property
    def megabytes(self) -> Decimal:
        return (Decimal(self.size) / 1024**2).quantize(Decimal("0.1"))


def spots(dossier: Dossier) -> tuple[Spot, ...]:
    """Every place of the dossier that takes files, as its pages list them."""
    found: list[Spot] = []
    for criterion in dossier.criteria:
        if criterion.kind != "gate":
            found.append(Spot("evidence", criterion.code))
            found += (
                Spot("evidence", criterion.code, item.id)
                for item in dossier.evidence
                if item.criterion_code == criterion.code
            )
    return (*found, *(Spot(paper) for paper in PAPERS))


def open_spots(dossier: Dossier, today: date) -> tuple[Spot, ...]:
    return tuple(spot for spot in spots(dossier) if refuse_filing(dossier, spot, today) is None)


def refuse_filing(dossier: Dossier, spot: Spot, today: date) -> Refusal | None:
    if spot not in spots(dossier):
        return NO_SUCH_SPOT
    return refuse_changing(dossier, spot.item, spot.criterion_code, today)


def refuse_any_filing(dossier: Dossier, today: date) -> Refusal | None:
    """Nothing may be added anywhere; what was sent back and is late says so."""
    if open_spots(dossier, today):
        return None
    refusals = (
        refuse_changing(dossier, asked.item, asked.criterion_code, today)
        for asked in dossier.open_returns
    )
    return next(filter(None, refusals), None) or refuse_changing(dossier, "other", "", today)


def refuse_count(dossier_files: Iterable[FileFacts], new: int) -> Refusal | None:
    kept = sum(file.removed_at is None for file in dossier_files)
    if kept + new <= MOST_FILES:
        return None
    return Refusal(
        "too-many-files",
        N_("Một hồ sơ có tối đa {most} tệp; hồ sơ này đã có {kept} tệp."),
        {"most": MOST_FILES, "kept": kept},
    )


def already_there(dossier_files: Iterable[FileFacts], spot: Spot) -> frozenset[str]:
    """SHA-256 of what lies in that place: a double click must not file a paper twice."""
    return frozenset(
        file.sha256 for file in dossier_files if file.removed_at is None and file.spot == spot
    )


def refuse_removing(dossier: Dossier, file: FileFacts, today: date) -> Refusal | None:
    if file.removed_at is not None:
        return ALREADY_REMOVED
    return refuse_changing(dossier, file.spot.item, file.spot.criterion_code, today)
