"""Vietnamese text as stored keys: NFC in, search without marks, order by given name.

The embedded server has neither unaccent nor ICU collations, so what a query must compare
is computed here once and stored beside the text.
"""

from __future__ import annotations

import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: index for index, letter in enumerate(_ALPHABET, start=1)}
# Dictionary order of the tones: level, grave, hook, tilde, acute, dot below.
_TONE_RANK = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
# Longer numbers than these name nothing that is listed.
_DIGITS = 6
_TONES = frozenset(_TONE_RANK) - {""}


def tidy(text: str) -> str:
    """Compose to NFC and fold runs of white space; what every name goes through on the way in."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def search_key(text: str) -> str:
    """Lower case without any mark: `Đặng Thị Ngọc` -> `dang thi ngoc`."""
    decomposed = unicodedata.normalize("NFD", tidy(text).casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("đ", "d")
    words = "".join(c if c.isalnum() else " " for c in bare).split()
    return " ".join(words)


def order_key(text: str) -> str:
    """A key whose plain byte order is Vietnamese dictionary order, word by word.

    Letters decide first, tones second: `ban < bàn < bản < bãn < bán < bạn < băn`. Numbers come
    by their value: `khu vực 2` before `khu vực 10`.
    """
    words = []
    for word in tidy(text).casefold().split():
        letters, tones = [], []
        for char in word.zfill(_DIGITS) if word.isascii() and word.isdigit() else word:
            letter, tone = _split_tone(char)
            rank = _LETTER_RANK.get(letter)
            letters.append(chr(0x60 + rank) if rank else letter)
            tones.append(str(_TONE_RANK[tone]))
        words.append("".join(letters) + "!" + "".join(tones))
    return " ".join(words)


def person_order_key(full_name: str) -> str:
    """Given name first, then middle, then family name: how Vietnamese lists are sorted."""
    words = tidy(full_name).split()
    given, middle, family = words[-1:], words[1:-1], words[:1] if len(words) > 1 else []
    return order_key(" ".join(given)) + "|" + order_key(" ".join([*middle, *family]))


def _split_tone(char: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", char)
    tone = next((c for c in decomposed if c in _TONES), "")
    return unicodedata.normalize("NFC", decomposed.replace(tone, "") if tone else char), tone
