"""Serve the pages; with the embedded database the background work runs in the same process."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import sys

import uvicorn

from app.main import create_app
from app.worker import run_worker


async def serve(url: str, host: str, port: int) -> int:
    """`url` is connected and migrated already. Returns the exit status."""
    try:
        listener = socket.create_server((host, port), reuse_port=False)
    except OSError as error:
        print(
            f"thidua: không mở được {host}:{port} ({error.strerror}). "
            f"Hãy dừng chương trình đang dùng cổng này hoặc chọn cổng khác: thidua serve --port "
            f"{min(port + 1, 65535)}",
            file=sys.stderr,
        )
        return 4
    except OverflowError:
        print("thidua: cổng phải từ 1 đến 65535.", file=sys.stderr)
        return 2
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    config = uvicorn.Config(create_app(), log_level="warning", lifespan="on", server_header=False)
    server = uvicorn.Server(config)
    worker = None
    if not os.environ.get("DATABASE_URL"):
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
