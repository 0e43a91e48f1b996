"""The product as people meet it: a real server and worker, pages in real Chromium."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

import uvicorn
from playwright.async_api import Browser, Page, async_playwright

from app.main import create_app
from app.worker import run_worker
from tests.chromium import find_chromium
from tests.conftest import World

PHONE, DESK = 390, 1280


@dataclass
class Site:
    """`now` is what its clock shows; `complaints`: what the browsers' consoles called an error."""

    base: str
    now: datetime
    password: str
    browser: Browser
    complaints: list[str] = field(default_factory=list)

    async def signed_in(self, login: str, *, width: int = DESK) -> Page:
        context = await self.browser.new_context(viewport={"width": width, "height": 844})
        page = await context.new_page()
        # A policy that blocks our own code or style shows up here and nowhere else.
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.set_default_timeout(60_000)
        await page.goto(f"{self.base}/sign-in")
        await page.fill("[name=login]", login)
        await page.fill("[name=password]", self.password)
        await page.press("[name=password]", "Enter")
        await page.wait_for_url(f"{self.base}/")
        return page

    async def stranger(self, *, width: int = PHONE) -> Page:
        context = await self.browser.new_context(viewport={"width": width, "height": 844})
        return await context.new_page()


@asynccontextmanager
async def served(world: World) -> AsyncIterator[Site]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=find_chromium(), args=["--no-sandbox"]
            )
            site = Site(base, world.now, world.password, browser)
            app = create_app(clock=lambda: site.now)
            server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
            tasks = [
                asyncio.create_task(server.serve(sockets=[listener])),
                asyncio.create_task(run_worker(world.url, alone=False)),
            ]
            try:
                yield site
            finally:
                await browser.close()
                server.should_exit = True
                await tasks[0]
                tasks[1].cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await tasks[1]
