"""Which objects of the store may be taken away: those that no row names and nobody is adding."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.kernel.refusal import N_, Refusal

# An upload takes seconds between its bytes and its row; a day also forgives a wrong clock.
KEPT_FOR = timedelta(days=1)
# In SQL, of a file's name: shared by who adds the file, held alone by who deletes it.
WAIT = "pg_advisory_xact_lock_shared(hashtextextended({}, 7408159))"
TAKE = "pg_try_advisory_xact_lock(hashtextextended({}, 7408159))"
_NAME = re.compile(r"([0-9a-f]{2})/(\1[0-9a-f]{62})")


@dataclass(frozen=True, slots=True)
class Lying:
    """An object of the store; `at`: when its bytes were last written."""

    path: str
    size: int
    at: datetime

    @property
    def sha256(self) -> str:
        """Empty for what is not ours: it has another kind of name, and nobody touches it."""
        found = _NAME.fullmatch(self.path)
        return found[2] if found else ""


@dataclass(frozen=True, slots=True)
class Found:
    """`pointed`: objects a row names. `fresh`: not named, but too young to be left over."""

    left: tuple[Lying, ...] = ()
    pointed: int = 0
    fresh: int = 0
    foreign: int = 0

    @property
    def size(self) -> int:
        return sum(each.size for each in self.left)


def sort_out(page: Collection[Lying], named: Collection[str], now: datetime) -> Found:
    """`named`: the hashes among them that a row names."""
    ours = [each for each in page if each.sha256]
    unnamed = [each for each in ours if each.sha256 not in named]
    left = tuple(each for each in unnamed if is_old(each, now))
    return Found(
        left, len(ours) - len(unnamed), len(unnamed) - len(left), foreign=len(page) - len(ours)
    )


def is_old(each: Lying, now: datetime) -> bool:
    return now - each.at > KEPT_FOR


def refuse_sweeping(found: Found) -> Refusal | None:
    """A store swept with another database's rows would be emptied."""
    if len(found.left) > found.pointed:
        return Refusal(
            "other-database",
            N_(
                "{n} tệp không có trong cơ sở dữ liệu này, nhiều hơn {pointed} tệp có; có thể kho"
                " tệp thuộc cơ sở dữ liệu khác. Chưa xóa gì; nếu chắc chắn đúng, thêm --force."
            ),
            {"n": len(found.left), "pointed": found.pointed},
        )
    return None
