"""How `THIDUA_SMTP_URL` is read, and that a password stays where it is."""

from __future__ import annotations

import pytest

from app.reminders import smtp
from app.reminders.smtp import MailProblem, MailServer, connected, parse
from tests.reminders.post_office import post_office


@pytest.mark.parametrize(
    ("url", "server"),
    [
        (
            "smtps://u%40x:p%3Aw@mail.vks.gov.vn?from=td@vks.gov.vn",
            MailServer("mail.vks.gov.vn", 465, True, "u@x", "p:w", "td@vks.gov.vn"),
        ),
        (
            "smtp://mail.vks.gov.vn?from=td@vks.gov.vn",
            MailServer("mail.vks.gov.vn", 587, False, "", "", "td@vks.gov.vn"),
        ),
        (
            "smtp://127.0.0.1:2525?from=Thi+%C4%90ua+%3Ctd@vks.gov.vn%3E",
            MailServer("127.0.0.1", 2525, False, "", "", "Thi Đua <td@vks.gov.vn>"),
        ),
    ],
)
def test_what_a_setting_says(url: str, server: MailServer) -> None:
    assert parse(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "mail.vks.gov.vn",
        "http://x:bi-mat@y?from=a@b",
        "smtp://?from=a@b",
        "smtp://u:bi-mat@y:99999?from=a@b",
        "smtp://u:bi-mat@y",
        "smtp://u:bi-mat@y?from=nobody",
        "smtp://u:bi-mat@y?from=a@b%0d%0aBcc:c@d",
        "smtp://[x?from=a@b",
    ],
)
def test_a_spoilt_setting_is_explained_without_the_password(url: str) -> None:
    with pytest.raises(MailProblem) as problem:
        parse(url)
    assert "THIDUA_SMTP_URL" in str(problem.value)
    assert "bi-mat" not in str(problem.value)


def test_the_password_is_in_no_trace() -> None:
    assert "bi-mat" not in repr(parse("smtp://u:bi-mat@y?from=a@b"))


@pytest.mark.parametrize("setting", [None, "", "  "])
def test_no_setting_is_no_mail(setting: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THIDUA_SMTP_URL", raising=False)
    if setting is not None:
        monkeypatch.setenv("THIDUA_SMTP_URL", setting)
    assert (smtp.wanted(), smtp.configured()) == (False, None)


def test_a_password_is_not_sent_unencrypted() -> None:
    with post_office() as office:
        office.offers = ("AUTH PLAIN LOGIN",)
        server = MailServer("127.0.0.1", office.port, False, "u", "bi-mat", "a@b")
        with pytest.raises(MailProblem, match="STARTTLS"), connected(server):
            pass
        assert [line for line in office.commands if line.startswith("AUTH")] == []


def test_encryption_is_begun_where_it_is_offered() -> None:
    with post_office() as office:
        office.offers = ("STARTTLS",)
        server = MailServer("127.0.0.1", office.port, False, "", "", "a@b")
        # The server of this test has no certificate: the conversation ends at the handshake.
        with pytest.raises(OSError), connected(server):  # noqa: PT011
            pass
        assert "STARTTLS" in office.commands
