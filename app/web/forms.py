"""Read a submitted form once: every field is parsed or has a message beside it, input is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from app.kernel.points import parse_points
from app.kernel.refusal import N_, Refusal
from app.kernel.vietnamese import tidy

LARGEST_INTEGER = 2**31 - 1


class Form:
    """`values` is what was typed (to show again), `errors` maps a field to its refusal."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self.values = {key: value if isinstance(value, str) else "" for key, value in data.items()}
        self.errors: dict[str, Refusal] = {}

    def refuse(self, name: str, code: str, message: str, **values: object) -> None:
        self.errors.setdefault(name, Refusal(code, message, values, name))

    def text(self, name: str, *, longest: int, required: bool = True) -> str:
        # NUL is no text to PostgreSQL; nothing a person types contains it.
        typed = self.values.get(name, "").replace("\x00", "")
        lines = [tidy(line) for line in typed.splitlines()]
        text = "\n".join(lines).strip()
        if required and not text:
            self.refuse(name, "required", N_("Vui lòng nhập mục này."))
        if len(text) > longest:
            self.refuse(
                name,
                "too-long",
                N_("Tối đa {longest} ký tự; hiện có {n}."),
                longest=longest,
                n=len(text),
            )
        return text

    def choice(self, name: str, allowed: Collection[str]) -> str:
        value = self.values.get(name, "")
        if value not in allowed:
            self.refuse(name, "not-offered", N_("Vui lòng chọn một mục trong danh sách."))
        return value

    def integer(self, name: str, *, least: int = 0, most: int = LARGEST_INTEGER) -> int:
        typed = self.values.get(name, "").strip()
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 10):
            self.refuse(name, "not-integer", N_("Vui lòng nhập một số nguyên không âm."))
            return least
        value = int(typed)
        if not least <= value <= most:
            self.refuse(
                name,
                "out-of-range",
                N_("Giá trị phải từ {least} đến {most}."),
                least=least,
                most=most,
            )
        return value

    def day(self, name: str) -> date | None:
        """`dd/mm/yyyy` as people write it, or `yyyy-mm-dd` as the browser's picker sends it."""
        typed = self.values.get(name, "").strip()
        for form in ("%d/%m/%Y", "%Y-%m-%d"):
            try:
                day = datetime.strptime(typed, form).date()  # noqa: DTZ007 - a date has no zone
            except ValueError:
                continue
            if 1900 <= day.year <= 2100:
                return day
        self.refuse(name, "not-a-date", N_("Vui lòng nhập ngày theo dạng dd/mm/yyyy."))
        return None

    def points(self, name: str, maximum: Decimal) -> Decimal | None:
        """None when left empty: a missing mark is never a zero."""
        typed = self.values.get(name, "").strip()
        if not typed:
            return None
        points = parse_points(typed, maximum)
        if isinstance(points, Refusal):
            self.refuse(name, points.code, points.message, **points.values)
            return None
        return points

    def quantity(self, name: str) -> Decimal | None:
        """An optional figure of an achievement: `1.250,5` or `1250.5`; None when empty."""
        typed = self.values.get(name, "").strip().replace(" ", "")
        if not typed:
            return None
        if "," in typed:
            typed = typed.replace(".", "").replace(",", ".")
        try:
            value = Decimal(typed)
        except ArithmeticError:
            value = Decimal("NaN")
        exponent = value.as_tuple().exponent
        plain = value.is_finite() and isinstance(exponent, int) and -2 <= exponent <= 0
        if not plain or abs(value) >= 10**12:
            self.refuse(
                name, "not-a-number", N_("Vui lòng nhập một số, tối đa hai chữ số thập phân.")
            )
            return None
        return value
