"""Each warning from the facts it rests on, to every branch; none without its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.award_history.rules import Award
from app.kernel.period import Period
from app.nominations.rules.warnings import (
    counted,
    named_in,
    similar_percent,
    warnings_of,
)
from app.nominations.rules.warnings_facts import (
    KINDS,
    Caution,
    EarlierDossier,
    Entry,
    Examined,
    Ground,
    SharedFile,
    Source,
    Standing,
)

TEXT = "Tổ chức 12 buổi tự học trực tuyến cho 45 đồng nghiệp trong đơn vị"
OTHER = "Soạn sổ tay tra cứu án lệ dùng chung cho cả viện kiểm sát khu vực"
HERE = Standing("Hoàng Văn Ánh", "Kiểm sát viên", "Phòng 1")
CLEAN = Examined(
    id=7,
    method="thematic",
    period=Period(date(2024, 12, 1), date(2025, 11, 30)),
    day=date(2025, 11, 20),
    snapshot=HERE,
    standings=(HERE,),
    entries=(
        Entry("C1", TEXT, "Báo cáo số 45/BC-VKS", quantified=True, documented=True, dated=True),
    ),
    awards_href="/people/1/awards",
)
AWARD = Award(
    id=3,
    person_id=1,
    collective_id=None,
    holder_name="Hoàng Văn Ánh",
    award_form="Giấy khen",
    method="thematic",
    decision_number="5/QĐ-VKS",
    decided_on=date(2024, 12, 20),
    issuer="VKSND tỉnh Lạng Sơn",
    period=Period(date(2023, 12, 1), date(2024, 11, 30)),
    achievement="",
    from_decision=False,
)
EARLIER = EarlierDossier(4, "CN-2024-0001", "Tổng kết năm 2024", True, (OTHER,))
GROUND = Ground(9, 3, "Giấy khen", "thematic", "5/QĐ-VKS", date(2024, 12, 20), removed=False)
EXPIRED = Source("98/2023/NĐ-CP", "Nghị định quy định chi tiết", date(2025, 6, 30))


def kinds(dossier: Examined) -> list[str]:
    return [warning.kind for warning in warnings_of(dossier)]


def only(dossier: Examined) -> Caution:
    (found,) = warnings_of(dossier)
    return found


def test_a_clean_dossier_has_none() -> None:
    assert warnings_of(CLEAN) == ()


def test_an_earlier_award_for_another_period_and_achievement_is_no_matter() -> None:
    assert kinds(replace(CLEAN, awards=(AWARD,), earlier=(EARLIER,))) == []


def test_an_achievement_of_an_awarded_dossier_is_named_with_it() -> None:
    found = warnings_of(replace(CLEAN, earlier=(replace(EARLIER, statements=(OTHER, TEXT)),)))
    assert [(w.kind, w.about, w.href) for w in found] == [
        ("rewarded", "C1", "/nominations/4"),
        ("copied", "", "/nominations/4"),
    ]
    assert found[0].reason.values == {"round": "Tổng kết năm 2024", "dossier": "CN-2024-0001"}


def test_an_earlier_dossier_that_was_not_awarded_is_copied_only() -> None:
    earlier = replace(EARLIER, awarded=False, statements=(TEXT,))
    assert kinds(replace(CLEAN, earlier=(earlier,))) == ["copied"]


def test_a_dossier_the_reader_may_not_see_is_not_named() -> None:
    earlier = EarlierDossier(None, "", "Tổng kết năm 2024", True, (TEXT,))
    found = warnings_of(replace(CLEAN, earlier=(earlier,)))
    assert [(w.kind, w.href, dict(w.reason.values)) for w in found] == [
        ("rewarded", "", {"round": "Tổng kết năm 2024"}),
        ("copied", "", {"round": "Tổng kết năm 2024"}),
    ]


def test_a_report_is_copied_when_most_of_it_was_written_before() -> None:
    both = (
        CLEAN.entries[0],
        Entry("C2", OTHER, "x", quantified=False, documented=True, dated=True),
    )
    earlier = replace(EARLIER, awarded=False, statements=(TEXT,))
    assert kinds(replace(CLEAN, entries=both, earlier=(earlier,))) == []
    earlier = replace(earlier, statements=(TEXT, OTHER))
    assert kinds(replace(CLEAN, entries=both, earlier=(earlier,))) == ["copied"]


def test_an_achievement_named_in_an_award_is_rewarded() -> None:
    award = replace(AWARD, achievement=f"Có thành tích: {TEXT}; {OTHER}.")
    found = only(replace(CLEAN, awards=(award,)))
    assert (found.kind, found.about, found.href) == ("rewarded", "C1", "/people/1/awards")
    assert found.reason.values == {"number": "5/QĐ-VKS"}


def test_the_share_that_counts_as_alike_is_a_value() -> None:
    award = replace(AWARD, achievement=TEXT.replace("45", "54"))
    assert kinds(replace(CLEAN, awards=(award,), percent=90)) == []
    assert kinds(replace(CLEAN, awards=(award,), percent=70)) == ["rewarded"]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2024, 1, 1), date(2024, 11, 30), []),
        (date(2024, 1, 1), date(2024, 12, 1), ["overlap"]),
        (date(2025, 11, 30), date(2026, 11, 30), ["overlap"]),
        (date(2025, 12, 1), date(2026, 11, 30), []),
    ],
)
def test_both_ends_of_a_period_count(first: date, last: date, expected: list[str]) -> None:
    award = replace(AWARD, period=Period(first, last))
    assert kinds(replace(CLEAN, awards=(award,))) == expected


def test_what_rests_on_the_last_period_cites_the_circular_with_its_standing() -> None:
    award = replace(AWARD, period=CLEAN.period, achievement=TEXT)
    undated = replace(CLEAN.entries[0], dated=False)
    found = warnings_of(replace(CLEAN, awards=(award,), entries=(undated,)))
    source = "Thông tư số 08/2017/TT-BNV (văn bản trước đây; nguyên tắc còn được áp dụng)"
    assert [(w.kind, w.reason.source) for w in found] == [
        ("rewarded", source),
        ("overlap", source),
        ("undated", source),
    ]


def test_an_award_without_a_period_overlaps_nothing() -> None:
    assert kinds(replace(CLEAN, awards=(replace(AWARD, period=None),))) == []


@pytest.mark.parametrize("method", ["thematic", "sudden"])
def test_thematic_and_sudden_awards_are_no_ground_for_merit(method: str) -> None:
    found = only(replace(CLEAN, method="merit", grounds=(replace(GROUND, method=method),)))
    assert (found.kind, found.reason.source) == ("ground_method", "Nghị định số 152/2025/NĐ-CP")


@pytest.mark.parametrize(
    ("of_round", "of_award"),
    [("thematic", "thematic"), ("sudden", "thematic"), ("merit", "merit"), ("merit", "seniority")],
)
def test_other_grounds_are_fine(of_round: str, of_award: str) -> None:
    grounds = (replace(GROUND, method=of_award),)
    assert kinds(replace(CLEAN, method=of_round, grounds=grounds)) == []


def test_a_ground_marked_as_a_mistake_is_said_so_whatever_its_method() -> None:
    grounds = (replace(GROUND, removed=True),)
    assert kinds(replace(CLEAN, method="merit", grounds=grounds)) == ["ground_removed"]


def test_a_shared_file_names_the_other_dossier_only_if_it_may_be_seen() -> None:
    seen = only(replace(CLEAN, shared=(SharedFile("a.pdf", "C1", 8, "CN-2025-0002"),)))
    assert (seen.about, seen.href) == ("C1", "/nominations/8")
    assert seen.reason.values == {"name": "a.pdf", "code": "CN-2025-0002"}
    unseen = only(replace(CLEAN, shared=(SharedFile("a.pdf", "C1", None, ""),)))
    assert (unseen.href, unseen.reason.values) == ("", {"name": "a.pdf"})


@pytest.mark.parametrize(
    ("quantified", "documented", "expected"),
    [(True, False, ["no_evidence"]), (True, True, []), (False, False, [])],
)
def test_a_figure_needs_a_paper(quantified: bool, documented: bool, expected: list[str]) -> None:
    entry = Entry("C1", TEXT, "", quantified=quantified, documented=documented, dated=True)
    assert kinds(replace(CLEAN, entries=(entry,))) == expected


def test_a_long_statement_is_shortened_in_the_reason() -> None:
    entry = Entry("C1", "dài " * 100, "", quantified=True, documented=False, dated=True)
    said = str(only(replace(CLEAN, entries=(entry,))).reason.values["statement"])
    assert (len(said) <= 120, said[-1]) == (True, "…")


def citing(text: str) -> Examined:
    entry = replace(CLEAN.entries[0], statement=text)
    return replace(CLEAN, entries=(entry,), expired=(EXPIRED,))


def test_a_paper_no_longer_in_force_is_named_once_per_criterion() -> None:
    found = only(citing("Theo 98/2023/NĐ-CP và 98/2023/NĐ-CP"))
    assert (found.kind, found.about) == ("expired_source", "C1")
    assert found.reason.values == {"number": "98/2023/NĐ-CP", "day": "30/06/2025"}


def test_its_last_day_is_still_in_force() -> None:
    assert kinds(replace(citing("98/2023/NĐ-CP"), day=date(2025, 6, 30))) == []


def test_a_paper_that_ended_before_the_period_is_said_so() -> None:
    later = Period(date(2025, 7, 1), date(2025, 11, 30))
    codes = [
        only(replace(citing("98/2023/NĐ-CP"), period=period)).reason.message
        for period in (CLEAN.period, later)
    ]
    assert ["trước thời kỳ" in code for code in codes] == [False, True]


def test_a_criterion_that_rests_on_it_counts_too() -> None:
    found = only(replace(CLEAN, expired=(EXPIRED,), cited={"C2": "98/2023/NĐ-CP"}))
    assert found.about == "C2"


def test_a_paper_in_force_may_be_cited() -> None:
    assert kinds(citing("Theo Nghị định 152/2025/NĐ-CP")) == []


NUMBERS = (
    "98/2023/NĐ-CP",
    "06/2022/QH15",
    "02/2024/TT-VKSTC",
    "12/2024/QĐ-TTg",
    "387/QĐ-TTg",
    "1373/QĐ-TTg",
    "56/KH-VKSTC",
    "11-CT/TW",
    "1213/NQ-UBTVQH14",
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Nghị định số 98/2023/NĐ-CP.", ["98/2023/NĐ-CP"]),
        ("(06/2022/QH15), 02/2024/TT-VKSTC", ["06/2022/QH15", "02/2024/TT-VKSTC"]),
        ("Quyết định 12/2024/QĐ-TTg;", ["12/2024/QĐ-TTg"]),
        ("Quyết định 12/2024/QĐ-TT", []),
        ("theo 387/QĐ-TTg", ["387/QĐ-TTg"]),
        ("theo 387/qđ-ttg", ["387/QĐ-TTg"]),
        ("theo 1387/QĐ-TTg, 2-387/QĐ-TTg, 387/QĐ-TTgN, 387/QĐ-TTg-KGVX", []),
        ("“1373/QĐ-TTg”,56/KH-VKSTC", ["1373/QĐ-TTg", "56/KH-VKSTC"]),
        ("Chỉ thị 11-CT/TW", ["11-CT/TW"]),
        ("Nghị quyết 1213/NQ-UBTVQH14", ["1213/NQ-UBTVQH14"]),
        ("Nghị quyết 1213/NQ-UBTVQH", []),
        ("ngày 01/07/2025, 45/BC-VKS, 12/2025", []),
    ],
)
def test_a_number_is_found_as_a_whole(text: str, numbers: list[str]) -> None:
    sources = [replace(EXPIRED, number=number) for number in NUMBERS]
    assert [source.number for source in named_in(text, sources)] == numbers


@pytest.mark.parametrize("number", NUMBERS)
def test_whatever_its_number_a_criterion_s_paper_is_found(number: str) -> None:
    expired = (replace(EXPIRED, number=number),)
    found = only(replace(CLEAN, expired=expired, cited={"C2": number}))
    assert found.reason.values["number"] == number


def test_a_dissolved_unit_is_named_with_its_last_day() -> None:
    found = only(replace(CLEAN, gone=(("Phòng 9", date(2025, 6, 30)),)))
    assert (found.kind, found.reason.values) == (
        "dissolved",
        {"unit": "Phòng 9", "day": "30/06/2025"},
    )


def test_any_post_held_that_fits_the_snapshot_is_enough() -> None:
    other = replace(HERE, post="Phó Trưởng phòng")
    assert kinds(replace(CLEAN, standings=(other, HERE))) == []
    found = only(replace(CLEAN, standings=(other,)))
    assert found.reason.values == {
        "was": "Hoàng Văn Ánh, Kiểm sát viên, Phòng 1",
        "now": "Hoàng Văn Ánh, Phó Trưởng phòng, Phòng 1",
    }


def test_somebody_posted_nowhere_is_said_so() -> None:
    assert only(replace(CLEAN, standings=())).reason.code == "posted-nowhere"


def test_counts_are_in_the_order_of_kinds_and_leave_out_what_is_not_there() -> None:
    dossier = replace(
        CLEAN, standings=(), shared=(SharedFile("a", "C1", None, ""), SharedFile("b", "C1", 1, "x"))
    )
    assert list(counted(warnings_of(dossier)).items()) == [("same_file", 2), ("changed", 1)]
    assert set(counted(warnings_of(dossier))) <= set(KINDS)


@pytest.mark.parametrize(
    ("protocol", "percent"),
    [
        ({}, 80),
        ({"warnings": {"similar_percent": 65}}, 65),
        ({"warnings": {}}, 80),
        ({"warnings": {"similar_percent": 0}}, 80),
        ({"warnings": {"similar_percent": "65"}}, 80),
        ({"warnings": 3}, 80),
    ],
)
def test_the_share_comes_from_the_protocol(protocol: dict[str, object], percent: int) -> None:
    assert similar_percent(protocol) == percent
