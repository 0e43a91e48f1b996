"""Opening files of strangers. Runs in a process of its own, started by `app.files.child`.

The libraries that read PDF and pictures are large and written in C: whatever a file does to them
ends with this process, which knows no secret, has little memory and little time.

    python -m app.files.inspection inspect < file     -> one line of JSON, then the thumbnail
    python -m app.files.inspection page 3 < file      -> the page as WEBP
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Sequence
from io import BytesIO
from typing import BinaryIO

import pikepdf
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from app.files.rules import IMAGES, PDF, office_kind, sniff
from app.files.rules.kinds import ENCRYPTED, LARGEST_FILE, ZIP
from app.files.rules.office import SPOILT
from app.kernel.refusal import N_, Refusal

MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 20
MOST_PIXELS = 120_000_000
THUMBNAIL = (320, 320)
# Sharp on a wide screen, readable when a phone zooms into it.
PAGE = (1400, 2000)

TOO_MANY_PIXELS = Refusal(
    "too-many-pixels",
    N_("Ảnh quá lớn: tối đa {most} triệu điểm ảnh. Vui lòng giảm kích thước ảnh."),
    {"most": MOST_PIXELS // 1_000_000},
)
CUT_OFF = Refusal(
    "cut-off", N_("Tệp bị cắt ngang, thiếu phần cuối. Vui lòng xuất lại tệp rồi tải lên.")
)


def main(arguments: Sequence[str], given: BinaryIO, out: BinaryIO) -> None:
    content = given.read(LARGEST_FILE + 1)
    if arguments[0] == "page":
        out.write(_drawn(content, str(sniff(content)), int(arguments[1]) - 1, PAGE))
        return
    found = inspect(content)
    if isinstance(found, Refusal):
        said = {"code": found.code, "message": found.message, "values": dict(found.values)}
        out.write(json.dumps(said).encode() + b"\n")
        return
    media_type, pages = found
    out.write(json.dumps({"media_type": media_type, "pages": pages}).encode() + b"\n")
    # Said already: a file that is good but cannot be drawn is taken without a picture.
    out.flush()
    if media_type == PDF or media_type in IMAGES:
        out.write(_drawn(content, media_type, 0, THUMBNAIL))


def inspect(content: bytes) -> tuple[str, int | None] | Refusal:
    """The media type and the number of pages, where the kind of file has pages."""
    kind = sniff(content)
    if isinstance(kind, Refusal):
        return kind
    if kind == ZIP:
        office = office_kind(content)
        return office if isinstance(office, Refusal) else (office, None)
    if kind == PDF:
        pages = _pdf_pages(content)
        return pages if isinstance(pages, Refusal) else (PDF, pages)
    return _refuse_picture(content, kind) or (kind, None)


def _pdf_pages(content: bytes) -> int | Refusal:
    """A password without which nobody can read it is refused, one against changing is not."""
    # qpdf mends a file without its end silently; what was lost on the way would go unseen.
    if b"%%EOF" not in content[-2048:]:
        return CUT_OFF
    try:
        with pikepdf.open(BytesIO(content)) as document:
            pages = len(document.pages)
    except pikepdf.PasswordError:
        return ENCRYPTED
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError):
        return SPOILT
    return pages or SPOILT


def _refuse_picture(content: bytes, media_type: str) -> Refusal | None:
    """Every byte of it is read: a picture whose lower half is missing is no evidence."""
    try:
        with Image.open(BytesIO(content), formats=[_FORMATS[media_type]]) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                return TOO_MANY_PIXELS
            # JPEG can be read through at an eighth of its size.
            picture.draft("RGB", (width // 8, height // 8))
            picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError):
        return SPOILT
    return None


_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def _drawn(content: bytes, media_type: str, page: int, size: tuple[int, int]) -> bytes:
    """A picture of our own making, so that nothing of the file itself reaches a browser."""
    if media_type == PDF:
        # PDFium as it comes with pypdfium2 has no JavaScript; links and actions are not drawn.
        sheet = pypdfium2.PdfDocument(content)[page]
        scale = min(size[0] / sheet.get_width(), size[1] / sheet.get_height())
        picture = sheet.render(scale=scale).to_pil()
    else:
        with Image.open(BytesIO(content), formats=[_FORMATS[media_type]]) as opened:
            opened.draft("RGB", size)
            # Smaller first: turning the whole picture would hold it in memory twice.
            opened.thumbnail(size)
            picture = ImageOps.exif_transpose(opened)
    if picture.mode not in ("RGB", "RGBA"):
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    drawn = BytesIO()
    # Without the EXIF of the original: where a photo was taken is nobody's business here.
    picture.save(drawn, "WEBP", quality=80, method=2, exif=b"")
    return drawn.getvalue()


def _keep_within_bounds() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # It writes to its pipe and to no file.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    Image.MAX_IMAGE_PIXELS = None  # refused with our own words, before a pixel is read
    _keep_within_bounds()
    main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)
