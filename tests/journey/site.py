"""The product as people meet it: a real server and worker, pages in real Chromium."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

import uvicorn
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    async_playwright,
)

from app.main import create_app
from app.worker import run_worker
from tests.chromium import find_chromium
from tests.conftest import World

PHONE, DESK = 390, 1280
# Everybody's pages in one renderer: starting one for each person costs a fifth of the time.
ONE_PROCESS = ("--disable-gpu", "--renderer-process-limit=1", "--process-per-site")
_REFUSED = re.compile(r"status of (409|422) ")


@dataclass
class Site:
    """`now` is what its clock shows; `complaints`: what the browsers' consoles called an error."""

    base: str
    now: datetime
    password: str
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    _contexts: dict[tuple[str, int], BrowserContext] = field(default_factory=dict)

    async def signed_in(self, login: str, *, width: int = DESK) -> Page:
        """A tab of this person's own browser, in which the sign-in page was just filled in.

        Sessions end by the site's clock: a day later one signs in again.
        """
        context = await self._browser_of(login, width)
        await context.request.get(f"{self.base}/sign-in")
        token = next(c["value"] for c in await context.cookies() if c["name"] == "thidua_csrf")
        answer = await context.request.post(
            f"{self.base}/sign-in",
            form={"login": login, "password": self.password, "_csrf_token": token},
            max_redirects=0,
        )
        assert answer.status == 303, await answer.text()
        return await self._tab(context)

    async def stranger(self, *, width: int = PHONE) -> Page:
        return await self._tab(await self._browser_of("", width))

    async def _browser_of(self, login: str, width: int) -> BrowserContext:
        """Kept for the whole journey, and with it what it has of the site's fonts and styles."""
        if (login, width) not in self._contexts:
            viewport: ViewportSize = {"width": width, "height": 844}
            self._contexts[login, width] = await self.browser.new_context(viewport=viewport)
        return self._contexts[login, width]

    async def _tab(self, context: BrowserContext) -> Page:
        page = await context.new_page()
        # A policy that blocks our own code or style shows up here and nowhere else.
        page.on("console", self._heard)
        page.set_default_timeout(60_000)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        """A refused form is an error to a browser, not to us."""
        if message.type == "error" and not _REFUSED.search(message.text):
            self.complaints.append(message.text)


@asynccontextmanager
async def served(world: World) -> AsyncIterator[Site]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=find_chromium(), args=["--no-sandbox", *ONE_PROCESS]
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
