"""`thidua`: one command for everything that is not done on a page.

Each command imports what it needs itself, so that `thidua rank` starts without a database.
"""

from __future__ import annotations

import argparse
import asyncio
import getpass
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from app.arguments import speak_vietnamese

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    speak_vietnamese()
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 0
    command: Command = options.run
    try:
        return command(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (`| head`) went away; Python would complain once more while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="thidua",
        description="Thi Đua: công cụ làm việc của Hội đồng Thi đua - Khen thưởng.",
        epilog="DATABASE_URL: máy chủ PostgreSQL; bỏ trống thì dùng PostgreSQL nhúng trong var/.",
    )
    commands = parser.add_subparsers(dest="command", metavar="LỆNH")

    def add(name: str, run: Command, summary: str, more: str = "") -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=summary, description=f"{summary} {more}".strip())
        sub.set_defaults(run=run)
        return sub

    serve = add("serve", _serve, "Mở các trang web.")
    serve.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe (mặc định %(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="cổng (mặc định %(default)s)")
    add(
        "worker",
        _worker,
        "Chạy các việc nền (in giấy khen).",
        "Chỉ cần khi dùng DATABASE_URL; với cơ sở dữ liệu nhúng, serve tự chạy việc nền.",
    )
    add("migrate", _migrate, "Cập nhật lược đồ cơ sở dữ liệu; chạy lại nhiều lần cũng được.")
    demo = add(
        "demo",
        _demo,
        "Dựng thế giới minh họa và chạy trọn đợt xét năm 2025, ghi kết quả vào out/.",
        "Lần chạy sau thấy thế giới đã có thì không thay đổi gì.",
    )
    demo.add_argument("--fresh", action="store_true", help="xóa thế giới minh họa và làm lại")
    demo.add_argument("--out", type=Path, default=Path("out"), help="thư mục kết quả")
    rank = add(
        "rank",
        _rank,
        "Tính lại xếp hạng từ tệp thidua-rank/1 và in kết quả ra dạng JSON.",
        "Không cần cơ sở dữ liệu. Tệp lỗi: mã thoát 2, mỗi lỗi một dòng.",
    )
    rank.add_argument("file", metavar="FILE", help="tệp JSON; dấu - để đọc từ đầu vào chuẩn")
    add("invariants", _invariants, "Kiểm tra những điều không bao giờ được xảy ra trong dữ liệu.")
    audit = add("audit", _admin_help, "Kiểm tra nhật ký và ghi lại mốc của nó.")
    audit_commands = audit.add_subparsers(metavar="VIỆC", required=True)
    verify = audit_commands.add_parser(
        "verify",
        help="Kiểm tra chuỗi nhật ký từ mục đầu tiên.",
        description="Nêu mục đầu tiên không khớp và lý do; mã thoát 1 khi có chỗ không khớp.",
    )
    verify.add_argument(
        "--anchor",
        metavar="ID:HASH",
        type=_anchor,
        nargs="+",
        action="extend",
        default=[],
        help="mốc đã ghi lại từ `thidua audit anchor`",
    )
    verify.set_defaults(run=_audit_verify)
    anchor = audit_commands.add_parser(
        "anchor",
        help="In mốc của mục cuối cùng (ID:HASH và thời điểm) để ghi lại ở nơi khác.",
        description="In một dòng: ID:HASH của mục cuối cùng và thời điểm của mục đó.",
    )
    anchor.set_defaults(run=_audit_anchor)
    _add_files(add("files", _admin_help, "Đối chiếu kho tệp với cơ sở dữ liệu."))
    _add_admin(add("admin", _admin_help, "Quản trị tài khoản."))
    return parser


def _add_files(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(metavar="VIỆC", required=True)
    sweep = commands.add_parser(
        "sweep",
        help="Xóa tệp trong kho mà cơ sở dữ liệu không nhắc đến, cũ hơn một ngày.",
        description="Chạy được khi hệ thống đang mở; in số tệp và số byte; mã thoát 2 khi từ chối.",
    )
    sweep.add_argument("--dry-run", action="store_true", help="chỉ liệt kê, không xóa")
    sweep.add_argument("--force", action="store_true", help="xóa cả khi phần lớn kho là tệp thừa")
    sweep.set_defaults(run=_files("sweep"))
    whole = commands.add_parser(
        "verify",
        help="Đọc mọi tệp và so với mã băm của nó.",
        description="Nêu tệp đã mất hoặc bị thay đổi; mã thoát 1 khi có tệp hỏng.",
    )
    whole.set_defaults(run=_files("verify"))


def _add_admin(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(metavar="VIỆC", required=True)
    create = commands.add_parser(
        "create",
        help="Tạo quản trị viên đầu tiên.",
        description="Tạo tài khoản quản trị; mật khẩu được hỏi, hoặc đọc từ THIDUA_PASSWORD.",
    )
    create.add_argument("login", help="tên đăng nhập")
    create.add_argument("--name", default="", help="họ và tên (mặc định là tên đăng nhập)")
    create.add_argument("--unit", default="", help="mã đơn vị gốc (mặc định là đơn vị cao nhất)")
    create.set_defaults(run=_admin_create)


def _admin_help(options: argparse.Namespace) -> int:
    return 2


def _rank(options: argparse.Namespace) -> int:
    from app.scoring import rank_file

    return rank_file.main(options.file, sys.stdin.buffer, sys.stdout.buffer, sys.stderr)


def _with_database(work: Callable[[str], Coroutine[Any, Any, int]], *, migrate: bool = True) -> int:
    """Start or find the database, bring it up to date, run `work`; problems become one line."""
    from app import database, schema

    async def run(url: str) -> int:
        await database.connect(url)
        try:
            if migrate:
                await schema.migrate()
            return await work(url)
        finally:
            await database.disconnect()

    try:
        return asyncio.run(run(database.database_url()))
    except database.DatabaseProblem as problem:
        print(f"thidua: {problem}", file=sys.stderr)
        return 3


def _migrate(options: argparse.Namespace) -> int:
    async def work(url: str) -> int:
        await _fill_catalogue()
        print("Lược đồ cơ sở dữ liệu đã cập nhật.")
        return 0

    return _with_database(work)


async def _fill_catalogue() -> None:
    """Without it no round could name an award form, and no criterion its source."""
    from app.catalogue.actions import load_product_data
    from app.web import clock

    await load_product_data(actor=None, now=clock.now())


def _serve(options: argparse.Namespace) -> int:
    from app.server import serve

    return _with_database(lambda url: serve(url, options.host, options.port))


def _worker(options: argparse.Namespace) -> int:
    from app.worker import run_worker

    async def work(url: str) -> int:
        print("Đang chờ việc nền. Nhấn Ctrl+C để dừng.", flush=True)
        await run_worker(url)
        return 0

    return _with_database(work)


def _demo(options: argparse.Namespace) -> int:
    from app.demo.run import run

    # Starting over drops what an older version left, so nothing is migrated before.
    return _with_database(
        lambda url: run(options.out, fresh=options.fresh), migrate=not options.fresh
    )


def _invariants(options: argparse.Namespace) -> int:
    from app.reports.invariants import broken

    async def work(url: str) -> int:
        lines = await broken()
        for line in lines:
            print(line)
        print("Không có gì sai." if not lines else f"{len(lines)} điều không được phép tồn tại.")
        return 1 if lines else 0

    return _with_database(work)


def _anchor(text: str) -> tuple[int, str]:
    entry_id, _, hash_ = text.strip().partition(":")
    digits = entry_id.isascii() and entry_id.isdigit() and int(entry_id) < 2**31
    if not digits or len(hash_) != 64 or set(hash_.lower()) - set("0123456789abcdef"):
        raise argparse.ArgumentTypeError(f"mốc phải có dạng ID:HASH, không phải {text!r}")
    return int(entry_id), hash_.lower()


def _audit_verify(options: argparse.Namespace) -> int:
    from app.audit.queries import verify
    from app.audit.words import findings
    from app.web.render import explain

    async def work(url: str) -> int:
        checked = await verify(dict(options.anchor))
        for finding in findings(checked):
            print(explain(finding))
        return 0 if checked.whole else 1

    return _with_database(work)


def _audit_anchor(options: argparse.Namespace) -> int:
    from app.audit.queries import head

    async def work(url: str) -> int:
        last = await head()
        if last is None:
            print("thidua: nhật ký chưa có mục nào.", file=sys.stderr)
            return 1
        print(f"{last.id}:{last.hash} {last.at.isoformat()}")
        return 0

    return _with_database(work)


def _files(name: str) -> Command:
    def run(options: argparse.Namespace) -> int:
        from app import cli_files

        work = {"sweep": cli_files.sweep, "verify": cli_files.verify}[name]
        return _with_database(lambda url: work(options))

    return run


def _admin_create(options: argparse.Namespace) -> int:
    from app.accounts.actions import create_administrator
    from app.kernel.refusal import Refused
    from app.web import clock
    from app.web.render import explain

    try:
        password = os.environ.get("THIDUA_PASSWORD") or getpass.getpass("Mật khẩu: ")
    except EOFError:
        print("thidua: không có bàn phím; hãy đặt mật khẩu vào THIDUA_PASSWORD.", file=sys.stderr)
        return 2

    async def work(url: str) -> int:
        await _fill_catalogue()
        try:
            await create_administrator(
                options.login,
                options.name or options.login,
                password,
                unit_code=options.unit,
                now=clock.now(),
            )
        except Refused as error:
            print(f"thidua: {explain(error.refusal)}", file=sys.stderr)
            return 2
        print(f"Đã tạo quản trị viên {options.login}.")
        return 0

    return _with_database(work)
