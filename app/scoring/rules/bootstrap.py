"""How far ranks move when the panel is drawn again: rank intervals and the cut.

The definition, so that anyone can repeat it:

- Stream: block i (i = 0, 1, ...) is SHA-256(seed || i as 8 bytes, big endian), where the seed is
  the 32 bytes of `input_sha256`; each block gives four unsigned 64-bit words, big endian.
- Pick: one of n members (in code order) is `word mod n`; words from the largest multiple of n
  below 2**64 upwards are skipped, so that no member is favoured.
- Draw: n picks with replacement; 1,000 draws read the stream one after the other.
- In a draw a sheet counts as often as its member was picked; the ranked subjects are ordered
  again by the protocol (value, then tie-breaks), subjects still equal share the best rank, and a
  subject none of whose members was picked is left out of that draw.
- Percentile p of a subject's k ranks is the nearest rank: the ceil(p * k / 100)-th smallest.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from hashlib import sha256
from itertools import count

from app.scoring.rules.fusion import voices
from app.scoring.rules.panel import Panel
from app.scoring.rules.ranking import ranked, standings

DRAWS = 1000
_WORDS = 2**64


def draws(seed: bytes, members: int, number: int = DRAWS) -> list[tuple[int, ...]]:
    """Per draw how often each member was picked; every draw sums to `members`."""
    stream = picks(seed, members)
    result = []
    for _ in range(number):
        times = [0] * members
        for _ in range(members):
            times[next(stream)] += 1
        result.append(tuple(times))
    return result


def picks(seed: bytes, members: int) -> Iterator[int]:
    """Positions of picked members, without end."""
    fair = _WORDS - _WORDS % members
    for block in count():
        digest = sha256(seed + block.to_bytes(8, "big")).digest()
        for start in range(0, 32, 8):
            word = int.from_bytes(digest[start : start + 8], "big")
            if word < fair:
                yield word % members


def rank_intervals(panel: Panel, seed: bytes) -> list[tuple[int, int] | None]:
    """Per subject its 5th and 95th percentile rank; None when unranked or in no draw."""
    taking_part = ranked(panel)
    if not taking_part:
        return [None] * len(panel.subjects)
    # Few members repeat the same draw often; each different one is ranked once.
    known: dict[tuple[int, ...], array[int]] = {}
    columns = []
    for draw in draws(seed, len(panel.members)):
        if draw not in known:
            known[draw] = _ranks(panel, draw, taking_part)
        columns.append(known[draw])
    return [_interval(ranks) for ranks in zip(*columns, strict=True)]


def _ranks(panel: Panel, draw: tuple[int, ...], taking_part: list[int]) -> array[int]:
    """Per subject its rank in this draw, 0 when it is not in it."""
    ranks = array("I", [0]) * len(panel.subjects)
    for rank, group in standings(panel, voices(panel, draw), taking_part):
        for subject in group:
            ranks[subject] = rank
    return ranks


def _interval(ranks: tuple[int, ...]) -> tuple[int, int] | None:
    present = sorted(rank for rank in ranks if rank)
    if not present:
        return None
    return percentile(present, 5), percentile(present, 95)


def percentile(ascending: list[int], percent: int) -> int:
    """Nearest rank: one of the values, never between two."""
    return ascending[-(-percent * len(ascending) // 100) - 1]


def band(interval: tuple[int, int] | None, cut: int) -> str:
    """`too_close` leaves the decision to the council; so does having been in no draw."""
    if interval is not None and interval[1] <= cut:
        return "above"
    if interval is not None and interval[0] > cut:
        return "below"
    return "too_close"
