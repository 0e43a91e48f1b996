"""The typefaces of printed documents: fixed Vietnamese cuts made from the font wheels.

Every cut is one static file (no axes, no substitutions, 1000 units per em), so a character is
always the same glyph with the same whole-number advance. That makes text measurable without a
shaping engine, and lets every certificate embed byte-identical fonts that a print file shares.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

PROJECT = Path(__file__).resolve().parents[2]
# Making a cut takes over a second, reading a made one a millisecond.
CACHE = PROJECT / "var" / "fonts"
# Raise when the recipe below changes, so that older cached cuts are left alone.
RECIPE = "1"

# ASCII and the accented letters of Vietnamese, of Ê Đê, Gia Rai, Ba Na and other languages of
# Vietnam, and of foreign names. Eth (U+00D0) is left out: it looks like Đ and is not.
_LETTERS = frozenset(
    {*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x1EA0, 0x1EFA)}
    | {0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x300, 0x301, 0x303, 0x306, 0x309, 0x30C, 0x323}
    | {0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026}
) - {0xAD, 0xD0}


@dataclass(frozen=True, slots=True)
class Cut:
    """One weight of one wheel's variable font, under the family name our stylesheets use."""

    family: str
    module: str
    file: str
    weight: int


TEXT = Cut("Certificate Text", "fontpkg_eb_garamond", "EBGaramond[wght].ttf", 500)
BOLD = Cut("Certificate Bold", "fontpkg_eb_garamond", "EBGaramond[wght].ttf", 700)
ITALIC = Cut("Certificate Italic", "fontpkg_eb_garamond", "EBGaramond-Italic[wght].ttf", 500)
DISPLAY = Cut("Certificate Display", "fontpkg_playfair_display", "PlayfairDisplay[wght].ttf", 800)
CUTS = (TEXT, BOLD, ITALIC, DISPLAY)

# Official documents ask for Times New Roman. These have its metrics; the first of them that is
# installed with all Vietnamese letters is taken. Liberation 1 (Debian's fonts-liberation before
# version 13) lacks them, and a page mixed from two typefaces is worse than Noto Serif throughout.
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
_TIMES = (
    dict(zip(STYLES, ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"), strict=True)),
    {style: f"Tinos-{style}.ttf" for style in STYLES},
    {style: f"LiberationSerif-{style}.ttf" for style in STYLES},
)
_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".fonts",
    Path.home() / ".local/share/fonts",
)
_NOTO = {
    style: Cut(
        f"Document {style}",
        "fontpkg_noto_serif",
        "NotoSerif-Italic[wdth,wght].ttf" if "Italic" in style else "NotoSerif[wdth,wght].ttf",
        700 if "Bold" in style else 400,
    )
    for style in STYLES
}
_VIETNAMESE = frozenset({*range(0x1EA0, 0x1EFA), 0x102, 0x110, 0x1A0, 0x1AF, 0x20, 0xA0, 0x2013})


def wheel_font(module: str, file: str) -> Path:
    root: Path = importlib.import_module(module).ROOT
    return root / "files" / file


@cache
def cut_bytes(cut: Cut) -> bytes:
    """The cut as a TrueType file with kerning; kept on disk because it never changes."""
    source = wheel_font(cut.module, cut.file)
    key = f"{RECIPE}:{cut}:{source.stat().st_size}"
    kept = CACHE / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.ttf"
    if kept.is_file():
        return kept.read_bytes()
    made = _make(source, cut.weight)
    _keep(kept, made)
    return made


@cache
def advances(cut: Cut) -> dict[int, int]:
    """Code point -> advance in thousandths of the font size."""
    return _advances(TTFont(io.BytesIO(cut_bytes(cut))))


@cache
def times_files() -> dict[str, Path] | None:
    """Style -> file of an installed typeface with Times metrics and all Vietnamese letters."""
    installed = {
        path.name.lower(): path for path in _candidates() if _characters(path) >= _VIETNAMESE
    }
    for names in _TIMES:
        if all(name.lower() in installed for name in names.values()):
            return {style: installed[name.lower()] for style, name in names.items()}
    return None


def document_font(style: str) -> bytes:
    """The typeface of decisions and other official papers, in one of `STYLES`."""
    found = times_files()
    return found[style].read_bytes() if found else cut_bytes(_NOTO[style])


@cache
def document_advances(style: str) -> dict[int, int]:
    """Code point -> advance in thousandths of the font size."""
    return _advances(TTFont(io.BytesIO(document_font(style))))


def _candidates() -> Iterator[Path]:
    wanted = {name.lower() for names in _TIMES for name in names.values()}
    for folder in _FOLDERS:
        for path in sorted(folder.rglob("*.[tT][tT][fF]")):
            if path.name.lower() in wanted:
                yield path


def _characters(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _advances(font: TTFont) -> dict[int, int]:
    widths, em = font["hmtx"].metrics, font["head"].unitsPerEm
    # Rounded up: a line may look a hair shorter than measured, never longer.
    return {code: -(-1000 * widths[glyph][0] // em) for code, glyph in font.getBestCmap().items()}


def _make(source: Path, weight: int) -> bytes:
    font = TTFont(io.BytesIO(source.read_bytes()), recalcTimestamp=False)
    options = subset.Options(layout_features=["kern", "mark", "mkmk"], hinting=False)
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=_LETTERS)
    cutter.subset(font)
    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    font = instantiateVariableFont(font, axes | {"wght": weight}, static=True)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _keep(path: Path, content: bytes) -> None:
    """Write whole or not at all; a read-only installation just makes the cut again."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        return
