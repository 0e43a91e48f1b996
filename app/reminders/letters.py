"""The one letter a day: plain text in Vietnamese, with what is due and where to do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from app.kernel.period import VIETNAM, show_date
from app.kernel.refusal import N_
from app.web.i18n import gettext


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the letter; `href` begins with a slash."""

    sentence: str
    href: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Reader:
    account_id: int
    name: str
    email: str


def letter(
    reader: Reader, lines: Sequence[Line], *, sender: str, base: str, now: datetime
) -> EmailMessage:
    """The same account and day give the same Message-ID: a mailbox knows a second copy by it."""
    here = now.astimezone(VIETNAM)
    today = here.date()
    host = urlsplit(base).hostname or "thidua"
    message = EmailMessage(policy=SMTP)
    message["Subject"] = gettext(
        N_("Thi Đua: {n} việc sắp đến hạn, ngày {day}"), n=len(lines), day=show_date(today)
    )
    message["From"] = sender
    message["To"] = _address(reader)
    message["Date"] = format_datetime(here)
    message["Message-ID"] = f"<thidua-{reader.account_id}-{today:%Y%m%d}@{host}>"
    # Nobody's absence note shall answer it.
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "vi"
    message.set_content(_text(reader, lines, base, today))
    return message


def _address(reader: Reader) -> Address:
    """The name beside the address may be anything somebody is called; the class quotes it."""
    name = " ".join(reader.name.split())
    try:
        return Address(name, addr_spec=reader.email)
    except (IndexError, AttributeError, MessageError) as error:
        # What the library's parser trips over is as little an address as what it refuses.
        raise ValueError("not an address") from error


def _text(reader: Reader, lines: Sequence[Line], base: str, today: date) -> str:
    parts = [
        gettext(N_("Kính gửi Ông/Bà {name},"), name=reader.name),
        gettext(N_("Những việc sau đây sắp đến hạn:")),
    ]
    for number, line in enumerate(lines, start=1):
        due = f" ({when(line.due, today)})" if line.due else ""
        parts.append(f"{number}. {line.sentence}{due}\n   {base}{line.href}")
    parts.append(gettext(N_("Xem tất cả nhắc việc: {address}"), address=f"{base}/reminders"))
    parts.append(
        gettext(N_("Thư này do hệ thống Thi Đua tự động gửi; vui lòng không trả lời thư này."))
    )
    return "\n\n".join(parts) + "\n"


def when(due: date, today: date) -> str:
    left = (due - today).days
    if left == 0:
        return gettext(N_("hạn hôm nay"))
    if left < 0:
        return gettext(N_("quá hạn từ {day}"), day=show_date(due))
    return gettext(N_("hạn {day}, còn {n} ngày"), day=show_date(due), n=left)
