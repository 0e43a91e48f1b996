"""The short word at the end of `thidua demo`."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.certificates.tables import Certificate
from app.kernel.points import show_points
from app.kernel.verdict import Reason
from app.nominations.tables import Nomination
from app.scoring.tables import Ranking
from app.web.render import explain

TOLD = "VKS-2025"
TOP = 10
_TITLES = {"collective": "Tập thể", "individual": "Cá nhân"}


async def show(out: Path) -> None:
    """The round 2025 in full, the others in a line each."""
    names = {
        row["code"]: row
        for row in await Nomination.raw("SELECT code, name, unit_name FROM nomination")
    }
    rankings = await Ranking.raw(
        "SELECT k.subject, k.result FROM ranking k JOIN review_round r ON r.id = k.round"
        " WHERE r.code = {} ORDER BY k.subject",
        TOLD,
    )
    for row in rankings:
        _ranking(_TITLES[row["subject"]], json.loads(row["result"]), names)
    await _left_out()
    await _counts(out)


def _ranking(title: str, result: dict[str, Any], names: dict[str, Any]) -> None:
    print(f"\n{title}: đầu bảng xếp hạng (mã băm đầu vào {result['input_sha256'][:12]}…)")
    for line in result["rows"][:TOP]:
        who = names[line["subject"]]
        tied = "  đồng hạng" if line["tied"] else ""
        value = show_points(Decimal(line["value"]), 2)
        print(f"  {line['rank']:>3}. {value:>6}  {who['name']} ({who['unit_name']}){tied}")
    if result["warnings"]:
        print(f"  phiếu chưa chấm đủ, không được tính: {len(result['warnings'])}")


async def _left_out() -> None:
    rows = await Nomination.raw(
        "SELECT n.code, n.name, g.outcome, g.verdicts FROM gate_check g"
        " JOIN nomination n ON n.id = g.nomination JOIN review_round r ON r.id = n.round"
        " WHERE r.code = {} AND g.outcome <> 'pass' ORDER BY n.code",
        TOLD,
    )
    words = {"fail": "bị chặn", "hold": "tạm giữ, chờ kết luận"}
    print("\nKhông vào bảng xếp hạng:")
    for row in rows:
        for gate, verdict in json.loads(row["verdicts"]).items():
            if verdict["outcome"] != "pass":
                reasons = "; ".join(_reason(reason) for reason in verdict["reasons"])
                print(f"  {row['code']} {row['name']}: {words[row['outcome']]} ({gate}: {reasons})")


def _reason(reason: dict[str, Any]) -> str:
    return explain(Reason(reason["code"], reason["message"], reason.get("values", {})))


async def _counts(out: Path) -> None:
    rows = await Certificate.raw(
        "SELECT r.code, r.name, count(*) AS nominations,"
        " count(*) FILTER (WHERE g.outcome = 'pass') AS eligible,"
        " count(*) FILTER (WHERE c.approved) AS approved, count(t.file) AS certificates,"
        " max(d.number) AS decision, max(d.signed_on) AS signed_on"
        " FROM nomination n JOIN review_round r ON r.id = n.round"
        " LEFT JOIN gate_check g ON g.nomination = n.id"
        " LEFT JOIN council_result c ON c.nomination = n.id"
        " LEFT JOIN award_decision d ON d.round = r.id"
        " LEFT JOIN decision_item i ON i.nomination = n.id LEFT JOIN certificate t ON t.item = i.id"
        " GROUP BY r.id ORDER BY r.achievements_to, r.id"
    )
    print()
    for row in rows:
        parts = [f"đề nghị {row['nominations']}"]
        if row["eligible"]:
            parts.append(f"đủ điều kiện {row['eligible']}")
        if row["approved"]:
            parts.append(f"Hội đồng thông qua {row['approved']}")
        if row["decision"]:
            number = f"{row['decision']} năm {row['signed_on'].year}"
            parts.append(f"giấy khen {row['certificates']} theo Quyết định {number}")
        print(f"{row['name']}: {', '.join(parts)}.")
    print(
        f"Tệp của đợt năm 2025 nằm trong {out}/: giay-khen.pdf, giay-khen/*.pdf, quyet-dinh.pdf,"
        " xep-hang-*.json; các đợt khác trong thư mục con."
    )
