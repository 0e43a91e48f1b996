"""What the demo holds beside the round 2025: the year before, the review, what waits today."""

from __future__ import annotations

import json
import sys

import pytest

from app.demo.earlier_awards import PERSON_OF_2023
from app.demo.world import build_world
from tests.demo.newcomer import Demo, rows_of, text_of


def test_each_round_has_come_as_far_as_its_day_says(demo: tuple[Demo, str]) -> None:
    made, _ = demo
    found = rows_of(
        made,
        b"SELECT r.code, (SELECT count(*) FROM ranking k WHERE k.round = r.id),"
        b" EXISTS (SELECT FROM scoring_opening o WHERE o.round = r.id),"
        b" EXISTS (SELECT FROM council_session s WHERE s.round = r.id),"
        b" EXISTS (SELECT FROM award_decision d WHERE d.round = r.id)"
        b" FROM review_round r ORDER BY r.id",
    )
    assert found == [
        ("VKS-2024", 2, True, True, True),
        ("VKS-2025", 2, True, True, True),
        ("VKS-2023-2025", 2, True, True, False),
        ("VKS-2023-2030", 0, False, False, False),
        ("BDHVS-2025", 0, True, False, False),
        ("VKS-2026", 0, False, False, False),
    ]


def test_the_papers_of_2024_name_units_and_law_of_2024(demo: tuple[Demo, str]) -> None:
    made, _ = demo
    folder = made.out / "nam-2024"
    papers = sorted((folder / "giay-khen").glob("*.pdf"))
    assert [path.stem for path in papers] == [f"{n:04d}" for n in range(1, 14)]
    texts = [text_of(path.read_bytes()) for path in papers]
    numbers = [f"Số sổ vàng: {n:04d}/2024" for n in range(1, 14)]
    assert [number for number, text in zip(numbers, texts, strict=True) if number in text] == (
        numbers
    )
    (collective,) = (text for text in texts if "Tập thể Viện kiểm sát nhân dân tỉnh Hà" in text)
    assert "Tỉnh Tuyên Quang" not in collective
    decision = text_of((folder / "quyet-dinh.pdf").read_bytes())
    assert "98/2023/NĐ-CP" in decision
    assert "152/2025/NĐ-CP" not in decision
    assert "152/2025/NĐ-CP" in text_of((made.out / "quyet-dinh.pdf").read_bytes())


def test_the_review_cites_both_years_of_those_who_stood_in_both(demo: tuple[Demo, str]) -> None:
    """A region's result of 2024 is the one of the district it came from."""
    made, _ = demo
    (protocol,) = rows_of(
        made,
        b"SELECT o.protocol::jsonb #> '{phase,rounds}' FROM round_opening o"
        b" JOIN review_round r ON r.id = o.round WHERE r.code = 'VKS-2023-2025'",
    )
    assert protocol[0] == ["VKS-2024", "VKS-2025"]
    found = rows_of(
        made,
        b"WITH RECURSIVE own AS (SELECT n.id, n.collective AS unit FROM nomination n"
        b" JOIN review_round r ON r.id = n.round WHERE r.code = 'VKS-2023-2025'"
        b" AND n.collective IS NOT NULL UNION SELECT o.id, s.predecessor FROM own o"
        b" JOIN unit_succession s ON s.successor = o.unit)"
        b" SELECT p.name, array_agg(DISTINCT r.code ORDER BY r.code), count(*) FROM own o"
        b" JOIN nomination p ON p.id = o.id JOIN nomination n ON n.collective = o.unit"
        b" JOIN review_round r ON r.id = n.round AND r.code IN ('VKS-2024', 'VKS-2025')"
        b" GROUP BY p.id ORDER BY p.id",
    )
    both = ["VKS-2024", "VKS-2025"]
    assert found == [
        ("Phòng Tổ chức cán bộ", both, 2),
        ("Viện kiểm sát nhân dân khu vực 2 - Tuyên Quang", both, 2),
        ("Phòng Kiểm sát thi hành án dân sự", both, 2),
        ("Viện kiểm sát nhân dân khu vực 1 - Đắk Lắk", both, 2),
        ("Phòng Văn thư, Lưu trữ", both, 2),
    ]


def test_awards_of_2023_went_to_units_that_are_no_more_and_to_who_worked_there(
    demo: tuple[Demo, str],
) -> None:
    made, _ = demo
    name = next(p.name for p in build_world().people if p.key == PERSON_OF_2023)
    found = rows_of(
        made,
        b"SELECT coalesce(p.full_name, v.name), w.name, u.dissolved_on < CURRENT_DATE"
        b" FROM award_record a LEFT JOIN person p ON p.id = a.person"
        b" LEFT JOIN unit u ON u.id = a.collective"
        b" LEFT JOIN unit_version v ON v.unit = u.id AND a.decided_on >= v.valid_from"
        b" LEFT JOIN posting q ON q.person = p.id AND q.is_main AND a.decided_on >= q.valid_from"
        b" AND coalesce(a.decided_on <= q.valid_to, true)"
        b" LEFT JOIN unit_version w ON w.unit = q.unit AND a.decided_on >= w.valid_from"
        b" AND coalesce(a.decided_on <= w.valid_to, true)"
        b" WHERE a.decided_on = '2023-12-22' ORDER BY a.id LIMIT 3",
    )
    assert found == [
        ("Viện kiểm sát nhân dân tỉnh Hà Giang", None, True),
        ("Viện kiểm sát nhân dân tỉnh Bắc Kạn", None, True),
        (name, "Viện kiểm sát nhân dân tỉnh Hà Giang", None),
    ]


@pytest.fixture(scope="module")
def waiting(demo: tuple[Demo, str]) -> dict[str, list[str]]:
    made, _ = demo
    answer = made.run(sys.executable, "-m", "tests.demo.homes")
    assert answer.returncode == 0, answer.stderr
    found: dict[str, list[str]] = json.loads(answer.stdout)
    return found


def test_every_member_of_the_council_has_sheets_to_fill_in(waiting: dict[str, list[str]]) -> None:
    round_ = "Chuyên đề Bình dân học vụ số năm 2025"
    assert [waiting[f"hd{n}"][0] for n in range(1, 10)] == [
        f"{round_}: còn {left} hồ sơ chưa chấm đủ." for left in range(9, 0, -1)
    ]


def test_the_offices_have_work_of_their_own(waiting: dict[str, list[str]]) -> None:
    year = "2026"
    assert waiting["ky-luat"] == [
        "Nguyễn Văn Ẩn, Tổng kết năm 2026: hồ sơ tạm giữ, vụ việc từ ngày 28/10/2025 chưa có kết"
        " luận."
    ]
    assert waiting["to-chuc"][0] == (
        f"400 người chưa có mức xếp loại năm {year} mà Tổng kết năm {year} cần để xét điều kiện."
    )
    assert waiting["to-chuc"][1].endswith("đã kiểm tra xong (40 dòng), chờ xác nhận ghi.")
    assert waiting["giam-sat"] == ["Chuỗi nhật ký chưa được kiểm tra lần nào."]
    assert waiting["quan-tri"] == ["3 tài khoản đang hoạt động mà không giữ vai trò nào."]
    assert waiting["thu-ky"] == [
        "1 ý kiến về Danh sách đề nghị tặng Giấy khen giai đoạn 2023 - 2025 chờ xử lý.",
    ]


def test_whoever_keeps_or_signs_dossiers_today_has_something_to_do(
    waiting: dict[str, list[str]],
) -> None:
    idle = {login for login, lines in waiting.items() if not lines}
    assert idle == {
        "sang-kien",
        "cb2",
        "cb3",
        "cb4",
        "tt.tuyen-quang-2024",
        "dm.tuyen-quang-2024",
        "dm.dak-lak-2024",
    }
