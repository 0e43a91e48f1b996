"""Every way a rank document can be wrong, and the one line each gets."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.scoring.rank_documents import Document, document, errors, good

LONG = "9" * 31


def put(*path: str | int) -> Callable[[Document, Any], None]:
    """Sets the value at the path; a missing last name is added."""

    def change(of: Any, value: Any) -> None:
        for step in path[:-1]:
            of = of[step]
        of[path[-1]] = value

    return change


def drop(of: Any, *path: str | int) -> None:
    for step in path[:-1]:
        of = of[step]
    del of[path[-1]]


WHOLE = "must be a whole number from"
DECIMAL = 'must be a decimal string such as "20.5"'


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (("format",), "thidua-rank/2", 'format: must be "thidua-rank/1", not "thidua-rank/2"'),
        (("format",), None, 'format: must be "thidua-rank/1", not null'),
        (("title",), "x", "title: unknown name"),
        (("a\nb",), "x", '"a\\nb": unknown name'),
        (("protocol",), [], "protocol: must be an object, not a list"),
        (("protocol", "weights"), 1, "protocol.weights: unknown name"),
        (
            ("protocol", "fusion"),
            "median",
            "protocol.fusion: median is not supported in this version",
        ),
        (
            ("protocol", "fusion"),
            "trimmed_mean",
            "protocol.fusion: trimmed_mean is not supported in this version",
        ),
        (
            ("protocol", "fusion"),
            "additive",
            "protocol.fusion: additive is not supported in this version",
        ),
        (
            ("protocol", "fusion"),
            "additive_huber",
            "protocol.fusion: additive_huber is not supported in this version",
        ),
        (("protocol", "fusion"), "mode", 'protocol.fusion: unknown fusion "mode"'),
        (("protocol", "fusion"), ["mean"], "protocol.fusion: unknown fusion a list"),
        (
            ("protocol", "min_members"),
            0,
            f"protocol.min_members: {WHOLE} 1 to 1000000000, not the number 0",
        ),
        (
            ("protocol", "min_members"),
            True,
            f"protocol.min_members: {WHOLE} 1 to 1000000000, not true or false",
        ),
        (
            ("protocol", "min_members"),
            10**60,
            f"protocol.min_members: {WHOLE} 1 to 1000000000, not a number",
        ),
        (
            ("protocol", "decimals"),
            -1,
            f"protocol.decimals: {WHOLE} 0 to 9, not the number -1",
        ),
        (("protocol", "decimals"), 10, f"protocol.decimals: {WHOLE} 0 to 9, not the number 10"),
        (("protocol", "decimals"), 2.0, f"protocol.decimals: {WHOLE} 0 to 9, not the number 2.0"),
        (("protocol", "cut"), 0, f"protocol.cut: {WHOLE} 1 to 1000000000, not the number 0"),
        (("protocol", "cut"), None, f"protocol.cut: {WHOLE} 1 to 1000000000, not null"),
        (("protocol", "trim"), -1, f"protocol.trim: {WHOLE} 0 to 1000000000, not the number -1"),
        (("protocol", "ridge"), 1, f"protocol.ridge: {DECIMAL}, not the number 1"),
        (("protocol", "ridge"), "-0.1", "protocol.ridge: must not be below 0, not -0.1"),
        (("protocol", "huber_k"), "1e3", f'protocol.huber_k: {DECIMAL}, not "1e3"'),
        (("protocol", "huber_k"), "0.0", "protocol.huber_k: must be above 0, not 0.0"),
        (("protocol", "tie_breaks"), "key:a", 'protocol.tie_breaks: must be a list, not "key:a"'),
        (
            ("protocol", "tie_breaks"),
            ["criterion:C9"],
            "protocol.tie_breaks[0]: unknown criterion C9",
        ),
        (
            ("protocol", "tie_breaks"),
            ["criterion:C1", "name"],
            'protocol.tie_breaks[1]: must be "criterion:CODE" or "key:NAME", not "name"',
        ),
        (
            ("protocol", "tie_breaks"),
            ["key:"],
            'protocol.tie_breaks[0]: must be "criterion:CODE" or "key:NAME", not "key:"',
        ),
        (
            ("protocol", "tie_breaks"),
            [7],
            'protocol.tie_breaks[0]: must be "criterion:CODE" or "key:NAME", not the number 7',
        ),
        (("criteria",), {}, "criteria: must be a list, not an object"),
        (("criteria",), [], "criteria: must name at least one criterion"),
        (("criteria", 1), "C2", 'criteria[1]: must be an object, not "C2"'),
        (("criteria", 1, "weight"), "2", "criteria[1].weight: unknown name"),
        (("criteria", 1, "code"), "", 'criteria[1].code: must be a non-empty string, not ""'),
        (("criteria", 1, "max"), 40, f"criteria[1].max: {DECIMAL}, not the number 40"),
        (("criteria", 1, "max"), "0", "criteria[1].max: must be above 0, not 0"),
        (("criteria", 1, "max"), "-5", "criteria[1].max: must be above 0, not -5"),
        (("members",), None, "members: must be a list, not null"),
        (("members", 2), 3, "members[2]: must be a non-empty string, not the number 3"),
        (("members", 2), "M1", "members[2]: duplicate code M1"),
        (("subjects",), "N1", 'subjects: must be a list, not "N1"'),
        (("subjects", 1), ["N2"], "subjects[1]: must be an object, not a list"),
        (("subjects", 1, "name"), "x", "subjects[1].name: unknown name"),
        (
            ("subjects", 1, "code"),
            False,
            "subjects[1].code: must be a non-empty string, not true or false",
        ),
        (("subjects", 1, "keys"), None, "subjects[1].keys: must be an object, not null"),
        (("subjects", 1, "keys"), {"k": 0.7}, f"subjects[1].keys.k: {DECIMAL}, not the number 0.7"),
        (("subjects", 1, "keys"), {"k": "NaN"}, f'subjects[1].keys.k: {DECIMAL}, not "NaN"'),
        (("recusals",), 1, "recusals: must be a list, not the number 1"),
        (("recusals",), [["M3"]], "recusals[0]: must be [member, subject]"),
        (("recusals",), [["M3", 2]], "recusals[0]: must be [member, subject]"),
        (("recusals",), ["M3"], "recusals[0]: must be [member, subject]"),
        (("recusals",), [["M9", "N1"]], "recusals[0]: unknown member M9"),
        (("recusals",), [["M3", "N9"]], "recusals[0]: unknown subject N9"),
        (
            ("recusals",),
            [["M3", "N1"], ["M3", "N1"]],
            "recusals[1]: duplicate recusal of member M3 for subject N1",
        ),
        (("marks",), {}, "marks: must be a list, not an object"),
        (("marks",), None, "marks: must be a list, not null"),
        (("marks", 0), "M1N1", "marks[0]: must be [member, subject, criterion, points]"),
        (
            ("marks", 0),
            ["M1", "N1", "C1"],
            "marks[0]: must be [member, subject, criterion, points]",
        ),
        (
            ("marks", 0),
            ["M1", "N1", "C1", "1", "1"],
            "marks[0]: must be [member, subject, criterion, points]",
        ),
        (("marks", 0, 0), 1, "marks[0]: must be [member, subject, criterion, points]"),
        (("marks", 0, 0), "M9", "marks[0]: unknown member M9"),
        (("marks", 0, 0), "M 9 ", 'marks[0]: unknown member "M 9 "'),
        (("marks", 0, 1), "N\u20289", 'marks[0]: unknown subject "N\\u20289"'),
        (("marks", 0, 2), "C9", "marks[0]: unknown criterion C9"),
        (
            ("marks", 1),
            ["M1", "N1", "C1", "20.5"],
            "marks[1]: duplicate mark: member M1, subject N1, criterion C1",
        ),
        (
            ("recusals",),
            [["M2", "N1"], ["M1", "N1"]],
            "marks[0]: mark by a recused member: member M1, subject N1, criterion C1\n"
            "marks[1]: mark by a recused member: member M1, subject N1, criterion C2",
        ),
        (
            ("marks", 0, 3),
            "25.01",
            "marks[0]: 25.01 is above the maximum 25: member M1, subject N1, criterion C1",
        ),
        (
            ("marks", 0, 3),
            "-0.5",
            "marks[0]: -0.5 is below 0: member M1, subject N1, criterion C1",
        ),
    ],
)
def test_one_line_per_problem(path: tuple[str | int, ...], value: object, line: str) -> None:
    wrong = good()
    put(*path)(wrong, value)
    assert errors(wrong) == tuple(line.split("\n"))


@pytest.mark.parametrize(
    "points",
    [
        *("NaN", "Infinity", "-inf", "1e1", "1,5", "", " 5", "5 ", "5\n"),
        *(".5", "5.", "+5", "0x5", "５", LONG),
        *(5, 20.5, None, True, ["5"], {}),
    ],
)
def test_points_are_plain_decimal_strings(points: object) -> None:
    wrong = good()
    wrong["marks"][0][3] = points
    (line,) = errors(wrong)
    assert line.startswith(f"marks[0]: points {DECIMAL}, not ")
    assert line.endswith(": member M1, subject N1, criterion C1")
    assert "\n" not in line


@pytest.mark.parametrize(
    "points", ["25", "25.000", "0", "-0", "007", "24.999999999999999999999999999"]
)
def test_points_at_the_edges_are_accepted(points: str) -> None:
    fine = good()
    fine["marks"][0][3] = points
    assert errors(fine) == ()


def test_points_of_an_unknown_criterion_are_still_read() -> None:
    wrong = good()
    wrong["marks"][0] = ["M9", "N9", "C9", "x"]
    assert errors(wrong) == (
        "marks[0]: unknown member M9",
        "marks[0]: unknown subject N9",
        "marks[0]: unknown criterion C9",
        f'marks[0]: points {DECIMAL}, not "x": member M9, subject N9, criterion C9',
    )


@pytest.mark.parametrize(
    "path",
    [
        ("format",),
        ("protocol",),
        ("criteria",),
        ("members",),
        ("subjects",),
        ("recusals",),
        ("marks",),
        ("protocol", "fusion"),
        ("protocol", "min_members"),
        ("protocol", "tie_breaks"),
        ("protocol", "decimals"),
        ("criteria", 0, "code"),
        ("criteria", 1, "max"),
        ("subjects", 0, "code"),
    ],
)
def test_a_missing_name_is_one_line_and_blames_nothing_else(path: tuple[str | int, ...]) -> None:
    wrong = good()
    drop(wrong, *path)
    shown = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    assert errors(wrong) == (f"{shown[1:]}: missing",)


def test_an_empty_object_misses_all_seven_names() -> None:
    assert errors({}) == tuple(
        f"{name}: missing"
        for name in ("format", "protocol", "criteria", "members", "subjects", "recusals", "marks")
    )


def test_all_errors_come_at_once_in_the_order_of_the_file() -> None:
    wrong = good()
    wrong["protocol"].update(fusion="median", decimals="2")
    wrong["members"].append("M2")
    wrong["subjects"].append({"code": "N1"})
    wrong["criteria"].append({"code": "C1", "max": "x"})
    wrong["marks"] += [["M1", "N1", "C2", "41"], ["M9", "N1", "C2", "1"]]
    assert errors(wrong) == (
        "members[3]: duplicate code M2",
        f'criteria[2].max: {DECIMAL}, not "x"',
        "criteria[2]: duplicate code C1",
        "subjects[2]: duplicate code N1",
        "protocol.fusion: median is not supported in this version",
        f'protocol.decimals: {WHOLE} 0 to 9, not "2"',
        "marks[6]: duplicate mark: member M1, subject N1, criterion C2",
        "marks[6]: 41 is above the maximum 40: member M1, subject N1, criterion C2",
        "marks[7]: unknown member M9",
    )


def test_a_mark_before_a_wrong_one_is_not_hidden_by_sheets_nobody_can_have() -> None:
    nobody = good()
    nobody["members"] = []
    assert errors(nobody)[0] == "marks[0]: unknown member M1"
    assert len(errors(nobody)) == 6


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "not valid JSON in UTF-8: Input data was truncated"),
        (b"{", "not valid JSON in UTF-8: Input data was truncated"),
        (
            b"\xef\xbb\xbf{}",
            "not valid JSON in UTF-8: JSON is malformed: invalid character (byte 0)",
        ),
        (b"{} {}", "not valid JSON in UTF-8: JSON is malformed: trailing characters (byte 4)"),
        (b"[]", "not a thidua-rank document: Expected `object`, got `array`"),
        (b"[" * 9999 + b"]" * 9999, "not a thidua-rank document: Expected `object`, got `array`"),
        (
            b'{"marks":' + b"[" * 99999 + b"]" * 99999 + b"}",
            "not a thidua-rank document: nested too deeply",
        ),
        (b'{"a":1,"a":2}', 'name "a" stands twice in one object'),
        (b'{"marks":[],"marks":[]}', 'name "marks" stands twice in one object'),
        (
            b'{"protocol":{"cut":1,"cut":2,"\\u0063ut":3}}',
            'name "cut" stands twice in one object',
        ),
    ],
)
def test_what_is_no_document_is_one_line(data: bytes, line: str) -> None:
    assert errors(data) == (line,)


@pytest.mark.parametrize("bad", [b'"\xff"', b'"\\ud800"', b"NaN", b"Infinity", b"1e5x", b'"\x01"'])
@pytest.mark.parametrize("place", [b'"M1"', b'"20.5"', b'"N2"', b'"mean"'])
def test_broken_values_anywhere_are_one_line(bad: bytes, place: bytes) -> None:
    data = json.dumps(good()).encode()
    assert data.count(place) > 0
    (line,) = errors(data.replace(place, bad))
    assert "not valid JSON in UTF-8: " in line
    assert "\n" not in line


def test_one_letter_codes_are_not_read_out_of_a_string() -> None:
    tight = document({})
    tight.update(members=["M"], subjects=[{"code": "N"}], criteria=[{"code": "C", "max": "9"}])
    tight["marks"] = ["MNC5"]
    assert errors(tight) == ("marks[0]: must be [member, subject, criterion, points]",)
    tight["marks"] = [["M", "N", "C", "5"]]
    assert errors(tight) == ()


def test_an_integer_too_long_to_read_is_one_line() -> None:
    data = json.dumps(good()).encode().replace(b'"decimals": 2', b'"decimals": ' + b"9" * 5000)
    (line,) = errors(data)
    assert line.startswith("not a thidua-rank document: Integer value out of range")
