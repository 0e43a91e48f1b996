"""Fitting text into a measured width on a certificate, or refusing it by the name of its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.kernel.lines import Face, break_lines, keep_together
from app.kernel.refusal import N_, Refusal, Refused


class TextTooLong(Refused):
    """Even the smallest permitted size does not fit; `refusal.field_name` says which text."""

    def __init__(self, field_name: str, text: str) -> None:
        message = N_("Nội dung “{text}” quá dài, không in vừa trên giấy. Vui lòng rút gọn.")
        super().__init__(Refusal("text-too-long", message, {"text": text}, field_name))


class UnprintableText(Refused):
    """A character that the fonts lack; printing it would leave a box on the paper."""

    def __init__(self, field_name: str, character: str) -> None:
        message = N_("Ký tự “{character}” ({code}) không có trong phông chữ in.")
        values = {"character": character, "code": f"U+{ord(character):04X}"}
        super().__init__(Refusal("unprintable", message, values, field_name))


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines to be set as they are, at `size` in mm."""

    size: float
    lines: tuple[str, ...]


def fit(
    field_name: str,
    text: str,
    face: Face,
    *,
    width: float,
    sizes: Sequence[float],
    max_lines: int,
) -> Fitted:
    """The first of `sizes` (mm, largest first) at which `text` fits into `width` mm."""
    if (character := face.missing(text)) is not None:
        raise UnprintableText(field_name, character)
    words = keep_together(text).split(" ")
    for size in sizes:
        lines = break_lines(words, face, int(width * 1000 / size), max_lines)
        if lines is not None:
            return Fitted(size, lines)
    raise TextTooLong(field_name, text)
