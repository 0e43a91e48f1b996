"""What a file is by its first bytes: its name and what the browser says of it prove nothing."""

from __future__ import annotations

from app.kernel.refusal import N_, Refusal

LARGEST_FILE = 20 * 1024 * 1024

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
WEBP = "image/webp"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
IMAGES = (JPEG, PNG, WEBP)

# How the names of each kind may end; the first is given where a name ends otherwise.
EXTENSIONS = {
    PDF: ("pdf",),
    JPEG: ("jpg", "jpeg"),
    PNG: ("png",),
    WEBP: ("webp",),
    DOCX: ("docx",),
    XLSX: ("xlsx",),
}
# What the browser's file picker shows first; it proves nothing.
ACCEPT = ",".join(f".{ending}" for endings in EXTENSIONS.values() for ending in endings)

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_HEIC = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc", b"avif")
# Writers put a byte order mark or white space before a PDF; nothing else is allowed there.
_BEFORE_PDF = b"\xef\xbb\xbf \t\r\n\x00"

NOT_TAKEN = Refusal(
    "not-taken",
    N_("Chỉ nhận PDF, ảnh JPEG, PNG, WEBP và tệp DOCX, XLSX; nội dung tệp này thuộc loại khác."),
)
PROGRAM = Refusal("program", N_("Đây là chương trình, không phải tài liệu, nên không được nhận."))
OLD_OFFICE = Refusal(
    "old-office",
    N_("Tệp theo định dạng Office cũ (.doc, .xls). Vui lòng lưu lại thành DOCX, XLSX hoặc PDF."),
)
ENCRYPTED = Refusal(
    "encrypted", N_("Tệp có mật khẩu nên không ai xét được. Vui lòng bỏ mật khẩu rồi tải lên lại.")
)
HEIC = Refusal(
    "heic", N_("Ảnh HEIC của điện thoại chưa xem được ở mọi máy. Vui lòng lưu lại thành JPEG.")
)
EMPTY = Refusal("empty-file", N_("Tệp rỗng. Vui lòng chọn tệp có nội dung."))
TOO_LARGE = Refusal(
    "file-too-large",
    N_("Tệp quá lớn: tối đa {most} MB một tệp. Vui lòng giảm dung lượng hoặc chia nhỏ tệp."),
    {"most": LARGEST_FILE // 1024**2},
)


def refuse_size(size: int) -> Refusal | None:
    if size == 0:
        return EMPTY
    return TOO_LARGE if size > LARGEST_FILE else None


def sniff(content: bytes) -> str | Refusal:
    """The media type, or why it is not taken; `ZIP` may turn out to be an office file."""
    if refusal := refuse_size(len(content)):
        return refusal
    if content[:1024].lstrip(_BEFORE_PDF).startswith(b"%PDF-"):
        return PDF
    for magic, kind in ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"PK\x03\x04", ZIP)):
        if content.startswith(magic):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    return _why_not(content)


def _why_not(content: bytes) -> Refusal:
    if content.startswith(_COMPOUND):
        return ENCRYPTED if _ENCRYPTED in content else OLD_OFFICE
    if content.startswith(_PROGRAMS):
        return PROGRAM
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        return HEIC
    return NOT_TAKEN if content.strip(b"\x00 \r\n\t") else EMPTY
