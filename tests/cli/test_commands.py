"""The console as a person meets it: real processes, real messages, real exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from app import database
from app.catalogue.actions import PRODUCT_DATA
from app.catalogue.tables import AwardForm, LegalSource
from tests.conftest import Server, World

ROOT = Path(__file__).parent.parent.parent
COMMANDS = ("serve", "worker", "migrate", "demo", "rank", "invariants", "audit", "files", "admin")


def thidua(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "default", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_help_names_every_command() -> None:
    answer = thidua("--help")
    assert answer.returncode == 0
    assert [name for name in COMMANDS if f"\n    {name}" not in answer.stdout] == []


@pytest.mark.parametrize("command", [*COMMANDS, "admin create", "files sweep", "files verify"])
def test_every_command_explains_itself(command: str) -> None:
    answer = thidua(*command.split(), "--help")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "Cách dùng: thidua" in answer.stdout
    assert re.findall(r"usage|options|arguments|show this", answer.stdout) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nosuch",), "không có 'nosuch' (chọn một trong: "),
        (("serve", "--nosuch"), "không hiểu: --nosuch"),
        (("serve", "--port"), "--port: cần một giá trị đi kèm"),
        (("serve", "--port", "x"), "--port: giá trị không hợp lệ: 'x'"),
        (("rank",), "còn thiếu: FILE"),
        (("demo", "--fresh=x"), "--fresh: không nhận giá trị 'x'"),
        (("audit", "verify", "--anchor"), "--anchor: cần ít nhất một giá trị đi kèm"),
    ],
)
def test_a_mistyped_command_is_told_in_vietnamese(arguments: tuple[str, ...], said: str) -> None:
    answer = thidua(*arguments)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert said in answer.stderr
    assert "lỗi: " in answer.stderr
    assert re.findall(r"usage|error|argument|invalid|expected", answer.stderr) == []


RANK_FILE = {
    "format": "thidua-rank/1",
    "protocol": {"fusion": "mean", "min_members": 1, "tie_breaks": [], "decimals": 2},
    "criteria": [{"code": "C1", "max": "25"}],
    "members": ["M1"],
    "subjects": [{"code": "N-1"}, {"code": "N-2"}],
    "recusals": [],
    "marks": [["M1", "N-1", "C1", "20"], ["M1", "N-2", "C1", "21.5"]],
}


def test_rank_prints_the_ranking_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "rank.json"
    path.write_text(json.dumps(RANK_FILE))
    answer = thidua("rank", str(path))
    assert (answer.returncode, answer.stderr) == (0, "")
    rows = json.loads(answer.stdout)["rows"]
    assert [(row["subject"], row["rank"], row["value"]) for row in rows] == [
        ("N-2", 1, "21.50"),
        ("N-1", 2, "20.00"),
    ]


def test_rank_says_what_is_wrong_and_prints_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "rank.json"
    path.write_text(json.dumps({**RANK_FILE, "marks": [["M1", "N-1", "C1", "26"]]}))
    answer = thidua("rank", str(path))
    assert (answer.returncode, answer.stdout) == (2, "")
    assert len(answer.stderr.splitlines()) == 1
    assert [code for code in ("M1", "N-1", "C1") if code not in answer.stderr] == []


@pytest.mark.parametrize(
    "url",
    ["mysql://localhost/x", "postgresql://localhost", "postgresql://h:99999/x", "nonsense"],
)
def test_a_broken_database_url_says_the_right_form(url: str) -> None:
    answer = thidua("migrate", DATABASE_URL=url)
    assert (answer.returncode, answer.stdout) == (3, "")
    assert "postgresql://ten:mat-khau@may-chu:5432/thidua" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_database_that_is_down_says_so() -> None:
    answer = thidua("migrate", DATABASE_URL="postgresql://x:geheim@127.0.0.1:9/thidua")
    assert answer.returncode == 3
    assert "Không kết nối được cơ sở dữ liệu" in answer.stderr
    assert "geheim" not in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_port_in_use_names_another(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = thidua("serve", "--port", str(port), DATABASE_URL=server.url)
    assert answer.returncode == 4
    assert f"--port {port + 1}" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("host", ["nosuch.invalid", "203.0.113.7", "a" * 70])
def test_a_host_that_is_not_of_this_machine_says_what_to_write(server: Server, host: str) -> None:
    answer = thidua("serve", "--host", host, "--port", "0", DATABASE_URL=server.url)
    assert answer.returncode == 4
    assert answer.stderr.splitlines() == [
        f"thidua: '{host}' không phải là địa chỉ của máy này. Hãy dùng 127.0.0.1 (chỉ máy này) "
        "hoặc 0.0.0.0 (mọi mạng): thidua serve --host 127.0.0.1"
    ]


def test_a_port_that_does_not_exist_is_told(server: Server) -> None:
    answer = thidua("serve", "--port", "99999", DATABASE_URL=server.url)
    assert answer.returncode == 4
    assert answer.stderr.splitlines() == ["thidua: cổng phải từ 1 đến 65535."]


def test_a_blank_database_url_is_none_and_serve_does_the_background_work(tmp_path: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": "  ", "THIDUA_VAR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", "0"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as serving:
        try:
            assert serving.stdout is not None
            assert "đang chạy" in serving.stdout.readline()
            assert workers_at(database.embedded_url(tmp_path)) == 1
        finally:
            serving.send_signal(signal.SIGINT)
            serving.wait(timeout=30)
            database.get_server(tmp_path / "pgdata").cleanup()


def workers_at(url: str) -> int:
    """How many work on the queue, once the first of them has said so; 0 after ten seconds."""
    with psycopg.connect(url, autocommit=True) as connection:
        for _ in range(50):
            row = connection.execute("SELECT count(*) FROM procrastinate_workers").fetchone()
            if row and row[0]:
                return int(row[0])
            time.sleep(0.2)
    return 0


def test_a_half_made_data_folder_is_moved_aside_and_made_anew(tmp_path: Path) -> None:
    half = tmp_path / "pgdata"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    (half / "base").mkdir()
    answer = thidua("migrate", THIDUA_VAR=str(tmp_path), DATABASE_URL="")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert [p.name[:14] for p in tmp_path.glob("pgdata.broken-*")] == ["pgdata.broken-"]
    assert (tmp_path / "pgdata.ready").exists()
    assert thidua("migrate", THIDUA_VAR=str(tmp_path), DATABASE_URL="").returncode == 0


@pytest.mark.anyio
async def test_the_first_administrator_can_sign_in(world: World) -> None:
    made = thidua(
        "admin", "create", "Quan-Tri-2", "--name", "Lê Thị Ánh",
        DATABASE_URL=world.url, THIDUA_PASSWORD="mot-mat-khau-dai",
    )  # fmt: skip
    assert (made.returncode, made.stderr) == (0, "")
    async with world.client("quan-tri-2") as browser:
        assert "Lê Thị Ánh" in (await browser.get("/movements")).text


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("arguments", "password", "words"),
    [
        (("moi",), "ngan", "ít nhất 10 ký tự"),
        (("officer",), "mot-mat-khau-dai", "đã được dùng"),
        (("x@y.vn",), "mot-mat-khau-dai", "không được có dấu @"),
        (("moi", "--unit", "khong-co"), "mot-mat-khau-dai", "khong-co"),
    ],
)
async def test_an_administrator_is_refused_with_words(
    world: World, arguments: tuple[str, ...], password: str, words: str
) -> None:
    answer = thidua("admin", "create", *arguments, DATABASE_URL=world.url, THIDUA_PASSWORD=password)
    assert answer.returncode == 2
    assert words in answer.stderr


@pytest.mark.anyio
async def test_invariants_hold_in_the_prepared_world(world: World) -> None:
    answer = thidua("invariants", DATABASE_URL=world.url)
    assert (answer.returncode, answer.stdout) == (0, "Không có gì sai.\n")


@pytest.mark.anyio
async def test_a_place_of_use_begins_with_the_catalogue_of_the_product(world: World) -> None:
    """Else no round could name an award form, and no criterion its source."""
    before = await AwardForm.count(), await LegalSource.count()
    answer = thidua("migrate", DATABASE_URL=world.url)
    assert (answer.returncode, answer.stderr) == (0, "")
    data = json.loads(PRODUCT_DATA.read_text(encoding="utf-8"))
    forms = {form["code"] for form in data["award_forms"]}
    numbers = {source["number"] for source in data["sources"]}
    known = {row["code"] for row in await AwardForm.select(AwardForm.code)}
    cited = {row["number"] for row in await LegalSource.select(LegalSource.number)}
    assert (forms - known, numbers - cited) == (set(), set())
    assert (len(known), len(cited)) > before
