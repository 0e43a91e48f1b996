"""The English catalogue: what it lacks, and how it takes up new texts."""

from __future__ import annotations

import string
from collections.abc import Iterable
from pathlib import Path

import polib

from tests.strings.found import Text

ENGLISH = Path("app/web/locale/en/LC_MESSAGES/messages.po")
WRAP = 100
METADATA = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "en",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def read(path: Path) -> polib.POFile:
    """The catalogue at `path`, or an empty English one."""
    if path.exists():
        return polib.pofile(str(path), wrapwidth=WRAP, check_for_duplicates=True)
    catalogue = polib.POFile(wrapwidth=WRAP)
    catalogue.metadata = dict(METADATA)
    return catalogue


def updated(catalogue: polib.POFile, texts: Iterable[Text]) -> polib.POFile:
    """The same translations for exactly these texts, in the order the files use them.

    Entries name files without lines, so that moving code does not change the catalogue.
    """
    known = {entry.msgid: entry for entry in catalogue if not entry.obsolete}
    fresh: dict[str, polib.POEntry] = {}
    for text in texts:
        entry = fresh.get(text.message) or _entry(text, known.get(text.message))
        fresh[text.message] = entry
        if text.plural and not entry.msgid_plural:
            _make_plural(entry, text.plural)
        if (text.file, "") not in entry.occurrences:
            entry.occurrences.append((text.file, ""))
    result = polib.POFile(wrapwidth=WRAP)
    result.metadata = dict(catalogue.metadata)
    result.header = catalogue.header
    result.extend(fresh.values())
    return result


def problems(catalogue: polib.POFile, texts: Iterable[Text]) -> list[str]:
    """Missing, empty, doubtful, obsolete and mismatched translations, one line each."""
    known = {entry.msgid: entry for entry in catalogue if not entry.obsolete}
    wanted: dict[str, Text] = {}
    for text in texts:
        if text.message not in wanted or text.plural:
            wanted[text.message] = text
    lines = [
        f"{text.file}:{text.line}: {text.message!r}: {problem}"
        for text in wanted.values()
        for problem in _entry_problems(known.get(text.message), text)
    ]
    lines += [
        f"{ENGLISH}: {entry.msgid!r}: used nowhere"
        for entry in catalogue
        if entry.obsolete or entry.msgid not in wanted
    ]
    return lines


def placeholders(text: str) -> set[str]:
    """`"{name} có {n:d} điểm"` -> `{"name", "n"}`."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _entry(text: Text, known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=text.message)
    if known is None:
        return entry
    entry.comment, entry.tcomment, entry.flags = known.comment, known.tcomment, known.flags
    if text.plural and known.msgid_plural:
        entry.msgid_plural, entry.msgstr_plural = text.plural, dict(known.msgstr_plural)
    else:
        entry.msgstr = known.msgstr or known.msgstr_plural.get(0, "")
    return entry


def _make_plural(entry: polib.POEntry, plural: str) -> None:
    entry.msgid_plural = plural
    entry.msgstr_plural = {0: entry.msgstr, 1: ""}
    entry.msgstr = ""


def _entry_problems(entry: polib.POEntry | None, text: Text) -> list[str]:
    if entry is None:
        return ["not in the catalogue; run `make strings`"]
    if entry.fuzzy:
        return ["marked fuzzy"]
    if text.plural and not entry.msgid_plural:
        return ["has no plural; run `make strings`"]
    translations = list(entry.msgstr_plural.values()) if text.plural else [entry.msgstr]
    if len(translations) < (2 if text.plural else 1) or not all(map(str.strip, translations)):
        return ["not translated"]
    return _placeholder_problems(text, translations)


def _placeholder_problems(text: Text, translations: list[str]) -> list[str]:
    try:
        wanted = placeholders(text.message)
    except ValueError as error:
        return [f"braces do not match: {error}"]
    result = []
    for translation in translations:
        try:
            given = placeholders(translation)
        except ValueError as error:
            result.append(f"braces do not match in {translation!r}: {error}")
            continue
        # One of something may be said in words, without the number.
        if given != wanted and not (text.plural and given == wanted - {"n"}):
            result.append(f"placeholders differ in {translation!r}")
    return result
