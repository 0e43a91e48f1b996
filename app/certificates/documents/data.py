"""What stands on one certificate: strings ready to print, stored with the issued file."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date

from app.kernel.vietnamese import tidy


@dataclass(frozen=True, slots=True)
class CertificateData:
    """Every text is composed (NFC) and trimmed on the way in, so it prints as it compares.

    `position_line`, `subject_prefix` and `signer_capacity` may be empty. `signer_capacity` is
    the line of a deputy or of a body (`KT. VIỆN TRƯỞNG`), `signer_title` the line below it.
    """

    subject_prefix: str
    name: str
    position_line: str
    achievement: str
    award_title: str
    authority: str
    decision_number: str
    decided_on: date
    register_number: str
    place: str
    signer_capacity: str
    signer_title: str
    signer_name: str
    verify_url: str
    code: str
    width_mm: int = 297
    height_mm: int = 210

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, tidy(value))

    def to_json(self) -> dict[str, str | int]:
        return asdict(self) | {"decided_on": self.decided_on.isoformat()}

    @classmethod
    def from_json(cls, stored: dict[str, str | int]) -> CertificateData:
        """Raises TypeError on a missing or unknown key."""
        day = date.fromisoformat(str(stored["decided_on"]))
        return cls(**{**stored, "decided_on": day})  # type: ignore[arg-type]
