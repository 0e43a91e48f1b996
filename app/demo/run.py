"""`thidua demo`: build the world, play the round, write the papers, say what came out."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from app.accounts.queries import actor_for_login
from app.audit import actions as audit
from app.audit.tables import AuditEntry
from app.demo import papers, summary, thematic
from app.demo.calendars import reviewed_today, scored_today
from app.demo.load import PASSWORD, load_world
from app.demo.next_round import open_next_round
from app.demo.performing import at
from app.demo.personnel import send_classifications
from app.demo.phases import plan_phases
from app.demo.play import Play
from app.demo.prepare import prepare
from app.demo.world import World, build_world
from app.kernel.actor import Role
from app.kernel.period import today_in_vietnam
from app.piccolo_conf import DB
from app.schema import migrate
from app.web import clock

FIRST_DAY = date(2024, 1, 15)
# Another unit that is asked for its view, and a level below the province.
_SHOWN_TOO = ("dm.tuyen-quang", "dm.lang-son.khu-vuc-1", "tt.lang-son.khu-vuc-1")


class Steps:
    """Progress on one line per step; the count moves only where a person watches."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._live = sys.stdout.isatty()
        self._label = ""

    def __call__(self, label: str, done: int, total: int) -> None:
        if label != self._label:
            self._label, self._started = label, time.monotonic()
        if self._live:
            print(f"\r  {label}: {done}/{total}", end="", flush=True)
        if done == total:
            seconds = time.monotonic() - self._started
            print(f"{chr(13) if self._live else ''}  {label}: {total} ({seconds:.1f} giây)")


async def run(out: Path, *, fresh: bool) -> int:
    state = await _state()
    if state == "foreign":
        print(
            "thidua: cơ sở dữ liệu này đã có dữ liệu thật; thế giới minh họa chỉ vào một cơ sở "
            "dữ liệu trống. Hãy bỏ DATABASE_URL hoặc đặt THIDUA_VAR tới một thư mục khác.",
            file=sys.stderr,
        )
        return 5
    try:
        papers.try_folder(out)
    except OSError as error:
        print(f"thidua: không ghi được vào {out} ({error.strerror}).", file=sys.stderr)
        return 6
    world = build_world()
    if state == "complete" and not fresh:
        print("Thế giới minh họa đã có; không thay đổi gì. (thidua demo --fresh để làm lại)")
    else:
        if state != "empty":
            print(f"Xóa thế giới minh họa {'dang dở' if state == 'begun' else 'cũ'} và làm lại.")
        if state != "empty" or fresh:
            await _start_over()
        await _play(world)
    await papers.write(out)
    await summary.show(out)
    _show_sign_ins(world)
    return 0


async def _state() -> str:
    """`empty`, `begun` (a run was killed), `complete`, or `foreign`: somebody's own data."""
    known = await AuditEntry.raw(
        "SELECT count(*) AS tables, to_regclass('audit_entry') IS NOT NULL AS ours"
        " FROM pg_tables WHERE schemaname = 'public'"
    )
    if not known[0]["ours"]:
        return "foreign" if known[0]["tables"] else "empty"
    rows = await AuditEntry.raw(
        "SELECT (SELECT count(*) FROM unit) AS units,"
        " count(*) FILTER (WHERE action = 'demo.load') AS begun,"
        " count(*) FILTER (WHERE action = 'demo.complete') AS complete FROM audit_entry"
    )
    row = rows[0]
    if row["complete"]:
        return "complete"
    if row["begun"]:
        return "begun"
    return "foreign" if row["units"] else "empty"


async def _start_over() -> None:
    async with DB.transaction() as transaction:
        await transaction.connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await migrate()


async def _play(world: World) -> None:
    steps, today = Steps(), today_in_vietnam(clock.now())
    print(f"Dựng thế giới: {len(world.units)} đơn vị, {len(world.people)} người.", flush=True)
    ids = await load_world(world, now=at(FIRST_DAY, 8))
    secretary = await actor_for_login("thu-ky", at(FIRST_DAY))
    rounds = await prepare(world, ids, actor=secretary, now=at(FIRST_DAY))
    print("Chạy đợt xét năm 2024:", flush=True)
    await Play(world, world.earlier, ids, rounds[world.earlier.code], steps).short()
    print("Chạy đợt xét năm 2025:", flush=True)
    await Play(world, world.story, ids, rounds[world.story.code], steps).run()
    print("Sơ kết giai đoạn 2023 - 2025:", flush=True)
    await plan_phases(today)
    phase = world.phase(reviewed_today(today))
    await Play(world, phase, ids, rounds[phase.code], steps).until_session()
    print("Các đợt xét đang mở:", flush=True)
    theme = world.thematic(scored_today(today))
    await Play(world, theme, ids, await thematic.launch(theme, ids), steps).until_scoring()
    await open_next_round(world, ids, now=clock.now())
    await send_classifications(now=clock.now())
    async with DB.transaction():
        await audit.record(None, "demo.complete", "world", None, now=clock.now())


def _show_sign_ins(world: World) -> None:
    names = {person.key: person.name for person in world.people}
    print(f"\nĐăng nhập thử (mật khẩu chung: {PASSWORD}):")
    shown: set[Role] = set()
    for account in world.story.accounts:
        roles = {grant.role for grant in account.grants}
        if not roles <= shown or account.login in _SHOWN_TOO:
            shown |= roles
            print(f"  {account.login:<24} {', '.join(sorted(roles)):<32} {names[account.person]}")
