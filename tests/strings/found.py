"""What code and templates give to `_()`, `N_()` and `ngettext()`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract_from_file
from jinja2.ext import babel_extract

KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
# A template that does not parse must be an error here, not a template without texts.
TEMPLATE_OPTIONS = {"silent": "false", "encoding": "utf-8"}


@dataclass(frozen=True, slots=True)
class Text:
    """One text in one file; `plural` is None for texts without a number."""

    message: str
    plural: str | None
    file: str
    line: int


def texts(root: Path) -> list[Text]:
    """All marked texts under `app/` and `templates/`, by file, then line."""
    found = [text for path in sorted((root / "app").rglob("*.py")) for text in _in(root, path)]
    found += [
        text for path in sorted((root / "templates").rglob("*.html")) for text in _in(root, path)
    ]
    return found


def texts_in(path: Path) -> Iterator[tuple[int, str, str | None]]:
    """(line, message, plural) of one Python file or one template."""
    template = path.suffix == ".html"
    for line, message, _comments, _context in extract_from_file(
        babel_extract if template else "python",
        path,
        keywords=KEYWORDS,
        options=TEMPLATE_OPTIONS if template else {"encoding": "utf-8"},
    ):
        if isinstance(message, tuple):
            yield line, message[0], message[1]
        elif message:
            yield line, message, None


def _in(root: Path, path: Path) -> list[Text]:
    file = path.relative_to(root).as_posix()
    return [Text(message, plural, file, line) for line, message, plural in texts_in(path)]
