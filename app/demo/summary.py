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

TOP = 10
_TITLES = {"collective": "Tập thể", "individual": "Cá nhân"}


async def show(out: Path) -> None:
    names = {
        row["code"]: row
        for row in await Nomination.raw("SELECT code, name, unit_name FROM nomination")
    }
    for row in await Ranking.raw("SELECT subject, result FROM ranking ORDER BY subject"):
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
        " JOIN nomination n ON n.id = g.nomination WHERE g.outcome <> 'pass' ORDER BY n.code"
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
        "SELECT (SELECT count(*) FROM nomination n JOIN review_round r ON r.id = n.round"
        "  WHERE r.code = 'VKS-2025') AS nominations,"
        " (SELECT count(*) FROM gate_check WHERE outcome = 'pass') AS eligible,"
        " (SELECT count(*) FROM council_result WHERE approved) AS approved,"
        " (SELECT count(*) FROM certificate WHERE file IS NOT NULL) AS certificates,"
        " (SELECT number FROM award_decision LIMIT 1) AS decision"
    )
    row = rows[0]
    print(
        f"\nĐề nghị {row['nominations']}, đủ điều kiện {row['eligible']}, Hội đồng thông qua "
        f"{row['approved']}, giấy khen {row['certificates']} theo Quyết định {row['decision']}."
    )
    print(f"Tệp nằm trong {out}/: giay-khen.pdf, giay-khen/*.pdf, quyet-dinh.pdf, xep-hang-*.json")
