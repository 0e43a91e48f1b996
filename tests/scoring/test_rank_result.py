"""Worked examples: values, order, ties, tie-breaks, recusals and incomplete sheets."""

import hashlib
import json

from app.scoring.rank_file import recompute
from tests.scoring.rank_documents import answer, document, order


def test_golden_file() -> None:
    given = document(
        {
            "N-002": {"M1": ("20.5", "40"), "M2": ("25", "36.25"), "M3": ("20", "40")},
            "N-001": {"M1": ("20", "39"), "M2": ("22", "38"), "M3": ("18",)},
            "Đặng-3": {"M1": ("1", "2")},
        },
        min_members=2,
        tie_breaks=["criterion:C2", "key:women_share"],
        cut=1,
    )
    given["subjects"][0]["keys"] = {"women_share": "0.7"}
    canonical = json.dumps(given, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = "d5042f37fd9aca626e17e4e3eb875b33f8e93ef4a714140cb979915d9bad4215"
    assert hashlib.sha256(canonical.encode()).hexdigest() == digest
    protocol = (
        b'{"cut":1,"decimals":2,"fusion":"mean","min_members":2,'
        b'"tie_breaks":["criterion:C2","key:women_share"]}'
    )
    expected = {
        "format": "thidua-ranking/1",
        "protocol_sha256": hashlib.sha256(protocol).hexdigest(),
        "input_sha256": digest,
        "rows": [
            # (60.5 + 61.25 + 60) / 3 = 181.75 / 3 = 60.583...
            {
                "subject": "N-002",
                "value": "60.58",
                "sheets": 3,
                "rank": 1,
                "tied": False,
                "rank_interval": [1, 1],
                "band": "above",
            },
            {
                "subject": "N-001",
                "value": "59.50",
                "sheets": 2,
                "rank": 2,
                "tied": False,
                "rank_interval": [2, 2],
                "band": "below",
            },
            {
                "subject": "Đặng-3",
                "value": None,
                "sheets": 1,
                "rank": None,
                "tied": False,
                "rank_interval": None,
                "band": None,
            },
        ],
        # M3 is active, so only N-002 has a full table.
        "agreement": {"kendall_w": None, "icc2k": None, "krippendorff_alpha": "0.35"},
        "warnings": ["incomplete sheet left out: member M3, subject N-001: 1 of 2 marks"],
    }
    output = recompute(json.dumps(given).encode())
    assert json.loads(output) == expected
    assert output.endswith(b"}\n")
    assert "Đặng-3".encode() in output


def test_no_interval_without_a_cut() -> None:
    (row,) = answer(document({"N1": {"M1": ("20.5", "30")}}))["rows"]
    assert row == {"subject": "N1", "value": "50.50", "sheets": 1, "rank": 1, "tied": False}


def test_ties_share_a_rank_and_the_next_one_skips() -> None:
    given = document(
        {
            "N4": {"M1": ("1", "1")},
            "N3": {"M1": ("5", "5"), "M2": ("6", "6")},
            "N2": {"M1": ("5.50", "5.5")},
            "N1": {"M1": ("9", "9")},
        }
    )
    assert order(given) == [("N1", 1, False), ("N2", 2, True), ("N3", 2, True), ("N4", 4, False)]


def test_thirds_are_compared_exactly_whatever_is_shown() -> None:
    given = document(
        {
            "N1": {"M1": ("10", "0"), "M2": ("10", "0"), "M3": ("10.01", "0")},
            "N2": {"M1": ("10", "0"), "M2": ("10", "0"), "M3": ("10", "0")},
        },
        decimals=0,
    )
    assert order(given) == [("N1", 1, False), ("N2", 2, False)]
    assert [row["value"] for row in answer(given)["rows"]] == ["10", "10"]


def test_values_round_half_up() -> None:
    given = document({"N1": {"M1": ("0.5", "0"), "M2": ("0.51", "0")}})
    assert answer(given)["rows"][0]["value"] == "0.51"
    given["protocol"]["decimals"] = 1
    assert answer(given)["rows"][0]["value"] == "0.5"
    given["protocol"]["decimals"] = 0
    assert answer(given)["rows"][0]["value"] == "1"


def test_a_criterion_breaks_a_tie_by_its_mean_over_complete_sheets() -> None:
    sheets = {
        "N1": {"M1": ("10", "20"), "M2": ("10", "20"), "M3": ("25",)},
        "N2": {"M1": ("9", "21")},
    }
    assert order(document(sheets, tie_breaks=["criterion:C1"]))[0] == ("N1", 1, False)
    assert order(document(sheets, tie_breaks=["criterion:C2"]))[0] == ("N2", 1, False)


def test_a_key_breaks_a_tie_and_an_absent_key_is_lowest() -> None:
    given = document(
        {name: {"M1": ("10", "20")} for name in ("N1", "N2", "N3", "N4", "N5")},
        tie_breaks=["key:women_share"],
    )
    for subject, keys in zip(
        given["subjects"],
        ({}, {"women_share": "-0.5"}, {"women_share": "0.70"}, {"women_share": "0.7"}, {}),
        strict=True,
    ):
        subject["keys"] = keys
    del given["subjects"][4]["keys"]
    assert order(given) == [
        ("N3", 1, True),
        ("N4", 1, True),
        ("N2", 3, False),
        ("N1", 4, True),
        ("N5", 4, True),
    ]


def test_the_second_tie_break_speaks_only_when_the_first_is_silent() -> None:
    given = document(
        {"N1": {"M1": ("10", "20")}, "N2": {"M1": ("10", "20")}, "N3": {"M1": ("11", "19")}},
        tie_breaks=["criterion:C1", "key:k"],
    )
    given["subjects"][0]["keys"] = {"k": "99"}
    assert order(given) == [("N3", 1, False), ("N1", 2, False), ("N2", 3, False)]


def test_too_few_complete_sheets_means_unranked_and_last_by_code() -> None:
    given = document(
        {
            "N3": {"M1": ("25", "40"), "M2": ("25",)},
            "N2": {},
            "N1": {"M1": ("1", "1"), "M2": ("0", "0")},
        },
        min_members=2,
    )
    rows = answer(given)["rows"]
    assert [(r["subject"], r["rank"], r["value"], r["sheets"]) for r in rows] == [
        ("N1", 1, "1.00", 2),
        ("N2", None, None, 0),
        ("N3", None, None, 1),
    ]


def test_incomplete_sheets_are_listed_by_subject_then_member() -> None:
    given = document(
        {
            "N2": {"M3": ("1",), "M1": ("2",)},
            "N1": {"M2": ("0",), "M1": ("1", "1")},
        }
    )
    assert answer(given)["warnings"] == [
        "incomplete sheet left out: member M2, subject N1: 1 of 2 marks",
        "incomplete sheet left out: member M1, subject N2: 1 of 2 marks",
        "incomplete sheet left out: member M3, subject N2: 1 of 2 marks",
    ]


def test_a_recused_member_has_no_sheet_and_no_warning() -> None:
    given = document({"N1": {"M1": ("10", "10")}, "N2": {"M2": ("9", "9")}})
    given["recusals"] = [["M1", "N2"], ["M2", "N1"]]
    result = answer(given)
    assert [row["sheets"] for row in result["rows"]] == [1, 1]
    assert result["warnings"] == []


def test_a_round_without_marks_members_or_subjects_is_empty_not_wrong() -> None:
    given = document({"N1": {}, "N2": {}}, cut=1)
    given["members"] = []
    result = answer(given)
    assert [(r["subject"], r["rank"], r["rank_interval"]) for r in result["rows"]] == [
        ("N1", None, None),
        ("N2", None, None),
    ]
    assert result["agreement"] is None
    assert answer(document({}, cut=1))["rows"] == []


def test_few_marks_among_many_members_and_subjects() -> None:
    given = document({f"N{i:03d}": {} for i in range(200)})
    given["members"] = [f"M{i:03d}" for i in range(200)]
    given["marks"] = [
        ["M150", "N007", "C2", "3"],
        ["M003", "N199", "C1", "2"],
        ["M003", "N199", "C2", "2.5"],
        ["M150", "N007", "C1", "1"],
        ["M009", "N100", "C1", "1"],
    ]
    result = answer(given)
    assert [(r["subject"], r["value"]) for r in result["rows"][:3]] == [
        ("N199", "4.50"),
        ("N007", "4.00"),
        ("N000", None),
    ]
    assert result["warnings"] == [
        "incomplete sheet left out: member M009, subject N100: 1 of 2 marks"
    ]
