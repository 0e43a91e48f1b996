"""Báo cáo thành tích: what it says is what the entries say."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pypdf
import pytest

from app.award_history.tables import AwardRecord
from app.catalogue.tables import AwardForm
from app.kernel.period import Period
from app.nominations import actions
from app.nominations.documents import render_report, render_score_sheet
from app.nominations.rules import AttestationFacts, Column, DossierVote, RouteStepFacts, Vote, sheet
from app.nominations.rules.report import AwardLine, Particulars, Report, dated, difference, report
from app.organization.tables import UnitSuccession
from tests.conftest import World
from tests.finished_round import finish
from tests.nominations.dossiers import MORNING, TODAY, dossier, entry
from tests.nominations.prepared import (
    attest,
    draft_collective,
    draft_person,
    submitted_person,
)

PERSON = Particulars("KS0001", date(1985, 1, 10), "male", "Tày", "civil_servant", date(2010, 1, 4))
AWARDS = (
    AwardLine("title", "Lao động tiên tiến", "12/QĐ-VKS", date(2023, 12, 20), "VKSND tỉnh"),
    AwardLine("form", "Bằng khen", "34/QĐ-VKSTC", date(2024, 12, 20), "VKSND tối cao"),
)
FILLED = dossier(
    evidence=(
        entry(
            "C2",
            1,
            "Báo cáo số 4",
            before=Decimal(45),
            after=Decimal("20.5"),
            quantity_unit="phút",
            days=Period(date(2025, 6, 30), date(2025, 6, 30)),
        ),
        entry("C1", 2, after=Decimal(30), quantity_unit="giờ"),
        entry("C1", 3, statement="Hướng dẫn đồng nghiệp."),
    ),
    attestations={
        "G4": AttestationFacts("G4", True, "Nội bộ đoàn kết.", "Viện trưởng", MORNING),
        "G1": AttestationFacts("G1", True, "Đủ số liệu.", "Thẩm định", MORNING),
    },
    vote=DossierVote(1, "01/BB-VKS", date(2025, 11, 5), 10, Vote(9, 1)),
)


def made(**changes: object) -> Report:
    found = dossier(**{**fields(), **changes})
    route = (RouteStepFacts(1, 9, "Viện kiểm sát cấp trên"),)
    return report(found, PERSON, AWARDS, "VKSND tỉnh Lạng Sơn", route, TODAY)


def fields() -> dict[str, object]:
    return {"evidence": FILLED.evidence, "attestations": FILLED.attestations, "vote": FILLED.vote}


def text_of(content: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(content))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_chapters_follow_the_criteria_and_leave_out_empty_ones() -> None:
    chapters = [(c.criterion.code, [e.item.id for e in c.entries]) for c in made().chapters]
    assert chapters == [("C1", [2, 3]), ("C2", [1])]


def test_a_difference_needs_both_figures() -> None:
    assert [difference(item) for item in FILLED.evidence] == [Decimal("-24.5"), None, None]


def test_titles_and_forms_stand_apart_and_the_appraiser_s_word_is_not_the_head_s() -> None:
    found = made()
    assert [award.form for award in found.titles] == ["Lao động tiên tiến"]
    assert [award.form for award in found.forms] == ["Bằng khen"]
    assert [word.gate for word in found.attestations] == ["G4"]


def test_a_submitted_report_bears_its_day_and_a_draft_today() -> None:
    sent = date(2025, 11, 3)
    assert dated(dossier(stage="office"), sent, TODAY) == sent
    assert dated(dossier(), sent, TODAY) == TODAY
    assert dated(dossier(), None, TODAY) == TODAY
    assert (made().draft, made(stage="office").draft) == (True, False)


def test_the_paper_of_a_person_says_it_all() -> None:
    text = text_of(render_report(made()))
    for part in (
        "VIỆN KIỂM SÁT NHÂN DÂN TỈNH LẠNG SƠN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "…………, ngày 10 tháng 11 năm 2025",
        "BÁO CÁO THÀNH TÍCH Đề nghị tặng Giấy khen",
        "thành tích từ 01/12/2024 đến 30/11/2025",
        "I. SƠ LƯỢC LÝ LỊCH",
        "Họ và tên: Hoàng Văn Ánh. Giới tính: Nam. Dân tộc: Tày.",
        "Sinh ngày 10 tháng 01 năm 1985.",
        "II. THÀNH TÍCH ĐẠT ĐƯỢC",
        "- Hướng dẫn đồng nghiệp. (Từ 10/02/2025 đến 17/10/2025)",
        "Việc 1 Ngày 30/06/2025; Báo cáo số 4 45 20,5 −24,5 phút",
        "III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG",
        "2023 Lao động tiên tiến 12/QĐ-VKS ngày 20 tháng 12 năm 2023; VKSND tỉnh",
        "2024 Bằng khen 34/QĐ-VKSTC ngày 20 tháng 12 năm 2024; VKSND tối cao",
        "9 phiếu đồng ý, 1 phiếu không đồng ý trên 10 người có mặt",
        "đạt. Nội bộ đoàn kết. (Viện trưởng xác nhận ngày 10 tháng 11 năm 2025)",
        "NGƯỜI BÁO CÁO THÀNH TÍCH",
        "XÁC NHẬN CỦA CẤP TRÌNH KHEN THƯỞNG",
        "VKSND TỈNH LẠNG SƠN",
        "VIỆN KIỂM SÁT CẤP TRÊN",
        "CN-2025-0001 - bản nháp",
    ):
        assert part in text, part
    assert "Đủ số liệu." not in text


def test_an_empty_report_says_so() -> None:
    plain = report(dossier(), PERSON, (), "VKSND tỉnh Lạng Sơn", (), TODAY)
    text = text_of(render_report(plain))
    for part in ("Chưa ghi thành tích.", "chưa có biên bản", "chưa ghi xác nhận"):
        assert part in text, part
    assert text.count("Chưa có.") == 2


def test_the_same_facts_are_the_same_bytes() -> None:
    assert render_report(made()) == render_report(made())


def test_the_score_sheet_gives_no_total_to_a_column_with_a_gap() -> None:
    columns = {
        "self": Column({"C1": Decimal("17.5"), "C2": Decimal(30), "C3": Decimal(5)}, 1),
        "unit": Column({"C1": Decimal(15)}, 1),
    }
    found = sheet(FILLED.criteria, columns, {"C4": Decimal(10)})
    text = text_of(render_score_sheet(FILLED, found, tuple(columns), "VKSND tỉnh Lạng Sơn", TODAY))
    assert "C1 Tiêu đề C1 20 17,5 15" in text
    assert "TỔNG ĐIỂM 100 62,5 Chưa đủ điểm" in text
    assert "Đơn vị chấm còn thiếu 2 tiêu chí (đã có 25 điểm)" in text


@pytest.mark.anyio
async def test_awards_of_this_system_and_of_before_are_listed(world: World) -> None:
    nomination = await draft_person(world)
    title = AwardForm(code="ldtt", name="Lao động tiên tiến", kind="title")
    await title.save()
    for number, form, day, removed in (
        ("1/QĐ", title.id, date(2023, 1, 5), None),
        ("2/QĐ", world.ids["award_form"], date(2024, 1, 5), None),
        ("3/QĐ", world.ids["award_form"], date(2024, 2, 5), world.now),
        # Decided after the report was written.
        ("4/QĐ", world.ids["award_form"], date(2025, 11, 11), None),
    ):
        await AwardRecord(
            person=world.ids["anh"],
            award_form=form,
            method="merit",
            decision_number=number,
            decided_on=day,
            issuer="VKSND tỉnh",
            achievement="",
            by=world.ids["account:officer"],
            at=world.now,
            removed_at=removed,
            removed_because="",
        ).save()
    async with world.client("staff") as browser:
        page = (await browser.get(f"/nominations/{nomination}/report")).text
        paper = text_of((await browser.get(f"/nominations/{nomination}/report.pdf")).content)
    for text in (page, paper):
        assert [f"{n}/QĐ" in text for n in range(1, 5)] == [True, True, False, False]


@pytest.mark.anyio
async def test_a_merged_collective_has_the_awards_of_those_it_came_from(world: World) -> None:
    nomination = await draft_collective(world)
    await UnitSuccession(
        predecessor=world.ids["phong_1"],
        successor=world.ids["kv_1"],
        happened_on=date(2025, 7, 1),
        event="merge",
    ).save()
    await AwardRecord(
        collective=world.ids["phong_1"],
        award_form=world.ids["award_form"],
        method="merit",
        decision_number="1/QĐ",
        decided_on=date(2023, 1, 5),
        issuer="VKSND tỉnh",
        achievement="",
        by=world.ids["account:officer"],
        at=world.now,
        removed_because="",
    ).save()
    async with world.client("officer") as browser:
        page = (await browser.get(f"/nominations/{nomination}/report")).text
    assert "1/QĐ" in page


@pytest.mark.anyio
async def test_each_reader_of_the_dossier_reads_its_papers_and_nobody_else(world: World) -> None:
    nomination = await submitted_person(world)
    for login, status in (
        ("staff", 200),
        ("officer", 200),
        ("appraiser", 200),
        ("other_officer", 404),
        ("administrator", 404),
    ):
        async with world.client(login) as browser:
            for tail in ("/report", "/report.pdf", "/points", "/score-sheet.pdf"):
                answer = await browser.get(f"/nominations/{nomination}{tail}")
                assert answer.status_code == status, (login, tail)


@pytest.mark.anyio
async def test_the_word_of_the_head_is_printed_and_a_new_one_replaces_it(world: World) -> None:
    nomination = await draft_collective(world)
    await attest(world, nomination, "G3", "head")
    await actions.attest(
        nomination,
        "G3",
        False,
        "Còn một việc chưa xong.",
        actor=await world.actor("head"),
        now=world.now,
    )
    async with world.client("head") as browser:
        page = (await browser.get(f"/nominations/{nomination}/report")).text
        paper = text_of((await browser.get(f"/nominations/{nomination}/report.pdf")).content)
    assert "Không đạt: Còn một việc chưa xong." in page
    assert "không đạt. Còn một việc chưa xong. (Viện trưởng Lạng Sơn xác nhận" in paper
    assert "Xác nhận G3 theo hồ sơ lưu." not in page + paper
    assert "THỦ TRƯỞNG ĐƠN VỊ (Ký, đóng dấu)" in paper


@pytest.mark.anyio
async def test_the_council_s_points_are_printed_only_for_who_sees_them(world: World) -> None:
    made_ = await finish(world)
    for login, printed in (("secretary", True), ("officer", False)):
        async with world.client(login) as browser:
            answer = await browser.get(f"/nominations/{made_.own}/score-sheet.pdf")
            assert ("Hội đồng" in text_of(answer.content)) is printed, login
