"""Vietnamese in a template that no translation can reach."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from jinja2 import Environment

from tests.strings.found import texts_in

# Official papers are Vietnamese, whatever language the reader has chosen.
PRINTED = ("certificates/certificate.html", "_print*", "*/_print*")
# Names that stay as they are in every language.
NAMES = ("Tiếng Việt", "Thi Đua")

_MARKED_LETTER = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ]|[a-zA-Z][\u0300-\u036f]|[À-ỹ]")
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TRANS_BLOCKS = {"trans": True, "endtrans": False}


def bare_texts(templates: Path) -> list[str]:
    """`file:line: text` for Vietnamese between tags, in attributes or in literals without `_()`."""
    return [
        f"{path.relative_to(templates).as_posix()}:{line}: {text}"
        for path in sorted(templates.rglob("*.html"))
        if not _is_exempt(path.relative_to(templates).as_posix())
        for line, text in _bare_in(path)
    ]


def is_vietnamese(text: str) -> bool:
    for name in NAMES:
        text = text.replace(name, "")
    return _MARKED_LETTER.search(unicodedata.normalize("NFC", text)) is not None


def _is_exempt(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in PRINTED)


def _bare_in(path: Path) -> Iterator[tuple[int, str]]:
    marked = {text for _, message, plural in texts_in(path) for text in (message, plural) if text}
    in_trans = opens_block = False
    for line, kind, value in Environment().lex(path.read_text(encoding="utf-8")):
        if kind == "name" and opens_block:
            in_trans = _TRANS_BLOCKS.get(value, in_trans)
        if kind != "whitespace":
            opens_block = kind == "block_begin"
        if kind == "data" and not in_trans:
            yield from _bare_lines(line, value)
        elif kind == "string" and value[1:-1] not in marked and is_vietnamese(value):
            yield line, value


def _bare_lines(first: int, data: str) -> Iterator[tuple[int, str]]:
    # A comment gives way to as many line ends, so that the lines after it keep their numbers.
    shown = _HTML_COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), data)
    for number, text in enumerate(shown.splitlines(), first):
        if is_vietnamese(text):
            yield number, text.strip()
