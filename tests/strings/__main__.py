from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.strings.bare import bare_texts
from tests.strings.catalogue import ENGLISH, problems, read, updated
from tests.strings.found import texts

ROOT = Path(__file__).parents[2]


def update() -> int:
    path = ROOT / ENGLISH
    before = read(path)
    after = updated(before, texts(ROOT))
    path.parent.mkdir(parents=True, exist_ok=True)
    after.save(str(path))
    ids_before, ids_after = {e.msgid for e in before}, {e.msgid for e in after}
    print(
        f"{ENGLISH}: {len(after)} texts, {len(ids_after - ids_before)} new, "
        f"{len(ids_before - ids_after)} dropped, {len(after.untranslated_entries())} to translate"
    )
    return 0


def check() -> int:
    lines = problems(read(ROOT / ENGLISH), texts(ROOT)) + bare_texts(ROOT / "templates")
    print("\n".join(lines) if lines else "every text is translated")
    return 1 if lines else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.strings", description=__doc__)
    parser.add_argument(
        "command",
        choices=("update", "check"),
        help="update: take new texts into the English catalogue; check: report what is missing",
    )
    return {"update": update, "check": check}[parser.parse_args().command]()


if __name__ == "__main__":
    sys.exit(main())
