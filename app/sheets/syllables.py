"""Whether words could be Vietnamese: tells two eight-bit encodings of the same bytes apart."""

from __future__ import annotations

import re
import unicodedata

_TONES = "\u0300\u0309\u0303\u0301\u0323"
_ONSET = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx]"
_NUCLEUS = (
    "i|y|e|ê|a|ă|â|o|ô|ơ|u|ư|iê|yê|ia|ya|ua|uô|ưa|ươ|oa|oă|oe|uâ|uê|uy|uyê|uya|uơ|oo"
    "|ai|ay|ây|ao|au|âu|oi|ôi|ơi|ui|ưi|iu|eo|êu|iêu|yêu|uôi|ươi|ươu|ưu|oai|oay|uây|oao|oeo|uyu"
)
_SYLLABLE = re.compile(f"({_ONSET})?({_NUCLEUS})(ch|ng|nh|[cmnpt])?")
_WORD = re.compile(r"[^\W\d_]+")


def plausibility(text: str) -> tuple[int, int]:
    """(plausible, all) among the words of NFC `text` that hold a letter outside ASCII."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(_plausible(word) for word in words), len(words)


def _plausible(word: str) -> bool:
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    if sum(part in _TONES for part in parts) > 1:
        return False
    bare = "".join(part for part in parts if part not in _TONES)
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None
