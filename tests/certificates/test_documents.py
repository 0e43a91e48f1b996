"""What a paying office reads off the paper: texts, sizes, fonts, and that nothing ever changes."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import date

import pikepdf
import pypdf
import pytest
import segno

from app.certificates.documents import CertificateData, check, render_certificates
from app.certificates.rules import TextTooLong, UnprintableText
from app.kernel.refusal import Refused
from app.nominations.forms import LONGEST_ACHIEVEMENT
from tests.certificates.samples import CERTIFICATE, NASTY_NAMES


def one(**changes: object) -> bytes:
    (made,) = render_certificates([replace(CERTIFICATE, **changes)])
    return made


def text(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)


def flat(made: bytes) -> str:
    return " ".join(text(made).split())


@pytest.fixture(scope="module")
def nasty() -> list[bytes]:
    return list(render_certificates([replace(CERTIFICATE, name=name) for name in NASTY_NAMES]))


@pytest.mark.parametrize("index", range(len(NASTY_NAMES)), ids=NASTY_NAMES)
def test_the_text_of_the_file_is_the_composed_name(nasty: list[bytes], index: int) -> None:
    expected = replace(CERTIFICATE, name=NASTY_NAMES[index]).name
    assert f"Bà {expected} Kiểm sát viên" in flat(nasty[index])


def test_a_short_certificate_reads_line_by_line() -> None:
    made = one(position_line="Công chức", achievement="Hoàn thành tốt nhiệm vụ năm 2025")
    lines = [line.strip() for line in text(made).splitlines() if line.strip()]
    assert sorted(lines) == sorted(
        [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "VIỆN TRƯỞNG VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO",
            "Tặng",
            "GIẤY KHEN",
            "Bà Nguyễn Thị Ngọc Ánh",
            "Công chức",
            "Hoàn thành tốt nhiệm vụ năm 2025",
            "7KQ2-M9XF-4TLA",
            "Số quyết định: 38/QĐ-VKSTC,",
            "ngày 05 tháng 9 năm 2025",
            "Số sổ vàng: 00127/2025",
            "Hà Nội, ngày 05 tháng 9 năm 2025",
            "KT. VIỆN TRƯỞNG",
            "PHÓ VIỆN TRƯỞNG",
            "Trần Thị Bích Ngọc",
        ]
    )


@pytest.mark.parametrize("size", [(297, 210), (420, 297), (300, 210), (400, 300), (210, 297)])
def test_the_page_has_the_size_asked_for(size: tuple[int, int]) -> None:
    (page,) = pypdf.PdfReader(io.BytesIO(one(width_mm=size[0], height_mm=size[1]))).pages
    box = page.mediabox
    assert (round(box.width / 72 * 25.4, 1), round(box.height / 72 * 25.4, 1)) == size


def test_a_page_too_small_for_a_signature_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        one(width_mm=148, height_mm=105)
    assert refused.value.refusal.code == "page-size"


def test_every_font_is_embedded() -> None:
    with pikepdf.open(io.BytesIO(one())) as made:
        fonts = made.pages[0].Resources.Font
        programs = [
            font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()[:4]
            for font in fonts.values()
        ]
        names = sorted(str(font.BaseFont).split("+")[1] for font in fonts.values())
    assert programs == [b"\x00\x01\x00\x00"] * 4
    assert names == [
        "EBGaramond-500",
        "EBGaramond-500Italic",
        "EBGaramond-700",
        "PlayfairDisplay-800",
    ]


def test_title_and_language_are_in_the_file() -> None:
    with pikepdf.open(io.BytesIO(one())) as made:
        assert str(made.Root.Lang) == "vi"
        assert dict(made.docinfo) == {"/Title": "Giấy khen - Nguyễn Thị Ngọc Ánh"}


def test_the_picture_is_the_code_of_the_verification_address() -> None:
    with pikepdf.open(io.BytesIO(one())) as made:
        picture = made.pages[0].Resources.XObject.Qr
        size, bits = int(picture.Width), picture.read_bytes()
    stride = len(bits) // size
    light = [
        [bool(bits[y * stride + x // 8] & 0x80 >> x % 8) for x in range(size)] for y in range(size)
    ]
    code = segno.make_qr(CERTIFICATE.verify_url, error="m", boost_error=False)
    assert light == [[not dark for dark in row] for row in code.matrix_iter(border=4)]


def test_equal_data_gives_equal_bytes_alone_and_in_a_batch() -> None:
    other = replace(CERTIFICATE, name="Y Ê", register_number="00128/2025")
    batch = list(render_certificates([other, CERTIFICATE, other]))
    assert batch == [batch[0], one(), batch[0]]
    assert batch[0] != batch[1]


def test_two_processes_make_the_same_files_in_the_same_order() -> None:
    items = [replace(CERTIFICATE, register_number=f"{n:05d}/2025") for n in range(45)]
    heard: list[int] = []
    together = list(render_certificates(items, heard.append, processes=2))
    alone = list(render_certificates(items, processes=1))
    digests = [[hashlib.sha256(made).hexdigest() for made in run] for run in (together, alone)]
    assert digests[0] == digests[1]
    assert heard == list(range(1, 46))


def test_a_name_is_text_and_never_markup() -> None:
    name = "<b>Lan</b> &amp; <img src=x>"
    assert f"Bà {name} " in flat(one(name=name))


@pytest.mark.parametrize(
    "field", ["name", "position_line", "achievement", "authority", "signer_title", "signer_name"]
)
def test_a_text_that_cannot_fit_is_refused_by_its_field(field: str) -> None:
    with pytest.raises(TextTooLong) as refused:
        check([replace(CERTIFICATE, **{field: "Viện kiểm sát nhân dân " * 40})])
    assert refused.value.refusal.field_name == field


def test_nothing_is_made_when_one_of_many_cannot_fit() -> None:
    made: list[int] = []
    items = [CERTIFICATE, replace(CERTIFICATE, name="Nguyễn " * 60)]
    with pytest.raises(TextTooLong):
        list(render_certificates(items, made.append))
    assert made == []


def test_a_letter_without_a_glyph_is_refused() -> None:
    with pytest.raises(UnprintableText) as refused:
        check([replace(CERTIFICATE, name="Nguyễn 阮")])
    assert refused.value.refusal.values == {"character": "阮", "code": "U+962E"}


def test_no_certificate_of_nothing() -> None:
    assert list(render_certificates([])) == []


def test_data_survives_being_stored() -> None:
    stored = CERTIFICATE.to_json()
    assert stored["decided_on"] == "2025-09-05"
    assert CertificateData.from_json(stored) == CERTIFICATE


def test_unknown_stored_keys_are_an_error() -> None:
    with pytest.raises(TypeError):
        CertificateData.from_json({**CERTIFICATE.to_json(), "extra": "1"})


def test_dates_are_written_as_official_papers_do() -> None:
    made = one(decided_on=date(2026, 1, 2))
    assert "Hà Nội, ngày 02 tháng 01 năm 2026" in text(made).splitlines()


def test_the_longest_achievement_a_form_takes_fits_with_the_longest_name() -> None:
    words = "Đã có thành tích xuất sắc trong phong trào thi đua học tập nghiệp vụ kiểm sát "
    position = (
        "Kiểm sát viên trung cấp, Phòng Thực hành quyền công tố, kiểm sát điều tra, kiểm sát xét "
        "xử sơ thẩm án hình sự về trật tự xã hội, Viện kiểm sát nhân dân Thành phố Hồ Chí Minh"
    )
    for name in NASTY_NAMES:
        check(
            [
                replace(
                    CERTIFICATE,
                    name=name,
                    position_line=position,
                    achievement=(words * 5)[:LONGEST_ACHIEVEMENT].strip(),
                )
            ]
        )
