from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdf
import pytest

from app.certificates.documents import (
    join_print_file,
    render_certificates,
    write_print_file,
)
from tests.certificates.samples import CERTIFICATE


@pytest.fixture(scope="module")
def singles() -> list[bytes]:
    names = [f"Nguyễn Văn {letter}" for letter in "ABCDEFGHIKLM"]
    return list(render_certificates([replace(CERTIFICATE, name=name) for name in names]))


def count(made: bytes, wanted: Callable[[pikepdf.Object], bool]) -> int:
    with pikepdf.open(io.BytesIO(made)) as opened:
        return sum(1 for item in opened.objects if wanted(item))


def is_form(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"


def is_font_program(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Stream) and "/Length1" in item


def test_pages_keep_their_order(singles: list[bytes]) -> None:
    reader = pypdf.PdfReader(io.BytesIO(join_print_file(singles)))
    names = [
        next(line for line in page.extract_text().splitlines() if line.startswith("Bà "))
        for page in reader.pages
    ]
    assert names == [f"Bà Nguyễn Văn {letter}" for letter in "ABCDEFGHIKLM"]


def test_border_and_fonts_are_kept_once(singles: list[bytes]) -> None:
    joined = join_print_file(singles)
    assert (count(singles[0], is_form), count(singles[0], is_font_program)) == (1, 4)
    assert (count(joined, is_form), count(joined, is_font_program)) == (1, 4)
    # Eleven more pages cost less than one more certificate.
    assert len(joined) < 2 * len(singles[0])


def test_a_second_paper_size_brings_its_own_border(singles: list[bytes]) -> None:
    large = list(render_certificates([replace(CERTIFICATE, width_mm=420, height_mm=297)]))
    joined = join_print_file([*singles[:2], *large])
    assert (count(joined, is_form), count(joined, is_font_program)) == (2, 4)


def test_equal_files_give_an_equal_print_file(singles: list[bytes]) -> None:
    assert join_print_file(singles, "In") == join_print_file(singles, "In")


def test_reads_and_writes_paths(tmp_path: Path, singles: list[bytes]) -> None:
    paths = []
    for number, made in enumerate(singles[:3]):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(made)
        paths.append(path)
    target = tmp_path / "print.pdf"
    assert write_print_file(paths, target, "Đợt in 1") == 3
    assert target.read_bytes() == join_print_file(singles[:3], "Đợt in 1")


def test_the_print_file_looks_like_its_singles(singles: list[bytes]) -> None:
    joined = join_print_file(singles[:1])
    with pikepdf.open(io.BytesIO(joined)) as a, pikepdf.open(io.BytesIO(singles[0])) as b:
        assert a.pages[0].Contents.read_bytes() == b.pages[0].Contents.read_bytes()
        assert sorted(a.pages[0].Resources.XObject) == sorted(b.pages[0].Resources.XObject)
