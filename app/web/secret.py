"""The key that signs form tokens: from `THIDUA_SECRET`, or made once and kept in `var/`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from app.database import var_directory


def secret() -> str:
    return os.environ.get("THIDUA_SECRET") or _kept(var_directory() / "secret")


def _kept(path: Path) -> str:
    """Two processes that start together must agree, so the file is created exclusively."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if kept := path.read_text().strip():
            return kept
        path.unlink(missing_ok=True)
        return _kept(path)
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key
