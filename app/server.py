"""Serve the pages; with the embedded database the background work runs in the same process."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
import sys

import uvicorn

from app.database import configured_url
from app.main import create_app
from app.worker import run_worker


class CannotListenError(Exception):
    """Says in one line why nobody can be served there and what to do about it."""


async def serve(url: str, host: str, port: int) -> int:
    """`url` is connected and migrated already. Returns the exit status."""
    try:
        listener = _listen(host, port)
    except CannotListenError as problem:
        print(f"thidua: {problem}", file=sys.stderr)
        return 4
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    config = uvicorn.Config(create_app(), log_level="warning", lifespan="on", server_header=False)
    server = uvicorn.Server(config)
    worker = None
    if not configured_url():
        worker = asyncio.ensure_future(run_worker(url, alone=False))
    print(f"Thi Đua đang chạy tại http://{host}:{port} (Ctrl+C để dừng).", flush=True)
    try:
        await server.serve(sockets=[listener])
    finally:
        if worker is not None:
            worker.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await worker
        listener.close()
    return 0


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port < 65536:
        raise CannotListenError("cổng phải từ 1 đến 65535.")
    try:
        return socket.create_server((host, port), reuse_port=False)
    except (OSError, TypeError) as error:
        raise CannotListenError(_why_not(error, host, port)) from error


def _why_not(error: OSError | TypeError, host: str, port: int) -> str:
    number = error.errno if isinstance(error, OSError) else None
    # The resolver's own numbers are below zero; what cannot even be written as a name has none.
    if number is None or number < 0 or number == errno.EADDRNOTAVAIL:
        return (
            f"{host!r} không phải là địa chỉ của máy này. Hãy dùng 127.0.0.1 (chỉ máy này) "
            "hoặc 0.0.0.0 (mọi mạng): thidua serve --host 127.0.0.1"
        )
    if number == errno.EACCES:
        return (
            f"không được phép mở cổng {port}. Hãy chọn cổng từ 1024 trở lên: "
            "thidua serve --port 8000"
        )
    return (
        f"không mở được {host}:{port}. Hãy dừng chương trình đang dùng cổng này hoặc chọn cổng "
        f"khác: thidua serve --port {min(port + 1, 65535)}"
    )
