"""One letter an account and day, sent once, to those with an address; failures are tried again."""

from __future__ import annotations

import asyncio
import logging
import smtplib
from collections.abc import Iterator
from datetime import date

import pytest

from app.accounts import actions as accounts
from app.accounts.tables import Account
from app.reminders import jobs
from app.reminders.tables import Reminder
from tests.conftest import World
from tests.reminders.post_office import PostOffice, post_office

pytestmark = pytest.mark.anyio

EVERYBODY = (0, 2**31 - 1)
TODAY = "2025-11-13"


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    with post_office() as found:
        monkeypatch.setenv("THIDUA_SMTP_URL", found.url)
        monkeypatch.setenv("THIDUA_PUBLIC_URL", "https://thidua.vks.gov.vn")
        yield found


async def addressed(world: World, *logins: str) -> None:
    for login in logins:
        await Account.update({Account.email: f"{login}@vks.gov.vn"}).where(Account.login == login)


async def told(world: World, login: str = "secretary", occasion: str = "a", n: int = 3) -> int:
    reminder = Reminder(
        account=world.ids[f"account:{login}"],
        occasion=occasion,
        message="{n} mục của {round} bị trả lại, chờ bổ sung.",
        figures=f'{{"n": {n}, "round": "Tổng kết năm 2025"}}',
        href="/rounds/1/nominations?task=asked",
        due_on=date(2025, 11, 14),
        at=world.at(TODAY),
    )
    await reminder.save()
    return int(reminder.id)


def to(office: PostOffice) -> list[str]:
    return [letter["To"].addresses[0].addr_spec for letter in office.letters]


async def test_the_letter(world: World, office: PostOffice) -> None:
    await addressed(world, "secretary")
    await told(world)
    await told(world, occasion="b", n=1)
    assert await jobs.mail(*EVERYBODY, now=world.at(TODAY)) == 1
    (letter,) = office.letters
    assert letter["Subject"] == "Thi Đua: 2 việc sắp đến hạn, ngày 13/11/2025"
    assert letter["From"] == "Thi Đua <td@vks.gov.vn>"
    assert letter["To"] == "Thư ký Hội đồng <secretary@vks.gov.vn>"
    assert letter["Date"].datetime == world.at(TODAY)
    assert letter["Message-ID"] == (
        f"<thidua-{world.ids['account:secretary']}-20251113@thidua.vks.gov.vn>"
    )
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().replace("\r\n", "\n") == (
        "Kính gửi Ông/Bà Thư ký Hội đồng,\n\n"
        "Những việc sau đây sắp đến hạn:\n\n"
        "1. 3 mục của Tổng kết năm 2025 bị trả lại, chờ bổ sung. (hạn 14/11/2025, còn 1 ngày)\n"
        "   https://thidua.vks.gov.vn/rounds/1/nominations?task=asked\n\n"
        "2. 1 mục của Tổng kết năm 2025 bị trả lại, chờ bổ sung. (hạn 14/11/2025, còn 1 ngày)\n"
        "   https://thidua.vks.gov.vn/rounds/1/nominations?task=asked\n\n"
        "Xem tất cả nhắc việc: https://thidua.vks.gov.vn/reminders\n\n"
        "Thư này do hệ thống Thi Đua tự động gửi; vui lòng không trả lời thư này.\n"
    )


async def test_it_is_sent_once_and_marked(world: World, office: PostOffice) -> None:
    await addressed(world, "secretary")
    reminder = await told(world)
    now = world.at(TODAY)
    assert [await jobs.mail(*EVERYBODY, now=now) for _ in range(2)] == [1, 0]
    assert len(office.letters) == 1
    rows = await Reminder.select(Reminder.mailed_at).where(Reminder.id == reminder)
    assert rows == [{"mailed_at": now}]


async def test_two_workers_send_it_once(world: World, office: PostOffice) -> None:
    await addressed(world, "secretary")
    await told(world)
    now = world.at(TODAY)
    assert sorted(await asyncio.gather(*(jobs.mail(*EVERYBODY, now=now) for _ in range(3)))) == [
        0,
        0,
        1,
    ]
    assert len(office.letters) == 1


async def test_a_second_letter_waits_for_the_next_day(world: World, office: PostOffice) -> None:
    await addressed(world, "secretary")
    await told(world)
    await jobs.mail(*EVERYBODY, now=world.at(TODAY))
    await told(world, occasion="later")
    assert await jobs.mail(*EVERYBODY, now=world.at(TODAY)) == 0
    assert await jobs.mail(*EVERYBODY, now=world.at("2025-11-14")) == 1
    assert [letter["Subject"].split(":")[1].split()[0] for letter in office.letters] == ["1", "1"]


async def test_who_gets_none(world: World, office: PostOffice) -> None:
    await addressed(world, "secretary", "leader", "head")
    await told(world, "officer")  # without an address
    await told(world, "secretary")
    await Reminder.update({Reminder.read_at: world.at(TODAY)}).where(
        Reminder.account == world.ids["account:secretary"]
    )
    await told(world, "leader")
    await accounts.deactivate(
        world.ids["account:leader"], actor=await world.actor("administrator"), now=world.now
    )
    await told(world, "head")
    await Reminder.update({Reminder.due_on: date(2025, 11, 12)}).where(
        Reminder.account == world.ids["account:head"]
    )
    assert await jobs.mail(*EVERYBODY, now=world.at(TODAY)) == 0
    assert office.commands == []


async def test_a_refused_address_keeps_nobody_else_waiting(
    world: World, office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    await addressed(world, "head", "secretary")
    office.refusing["head@vks.gov.vn"] = "550 no such mailbox"
    await told(world, "head")
    await told(world, "secretary")
    with caplog.at_level(logging.WARNING, "thidua"):
        assert await jobs.mail(*EVERYBODY, now=world.at(TODAY)) == 1
    assert to(office) == ["secretary@vks.gov.vn"]
    assert caplog.messages == [
        f"letter to account {world.ids['account:head']} not sent: SMTPRecipientsRefused"
    ]


async def test_a_full_mailbox_is_tried_again(world: World, office: PostOffice) -> None:
    await addressed(world, "head", "secretary")
    office.refusing["head@vks.gov.vn"] = "452 mailbox full"
    await told(world, "head")
    await told(world, "secretary")
    now = world.at(TODAY)
    with pytest.raises(jobs.NotAllSent):
        await jobs.mail(*EVERYBODY, now=now)
    assert to(office) == ["secretary@vks.gov.vn"]
    office.refusing.clear()
    assert await jobs.mail(*EVERYBODY, now=now) == 1
    assert to(office) == ["secretary@vks.gov.vn", "head@vks.gov.vn"]


async def test_a_server_that_goes_away_is_asked_again_for_the_rest(
    world: World, office: PostOffice
) -> None:
    await addressed(world, "officer", "head", "secretary")
    for login in ("officer", "head", "secretary"):
        await told(world, login)
    office.hangs_up_after = 1
    now = world.at(TODAY)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        await jobs.mail(*EVERYBODY, now=now)
    office.hangs_up_after = None
    assert await jobs.mail(*EVERYBODY, now=now) == 2
    assert sorted(to(office)) == [f"{name}@vks.gov.vn" for name in ("head", "officer", "secretary")]


@pytest.mark.parametrize(
    "spoilt",
    [
        "not an address",
        "a@",
        "@b",
        "a b@c",
        "ánh@x.vn",
        "a@x.vn, b@y.vn",
        "a@x\r\nBcc: z@z",
        "a@[x",
    ],
)
async def test_a_spoilt_address_or_name_adds_no_header(
    world: World, office: PostOffice, spoilt: str
) -> None:
    await addressed(world, "secretary")
    await Account.update({Account.name: "A\r\nBcc: b@x.vn"}).where(Account.login == "secretary")
    await told(world)
    await Account.update({Account.email: spoilt}).where(Account.login == "head")
    await told(world, "head")
    assert await jobs.mail(*EVERYBODY, now=world.at(TODAY)) == 1
    (letter,) = office.letters
    assert letter["Bcc"] is None
    assert to(office) == ["secretary@vks.gov.vn"]


async def test_without_a_setting_nothing_is_sent_and_nothing_breaks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THIDUA_SMTP_URL", " ")
    await addressed(world, "secretary")
    assert await jobs.write(*EVERYBODY, now=world.at(TODAY)) > 0
    assert await jobs.mail(*EVERYBODY, now=world.at(TODAY)) == 0
    assert await Reminder.exists().where(Reminder.mailed_at.is_not_null()) is False
    rows = await Reminder.raw("SELECT task_name FROM procrastinate_jobs")
    assert rows == []


async def test_writing_orders_the_letters(world: World, office: PostOffice) -> None:
    await jobs.write(5, 9, now=world.at(TODAY))
    rows = await Reminder.raw(
        "SELECT task_name, lock, args ->> 'after' AS after, args ->> 'upto' AS upto"
        " FROM procrastinate_jobs"
    )
    assert rows == [
        {"task_name": "reminders.mail", "lock": "reminders.mail", "after": "5", "upto": "9"}
    ]
