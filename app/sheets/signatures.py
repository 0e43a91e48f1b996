"""What a file is by its content: its name and what the browser says of it prove nothing."""

from __future__ import annotations

from app.kernel.refusal import N_, Refusal

LARGEST_FILE = 20 * 1024 * 1024
ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x1f\x8b", "GZIP"),
    (b"{\\rtf", "RTF"),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml")


def refuse_content(content: bytes) -> Refusal | None:
    """The file as a whole, before anything in it is opened."""
    if not content.strip():
        return Refusal("empty-file", N_("Tệp rỗng. Vui lòng chọn tệp có dữ liệu."))
    if len(content) > LARGEST_FILE:
        message = N_("Tệp quá lớn: tối đa {most} MB. Vui lòng chia thành nhiều tệp.")
        return Refusal("file-too-large", message, {"most": LARGEST_FILE // 1024**2})
    if content.startswith(_COMPOUND):
        return _refuse_compound(content)
    # A PDF may begin with a few bytes of its own; the others never do.
    kind = next((kind for magic, kind in _OTHERS if content.startswith(magic)), None)
    if kind is None and b"%PDF-" in content[:1024]:
        kind = "PDF"
    if kind is None and content[:200].lstrip().lower().startswith(
        (b"<!doctype", b"<html", b"<?xml")
    ):
        kind = "HTML/XML"
    if kind is not None:
        message = N_("Đây là tệp {kind}, không phải bảng tính. Vui lòng chọn tệp XLSX hoặc CSV.")
        return Refusal("not-a-sheet", message, {"kind": kind})
    return None


def _refuse_compound(content: bytes) -> Refusal:
    if _ENCRYPTED in content:
        message = N_("Bảng tính có mật khẩu. Vui lòng bỏ mật khẩu rồi tải lên lại.")
        return Refusal("encrypted", message)
    message = N_("Tệp theo định dạng Office cũ (.xls, .doc). Vui lòng lưu lại thành XLSX.")
    return Refusal("old-format", message)
