"""How far the members agree on the sheet totals; exact ratios, None where one is undefined.

Kendall's W and ICC(2,k) need a full table: they take the subjects for which every active member
(one with any complete sheet) has a complete sheet. Krippendorff's alpha takes all complete sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import accumulate, groupby
from operator import mul

from app.scoring.rules.panel import Panel


def kendall_w(table: Sequence[Sequence[int]]) -> Fraction | None:
    """Kendall's coefficient of concordance, corrected for ties; `table[m][i]` points.

    M. G. Kendall, Rank Correlation Methods: W = 12 S / (m^2 (n^3 - n) - m T), where S is the sum
    of squared deviations of the rank sums and T the sum of t^3 - t over all ties of all members.
    """
    m, n = len(table), len(table[0]) if table else 0
    if m < 2 or n < 2:
        return None
    doubled, ties = [0] * n, 0
    for points in table:
        ranks, own_ties = _doubled_ranks(points)
        doubled = list(map(int.__add__, doubled, ranks))
        ties += own_ties
    # Rank sums are doubled to stay whole: S below is four times Kendall's.
    four_s = _sum_of_squares(doubled) - n * (m * (n + 1)) ** 2
    below = m * m * (n**3 - n) - m * ties
    return Fraction(3 * four_s, below) if below else None


def _doubled_ranks(points: Sequence[int]) -> tuple[list[int], int]:
    """Twice the mean ranks, lowest first, and the sum of t^3 - t over groups of t equal points."""
    ordered = [(value, len(list(group))) for value, group in groupby(sorted(points))]
    ends = accumulate(size for _, size in ordered)
    doubled = {value: 2 * end - size + 1 for (value, size), end in zip(ordered, ends, strict=True)}
    return [doubled[value] for value in points], sum(size**3 - size for _, size in ordered)


def icc2k(table: Sequence[Sequence[int]]) -> Fraction | None:
    """Shrout and Fleiss (1979), ICC(2,k): two-way random, mean of k members; `table[m][i]`.

    (BMS - EMS) / (BMS + (JMS - EMS) / n) from the two-way analysis of variance.
    """
    k, n = len(table), len(table[0]) if table else 0
    if k < 2 or n < 2:
        return None
    grand = sum(map(sum, table))
    # Every sum of squares times k * n, to stay whole.
    correction = grand * grand
    between = n * _sum_of_squares([sum(row) for row in zip(*table, strict=True)]) - correction
    judges = k * _sum_of_squares([sum(column) for column in table]) - correction
    total = k * n * sum(map(_sum_of_squares, table)) - correction
    bms, jms = Fraction(between, n - 1), Fraction(judges, k - 1)
    ems = Fraction(total - between - judges, (n - 1) * (k - 1))
    below = bms + (jms - ems) / n
    return (bms - ems) / below if below else None


def krippendorff_alpha(units: Iterable[Sequence[int]]) -> Fraction | None:
    """Krippendorff (Content Analysis), interval metric: 1 - observed / expected disagreement.

    `units[i]` are the points subject i was given; subjects with one sheet cannot be paired and
    do not count. Sums over pairs reduce to sums of squares, so the time is linear.
    """
    pairable = [unit for unit in units if len(unit) > 1]
    within: dict[int, int] = {}
    n = total = squares = 0
    for unit in pairable:
        size, own, own_squares = len(unit), sum(unit), _sum_of_squares(unit)
        within[size] = within.get(size, 0) + 2 * (size * own_squares - own * own)
        n, total, squares = n + size, total + own, squares + own_squares
    expected = 2 * (n * squares - total * total)
    if not expected:
        return None
    parts = (Fraction(summed, size - 1) for size, summed in within.items())
    observed = sum(parts, Fraction())
    return 1 - (n - 1) * observed / expected


def _sum_of_squares(values: Sequence[int]) -> int:
    return sum(map(mul, values, values))


def measures(panel: Panel) -> dict[str, Fraction | None] | None:
    """All three, or None with fewer than two active members or two subjects with a sheet."""
    judged = [subject for subject in panel.subjects if subject.totals]
    active = {member for pattern in panel.patterns for member in pattern}
    if len(active) < 2 or len(judged) < 2:
        return None
    full = [subject.totals for subject in judged if len(subject.totals) == len(active)]
    table = list(zip(*full, strict=True))
    return {
        "kendall_w": kendall_w(table),
        "icc2k": icc2k(table),
        "krippendorff_alpha": krippendorff_alpha([subject.totals for subject in judged]),
    }
