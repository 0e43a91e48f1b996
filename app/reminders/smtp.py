"""The mail server behind `THIDUA_SMTP_URL`; without that setting no letter is written."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

# A server that does not answer must not hold up the other background work for long.
SECONDS = 20
_PORTS = {"smtp": 587, "smtps": 465}
_FORM = "smtp(s)://ten:mat-khau@may-chu:cong?from=dia-chi@don-vi"


class MailProblem(Exception):
    """Says what is wrong with the setting or the server, never the password."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """`tls`: from the first byte on; otherwise it is begun as soon as the server offers it."""

    host: str
    port: int
    tls: bool
    user: str
    password: str = field(repr=False)
    sender: str = ""


def wanted() -> bool:
    """Whether letters are to be sent at all; the setting itself may still be wrong."""
    return bool(_setting())


def configured() -> MailServer | None:
    """None when no letter is to be sent."""
    return parse(_setting()) if wanted() else None


def _setting() -> str:
    return os.environ.get("THIDUA_SMTP_URL", "").strip()


def parse(url: str) -> MailServer:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        # What it says may hold the password, so it is not passed on.
        raise MailProblem(f"THIDUA_SMTP_URL không đúng dạng {_FORM}.") from None
    sender = parse_qs(parts.query).get("from", [""])[0].strip()
    if parts.scheme not in _PORTS or not parts.hostname:
        raise MailProblem(f"THIDUA_SMTP_URL không đúng dạng {_FORM}.")
    if "@" not in sender or any(char in sender for char in "\r\n"):
        raise MailProblem(f"THIDUA_SMTP_URL thiếu địa chỉ người gửi (from). Dạng đúng: {_FORM}.")
    return MailServer(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        tls=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=sender,
    )


@contextmanager
def connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    """Blocks; call it in a thread. A password never travels unencrypted."""
    trusted = ssl.create_default_context()
    client: smtplib.SMTP
    if server.tls:
        client = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=trusted)
    else:
        client = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    with client:
        client.ehlo_or_helo_if_needed()
        if not server.tls and client.has_extn("starttls"):
            client.starttls(context=trusted)
        elif not server.tls and server.user:
            raise MailProblem(
                f"Máy chủ thư {server.host} không hỗ trợ STARTTLS nên mật khẩu không được gửi đi."
                " Hãy dùng smtps:// hoặc máy chủ có STARTTLS."
            )
        if server.user:
            client.login(server.user, server.password)
        yield client
