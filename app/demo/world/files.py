"""Our own data files of the demo world, read as text and never changed."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def document(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))
