"""Speed as ratios: every `bench_*.py` here measures the plain way and ours in the same run.

Each module has `run() -> list[tuple[name, baseline_seconds, ours_seconds, ratio, bound]]`.
`bound` is text such as `">= 5"` or `"<= 3"`; a bare number takes its direction from how the ratio
was formed: baseline / ours is a gain and has a lower bound, ours / baseline a cost and has an upper
one. Seconds may be None where something else than time is counted; the bound is text then.
A miss is printed. It fails the run only with BENCH_STRICT=1: a busy machine is no defect.
"""

from __future__ import annotations

import argparse
import operator
import os
import sys
import traceback
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
COMPARE = {">=": operator.ge, "<=": operator.le}


class Measure(NamedTuple):
    name: str
    baseline: float | None
    ours: float | None
    ratio: float
    bound: str | float


def bound_text(measure: Measure) -> str:
    """`">= 5"` however the bound was given."""
    if isinstance(measure.bound, str):
        return measure.bound
    if not measure.baseline or not measure.ours:
        raise ValueError(f"{measure.name}: give the bound as text, such as '<= {measure.bound}'")
    gain, cost = measure.baseline / measure.ours, measure.ours / measure.baseline
    sign = ">=" if abs(measure.ratio - gain) <= abs(measure.ratio - cost) else "<="
    return f"{sign} {measure.bound:g}"


def verdict(measure: Measure) -> str:
    sign, value = bound_text(measure).split()
    return "OK" if COMPARE[sign](measure.ratio, float(value)) else "MISS"


def table(measures: Iterable[Measure]) -> str:
    head = ("what", "plain", "ours", "ratio", "bound", "")
    rows = [head] + [
        (m.name, seconds(m.baseline), seconds(m.ours), f"{m.ratio:.2f}", bound_text(m), verdict(m))
        for m in measures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, 5) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def found(words: list[str]) -> list[str]:
    """Names of the benchmark modules; with `words`, those that contain one of them."""
    names = sorted(path.stem for path in FOLDER.glob("bench_*.py"))
    return [name for name in names if not words or any(word in name for word in words)]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("word", nargs="*", help="only modules whose name contains one of these")
    names = found(parser.parse_args(arguments).word)
    if not names:
        print("bench: nothing to measure")
        return 0

    measures: list[Measure] = []
    broken = []
    for name in names:
        print(f"bench: {name}", file=sys.stderr, flush=True)
        try:
            measures += [Measure(*line) for line in import_module(f"tests.bench.{name}").run()]
        except Exception:
            traceback.print_exc()
            broken.append(name)

    print(table(measures))
    missed = [measure.name for measure in measures if verdict(measure) == "MISS"]
    if broken:
        print(f"bench: could not run: {', '.join(broken)}", file=sys.stderr)
        return 1
    return 1 if missed and os.environ.get("BENCH_STRICT") == "1" else 0


if __name__ == "__main__":
    sys.exit(main())
