from __future__ import annotations

from piccolo.conf.apps import AppRegistry
from piccolo.engine.postgres import PostgresEngine


class Engine(PostgresEngine):
    """Piccolo asks the server its version while this module loads, before we know the server."""

    async def check_version(self) -> None:
        """Nothing: `app.database.connect` checks it on the real server."""


DB = Engine(config={})

APP_REGISTRY = AppRegistry(apps=["app.piccolo_app"])
