"""The sentence of a reminder in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from app.web.i18n import gettext

# Figures that are words of ours, gettext ids like the sentence; the others are names and numbers.
_OURS = {"stage"}


def sentence(message: str, values: Mapping[str, object]) -> str:
    return gettext(
        message,
        **{name: gettext(str(v)) if name in _OURS else v for name, v in values.items()},
    )
