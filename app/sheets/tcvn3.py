"""TCVN3 (“ABC”), the eight-bit letters of the `.Vn…` fonts, as they look when taken for Latin-1.

Source: TCVN 5712:1993, set VN3. Capitals with a tone are written as a letter and a combining mark.
Text set in a capitals font (`.VnTimeH`) is stored in small letters and comes out in small letters.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB0: "\u0300\u0309\u0303\u0301\u0323àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_DECODE = {
    first + place: letter for first, run in _LETTERS.items() for place, letter in enumerate(run)
}
_ENCODE = {ord(letter): code for code, letter in _DECODE.items()}
_CODES = "".join(map(chr, sorted(_DECODE)))
# Letters that Unicode Vietnamese has and Latin-1 has not: their presence means nothing to convert.
_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u036f]")
# Codes that are no letter of Vietnamese in Latin-1, or a capital after a small letter.
_FOREIGN = "".join(c for c in _CODES if c.lower() not in "àáâãèéêìíòóôõùúý")
_SUSPECT = re.compile(f"[A-Za-z{_CODES}][{re.escape(_FOREIGN)}]|[{re.escape(_FOREIGN)}][A-Za-z]")
_CAPITAL_INSIDE = re.compile("[a-z][ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ]")


def to_unicode(text: str) -> str:
    """`NguyÔn V¨n ¸nh` -> `Nguyễn Văn ánh`; other characters stay as they are."""
    return unicodedata.normalize("NFC", text.translate(_DECODE))


def from_unicode(text: str) -> str:
    """The reverse, exact for every Vietnamese letter; what TCVN3 lacks stays as it is."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(_encode(character) for character in composed)


def looks_legacy(text: str) -> bool:
    """Whether a text shows letters that only TCVN3 taken for Latin-1 would show inside a word."""
    if text.isascii() or is_unicode_vietnamese(text):
        return False
    return bool(_SUSPECT.search(text) or _CAPITAL_INSIDE.search(text))


def is_unicode_vietnamese(text: str) -> bool:
    return _UNICODE.search(text) is not None


def _encode(character: str) -> str:
    code = _ENCODE.get(ord(character))
    if code is not None:
        return chr(code)
    letter, mark = _without_tone(character)
    if mark and letter.isascii():
        return letter + chr(_ENCODE[ord(mark)])
    if mark and ord(letter) in _ENCODE:
        return chr(_ENCODE[ord(letter)]) + chr(_ENCODE[ord(mark)])
    return character


def _without_tone(character: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", character)
    tone = next((part for part in parts[1:] if part in _LETTERS[0xB0][:5]), "")
    return unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts), tone
