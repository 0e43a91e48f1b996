"""What `thidua rank` reads, prints and returns; the canonical form and its hash."""

import gc
import io
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scoring.rank_file import RankFileError, canonical, main, rank, recompute, sha256_of
from tests.scoring.rank_documents import answer, good


def run(path: str, stdin: bytes = b"") -> tuple[int, bytes, str]:
    out, err = io.BytesIO(), io.StringIO()
    status = main(path, io.BytesIO(stdin), out, err)
    return status, out.getvalue(), err.getvalue()


def test_a_file_and_standard_input_give_the_same(tmp_path: Path) -> None:
    data = json.dumps(good()).encode()
    file = tmp_path / "round.json"
    file.write_bytes(data)
    assert run(str(file)) == (0, recompute(data), "")
    assert run("-", data) == (0, recompute(data), "")


def test_every_error_is_one_line_and_nothing_is_printed() -> None:
    wrong = good()
    wrong["format"] = "x"
    wrong["marks"][0][3] = "26"
    assert run("-", json.dumps(wrong).encode()) == (
        2,
        b"",
        'format: must be "thidua-rank/1", not "x"\n'
        "marks[0]: 26 is above the maximum 25: member M1, subject N1, criterion C1\n",
    )


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    missing = tmp_path / "none.json"
    expected = f'cannot read "{missing}": No such file or directory\n'
    assert run(str(missing)) == (2, b"", expected)
    assert run(str(tmp_path)) == (2, b"", f'cannot read "{tmp_path}": Is a directory\n')
    assert run("a\0b")[:2] == (2, b"")
    assert run("a\0b")[2].startswith('cannot read "a\\u0000b": ')


def test_a_document_built_in_the_product_gives_what_its_export_gives() -> None:
    built = good()
    built["marks"] = [tuple(mark) for mark in built["marks"]]
    assert rank(built) == answer(good())


def test_a_document_that_is_no_json_is_refused() -> None:
    wrong = good()
    wrong["members"] = [object()]
    with pytest.raises(RankFileError, match=r"^not a JSON document: "):
        rank(wrong)
    wrong["members"] = ["\ud800"]
    with pytest.raises(RankFileError, match=r"^not a JSON document: "):
        rank(wrong)
    wrong["members"] = [1.5]
    with pytest.raises(RankFileError, match=r"members\[0\]: must be a non-empty string"):
        rank(wrong)


def test_garbage_collection_is_left_as_it_was() -> None:
    data = json.dumps(good()).encode()
    recompute(data)
    assert gc.isenabled()
    gc.disable()
    try:
        recompute(data)
        assert not gc.isenabled()
    finally:
        gc.enable()
    with pytest.raises(RankFileError):
        recompute(b"")
    assert gc.isenabled()


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=5)
    ),
    max_leaves=20,
)


@given(plain)
def test_canonical_is_what_python_writes_sorted_and_tight(value: object) -> None:
    expected = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert canonical(value) == expected.encode()


@pytest.mark.parametrize(
    "value", [1.0, [float("nan")], {"a": Decimal(1)}, {1: "a"}, ["\ud800"], {"a": {"\udfff": 1}}]
)
def test_what_has_no_canonical_form(value: object) -> None:
    with pytest.raises(ValueError, match=r"canonical|not a string|surrogates"):
        canonical(value)


def test_spaces_key_order_and_escapes_do_not_change_the_hashes() -> None:
    text = json.dumps(good())
    turned = json.dumps(dict(reversed(good().items())), indent=3).replace("N1", "\\u004e1")
    assert turned.count("\\u004e1") > 1
    first, second = (json.loads(recompute(t.encode())) for t in (text, turned))
    assert first == second
    assert first["input_sha256"] == sha256_of(good())
    assert first["protocol_sha256"] == sha256_of(good()["protocol"])


def test_recomputing_needs_neither_web_nor_database() -> None:
    code = (
        "import sys, app.scoring.rank_file;"
        "print([m for m in ('litestar', 'piccolo', 'jinja2', 'asyncio') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
