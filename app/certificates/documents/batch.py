"""Any number of certificates in order, a few pages at a time, in two processes when it pays."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import groupby

from app.certificates.documents.blank import blank
from app.certificates.documents.data import CertificateData
from app.certificates.documents.fitting import Fitter
from app.certificates.documents.sheets import texts
from app.web import pdf

# Pages per WeasyPrint run: the start of a run is shared, memory stays small.
CHUNK = 20
# Below this, starting a second Python costs more than it saves.
WORTH_PROCESSES = 50
MOST_PROCESSES = 4


class RenderingStopped(Exception):
    """A helper process died; nothing of the batch after the last yielded file was made."""


def check(items: Iterable[CertificateData]) -> None:
    """Fit every text without drawing: raises `TextTooLong`, `UnprintableText` or `Refused`."""
    for item in items:
        _fitter().sheet(item)


def render_certificates(
    items: Sequence[CertificateData],
    on_done: Callable[[int], None] | None = None,
    *,
    processes: int | None = None,
) -> Iterator[bytes]:
    """One PDF per item, in order; `on_done` hears how many are finished.

    Every text is fitted before the first page is drawn, so a text that does not fit raises
    `TextTooLong` before any file exists. Raises `RenderingStopped` when a process is killed.
    `processes` None: as many as useful here.
    """
    check(items)
    chunks = list(_chunks(items))
    workers = _workers(len(items)) if processes is None else processes
    made = _in_processes(chunks, workers) if workers > 1 else map(_render_chunk, chunks)
    done = 0
    for files in made:
        for file in files:
            yield file
            done += 1
            if on_done is not None:
                on_done(done)


def _workers(count: int) -> int:
    if count < WORTH_PROCESSES:
        return 1
    return min(os.cpu_count() or 1, MOST_PROCESSES)


def _chunks(items: Sequence[CertificateData]) -> Iterator[list[CertificateData]]:
    for _, same_size in groupby(items, key=lambda item: (item.width_mm, item.height_mm)):
        run = list(same_size)
        yield from (run[start : start + CHUNK] for start in range(0, len(run), CHUNK))


@cache
def _fitter() -> Fitter:
    return Fitter()


def _render_chunk(chunk: list[CertificateData]) -> list[bytes]:
    with pdf.one_at_a_time:
        sheets = [_fitter().sheet(item) for item in chunk]
        form = blank(sheets[0].page)
        return [form.fill(sheet, text) for sheet, text in zip(sheets, texts(sheets), strict=True)]


def _in_processes(chunks: list[list[CertificateData]], workers: int) -> Iterator[list[bytes]]:
    """Keeps two chunks per process under way, so that memory does not grow with the batch."""
    # A forked child would inherit the server's threads and sockets.
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[list[bytes]]] = deque()
    upcoming = iter(chunks)
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        try:
            for chunk in upcoming:
                waiting.append(pool.submit(_render_chunk, chunk))
                if len(waiting) >= 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise RenderingStopped("a process that was setting certificates died") from error
        finally:
            for future in waiting:
                future.cancel()
