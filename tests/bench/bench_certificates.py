"""Certificates in a batch against the plain loop, and whether memory stays flat.

Both make the same pages from the same template: 300 files plus the print file. The plain loop
is one WeasyPrint document per person with border and QR code inlined, joined page by page.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

import pikepdf
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from app.certificates.documents import CertificateData, render_certificates, write_print_file
from app.certificates.documents.fitting import Fitter
from app.certificates.documents.sheets import STYLES, markup
from app.web import pdf

COUNT = 300
AT_LEAST = 5.0
AT_MOST_MEMORY_GROWTH = 1.5

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Võ", "Đặng", "Ngô", "Đỗ")
MIDDLES = ("Thị Ngọc", "Văn", "Hữu", "Thùy", "Minh", "Đức", "Quang", "Phương")
GIVEN = ("Ánh", "Bảo", "Cường", "Dũng", "Đạt", "Hằng", "Khánh", "Ngữ", "Quỳnh", "Uyên", "Vỹ")


def people(count: int) -> Iterator[CertificateData]:
    for number in range(count):
        name = " ".join(
            (
                FAMILIES[number % len(FAMILIES)],
                MIDDLES[number // 3 % len(MIDDLES)],
                GIVEN[number % len(GIVEN)],
            )
        )
        yield CertificateData(
            subject_prefix=("Ông", "Bà")[number % 2],
            name=name,
            position_line=f"Kiểm sát viên sơ cấp, Viện kiểm sát nhân dân khu vực {number % 20 + 1} "
            "- Thành phố Hồ Chí Minh",
            achievement="Đã có thành tích xuất sắc trong Phong trào thi đua “Xây dựng xã hội học "
            "tập, đẩy mạnh học tập suốt đời” giai đoạn 2023 - 2025",
            award_title="Giấy khen",
            authority="Viện trưởng Viện kiểm sát nhân dân tối cao",
            decision_number="38/QĐ-VKSTC",
            decided_on=date(2025, 12, 19),
            register_number=f"{number + 1:05d}/2025",
            place="Hà Nội",
            signer_capacity="KT. Viện trưởng",
            signer_title="Phó Viện trưởng",
            signer_name="Trần Thị Bích Ngọc",
            verify_url=f"https://thidua.example.vn/v/{number:04d}-M9XF-4TLA",
            code=f"{number:04d}-M9XF-4TLA",
        )


def plain_loop(items: list[CertificateData], folder: Path) -> None:
    fitter = Fitter()
    joined = pikepdf.new()
    for number, item in enumerate(items):
        fonts, fetcher = FontConfiguration(), pdf.OwnResources()
        html = markup([fitter.sheet(item)], complete=True)
        style = CSS(filename=pdf.TEMPLATES / STYLES, font_config=fonts, url_fetcher=fetcher)
        document = HTML(string=html, url_fetcher=fetcher)
        file = document.write_pdf(font_config=fonts, stylesheets=[style])
        (folder / f"{number}.pdf").write_bytes(file)
        with pikepdf.open(io.BytesIO(file)) as single:
            joined.pages.extend(single.pages)
    joined.save(folder / "print.pdf")


def batch(
    items: list[CertificateData],
    folder: Path,
    on_done: Callable[[int], None] | None = None,
) -> None:
    paths = [folder / f"{number}.pdf" for number in range(len(items))]
    for path, file in zip(paths, render_certificates(items, on_done), strict=True):
        path.write_bytes(file)
    write_print_file(paths, folder / "print.pdf")


def seconds(make: Callable[[list[CertificateData], Path], None], count: int) -> float:
    items = list(people(count))
    with tempfile.TemporaryDirectory() as folder:
        start = perf_counter()
        make(items, Path(folder))
        return perf_counter() - start


def peak_memory(count: int) -> float:
    """Peak resident MB of a fresh Python making `count` certificates, its helpers included."""
    command = [sys.executable, "-m", "tests.bench.bench_certificates", str(count)]
    made = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(made.stdout)


def run() -> list[tuple[str, float, float, float, str]]:
    """(name, baseline seconds, our seconds, ratio, bound); the memory row is in MB."""
    # The fonts are made once per installation, not once per batch.
    seconds(batch, 1)
    plain, ours = seconds(plain_loop, COUNT), seconds(batch, COUNT)
    few, many = peak_memory(COUNT), peak_memory(4 * COUNT)
    return [
        (f"{COUNT} certificates", plain, ours, plain / ours, f">= {AT_LEAST}"),
        (
            f"peak MB, {COUNT} and {4 * COUNT}",
            few,
            many,
            many / few,
            f"<= {AT_MOST_MEMORY_GROWTH}",
        ),
    ]


def _measure_memory(count: int) -> None:
    peaks: list[float] = []

    def last(done: int) -> None:
        # The helpers are still there when the last file arrives.
        if done == count:
            peaks.extend(_peak(process) for process in (os.getpid(), *_children()))

    with tempfile.TemporaryDirectory() as folder:
        batch(list(people(count)), Path(folder), last)
        peaks[0] = _peak(os.getpid())
    print(sum(peaks))


def _peak(process: int) -> float:
    """MB; unlike ru_maxrss it does not begin with what the parent used."""
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _children() -> list[int]:
    tasks = Path("/proc/self/task").glob("*/children")
    return [int(number) for task in tasks for number in task.read_text().split()]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _measure_memory(int(sys.argv[1]))
    else:
        for row in run():
            print(row)
