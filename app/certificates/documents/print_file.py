"""One file for the printer from many issued files; what they have in common is kept once."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

Source = bytes | Path


def join_print_file(pdfs: Iterable[Source], title: str = "") -> bytes:
    """All pages of `pdfs` in order as one PDF; equal input gives equal bytes."""
    out = io.BytesIO()
    write_print_file(pdfs, out, title)
    return out.getvalue()


def write_print_file(pdfs: Iterable[Source], target: Path | BinaryIO, title: str = "") -> int:
    """Like `join_print_file`, straight into `target`; returns the number of pages.

    Each source is read, joined and let go before the next.
    """
    printer = _PrintFile()
    for source in pdfs:
        printer.add(source)
    printer.save(target, title)
    return len(printer.out.pages)


class _PrintFile:
    def __init__(self) -> None:
        self.out = pikepdf.new()
        # Fingerprint of a font or drawing -> its one copy in the print file.
        self.shared: dict[bytes, Object] = {}

    def add(self, source: Source) -> None:
        opened = pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source)
        with opened as pdf:
            for page in pdf.pages:
                self._append(page)

    def _append(self, page: pikepdf.Page) -> None:
        resources = Dictionary()
        for kind, entries in page.resources.items():
            resources[kind] = Dictionary(
                {name: self._one_copy(entry) for name, entry in entries.items()}
            )
        contents = pikepdf.Stream(self.out, page.Contents.read_bytes())
        leaf = Dictionary(
            Type=Name.Page,
            MediaBox=Array([float(edge) for edge in page.mediabox]),
            Contents=contents,
            Resources=resources,
        )
        self.out.pages.append(pikepdf.Page(leaf))

    def _one_copy(self, entry: Object) -> Object:
        key = _fingerprint(entry)
        if key not in self.shared:
            self.shared[key] = self.out.copy_foreign(entry)
        return self.shared[key]

    def save(self, target: Path | BinaryIO, title: str) -> None:
        self.out.Root.Lang = String("vi")
        if title:
            self.out.docinfo = self.out.make_indirect(Dictionary(Title=String(title)))
        self.out.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )


def _fingerprint(value: Object) -> bytes:
    """A digest of an object with everything below it, whatever its object numbers are."""
    digest = hashlib.sha256()
    _feed(digest, value)
    return digest.digest()


def _feed(digest: hashlib._Hash, value: object) -> None:
    if isinstance(value, pikepdf.Stream):
        digest.update(b"stream" + value.read_raw_bytes())
        value = value.stream_dict
    if isinstance(value, pikepdf.Dictionary):
        for name, entry in sorted(value.items()):
            digest.update(name.encode())
            _feed(digest, entry)
    elif isinstance(value, pikepdf.Array) and b" R" in value.unparse():
        for entry in value:
            _feed(digest, entry)
    elif isinstance(value, Object):
        digest.update(value.unparse())
    else:
        digest.update(repr(value).encode())
