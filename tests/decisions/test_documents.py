from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdf
import pytest

from app.decisions.documents import award_count, punctuated, render_decision
from tests.decisions.samples import COLLECTIVE, DECISION, INDIVIDUAL

HEADER = "TT Họ và tên Chức vụ, đơn vị Hình thức Tiền thưởng (đồng)"


def pages(made: bytes) -> list[str]:
    """The text of each page with plain single spaces."""
    reader = pypdf.PdfReader(io.BytesIO(made))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


@pytest.fixture(scope="module")
def short() -> bytes:
    return render_decision(DECISION)


@pytest.fixture(scope="module")
def long() -> list[str]:
    rows = tuple(replace(INDIVIDUAL, name=f"Nguyễn Văn Số {n}") for n in range(1, 121))
    return pages(render_decision(replace(DECISION, individuals=rows)))


def test_one_row_is_a_decision_and_its_annex(short: bytes) -> None:
    decision, annex = pages(short)
    for part in (
        "VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 38/QĐ-VKS",
        "Đà Nẵng, ngày 09 tháng 12 năm 2025",
        "Về việc tặng Giấy khen cho cá nhân có thành tích xuất sắc năm 2025",
        "Điều 1. Tặng Giấy khen cho 01 cá nhân đã có thành tích xuất sắc năm 2025 "
        "(có danh sách kèm theo).",
        "Điều 2. Tổng số tiền thưởng kèm theo là 710.000 đồng, "
        "được chi từ Quỹ thi đua, khen thưởng năm 2025.",
        "Điều 3. Quyết định này có hiệu lực kể từ ngày ký.",
        "Nơi nhận: - Như Điều 3; - Lưu: VT, TĐKT.",
        "KT. VIỆN TRƯỞNG PHÓ VIỆN TRƯỞNG Trần Thị Bích Ngọc",
    ):
        assert part in decision, part
    assert annex.startswith("DANH SÁCH Cá nhân được tặng Giấy khen (Kèm theo ")
    assert "(Kèm theo Quyết định số 38/QĐ-VKS ngày 09 tháng 12 năm 2025 của " in annex
    assert annex.endswith("710.000 TỔNG CỘNG 710.000 2")


def test_the_first_page_has_no_number(short: bytes) -> None:
    assert pages(short)[0].startswith("VIỆN KIỂM SÁT")


def test_paper_is_a4_portrait(short: bytes) -> None:
    for page in pypdf.PdfReader(io.BytesIO(short)).pages:
        size = [round(edge / 72 * 25.4) for edge in (page.mediabox.width, page.mediabox.height)]
        assert size == [210, 297]


def test_every_font_is_embedded(short: bytes) -> None:
    with pikepdf.open(io.BytesIO(short)) as made:
        for page in made.pages:
            for font in page.resources.Font.values():
                assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_a_long_list_repeats_header_and_page_number(long: list[str]) -> None:
    annex = long[1:]
    assert len(annex) > 3
    assert [page.count(HEADER) for page in annex] == [1] * len(annex)
    assert [page.split()[-1] for page in annex] == [str(n) for n in range(2, len(long) + 1)]


def test_a_long_list_holds_every_row_once_and_its_total(long: list[str]) -> None:
    listed = " ".join(long[1:])
    assert [listed.count(f"Nguyễn Văn Số {n} ") for n in range(1, 121)] == [1] * 120
    assert long[-1].endswith(f"TỔNG CỘNG 85.200.000 {len(long)}")
    assert "85.200.000 đồng" in long[0]


def test_collectives_and_individuals_have_sections_with_totals() -> None:
    data = replace(DECISION, collectives=(COLLECTIVE, COLLECTIVE))
    decision, annex = pages(render_decision(data))
    assert "cho 02 tập thể và 01 cá nhân" in decision
    assert "Tổng số tiền thưởng kèm theo là 3.530.000 đồng" in decision
    assert "I. TẬP THỂ (2) 2.820.000 1 Viện kiểm sát nhân dân khu vực 3" in annex
    assert "II. CÁ NHÂN (1) 710.000 1 Nguyễn Thị Ngọc Ánh" in annex
    assert annex.endswith("TỔNG CỘNG 3.530.000 2")


def test_equal_data_gives_equal_bytes(short: bytes) -> None:
    assert render_decision(DECISION) == short


def test_texts_are_never_markup() -> None:
    row = replace(INDIVIDUAL, name="<b>Lan</b> &amp;")
    annex = pages(render_decision(replace(DECISION, individuals=(row,))))[1]
    assert " 1 <b>Lan</b> &amp; Kiểm sát viên" in annex


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((), ()),
        (("Căn cứ A",), ("Căn cứ A.",)),
        (("A;", "B.", "C,"), ("A;", "B;", "C.")),
    ],
)
def test_legal_bases_end_as_they_should(given: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert punctuated(given) == expected


def test_counts_below_ten_carry_a_zero() -> None:
    data = replace(DECISION, collectives=(COLLECTIVE,) * 10, individuals=())
    assert award_count(data) == "10\u00a0tập thể"
    assert award_count(DECISION) == "01\u00a0cá nhân"
