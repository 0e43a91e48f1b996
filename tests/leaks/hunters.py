"""Who hunts besides the cast: roles held for somebody else, over one province, or two at once."""

from __future__ import annotations

from dataclasses import dataclass

from app.accounts import actions as accounts
from app.accounts.tables import Account
from app.kernel.actor import Role
from tests import cast
from tests.conftest import World
from tests.leaks.readers import MAY_CHANGE


@dataclass(frozen=True)
class Hunter:
    """`roles`: each with the key of its unit. `for_whom`: whose roles these are, for some days.

    `like`: of the cast, those who together may know what this hunter may, and no more.
    """

    name: str
    like: tuple[str, ...]
    roles: tuple[tuple[Role, str], ...]
    for_whom: str = ""


# In this order they even out the shares of the hunt.
MORE = {
    "deputy": Hunter(
        "Người được ủy quyền", ("other_head",), ((Role.UNIT_HEAD, "cao_bang"),), "other_head"
    ),
    # Of the other province than the one the secrets of people are planted in.
    "local_keeper": Hunter(
        "Cán bộ tổ chức kiêm quản trị",
        (),
        ((Role.PERSONNEL_OFFICER, "lang_son"), (Role.ADMINISTRATOR, "lang_son")),
    ),
    "two_roles": Hunter(
        "Cán bộ đầu mối kiêm thẩm định",
        ("officer", "appraiser"),
        ((Role.UNIT_OFFICER, "lang_son"), (Role.APPRAISER, "root")),
    ),
}
LOGINS = (*cast.CAST, *MORE)


def may_read(logins: frozenset[str]) -> frozenset[str]:
    """Those of the cast with the hunters who are like one of them."""
    return logins | {login for login, hunter in MORE.items() if logins.intersection(hunter.like)}


def may_change(login: str) -> str:
    """The pages of those whom the hunter is like, as alternatives of one pattern."""
    like = MORE[login].like if login in MORE else (login,)
    return "".join(MAY_CHANGE.get(one, "") for one in like)


async def join(world: World) -> None:
    """After the round was played: none of them took part in it."""
    known = await Account.objects().get(Account.login == "staff")
    assert known is not None
    for login, hunter in MORE.items():
        account = Account(login=login, name=hunter.name, password_hash=known.password_hash)
        await account.save()
        for role, unit in hunter.roles:
            await accounts.grant(
                None,
                account.id,
                role,
                world.ids[unit],
                cast.START,
                now=world.now,
                valid_to=cast.at("2025-12-31").date() if hunter.for_whom else None,
                stands_in_for=world.ids[f"account:{hunter.for_whom}"] if hunter.for_whom else None,
            )
