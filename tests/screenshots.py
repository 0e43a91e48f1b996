"""`make screenshots`: the pictures of the README, taken from the demo as it is served.

Needs the demo world (`make demo SERVE=no`) and Chromium.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from app.demo.load import PASSWORD
from tests.chromium import find_chromium

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "static" / "readme"
MOVEMENT = "main h2 a:has-text('Xây dựng xã hội học tập')"
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "THIDUA_PUBLIC_URL": f"http://127.0.0.1:{port}"},
    )
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(base)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=["--no-sandbox"]
            )
            _take(browser, base)
    finally:
        server.terminate()
        server.wait(timeout=30)
    _certificate()
    return 0


def _take(browser: Browser, base: str) -> None:
    secretary = _signed_in(browser, base, "thu-ky")
    _shot(secretary, f"{base}/", "viec-cua-toi")
    secretary.goto(f"{base}/movements")
    secretary.click(MOVEMENT)
    secretary.click("text=Tổng kết năm 2025")
    round_url = secretary.url
    _shot(secretary, round_url, "dot-xet")
    _shot(secretary, f"{round_url}/nominations", "danh-sach-ho-so")
    _shot(secretary, f"{round_url}/ranking", "xep-hang")
    member = _signed_in(browser, base, "hd5")
    member.click("#waiting a:has-text('chưa chấm đủ')")
    _shot(member, f"{member.url}?subject=individual", "phieu-cham")
    secretary.goto(f"{round_url}/nominations?state=pass")
    secretary.click("main tbody a")
    _shot(secretary, f"{secretary.url.partition('?')[0]}/points", "bang-diem")
    head = _signed_in(browser, base, "tt.lang-son")
    head.goto(f"{round_url}/endorsement")
    head.click("main a[href^='/endorsement-lists/']")
    _shot(head, head.url, "danh-sach-trinh")
    secretary.goto(f"{round_url}/nominations?state=hold")
    secretary.click("main tbody a")
    _shot(secretary, secretary.url, "ho-so")
    secretary.goto(f"{base}/movements")
    secretary.click(MOVEMENT)
    secretary.click("text=Tổng kết năm 2026")
    secretary.click("main a:has-text('Bộ tiêu chí đối với cá nhân')")
    _shot(secretary, secretary.url, "bo-tieu-chi")
    narrow = _signed_in(browser, base, "dm.lang-son", narrow=True)
    _shot(narrow, f"{round_url}/nominations", "danh-sach-ho-so-dien-thoai")


def _signed_in(browser: Browser, base: str, login: str, *, narrow: bool = False) -> Page:
    context = browser.new_context(viewport=NARROW if narrow else WIDE, locale="vi-VN")
    page = context.new_page()
    page.goto(f"{base}/sign-in")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{base}/")
    return page


def _shot(page: Page, url: str, name: str) -> None:
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")


def _certificate() -> None:
    """The first certificate of the demo, as the printer gets it."""
    certificate = ROOT / "out" / "giay-khen" / "0001.pdf"
    subprocess.run(
        ["pdftoppm", "-png", "-r", "70", "-singlefile", certificate, PICTURES / "giay-khen"],
        check=True,
    )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait(base: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{base}/sign-in", timeout=2).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    sys.exit(main())
