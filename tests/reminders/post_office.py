"""A mail server of this test: takes letters, or refuses them as it is told."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage


@dataclass
class PostOffice:
    """`refusing`: answers by recipient; `hangs_up_after`: letters taken before it goes away."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    refusing: dict[str, str] = field(default_factory=dict)
    hangs_up_after: int | None = None
    offers: tuple[str, ...] = ("8BITMIME",)
    commands: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?from=Thi%20%C4%90ua%20%3Ctd@vks.gov.vn%3E"


class _Talk(socketserver.StreamRequestHandler):
    office: PostOffice

    def handle(self) -> None:
        self._say("220 bưu cục".encode())
        while line := self.rfile.readline():
            command = line.decode().strip()
            self.office.commands.append(command)
            word = command.split(" ")[0].upper()
            if word == "EHLO":
                lines = ("xin chao", *self.office.offers)
                for name in lines[:-1]:
                    self._say(f"250-{name}".encode())
                self._say(f"250 {lines[-1]}".encode())
            elif word == "RCPT":
                address = command.partition("<")[2].partition(">")[0]
                self._say(self.office.refusing.get(address, "250 ok").encode())
            elif word == "DATA":
                if not self._data():
                    return
            elif word == "QUIT":
                self._say(b"221 bye")
                return
            else:
                self._say(b"250 ok")

    def _data(self) -> bool:
        if self.office.hangs_up_after is not None and (
            len(self.office.letters) >= self.office.hangs_up_after
        ):
            return False
        self._say(b"354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.office.letters.append(
            email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        )
        self._say(b"250 taken")
        return True

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


@contextmanager
def post_office() -> Iterator[PostOffice]:
    office = PostOffice()
    handler = type("Talk", (_Talk,), {"office": office})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        office.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield office
        finally:
            server.shutdown()
            thread.join()
