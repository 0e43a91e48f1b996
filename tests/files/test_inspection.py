"""What a file is taken for, whatever its name says; opened in a process of its own."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from app.files import child
from app.files.rules import DOCX, JPEG, LARGEST_FILE, PDF, PNG, WEBP, XLSX
from app.kernel.refusal import Refused
from tests.files import spoilt

pytestmark = pytest.mark.anyio

GOOD = (
    (spoilt.pdf(3), PDF, 3, True),
    (b"\xef\xbb\xbf\r\n" + spoilt.pdf(1), PDF, 1, True),
    (spoilt.locked_pdf(user=""), PDF, 1, True),
    (spoilt.scripted_pdf(), PDF, 1, True),
    (spoilt.picture("JPEG"), JPEG, None, True),
    (spoilt.picture("PNG"), PNG, None, True),
    (spoilt.picture("WEBP"), WEBP, None, True),
    (spoilt.docx(), DOCX, None, False),
    (spoilt.xlsx(), XLSX, None, False),
)
BAD = (
    ("empty-file", b""),
    ("empty-file", b"\x00" * 50 + b" \r\n"),
    ("file-too-large", b"%PDF-1.7" + b"x" * LARGEST_FILE),
    ("program", spoilt.PROGRAM),
    ("program", b"\x7fELF\x02\x01"),
    ("program", b"#!/bin/sh\nrm -rf /"),
    ("program", spoilt.PROGRAM + spoilt.pdf()),
    ("not-taken", b"<!doctype html><script>alert(1)</script>"),
    ("not-taken", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ("not-taken", b"GIF89a" + b"\x00" * 20),
    ("not-taken", "Báo cáo thành tích".encode()),
    ("heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"),
    ("old-office", spoilt.OLD_WORD),
    ("encrypted", spoilt.LOCKED_WORD),
    ("encrypted", spoilt.locked_pdf(user="bi-mat")),
    ("encrypted", spoilt.encrypted_zip()),
    ("cut-off", spoilt.pdf(3)[:-60]),
    ("cut-off", spoilt.pdf(3)[: len(spoilt.pdf(3)) // 2]),
    ("spoilt", b"%PDF-1.7\nnonsense\n%%EOF"),
    ("spoilt", spoilt.picture("JPEG", (400, 300))[:-4000]),
    ("spoilt", spoilt.picture("PNG", (400, 300))[:-4000]),
    ("spoilt", spoilt.picture("WEBP", (400, 300))[:-1000]),
    ("spoilt", b"\xff\xd8\xff" + b"nonsense" * 20),
    ("too-many-pixels", spoilt.bomb_png(50_000, 50_000)),
    ("spoilt", spoilt.docx()[:-40]),
    ("spoilt", spoilt.lying_zip()),
    ("spoilt", spoilt.wrong_checksum_zip()),
    ("not-taken", spoilt.office(main="tai-lieu.txt")),
    ("macro", spoilt.office({"word/vbaProject.bin": b"x"})),
    ("macro", spoilt.office({"word/activeX/activeX1.xml": b"x"})),
    (
        "macro",
        spoilt.office(
            types=spoilt.CONTENT_TYPES.replace(
                'xml"/>', 'vnd.ms-word.document.macroEnabled.main+xml"/>'
            )
        ),
    ),
    ("unpacks-too-large", spoilt.office({"word/media/a.xml": b"\x00" * 30_000_000})),
    ("unpacks-too-large", spoilt.office({f"word/{n}.xml": b"x" for n in range(5000)})),
)


@pytest.mark.parametrize(("content", "kind", "pages", "drawn"), GOOD)
async def test_good_files(content: bytes, kind: str, pages: int | None, drawn: bool) -> None:
    found = await child.inspect(content)
    assert (found.media_type, found.pages) == (kind, pages)
    assert (found.thumbnail is not None) is drawn


@pytest.mark.parametrize(("code", "content"), BAD)
async def test_bad_files(code: str, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        await child.inspect(content)
    assert refused.value.refusal.code == code


async def test_a_thumbnail_is_small_upright_and_says_nothing_of_the_place() -> None:
    out = BytesIO()
    picture = Image.new("RGB", (800, 400), "red")
    exif = picture.getexif()
    exif[274] = 6  # taken with the telephone on its side
    exif[0x8825] = {1: "N", 2: (21.0, 1.0, 0.0)}
    picture.save(out, "JPEG", exif=exif)
    found = await child.inspect(out.getvalue())
    assert found.thumbnail is not None
    with Image.open(BytesIO(found.thumbnail)) as drawn:
        assert (drawn.format, drawn.size) == ("WEBP", (160, 320))
        assert dict(drawn.getexif()) == {}


async def test_every_page_can_be_looked_at() -> None:
    drawn = await child.page(spoilt.pdf(3), 3)
    with Image.open(BytesIO(drawn)) as picture:
        assert picture.size == (1400, 1982)
    assert await child.page(spoilt.pdf(3), 4) == b""


async def test_a_page_of_no_sensible_size_is_drawn_small_or_not_at_all() -> None:
    document = pikepdf.new()
    document.add_blank_page(page_size=(14_400, 3))
    out = BytesIO()
    document.save(out)
    drawn = await child.page(out.getvalue(), 1)
    with Image.open(BytesIO(drawn)) as picture:
        assert max(picture.size) <= 2000


async def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_LONGEST", 0.001)
    with pytest.raises(Refused) as refused:
        await child.inspect(spoilt.pdf())
    assert refused.value.refusal.code == "unreadable"


@pytest.mark.parametrize(
    ("broken_off", "said"),
    [(b'{"a": 1}\nhalf a pic', b'{"a": 1}\n'), (b"RIFF half a page", b""), (b"", b"")],
)
def test_half_a_picture_is_none(broken_off: bytes, said: bytes) -> None:
    assert child._said(broken_off) == said


async def test_the_process_that_opens_files_knows_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "bi-mat")
    monkeypatch.setattr(child, "_MODULE", "tests.files.shows_environment")
    assert await child._asked((), b"") == b"['LC_ALL']"
