"""Breaking a text into even lines of a measured width: pure, and exact in whole numbers.

Advances are thousandths of the font size, so every sum is a whole number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

NBSP = "\u00a0"
# What a reader takes as one thing: dates, spans of years, "khu vực 12", "số 38/QĐ-VKSTC".
_UNITS = re.compile(
    r"ngày \d{1,2} tháng \d{1,2}(?: năm \d{4})?"
    r"|tháng \d{1,2}(?: năm \d{4})?"
    r"|(?:giai đoạn |năm học |năm )?\d{4} ?[-–] ?\d{4}"
    r"|năm \d{4}"
    r"|(?:khu vực|số|quý|lần thứ|hạng|khóa|quận|phường|vùng|bậc) (?:\d\S*|[IVX]+\b)",
    re.IGNORECASE,
)
# Costs beside the squared unevenness of lines, where a full line counts 1000 x 1000.
_ONE_WORD_LINE = 400_000
_INSIDE_SHORT_QUOTE = 200_000
_INSIDE_COMPOUND = 120_000
_AFTER_PUNCTUATION = -40_000
_BEFORE_QUOTE = -70_000
# Words of two and three syllables that certificates are full of; better not torn apart.
_COMPOUNDS = re.compile(
    r"\b(?:xã hội|học tập|suốt đời|thi đua|khen thưởng|phong trào|thành tích|xuất sắc|nhiệm vụ"
    r"|hoàn thành|công tác|nhân dân|kiểm sát|viện kiểm sát|công tố|thực hành|điều tra|sơ thẩm"
    r"|hình sự|dân sự|hành chính|thành phố|hồ chí minh|hà nội|đà nẵng|hải phòng|cần thơ"
    r"|việt nam|đẩy mạnh|xây dựng|sáng kiến|đào tạo|bồi dưỡng|trung cấp|cao cấp|sơ cấp"
    r"|kiểm tra viên|kiểm sát viên|chuyên viên|văn phòng|tổ chức|cán bộ|lãnh đạo|quản lý"
    r"|xét xử|quyền công tố|góp phần|trong đó|tiêu biểu|danh hiệu|cơ quan|đơn vị)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Face:
    """Code point -> advance in thousandths of the size. Kerning only ever tightens noticeably."""

    advances: Mapping[int, int]

    def width(self, text: str) -> int:
        """In thousandths of the font size."""
        return sum(self.advances[ord(character)] for character in text)

    def missing(self, text: str) -> str | None:
        return next((c for c in text if ord(c) not in self.advances), None)

    @cached_property
    def space(self) -> int:
        return self.advances[0x20]


def keep_together(text: str) -> str:
    """No-break spaces inside dates and numbers; a dash stays at the end of its line."""
    text = _UNITS.sub(lambda match: match[0].replace(" ", NBSP), text)
    return re.sub(r" ([-–]) ", NBSP + r"\1 ", text)


def break_lines(
    words: Sequence[str], face: Face, limit: int, max_lines: int
) -> tuple[str, ...] | None:
    """The most even break into the fewest lines, or None above `max_lines`.

    `limit` is in thousandths of the font size.
    """
    widths = [face.width(word) for word in words]
    count = _fewest(widths, face.space, limit)
    if count is None or count > max_lines:
        return None
    ends = _even(words, widths, face.space, limit, count)
    starts = [0, *ends[:-1]]
    lines = (" ".join(words[a:b]) for a, b in zip(starts, ends, strict=True))
    return tuple(line.replace(NBSP, " ") for line in lines)


def _fewest(widths: Sequence[int], space: int, limit: int) -> int | None:
    if max(widths) > limit:
        return None
    lines, used = 1, -space
    for width in widths:
        if used + space + width > limit:
            lines, used = lines + 1, -space
        used += space + width
    return lines


def _even(
    words: Sequence[str], widths: Sequence[int], space: int, limit: int, count: int
) -> list[int]:
    """Ends of `count` lines with the least cost; best[k][j] is words[:j] in k lines."""
    total = len(words)
    prefix = [0]
    for width in widths:
        prefix.append(prefix[-1] + width + space)
    penalties = _penalties(words)
    best: list[dict[int, tuple[int, list[int]]]] = [{0: (0, [])}]
    for _ in range(count):
        row: dict[int, tuple[int, list[int]]] = {}
        for start, (cost, ends) in best[-1].items():
            for end in range(start + 1, total + 1):
                used = prefix[end] - prefix[start] - space
                if used > limit:
                    break
                line = (1000 * used // limit) ** 2 + penalties[end]
                if end == start + 1 and count > 1 and NBSP not in words[start]:
                    line += _ONE_WORD_LINE
                if end not in row or cost + line < row[end][0]:
                    row[end] = (cost + line, [*ends, end])
        best.append(row)
    return best[count][total][1]


def _penalties(words: Sequence[str]) -> list[int]:
    """What a break after the first `n` words costs, for every n."""
    costs = [0] * (len(words) + 1)
    opened: int | None = None
    for inside in _inside_compounds(" ".join(words)):
        costs[inside] += _INSIDE_COMPOUND
    for index, word in enumerate(words):
        if word[-1] in ",;:":
            costs[index + 1] += _AFTER_PUNCTUATION
        if word[0] in '“"«':
            opened = index
            costs[index] += _BEFORE_QUOTE
        if opened is not None and word.rstrip(",.;")[-1:] in ("”", '"', "»"):
            if index - opened < 5:
                for inside in range(opened + 1, index + 1):
                    costs[inside] += _INSIDE_SHORT_QUOTE
            opened = None
    return costs


def _inside_compounds(text: str) -> Iterator[int]:
    """Counts of words after which a break would tear a compound."""
    for match in _COMPOUNDS.finditer(text):
        before = text.count(" ", 0, match.start())
        yield from range(before + 1, before + 1 + match[0].count(" "))
