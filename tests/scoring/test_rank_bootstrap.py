"""The draws: one stream on every machine, and intervals against a plain reference."""

import hashlib
import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.scoring.rank_file import sha256_of
from app.scoring.rules.bootstrap import band, draws, percentile, picks
from tests.scoring.rank_documents import answer, document

SEED = hashlib.sha256(b"seed").digest()


def reference_draws(seed: bytes, members: int, number: int) -> list[list[int]]:
    """The documented stream, written again from its definition."""
    words: list[int] = []
    block = 0
    while len(words) < members * number:
        digest = hashlib.sha256(seed + bytes(7) + bytes([block])).digest()
        words += [int(digest[i : i + 8].hex(), 16) for i in (0, 8, 16, 24)]
        block += 1
    return [[w % members for w in words[d * members :][:members]] for d in range(number)]


def test_the_stream_is_fixed_for_ever() -> None:
    assert draws(SEED, 9, 2) == [
        (1, 2, 0, 0, 0, 2, 1, 1, 2),
        (3, 0, 1, 0, 1, 0, 1, 1, 2),
    ]


def test_the_stream_follows_its_definition() -> None:
    expected = [tuple(picks.count(m) for m in range(7)) for picks in reference_draws(SEED, 7, 100)]
    assert draws(SEED, 7, 100) == expected


def test_words_that_would_favour_a_member_are_skipped() -> None:
    # With 2**63 + 1 members nearly half of all words lie above the largest multiple.
    many = 2**63 + 1
    stream = picks(SEED, many)
    words = [
        int.from_bytes(hashlib.sha256(SEED + i.to_bytes(8, "big")).digest()[j : j + 8], "big")
        for i in range(10)
        for j in (0, 8, 16, 24)
    ]
    fair = [word for word in words if word < many]
    assert 0 < len(fair) < len(words)
    assert [next(stream) for _ in fair] == fair


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        ((1, 3), "above"),
        ((3, 3), "above"),
        ((3, 4), "too_close"),
        ((1, 9), "too_close"),
        ((4, 4), "below"),
        (None, "too_close"),
    ],
)
def test_band(interval: tuple[int, int] | None, expected: str) -> None:
    assert band(interval, 3) == expected


marks = st.integers(0, 3).map(str)
sheets = st.dictionaries(
    st.sampled_from(["M1", "M2", "M3"]), st.tuples(marks, marks), min_size=0, max_size=3
)


@settings(max_examples=12, deadline=None)
@given(st.dictionaries(st.sampled_from(["N1", "N2", "N3", "N4"]), sheets, min_size=1))
def test_intervals_equal_a_plain_reference(
    given_sheets: dict[str, dict[str, tuple[str, ...]]],
) -> None:
    of = document(given_sheets, cut=2, tie_breaks=["criterion:C2"])
    ranks = reference_ranks(of, given_sheets)
    for row in answer(of)["rows"]:
        seen = sorted(ranks[row["subject"]])
        expected = None
        if seen:
            expected = [seen[math.ceil(len(seen) * p / 100) - 1] for p in (5, 95)]
        assert row["rank_interval"] == expected


def reference_ranks(
    of: dict[str, object], given_sheets: dict[str, dict[str, tuple[str, ...]]]
) -> dict[str, list[int]]:
    ranks: dict[str, list[int]] = {subject: [] for subject in given_sheets}
    stream = picks(bytes.fromhex(sha256_of(of)), 3)
    for _ in range(1000):
        picked = [f"M{next(stream) + 1}" for _ in range(3)]
        keys = {}
        for subject, own in given_sheets.items():
            drawn = [own[m] for m in picked if m in own]
            if drawn:
                keys[subject] = (
                    Fraction(sum(int(a) + int(b) for a, b in drawn), len(drawn)),
                    Fraction(sum(int(b) for _, b in drawn), len(drawn)),
                )
        for subject, key in keys.items():
            ranks[subject].append(1 + sum(other > key for other in keys.values()))
    return ranks


def test_a_subject_below_the_least_number_of_members_is_in_no_draw() -> None:
    of = document(
        {
            "N1": {"M1": ("25", "40")},
            "N2": {"M1": ("1", "1"), "M2": ("1", "1"), "M3": ("1", "1")},
        },
        min_members=2,
        cut=1,
    )
    rows = answer(of)["rows"]
    assert [(r["subject"], r["rank_interval"], r["band"]) for r in rows] == [
        ("N2", [1, 1], "above"),
        ("N1", None, None),
    ]


@pytest.mark.parametrize(
    ("count", "low", "high"), [(1, 1, 1), (10, 1, 10), (20, 1, 19), (21, 2, 20), (1000, 50, 950)]
)
def test_percentiles_are_nearest_ranks(count: int, low: int, high: int) -> None:
    ascending = list(range(1, count + 1))
    assert (percentile(ascending, 5), percentile(ascending, 95)) == (low, high)
