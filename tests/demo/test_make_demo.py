"""`make demo SERVE=no` as a newcomer runs it, and again, and after a kill."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pypdf
import pytest

from app import database
from app.demo.world import build_world
from tests.demo.naming import name_on
from tests.demo.newcomer import ROOT, Demo, rows_of, text_of


def test_the_summary_names_the_top_the_left_out_and_the_files(demo: tuple[Demo, str]) -> None:
    story = build_world().story
    _, printed = demo
    names = {person.key: person.name for person in build_world().people}
    nominees = {nominee.key: names.get(nominee.person or "") for nominee in story.nominees}
    left_out = printed.split("Không vào bảng xếp hạng:")[1].split("\nTổng kết năm")[0]
    assert f"{nominees[story.fails]}: bị chặn (G5" in left_out
    assert f"{nominees[story.holds]}: tạm giữ, chờ kết luận (G5" in left_out
    assert len([line for line in left_out.splitlines() if line.strip()]) == 2
    assert printed.count("đồng hạng") == 2
    rounds = [line for line in printed.splitlines() if ": đề nghị " in line]
    assert rounds == [
        "Tổng kết năm 2024: đề nghị 18, đủ điều kiện 18, Hội đồng thông qua 13,"
        " giấy khen 13 theo Quyết định 01/QĐ-VKSTC năm 2024.",
        "Tổng kết năm 2025: đề nghị 52, đủ điều kiện 50, Hội đồng thông qua 28,"
        " giấy khen 28 theo Quyết định 01/QĐ-VKSTC năm 2025.",
        "Sơ kết 2023 - 2025: đề nghị 12, đủ điều kiện 12, Hội đồng thông qua 9.",
        "Chuyên đề Bình dân học vụ số năm 2025: đề nghị 9, đủ điều kiện 9.",
        "Tổng kết năm 2026: đề nghị 10.",
    ]
    for login in ("thu-ky", "hd1", "dm.lang-son", "ky-luat", "giam-sat", "cb1"):
        assert f"  {login} " in printed


def test_what_is_printed_is_what_was_decided(demo: tuple[Demo, str]) -> None:
    made, _ = demo
    certificates = sorted((made.out / "giay-khen").glob("*.pdf"))
    assert [path.stem for path in certificates] == [f"{n:04d}" for n in range(1, 29)]
    annex = text_of((made.out / "quyet-dinh.pdf").read_bytes())
    together = pypdf.PdfReader(made.out / "giay-khen.pdf").pages
    assert len(together) == 28
    awarded = awarded_names()
    assert len(awarded) == 28
    for path, page in zip(certificates, together, strict=True):
        single = text_of(path.read_bytes())
        assert unicodedata.is_normalized("NFC", single)
        assert " ".join(page.extract_text().split()) == single
        assert f"Số sổ vàng: {path.stem}/2025" in single
    texts = " | ".join(text_of(path.read_bytes()) for path in certificates)
    assert [name for name in awarded if name not in texts] == []
    assert [name for name in awarded if name.split()[0] not in annex] == []


def awarded_names() -> list[str]:
    """By the story alone: who got at least six of nine votes."""
    world = build_world()
    people = {person.key: person.name for person in world.people}
    session = world.story.calendar.session_on
    units = {unit.key: name_on(unit, session) for unit in world.units if unit.exists_on(session)}
    nominees = {nominee.key: nominee for nominee in world.story.nominees}
    return [
        people[found.person] if (found := nominees[vote.subject]).person else units[found.unit]
        for vote in world.story.votes
        if vote.agree >= 6
    ]


@pytest.mark.parametrize("folder", ["", "nam-2024", "so-ket-2023-2025"])
@pytest.mark.parametrize("name", ["xep-hang-ca-nhan", "xep-hang-tap-the"])
def test_anyone_recomputes_the_ranking_from_the_export(
    demo: tuple[Demo, str], folder: str, name: str
) -> None:
    made, _ = demo
    answer = made.thidua("rank", str(made.out / folder / f"{name}.json"))
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == json.loads(
        (made.out / folder / f"{name}.ket-qua.json").read_text()
    )


def test_the_export_names_members_by_label_only(demo: tuple[Demo, str]) -> None:
    made, _ = demo
    people = {person.key: person for person in build_world().people}
    text = (made.out / "xep-hang-ca-nhan.json").read_text()
    members = json.loads(text)["members"]
    assert members == [f"M{n}" for n in range(1, 10)]
    council = [people[m.person].name for m in build_world().story.council.members]
    assert [name for name in council if name in text] == []


def test_the_open_round_has_a_dossier_at_every_place(demo: tuple[Demo, str]) -> None:
    made, _ = demo
    found = rows_of(
        made,
        b"SELECT n.stage, count(*) FROM nomination n JOIN review_round r ON r.id = n.round"
        b" WHERE r.code = 'VKS-2026' GROUP BY 1 ORDER BY 1",
    )
    assert found == [("draft", 2), ("office", 5), ("refused", 1), ("route", 2)]


def test_every_dossier_played_has_its_columns_votes_and_lists(demo: tuple[Demo, str]) -> None:
    made, _ = demo
    (found,) = rows_of(
        made,
        b"SELECT count(*), count(*) FILTER (WHERE columns = 3), count(*) FILTER (WHERE voted),"
        b" count(*) FILTER (WHERE listed) FROM (SELECT"
        b" (SELECT count(*) FROM score_column c WHERE c.nomination = n.id) AS columns,"
        b" EXISTS (SELECT FROM peer_review_vote v WHERE v.nomination = n.id) AS voted,"
        b" EXISTS (SELECT FROM endorsement e WHERE e.nomination = n.id) AS listed"
        b" FROM nomination n JOIN review_round r ON r.id = n.round WHERE r.code = 'VKS-2025') x",
    )
    assert found == (52, 52, 52, 52)


def test_nothing_forbidden_exists_after_the_round(demo: tuple[Demo, str]) -> None:
    made, _ = demo
    answer = made.thidua("invariants")
    assert (answer.returncode, answer.stdout) == (0, "Không có gì sai.\n")


def test_a_second_run_finds_the_world_and_changes_nothing(demo: tuple[Demo, str]) -> None:
    made, _ = demo
    before = made.files()
    answer = made.make()
    assert answer.returncode == 0, answer.stderr
    assert "đã có; không thay đổi gì" in answer.stdout
    assert made.files() == before


def test_a_run_that_was_killed_is_started_over(tmp_path: Path) -> None:
    made = Demo(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "demo", "--out", str(made.out)],
        cwd=ROOT,
        env=made.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "hồ sơ" in line:
            process.send_signal(signal.SIGKILL)
            break
    process.wait(timeout=30)
    process.stdout.close()
    time.sleep(0.2)
    answer = made.thidua("demo", "--out", str(made.out))
    assert answer.returncode == 0, answer.stderr
    assert "Xóa thế giới minh họa dang dở và làm lại." in answer.stdout
    assert len(made.files()) == (28 + 2 + 4) + (13 + 2 + 4) + 4


def test_a_folder_that_cannot_be_written_is_said_before_any_work(tmp_path: Path) -> None:
    made = Demo(tmp_path)
    (tmp_path / "out").write_text("a file, not a folder")
    answer = made.thidua("demo", "--out", str(made.out))
    assert answer.returncode == 6
    assert "không ghi được vào" in answer.stderr
    assert "Dựng thế giới" not in answer.stdout


def test_the_demo_leaves_somebody_elses_data_alone(tmp_path: Path) -> None:
    made = Demo(tmp_path)
    made.environment["THIDUA_PASSWORD"] = "mot-mat-khau-dai"
    assert made.thidua("admin", "create", "quan-tri").returncode == 0
    answer = made.thidua("demo", "--fresh", "--out", str(made.out))
    assert answer.returncode == 5
    assert "đã có dữ liệu thật" in answer.stderr
    assert not made.out.exists()


def test_the_folder_of_the_server_is_where_the_variable_says(demo: tuple[Demo, str]) -> None:
    made, _ = demo
    assert (made.var / "pgdata.ready").exists()
    assert database.var_directory() != made.var
