"""A refusal says no once, for the button, the 409 page and the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:  # noqa: N802 - the gettext convention for "translate later"
    """Mark a Vietnamese text for extraction; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not allowed.

    `code` is stable and goes to tests and the log; `message` is a gettext id with
    `{placeholders}` filled from `values` after translation.
    """

    code: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    field_name: str | None = None


class Refused(Exception):
    """Raised by an action; the HTTP shell turns it into a 409 with the refusal's own words."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class NotVisible(Exception):
    """It does not exist for this reader: a 404, and whether it exists at all is not said."""
