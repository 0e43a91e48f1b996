"""`thidua rank` on 16,000 subjects x 9 members x 9 criteria against loading the same JSON."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from time import perf_counter

import msgspec

from app.scoring.rank_file import recompute

SUBJECTS, MEMBERS, CRITERIA = 16_000, 9, 9
BOUND = 3.0
ROUNDS = 3

Measure = tuple[str, float, float, float, float]


def document() -> dict[str, object]:
    """The same 1.3 million marks in every run: members who agree, quarter points, some ties."""
    chance = random.Random(2025)
    members = [f"M{m + 1}" for m in range(MEMBERS)]
    criteria = [(f"C{c + 1}", most) for c, most in enumerate((25, 40, 20, 15, 10, 5, 10, 20, 15))]
    subjects = [f"N-{s:05d}" for s in range(SUBJECTS)]
    merits = [chance.random() for _ in subjects]
    marks = []
    for member in members:
        for subject, merit in zip(subjects, merits, strict=True):
            for criterion, most in criteria:
                share = 0.7 * merit + 0.3 * chance.random()
                marks.append([member, subject, criterion, f"{round(share * most * 4) / 4:g}"])
    return {
        "format": "thidua-rank/1",
        "protocol": {
            "fusion": "mean",
            "min_members": 3,
            "tie_breaks": ["criterion:C2", "key:women_share"],
            "decimals": 2,
        },
        "criteria": [{"code": code, "max": str(most)} for code, most in criteria],
        "members": members,
        "subjects": [{"code": code, "keys": {"women_share": "0.5"}} for code in subjects],
        "recusals": [],
        "marks": marks,
    }


def run() -> list[Measure]:
    """Per case: name, seconds to load, seconds to recompute, their ratio, the ratio allowed."""
    panel = document()
    ordered = json.dumps(panel).encode()
    marks = panel["marks"]
    assert isinstance(marks, list)
    random.Random(9).shuffle(marks)
    shuffled = json.dumps(panel).encode()
    del panel, marks
    size = f"{SUBJECTS:,} x {MEMBERS} x {CRITERIA}"
    return [
        _measure(f"rank {size}, as exported", ordered),
        _measure(f"rank {size}, marks shuffled", shuffled),
    ]


def _measure(name: str, data: bytes) -> Measure:
    # Alternating, and the best of each: a neighbour's load falls on both sides.
    loads, recomputes = [], []
    for _ in range(ROUNDS):
        loads.append(_seconds(msgspec.json.decode, data))
        recomputes.append(_seconds(recompute, data))
    base, ours = min(loads), min(recomputes)
    return name, base, ours, ours / base, BOUND


def _seconds(work: Callable[[bytes], object], data: bytes) -> float:
    start = perf_counter()
    result = work(data)
    taken = perf_counter() - start
    del result
    return taken


if __name__ == "__main__":
    for name, base, ours, ratio, bound in run():
        print(f"{name}: {ours:.2f} s / {base:.2f} s = {ratio:.2f} (at most {bound:g})")
