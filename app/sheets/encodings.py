"""Which encoding a text file is in; a wrong guess would spoil names, so doubt is refused."""

from __future__ import annotations

import codecs
import re
import unicodedata

from app.kernel.refusal import N_, Refusal, Refused
from app.sheets import tcvn3
from app.sheets.syllables import plausibility

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONG_UTF8 = re.compile(rb"[\xc3-\xc6][\x80-\xbf]|\xe1[\xba\xbb][\x80-\xbf]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Words enough to judge by; a longer file is no surer.
_SAMPLE = 200_000
_ENOUGH = 60  # of a hundred words

_UNREADABLE = Refusal(
    "unknown-encoding",
    N_("Không nhận ra bảng mã của tệp. Vui lòng lưu lại tệp dưới dạng CSV UTF-8."),
)
_MIXED = Refusal(
    "mixed-encodings",
    N_("Tệp trộn nhiều bảng mã (dòng {row}). Vui lòng lưu lại cả tệp dưới dạng CSV UTF-8."),
)


def decode(content: bytes) -> str:
    """NFC text of a UTF-8, UTF-16 or Windows-1258 file; TCVN3 bytes come out as Latin-1."""
    text = unicodedata.normalize("NFC", _decoded(content))
    if found := _CONTROL.search(text):
        row = text.count("\n", 0, found.start()) + 1
        message = N_("Tệp chứa ký tự không phải văn bản (dòng {row}).")
        raise Refused(Refusal("control-character", message, {"row": row}))
    return text


def _decoded(content: bytes) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _strictly(content, name)
    if _looks_utf16(content):
        little = content[1::2].count(0) >= content[::2].count(0)
        return _strictly(content, "utf-16-le" if little else "utf-16-be")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if _LONG_UTF8.search(content[: error.start]) or _mostly_utf8(content):
            row = content.count(b"\n", 0, error.start) + 1
            raise Refused(Refusal(_MIXED.code, _MIXED.message, {"row": row})) from error
        return _eight_bits(content)


def _strictly(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        raise Refused(_UNREADABLE) from error


def _looks_utf16(content: bytes) -> bool:
    """Without its mark: every other byte of mostly ASCII text is then zero."""
    sample = content[:2000]
    zeros = max(sample[::2].count(0), sample[1::2].count(0))
    return (
        len(content) % 2 == 0
        and zeros * 4 > len(sample)
        and min(sample[::2].count(0), sample[1::2].count(0)) * 20 < len(sample)
    )


def _mostly_utf8(content: bytes) -> bool:
    return len(re.findall(rb"\xe1[\xba\xbb][\x80-\xbf]", content)) >= 2


def _eight_bits(content: bytes) -> str:
    latin = content.decode("latin-1")
    legacy = tcvn3.to_unicode(latin[:_SAMPLE])
    try:
        windows = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        windows = ""
    as_windows, as_legacy = _share(windows[:_SAMPLE]), _share(legacy)
    if max(as_windows, as_legacy) < _ENOUGH:
        raise Refused(_UNREADABLE)
    return windows if as_windows >= as_legacy else latin


def _share(text: str) -> int:
    """Of a hundred words with marks, how many could be Vietnamese."""
    plausible, words = plausibility(text)
    return plausible * 100 // words if words else 0
