"""`thidua rank`: the bytes of a round's export in, the bytes of its ranking out.

Imports the standard library, msgspec and the rules only: anyone may recompute, and it starts fast.
"""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from types import GenericAlias
from typing import Any, BinaryIO, Literal, TextIO

import msgspec

from app.scoring.rules.panel import read_header, read_marks
from app.scoring.rules.reading import shown
from app.scoring.rules.result import result
from app.scoring.rules.roster import Roster

_RAW = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LOOSE = msgspec.json.Decoder(float_hook=Decimal)


class RankFileError(Exception):
    """Why there is no ranking: one line per problem, without line breaks."""

    def __init__(self, errors: tuple[str, ...]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


def main(path: str, stdin: BinaryIO, stdout: BinaryIO, stderr: TextIO) -> int:
    """Recompute the file, or standard input for `-`; exit status 0, or 2 with errors only."""
    try:
        data = stdin.read() if path == "-" else Path(path).read_bytes()
        output = recompute(data)
    except RankFileError as error:
        stderr.writelines(f"{line}\n" for line in error.errors)
        return 2
    except (OSError, ValueError) as error:
        # ValueError: a path with a null character in it.
        reason = getattr(error, "strerror", None) or str(error)
        stderr.write(f"cannot read {shown(path)}: {reason}\n")
        return 2
    stdout.write(output)
    return 0


def recompute(data: bytes) -> bytes:
    """A thidua-rank/1 document to a thidua-ranking/1 document; raises RankFileError."""
    with _no_collection():
        answer = _recompute(data)
    return msgspec.json.format(msgspec.json.encode(answer), indent=1) + b"\n"


def rank(document: dict[str, Any]) -> dict[str, Any]:
    """The same for a document the product built; it is judged as its JSON would be."""
    try:
        data = msgspec.json.encode(document)
    except (TypeError, ValueError) as error:
        raise RankFileError((f"not a JSON document: {error}",)) from error
    with _no_collection():
        return _recompute(data)


def canonical(document: object) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8; ValueError for what has no one canonical form.

    Floats are refused because their text is not canonical between languages, and so are lone
    surrogates, keys that are not strings, and objects JSON does not know.
    """
    _check_plain(document)
    return msgspec.json.encode(document, order="sorted")


def sha256_of(document: object) -> str:
    return sha256(canonical(document)).hexdigest()


def _check_plain(value: object) -> None:
    if isinstance(value, dict):
        if not all(type(key) is str for key in value):
            raise ValueError("a key is not a string")
        for part in value.values():
            _check_plain(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _check_plain(part)
    elif value is not None and type(value) not in (str, int, bool):
        raise ValueError(f"{type(value).__name__} has no canonical JSON form")


def _recompute(data: bytes) -> dict[str, Any]:
    errors: list[str] = []
    header, raw_marks = _split(data)
    roster, protocol = read_header(header, errors)
    if raw_marks is None:
        raise RankFileError(tuple(errors))
    header["marks"] = _decode_marks(raw_marks, roster)
    panel = read_marks(header["marks"], roster, protocol, errors)
    if panel is None:
        raise RankFileError(tuple(errors))
    # Every value was read as text, whole number or container: this is the canonical form.
    whole = msgspec.json.encode(header, order="sorted")
    protocol_sha256 = sha256(msgspec.json.encode(header["protocol"], order="sorted"))
    return result(panel, protocol_sha256.hexdigest(), sha256(whole).hexdigest())


def _split(data: bytes) -> tuple[dict[str, object], msgspec.Raw | None]:
    """The document without its marks, and the marks unread: they are nearly all of the file."""
    try:
        raw = _RAW.decode(data).get("marks")
        document, doubled = _without_marks(data, raw)
    except msgspec.ValidationError as error:
        raise RankFileError((f"not a thidua-rank document: {error}",)) from error
    except (msgspec.DecodeError, ValueError) as error:
        raise RankFileError((f"not valid JSON in UTF-8: {error}",)) from error
    except RecursionError as error:
        raise RankFileError(("not a thidua-rank document: nested too deeply",)) from error
    if doubled:
        lines = (f"name {shown(name)} stands twice in one object" for name in doubled)
        raise RankFileError(tuple(lines))
    return document, raw


def _without_marks(data: bytes, raw: msgspec.Raw | None) -> tuple[dict[str, object], list[str]]:
    text = memoryview(raw if raw is not None else b"null")
    if bytes(text[:1]) == b"[":
        start = data.find(text)
        found = _object(data[:start] + b"null" + data[start + len(text) :])
        # The same bytes may stand elsewhere too, as `[]` does: then all of it is read.
        if found[0].get("marks") is None:
            return found
    return _object(data)


def _object(data: bytes) -> tuple[dict[str, object], list[str]]:
    """What the bytes say, and names given twice: readers differ on which one counts."""
    doubled: list[str] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = Counter(name for name, _ in pairs)
            doubled.extend(name for name, times in names.items() if times > 1)
        return found

    # msgspec is the stricter reader (NaN, lone surrogates); only json shows the pairs.
    _LOOSE.decode(data)
    document = json.loads(data, object_pairs_hook=once, parse_float=Decimal)
    return document, doubled


def _decode_marks(raw: msgspec.Raw, roster: Roster) -> object:
    """Marks as tuples that share the codes' strings, or as they are when a code is not known."""
    codes = (roster.members, roster.subjects, roster.criteria)
    try:
        if all(codes):
            known: list[Any] = [Literal[tuple(each or ())] for each in codes]
            shape = GenericAlias(tuple, (*known, str))
            return msgspec.json.decode(raw, type=GenericAlias(list, (shape,)))
    except (msgspec.DecodeError, ValueError):
        # Whatever is wrong, the plain reading below or the rules will say what and where.
        pass
    try:
        return _LOOSE.decode(raw)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise RankFileError((f"marks: not valid JSON in UTF-8: {error}",)) from error


@contextmanager
def _no_collection() -> Iterator[None]:
    """A million small lists, none of them garbage, would be walked again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
