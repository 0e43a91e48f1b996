"""The fixed cuts as PDF font objects, the same bytes in every certificate."""

from __future__ import annotations

import hashlib
import io
import zlib
from functools import cache

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String

from app.web import pdf_fonts

# Needed to set text, not to show glyphs by number.
_LAYOUT_TABLES = ("GPOS", "GSUB", "GDEF", "STAT", "name", "post", "OS/2", "gasp", "prep", "DSIG")


@cache
def _program(cut: pdf_fonts.Cut) -> bytes:
    font = TTFont(io.BytesIO(pdf_fonts.cut_bytes(cut)), recalcTimestamp=False)
    for tag in _LAYOUT_TABLES:
        if tag in font:
            del font[tag]
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def font_object(target: pikepdf.Pdf, cut: pdf_fonts.Cut) -> pikepdf.Object:
    """A composite font whose character numbers are the cut's glyph numbers."""
    source = TTFont(io.BytesIO(pdf_fonts.cut_bytes(cut)))
    program = _program(cut)
    name = _name(cut, source, program)
    stream = compressed(target, program)
    stream.Length1 = len(program)
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        CIDToGIDMap=Name.Identity,
        W=Array([0, Array(_widths(source))]),
        FontDescriptor=target.make_indirect(_descriptor(cut, source, name, stream)),
    )
    return target.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([target.make_indirect(descendant)]),
            ToUnicode=compressed(target, _to_unicode(source)),
        )
    )


def compressed(target: pikepdf.Pdf, content: bytes) -> pikepdf.Stream:
    """Packed once here: a plain stream would be packed again for every file saved."""
    packed = zlib.compress(content, 9)
    return pikepdf.Stream(target, packed, Filter=Name.FlateDecode)


def _name(cut: pdf_fonts.Cut, source: TTFont, program: bytes) -> Name:
    digest = hashlib.sha256(program).digest()
    tag = "".join(chr(65 + byte % 26) for byte in digest[:6])
    style = str(source["name"].getDebugName(6)).split("-")[0]
    italic = "Italic" if "Italic" in cut.file else ""
    return Name(f"/{tag}+{style}-{cut.weight}{italic}")


def _widths(source: TTFont) -> list[int]:
    metrics = source["hmtx"].metrics
    return [metrics[glyph][0] for glyph in source.getGlyphOrder()]


def _descriptor(
    cut: pdf_fonts.Cut, source: TTFont, name: Name, program: pikepdf.Stream
) -> Dictionary:
    head, metrics = source["head"], source["hhea"]
    italic = "Italic" in cut.file
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        FontFamily=String(cut.family),
        # Symbolic, with serifs, and italic where it is: ISO 32000-1, table 123.
        Flags=4 + 2 + (64 if italic else 0),
        FontBBox=Array([head.xMin, head.yMin, head.xMax, head.yMax]),
        ItalicAngle=-12 if italic else 0,
        Ascent=metrics.ascent,
        Descent=metrics.descent,
        CapHeight=source["OS/2"].sCapHeight,
        StemV=60 + cut.weight // 10,
        FontFile2=program,
    )


def _to_unicode(source: TTFont) -> bytes:
    glyphs = {source.getGlyphID(name): code for code, name in source.getBestCmap().items()}
    pairs = [f"<{glyph:04x}> <{code:04x}>" for glyph, code in sorted(glyphs.items())]
    chunks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    maps = "\n".join(
        f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar" for chunk in chunks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{maps}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()
