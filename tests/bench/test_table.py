"""What the benchmark table says; no test here measures time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench.__main__ import Measure, bound_text, table, verdict


@pytest.mark.parametrize(
    ("measure", "bound", "said"),
    [
        (Measure("gain", 10.0, 2.0, 5.0, 5), ">= 5", "OK"),
        (Measure("gain", 10.0, 2.5, 4.0, 5), ">= 5", "MISS"),
        (Measure("cost", 1.0, 3.0, 3.0, 3), "<= 3", "OK"),
        (Measure("cost", 1.0, 3.1, 3.1, 3), "<= 3", "MISS"),
        (Measure("queries", None, None, 8, "<= 8"), "<= 8", "OK"),
        (Measure("queries", None, None, 9, "<= 8"), "<= 8", "MISS"),
    ],
)
def test_bound_and_verdict(measure: Measure, bound: str, said: str) -> None:
    assert (bound_text(measure), verdict(measure)) == (bound, said)


def test_a_bare_bound_needs_the_times() -> None:
    with pytest.raises(ValueError, match="give the bound as text"):
        bound_text(Measure("queries", None, None, 8, 8))


def test_the_table() -> None:
    lines = table([Measure("rank", 1.0, 2.5, 2.5, 3), Measure("queries", None, None, 9, "<= 8")])
    assert lines.splitlines() == [
        "what     plain   ours  ratio  bound",
        "rank     1.000  2.500   2.50   <= 3  OK",
        "queries      -      -   9.00   <= 8  MISS",
    ]


@pytest.mark.parametrize(
    ("body", "strict", "code"),
    [
        ("return [('a', 4.0, 1.0, 4.0, 5)]", "", 0),
        ("return [('a', 4.0, 1.0, 4.0, 5)]", "1", 1),
        ("return [('a', 5.0, 1.0, 5.0, 5)]", "1", 0),
        ("raise OSError('gone')", "", 1),
    ],
)
def test_a_miss_fails_only_when_strict_and_an_error_always(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, strict: str, code: int
) -> None:
    name = f"bench_made_up_{abs(hash((body, strict)))}"
    (tmp_path / f"{name}.py").write_text(f"def run():\n    {body}\n", encoding="utf-8")
    monkeypatch.setattr(bench, "FOLDER", tmp_path)
    monkeypatch.setattr("tests.bench.__path__", [str(tmp_path)])
    monkeypatch.setenv("BENCH_STRICT", strict)
    assert bench.main([]) == code


def test_words_choose_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("bench_rank.py", "bench_print.py", "other.py"):
        (tmp_path / name).touch()
    monkeypatch.setattr(bench, "FOLDER", tmp_path)
    assert bench.found([]) == ["bench_print", "bench_rank"]
    assert bench.found(["rank"]) == ["bench_rank"]
