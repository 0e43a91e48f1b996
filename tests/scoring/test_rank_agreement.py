"""Agreement against the values printed in the sources."""

from fractions import Fraction

import pytest

from app.scoring.rules.agreement import icc2k, kendall_w, krippendorff_alpha
from app.scoring.rules.exact import show_ratio
from tests.scoring.rank_documents import answer, document

# Shrout and Fleiss (1979), table 2: six targets, four judges.
SHROUT_FLEISS = [
    [9, 6, 8, 7, 10, 6],
    [2, 1, 4, 1, 5, 2],
    [5, 3, 6, 2, 6, 4],
    [8, 2, 8, 6, 9, 7],
]


def test_kendall_without_ties() -> None:
    # Siegel (1956), three executives and six applicants: s = 25.5, W = .16.
    table = [[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]]
    assert kendall_w(table) == Fraction(17, 105)


def test_kendall_corrected_for_ties() -> None:
    # Siegel (1956), doubled to be whole: s = 591, W = .828 (.796 without the correction).
    table = [
        [2, 9, 4, 9, 6, 15, 12, 18, 15, 20],
        [5, 2, 5, 9, 9, 16, 18, 13, 20, 13],
        [4, 2, 9, 9, 9, 9, 16, 16, 16, 20],
    ]
    assert kendall_w(table) == Fraction(12 * 591, 8910 - 3 * 114)


def test_kendall_bounds_and_where_it_is_undefined() -> None:
    assert kendall_w([[1, 2, 3], [10, 20, 30]]) == 1
    assert kendall_w([[1, 2], [2, 1]]) == 0
    assert kendall_w([[5, 5], [7, 7]]) is None
    assert kendall_w([[1, 2]]) is None
    assert kendall_w([[1], [2]]) is None
    assert kendall_w([]) is None


def test_icc_of_shrout_and_fleiss() -> None:
    value = icc2k(SHROUT_FLEISS)
    assert value is not None
    assert show_ratio(value.numerator, value.denominator, 2) == "0.62"


def test_icc_where_it_is_undefined() -> None:
    assert icc2k([[3, 3], [3, 3]]) is None
    assert icc2k([[1, 2]]) is None
    assert icc2k([[1], [2]]) is None
    assert icc2k([]) is None
    assert icc2k([[1, 2, 3], [1, 2, 3]]) == 1


def test_alpha_of_krippendorff_with_missing_data() -> None:
    # Krippendorff, Computing Krippendorff's Alpha-Reliability: interval alpha = 0.849.
    units = [
        [1, 1, 1],
        [2, 2, 3, 2],
        [3, 3, 3, 3],
        [3, 3, 3, 3],
        [2, 2, 2, 2],
        [1, 2, 3, 4],
        [4, 4, 4, 4],
        [1, 1, 2, 1],
        [2, 2, 2, 2],
        [5, 5, 5],
        [1, 1],
        [3],
    ]
    value = krippendorff_alpha(units)
    assert value is not None
    assert show_ratio(value.numerator, value.denominator, 3) == "0.849"


@pytest.mark.parametrize("units", [[], [[1], [2]], [[4, 4], [4, 4, 4]]])
def test_alpha_where_it_is_undefined(units: list[list[int]]) -> None:
    assert krippendorff_alpha(units) is None


def test_the_file_shows_two_decimals_of_the_full_table() -> None:
    # N7 has no sheet of M3 and is left out of the full table; alpha still counts it.
    marks = {
        f"N{i}": {f"M{j + 1}": (str(SHROUT_FLEISS[j][i]), "0") for j in range(3)} for i in range(6)
    }
    with_gap = {**marks, "N7": {"M1": ("25", "0"), "M2": ("0", "40")}}
    full, gap = (answer(document(each))["agreement"] for each in (marks, with_gap))
    assert full == {"kendall_w": "0.86", "icc2k": "0.46", "krippendorff_alpha": "-0.02"}
    assert (gap["kendall_w"], gap["icc2k"]) == (full["kendall_w"], full["icc2k"])
    assert gap["krippendorff_alpha"] == "0.79"


def test_there_is_no_agreement_of_one_member_or_on_one_subject() -> None:
    one_member = {"N1": {"M1": ("1", "1")}, "N2": {"M1": ("2", "2"), "M2": ("2",)}}
    assert answer(document(one_member))["agreement"] is None
    one_subject = {"N1": {"M1": ("1", "1"), "M2": ("2", "2")}, "N2": {"M1": ("1",)}}
    assert answer(document(one_subject))["agreement"] is None


def test_members_who_never_share_a_subject_have_nothing_to_compare() -> None:
    apart = {"N1": {"M1": ("1", "1")}, "N2": {"M2": ("2", "2")}}
    assert answer(document(apart))["agreement"] == {
        "kendall_w": None,
        "icc2k": None,
        "krippendorff_alpha": None,
    }
