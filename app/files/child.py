"""Starts the process that opens a file of a stranger, and reads its answer."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from app.files.inspection import MOST_SECONDS
from app.kernel.refusal import N_, Refusal, Refused

_ROOT = Path(__file__).parents[2]
# Two at a time: drawing must not take the machine away from the pages of other readers.
_STARTERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="inspect")
_MODULE = "app.files.inspection"
_LONGEST = 2 * MOST_SECONDS

UNREADABLE = Refusal(
    "unreadable",
    N_("Tệp không mở được một cách an toàn. Vui lòng xuất lại tệp (ví dụ in ra PDF) rồi tải lên."),
)


@dataclass(frozen=True, slots=True)
class Inspected:
    """`pages`: None for a kind of file that has none. `thumbnail`: WEBP; None: cannot be drawn."""

    media_type: str
    pages: int | None
    thumbnail: bytes | None


async def inspect(content: bytes) -> Inspected:
    """What the file is, by its content; `Refused` when it is nothing we take."""
    answer = await _asked(("inspect",), content)
    said, end, thumbnail = answer.partition(b"\n")
    if not end:
        raise Refused(UNREADABLE)
    found = json.loads(said)
    if "code" in found:
        raise Refused(Refusal(found["code"], found["message"], found["values"]))
    return Inspected(found["media_type"], found["pages"], thumbnail or None)


async def page(content: bytes, number: int) -> bytes:
    """One page, the first is 1, as WEBP; empty when it cannot be drawn."""
    return await _asked(("page", str(number)), content)


async def _asked(arguments: tuple[str, ...], content: bytes) -> bytes:
    return await asyncio.get_running_loop().run_in_executor(_STARTERS, _run, arguments, content)


def _run(arguments: tuple[str, ...], content: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own words
            (sys.executable, "-m", _MODULE, *arguments),
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            # No environment: neither the database nor the bucket is any of its business.
            env={"LC_ALL": "C.UTF-8"},
            timeout=_LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return _said(late.stdout or b"")
    return done.stdout if done.returncode == 0 else _said(done.stdout)


def _said(broken_off: bytes) -> bytes:
    """What was said before the end came; half a picture is none."""
    said, end, _ = broken_off.partition(b"\n")
    return said + end if said.startswith(b"{") else b""
