"""The name of a file is a label: shown, offered when it is downloaded, never used as a path."""

from __future__ import annotations

from urllib.parse import quote

from app.files.rules.kinds import EXTENSIONS
from app.kernel.vietnamese import search_key, tidy

LONGEST_NAME = 200
NAMELESS = "tep-khong-ten"
# What Windows does not let a name hold; a downloaded file is saved somewhere.
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))


def tidy_name(name: str, media_type: str) -> str:
    """NFC, without a path or what no screen shows, and with the ending of what it really is."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if c.isprintable() or c.isspace())
    shown = tidy(shown).translate(_FORBIDDEN).strip(". ") or NAMELESS
    stem, dot, ending = shown.rpartition(".")
    endings = EXTENSIONS[media_type]
    if not dot or ending.lower() not in endings:
        stem, ending = shown, endings[0]
    return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip('. ')}.{ending}"


def disposition(name: str) -> str:
    """For saving, never for showing: `name` in full, and in ASCII for who reads no more."""
    stem, _, ending = name.rpartition(".")
    plain = "-".join(search_key(stem).encode("ascii", "ignore").decode().split()) or NAMELESS
    return f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
