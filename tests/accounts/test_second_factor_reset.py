"""Somebody lost telephone and recovery codes: an administrator takes the second factor away."""

from __future__ import annotations

import pytest

from app.accounts.tables import Account, RecoveryCode, SignInSession
from app.audit.tables import AuditEntry
from tests.accounts.telephone import code_at, codes_in, give_telephone, password_only, secret_of
from tests.accounts.test_administration import local_administrator
from tests.conftest import World

pytestmark = pytest.mark.anyio

WHY = {"why": "codes_lost"}


def path_of(world: World, login: str) -> str:
    return f"/accounts/{world.ids[f'account:{login}']}"


async def protected(login: str) -> bool:
    return await Account.exists().where(
        Account.login == login, Account.totp_confirmed_at.is_not_null()
    )


async def test_the_password_opens_again_and_the_sessions_are_over(world: World) -> None:
    async with world.client("officer") as theirs, world.client("administrator") as browser:
        await theirs.form("/account/second-factor", {"password": world.password})
        code = code_at(world.now, await secret_of("officer"))
        shown = await theirs.form("/account/second-factor/confirmation", {"code": code})
        assert len(codes_in(shown.text)) == 10
        answer = await browser.form(f"{path_of(world, 'officer')}/second-factor/removal", WHY)
        assert (answer.status_code, answer.headers["location"]) == (303, path_of(world, "officer"))
        assert (await theirs.get("/account")).status_code == 303
    assert await RecoveryCode.count() == 0
    assert (
        await SignInSession.count().where(SignInSession.account == world.ids["account:officer"])
        == 0
    )
    async with world.client() as again:
        assert (await password_only(again, world, "officer")).headers["location"] == "/movements"
    entries = await AuditEntry.select(AuditEntry.object_id, AuditEntry.detail).where(
        AuditEntry.action == "accounts.reset_second_factor"
    )
    assert entries == [
        {"object_id": world.ids["account:officer"], "detail": '{"why": "codes_lost"}'}
    ]


async def test_a_reason_is_asked_for(world: World) -> None:
    await give_telephone(world, "officer")
    path = path_of(world, "officer")
    async with world.client("administrator") as browser:
        page = await browser.get(path)
        assert f'action="{path}/second-factor/removal"' in page.text
        answer = await browser.form(f"{path}/second-factor/removal", {"why": "anything"})
    assert answer.status_code == 422
    assert 'id="f-why-error"' in answer.text
    assert await protected("officer")


async def test_nobody_takes_away_the_own_one(world: World) -> None:
    path = path_of(world, "administrator")
    async with world.client("administrator") as browser:
        await give_telephone(world, "administrator")
        page = await browser.get(path)
        answer = await browser.form(f"{path}/second-factor/removal", WHY)
    assert (page.status_code, "second-factor/removal" in page.text) == (200, False)
    assert answer.status_code == 409
    assert await protected("administrator")


async def test_where_there_is_none_nothing_is_taken_away(world: World) -> None:
    path = path_of(world, "officer")
    async with world.client("administrator") as browser:
        page = await browser.get(path)
        answer = await browser.form(f"{path}/second-factor/removal", WHY)
    assert "second-factor/removal" not in page.text
    assert answer.status_code == 409
    assert "Tài khoản này chưa bật xác thực hai bước." in answer.text


async def test_only_over_the_own_units(world: World) -> None:
    await local_administrator(world)
    for other in ("other_officer", "officer"):
        await give_telephone(world, other)
    async with world.client("local") as browser:
        beyond = await browser.form(f"{path_of(world, 'other_officer')}/second-factor/removal", WHY)
        own_units = await browser.form(f"{path_of(world, 'officer')}/second-factor/removal", WHY)
    async with world.client("personnel") as browser:
        nobody = await browser.form(f"{path_of(world, 'other_officer')}/second-factor/removal", WHY)
    assert [a.status_code for a in (beyond, own_units, nobody)] == [404, 303, 404]
    assert [await protected(other) for other in ("other_officer", "officer")] == [True, False]
