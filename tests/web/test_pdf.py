from __future__ import annotations

from pathlib import Path

import pytest

from app.web import pdf, pdf_fonts


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/x.png", "file:///etc/passwd", "ftp://x/y", "../pyproject.toml"]
)
def test_a_foreign_address_is_never_opened(address: str) -> None:
    with pytest.raises(pdf.ForeignResource):
        pdf.lay_out(f'<img src="{address}">', "decisions/decision.css")


def test_our_own_drawing_is_shown() -> None:
    dot = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    assert len(pdf.lay_out(f'<img src="{dot}">', "decisions/decision.css").pages) == 1


@pytest.mark.parametrize("cut", pdf_fonts.CUTS, ids=lambda cut: cut.family)
def test_every_cut_has_every_vietnamese_letter(cut: pdf_fonts.Cut) -> None:
    letters = set("ĂÂĐÊÔƠƯăâđêôơư ") | {chr(code) for code in range(0x1EA0, 0x1EFA)}
    assert sorted(letters - {chr(code) for code in pdf_fonts.advances(cut)}) == []


@pytest.mark.parametrize("style", pdf_fonts.STYLES)
def test_the_document_face_has_every_vietnamese_letter(style: str) -> None:
    letters = set("ĂÂĐÊÔƠƯăâđêôơư ") | {chr(code) for code in range(0x1EA0, 0x1EFA)}
    assert sorted(letters - {chr(code) for code in pdf_fonts.document_advances(style)}) == []


def test_a_cut_made_again_is_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = pdf_fonts.cut_bytes(pdf_fonts.DISPLAY)
    monkeypatch.setattr(pdf_fonts, "CACHE", tmp_path / "fonts")
    assert pdf_fonts.cut_bytes.__wrapped__(pdf_fonts.DISPLAY) == kept
    assert [path.read_bytes() for path in (tmp_path / "fonts").iterdir()] == [kept]
