"""DOCX and XLSX are ZIPs: what they would unpack to is known before anything is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from app.files.rules.kinds import DOCX, ENCRYPTED, NOT_TAKEN, XLSX
from app.kernel.refusal import N_, Refusal

LARGEST_UNPACKED = 200 * 1024 * 1024
# Text packs well, but a bomb packs a thousand to one.
LARGEST_RATIO = 200
RATIO_COUNTS_FROM = 4 * 1024 * 1024
MOST_ENTRIES = 5000
_CHUNK = 1024 * 1024
_MAIN = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

SPOILT = Refusal(
    "spoilt",
    N_("Tệp bị hỏng hoặc không đầy đủ nên không mở được. Vui lòng mở, lưu lại rồi tải lên."),
)
BOMB = Refusal("unpacks-too-large", N_("Tệp giải nén ra quá lớn nên không được nhận."))
MACRO = Refusal(
    "macro", N_("Tệp có macro hoặc ActiveX. Vui lòng lưu lại thành DOCX, XLSX thường hoặc PDF.")
)


def office_kind(content: bytes) -> str | Refusal:
    """DOCX or XLSX, every part of it read through to its checksum; or why it is not taken."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            refusal = _refuse_entries(archive.infolist())
            return refusal or _refuse_parts(archive) or _MAIN[_main(archive.namelist())[0]]
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ):
        return SPOILT


def _refuse_entries(entries: list[zipfile.ZipInfo]) -> Refusal | None:
    """By the directory alone."""
    names = [entry.filename for entry in entries]
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > LARGEST_UNPACKED or len(entries) > MOST_ENTRIES:
        return BOMB
    if total > RATIO_COUNTS_FROM and total > LARGEST_RATIO * max(packed, 1):
        return BOMB
    if any(entry.flag_bits & 1 for entry in entries):
        return ENCRYPTED
    if len(_main(names)) != 1 or "[Content_Types].xml" not in names:
        return NOT_TAKEN
    if len(names) != len(set(names)) or any(e.compress_type not in _PACKED for e in entries):
        return SPOILT
    if any(_runs(name.lower()) for name in names):
        return MACRO
    return None


def _main(names: list[str]) -> list[str]:
    return [name for name in names if name in _MAIN]


def _runs(name: str) -> bool:
    return name.endswith("vbaproject.bin") or "/activex/" in name or "/macrosheets/" in name


def _refuse_parts(archive: zipfile.ZipFile) -> Refusal | None:
    """A directory can lie: no entry is read beyond the size it gave, and its checksum is asked."""
    for entry in archive.infolist():
        with archive.open(entry) as part:
            first = part.read(_CHUNK)
            if entry.filename == "[Content_Types].xml" and b"macroEnabled" in first:
                return MACRO
            while part.read(_CHUNK):
                pass
    return None
