"""The two commands on the log, as a person meets them."""

from __future__ import annotations

import pytest

from app.audit.queries import head
from tests.audit.chained import forge
from tests.cli.test_commands import thidua
from tests.conftest import World


@pytest.mark.anyio
async def test_verify_says_how_far_the_log_is_whole(world: World) -> None:
    last = await head()
    assert last is not None
    answer = thidua("audit", "verify", DATABASE_URL=world.url)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("Chuỗi nhật ký khớp: ")
    assert f"đến mục {last.id} ghi lúc " in answer.stdout


@pytest.mark.anyio
async def test_verify_names_the_first_entry_that_does_not_fit(world: World) -> None:
    await forge("DELETE FROM audit_entry WHERE id = 4")
    answer = thidua("audit", "verify", DATABASE_URL=world.url)
    assert answer.returncode == 1
    assert answer.stdout == (
        "Mục 5 không khớp: ngay trước mục này có mục đã bị xóa hoặc bị thay.\n"
    )


@pytest.mark.anyio
async def test_an_anchor_written_down_shows_a_log_cut_off(world: World) -> None:
    printed = thidua("audit", "anchor", DATABASE_URL=world.url)
    assert (printed.returncode, printed.stderr) == (0, "")
    anchor, moment = printed.stdout.split()
    last = await head()
    assert last is not None
    assert (anchor, moment) == (f"{last.id}:{last.hash}", last.at.isoformat())
    whole = thidua("audit", "verify", "--anchor", anchor, DATABASE_URL=world.url)
    assert whole.returncode == 0
    await forge(f"DELETE FROM audit_entry WHERE id = {last.id}")
    assert thidua("audit", "verify", DATABASE_URL=world.url).returncode == 0
    cut = thidua("audit", "verify", "--anchor", anchor, DATABASE_URL=world.url)
    assert cut.returncode == 1
    assert cut.stdout.splitlines()[1:] == [f"Mốc {last.id} không khớp: nhật ký không còn mục này."]


@pytest.mark.parametrize("anchor", ["5", "x:" + "a" * 64, "5:abc", "5:" + "g" * 64])
def test_an_anchor_of_another_form_is_refused(anchor: str) -> None:
    answer = thidua("audit", "verify", "--anchor", anchor)
    assert answer.returncode == 2
    assert "mốc phải có dạng ID:HASH" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("command", ["audit verify", "audit anchor"])
def test_both_explain_themselves(command: str) -> None:
    answer = thidua(*command.split(), "--help")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "Cách dùng: thidua audit" in answer.stdout
