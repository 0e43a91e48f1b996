"""A name is a label: whatever it was, it ends as what the file is and leads nowhere."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.files.rules import DOCX, JPEG, LONGEST_NAME, PDF, disposition, tidy_name

NAMES = (
    ("../../x", PDF, "x.pdf"),
    ("..\\..\\báo cáo.pdf", PDF, "báo cáo.pdf"),
    ("C:\\Users\\a\\Biên bản.DOCX", DOCX, "Biên bản.DOCX"),
    ("báo cáo.pdf.exe", PDF, "báo cáo.pdf.exe.pdf"),
    ("ảnh.jpeg", JPEG, "ảnh.jpeg"),
    ("ảnh.png", JPEG, "ảnh.png.jpg"),
    ("a\x00b\x1b\n c.pdf", PDF, "ab c.pdf"),
    ("gnp\u202efdp.exe", PDF, "gnpfdp.exe.pdf"),
    ("", PDF, "tep-khong-ten.pdf"),
    ("...", PDF, "tep-khong-ten.pdf"),
    (".pdf", PDF, "pdf.pdf"),
    ('a<b>"c|d?*:.pdf', PDF, "a_b__c_d___.pdf"),
    (unicodedata.normalize("NFD", "Quyết định số 5.pdf"), PDF, "Quyết định số 5.pdf"),
    ("ă" * 300 + ".pdf", PDF, "ă" * 196 + ".pdf"),
    ("x\udcff.pdf", PDF, "x.pdf"),
)


@pytest.mark.parametrize(("given_name", "kind", "expected"), NAMES)
def test_names(given_name: str, kind: str, expected: str) -> None:
    assert tidy_name(given_name, kind) == expected


@given(st.text())
def test_any_name_is_short_printable_and_without_a_path(name: str) -> None:
    tidied = tidy_name(name, PDF)
    assert 5 <= len(tidied) <= LONGEST_NAME
    assert tidied.lower().endswith(".pdf")
    assert tidied.isprintable()
    assert not set("/\\") & set(tidied)
    assert tidied == unicodedata.normalize("NFC", tidied)
    assert tidy_name(tidied, PDF) == tidied


def test_a_saved_file_keeps_its_vietnamese_name() -> None:
    assert disposition("Báo cáo “số 5”; x.pdf") == (
        'attachment; filename="bao-cao-so-5-x.pdf"; '
        "filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20%E2%80%9Cs%E1%BB%91%205%E2%80%9D%3B%20x.pdf"
    )


def test_a_name_that_is_all_foreign_still_has_an_ascii_one() -> None:
    assert disposition("文書.pdf").startswith('attachment; filename="tep-khong-ten.pdf"; ')
