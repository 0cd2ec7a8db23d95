"""The databases that are tortured."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit


class Engine(NamedTuple):
    """A database: how it is reached, and how its server is killed and started again."""

    name: str
    address: Callable[[Path], str]
    variable: str | None
    restart: list[str] | None

    def is_there(self) -> bool:
        return self.variable is None or self.variable in os.environ

    def connect(self, folder: Path) -> Any:
        return connected(self.address(folder))


ENGINES = {
    "sqlite": Engine("sqlite", lambda folder: f"sqlite:{folder / 'desk.db'}", None, None),
    "postgres": Engine(
        "postgres",
        lambda _: os.environ["FRONTDESK_POSTGRES_URL"],
        "FRONTDESK_POSTGRES_URL",
        ["bash", ".ci/databases", "--restart", "postgres"],
    ),
    "mariadb": Engine(
        "mariadb",
        lambda _: os.environ["FRONTDESK_MYSQL_URL"],
        "FRONTDESK_MYSQL_URL",
        ["bash", ".ci/databases", "--restart", "mariadb"],
    ),
}


def connected(address: str) -> Any:
    """A new connection, in transactions that the caller ends."""
    if address.startswith("sqlite:"):
        connection = sqlite3.connect(address.removeprefix("sqlite:"), timeout=60)
        connection.execute("PRAGMA journal_mode = WAL")
        return connection
    parts = urlsplit(address)
    if parts.scheme == "postgresql":
        import psycopg

        return psycopg.connect(address, connect_timeout=10)
    import pymysql

    return pymysql.connect(
        host=parts.hostname or "",
        port=parts.port or 0,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=parts.path.strip("/"),
        charset="utf8mb4",
    )
