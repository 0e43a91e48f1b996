"""Two tabs, two people: the second one keeps what was typed and sees what is stored by now."""

from __future__ import annotations

from collections.abc import Mapping

from app.web.forms import Form

Words = Mapping[str, Mapping[str, str]]


def differences(
    form: Form, stored: Mapping[str, object], labels: Mapping[str, str], words: Words | None = None
) -> list[tuple[str, str]]:
    """(label, what is stored) of each field that was typed otherwise.

    `stored`: as the form would have posted it; `words`: what the values of a choice are called.
    """
    return [
        (label, (words or {}).get(name, {}).get(value, value))
        for name, label in labels.items()
        if (value := str(stored.get(name, ""))) != form.values.get(name, "")
    ]
