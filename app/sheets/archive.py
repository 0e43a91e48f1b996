"""An XLSX file is a ZIP: what it would unpack to is known before anything is unpacked."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from app.kernel.refusal import N_, Refusal, Refused

LARGEST_UNPACKED = 120 * 1024 * 1024
# Sheets of repeated words pack well, but a bomb packs a thousand to one.
LARGEST_RATIO = 200
RATIO_COUNTS_FROM = 4 * 1024 * 1024
_MOST_ENTRIES = 1000
_LOCAL_HEADER = 30

SPOILT = Refusal(
    "spoilt-workbook",
    N_("Tệp XLSX bị hỏng hoặc không đầy đủ. Vui lòng mở bằng Excel, lưu lại rồi tải lên."),
)
TOO_LARGE = Refusal(
    "unpacks-too-large",
    N_("Bảng tính quá lớn khi giải nén (tối đa {most} MB). Vui lòng chia thành nhiều tệp."),
    {"most": LARGEST_UNPACKED // 1024**2},
)


def unpack(content: bytes) -> dict[str, bytes]:
    """The XML parts by name, each no longer than the directory says; `Refused` otherwise."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise Refused(SPOILT) from error
    if refusal := refuse_entries(entries):
        raise Refused(refusal)
    return {entry.filename: _unpacked(content, entry) for entry in entries if not entry.is_dir()}


def refuse_entries(entries: list[zipfile.ZipInfo]) -> Refusal | None:
    """By the central directory alone."""
    names = [entry.filename for entry in entries]
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > LARGEST_UNPACKED or len(entries) > _MOST_ENTRIES:
        return TOO_LARGE
    if total > RATIO_COUNTS_FROM and total > LARGEST_RATIO * max(packed, 1):
        return TOO_LARGE
    if any(entry.flag_bits & 1 for entry in entries):
        return Refusal(
            "encrypted", N_("Bảng tính có mật khẩu. Vui lòng bỏ mật khẩu rồi tải lên lại.")
        )
    if "xl/workbook.xml" not in names or len(names) != len(set(names)):
        message = N_("Tệp nén này không phải bảng tính XLSX. Vui lòng lưu lại thành XLSX hoặc CSV.")
        return Refusal("not-a-workbook", message)
    if "xl/vbaProject.bin" in names:
        message = N_("Bảng tính có macro. Vui lòng lưu lại thành XLSX không có macro.")
        return Refusal("has-macro", message)
    return None


def _unpacked(content: bytes, entry: zipfile.ZipInfo) -> bytes:
    """A directory can lie: unpacking stops at the size it gave, a longer entry is refused."""
    header = content[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER:
        raise Refused(SPOILT)
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    first = entry.header_offset + _LOCAL_HEADER + name_length + extra_length
    packed = content[first : first + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        unpacked, whole = packed, True
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        unpacked, whole = _inflated(packed, entry.file_size)
    else:
        raise Refused(SPOILT)
    if not whole or len(unpacked) != entry.file_size:
        raise Refused(SPOILT)
    return unpacked


def _inflated(packed: bytes, most: int) -> tuple[bytes, bool]:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        # One byte more than promised: an entry of exactly that size must still reach its end.
        unpacked = engine.decompress(packed, most + 1)
    except zlib.error as error:
        raise Refused(SPOILT) from error
    return unpacked, engine.eof
