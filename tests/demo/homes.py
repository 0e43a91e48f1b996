"""Run beside a demo world: what the home page tells each of its sign-ins, as JSON."""

from __future__ import annotations

import asyncio
import json

from app import database
from app.accounts.queries import actor_for_login
from app.demo.world import build_world
from app.reminders.queries import work
from app.reminders.words import sentence
from app.web import clock


async def _waiting() -> dict[str, list[str]]:
    await database.connect(database.database_url())
    try:
        now = clock.now()
        return {
            account.login: [
                sentence(item.message, item.values)
                for item in await work(await actor_for_login(account.login, now), now)
            ]
            for account in build_world().story.accounts
        }
    finally:
        await database.disconnect()


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_waiting()), ensure_ascii=False))
