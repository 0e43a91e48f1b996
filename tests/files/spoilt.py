"""Good files and the many ways in which files are bad, made when a test asks for them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

import pikepdf
from PIL import Image

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)
PROGRAM = b"MZ\x90\x00\x03" + b"\x00" * 200
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
LOCKED_WORD = OLD_WORD + "EncryptedPackage".encode("utf-16-le")


def pdf(pages: int = 1, *, text: str = "") -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    if text:
        document.docinfo["/Title"] = text
    return _saved(document)


def locked_pdf(*, user: str) -> bytes:
    """`user`: what is asked for before it opens; empty: only changing it is forbidden."""
    document = pikepdf.new()
    document.add_blank_page()
    out = BytesIO()
    document.save(out, encryption=pikepdf.Encryption(owner="chu", user=user))
    return out.getvalue()


def scripted_pdf() -> bytes:
    """Opens with JavaScript, starts a program from a link and carries a file."""
    document = pikepdf.new()
    document.add_blank_page()
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.pages[0].Annots = document.make_indirect(
        pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Link,
                    Rect=[0, 0, 100, 100],
                    A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"),
                )
            ]
        )
    )
    document.attachments["virus.exe"] = PROGRAM
    return _saved(document)


def _saved(document: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), shade: int = 120) -> bytes:
    out = BytesIO()
    Image.effect_noise(size, shade).convert("RGB").save(out, kind)
    return out.getvalue()


def bomb_png(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        whole = kind + body
        return struct.pack(">I", len(body)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")


def office(
    parts: dict[str, bytes | str] | None = None,
    *,
    main: str = "word/document.xml",
    types: str = CONTENT_TYPES,
) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr(main, "<xml/>" * 50)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def docx() -> bytes:
    return office()


def xlsx() -> bytes:
    return office(main="xl/workbook.xml")


def encrypted_zip() -> bytes:
    """Every entry says that it is encrypted."""
    content = bytearray(office())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(mark, at + 1)
    return bytes(content)


def lying_zip() -> bytes:
    """The directory says the document is smaller than it is."""
    content = bytearray(office({"word/big.xml": b"a" * 5000}))
    at = content.rfind(b"word/big.xml") - 46
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(content)


def wrong_checksum_zip() -> bytes:
    content = bytearray(office())
    at = content.rfind(b"word/document.xml") - 46
    content[at + 16] ^= 0xFF
    return bytes(content)
