"""`thidua files`: what lies in the store against the rows that name it."""

from __future__ import annotations

import argparse
import sys

from app.files import upkeep
from app.files.rules import Found, refuse_sweeping
from app.tidying import record_sweep
from app.web import clock
from app.web.render import explain


async def sweep(options: argparse.Namespace) -> int:
    """Status 2 where nothing was deleted because the store seems to be another database's."""
    now = clock.now()
    found = await upkeep.left_over(now)
    _tell(found)
    if options.dry_run or not found.left:
        for each in found.left:
            print(f"{each.sha256} {each.size}")
        print("Không xóa gì.")
        return 0
    if not options.force and (refusal := refuse_sweeping(found)):
        print(f"thidua: {explain(refusal)}", file=sys.stderr)
        return 2
    swept = await upkeep.sweep(found, now)
    await record_sweep(swept, now)
    print(f"Đã xóa {swept.files} tệp, {swept.size} byte.")
    return 0


def _tell(found: Found) -> None:
    print(
        f"Trong kho: {found.pointed} tệp có trong cơ sở dữ liệu; {found.fresh} tệp mới đến trong"
        f" một ngày qua, giữ lại; {found.foreign} tệp tên lạ, không động đến;"
        f" {len(found.left)} tệp thừa, {found.size} byte."
    )


async def verify(options: argparse.Namespace) -> int:
    """Status 1 where a row has lost its bytes."""
    read = 0
    broken = 0
    async for looked_at, damages in upkeep.damaged():
        read += looked_at
        broken += len(damages)
        for damage in damages:
            what = "nội dung đã bị thay đổi" if damage.changed else "không còn trong kho"
            print(f"{damage.sha256} (stored_file {damage.file_id}): {what}")
    print(f"Đã đọc {read} tệp; {broken} tệp hỏng.")
    return 1 if broken else 0
