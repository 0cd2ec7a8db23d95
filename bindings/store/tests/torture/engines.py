"""The databases that are tortured."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit


class Engine(NamedTuple):
    """A database, and the words of its failures when its disk is full: none where that is not tested. One with a server is named as
    `.ci/databases` names it."""

    name: str
    variable: str | None
    full: tuple[str, ...]

    def is_there(self) -> bool:
        return self.variable is None or self.variable in os.environ

    def address(self, folder: Path) -> str:
        return os.environ[self.variable] if self.variable else f"sqlite:{folder / 'desk.db'}"

    def server(self) -> tuple[str, int] | None:
        """The host and the port of its server."""
        if self.variable is None:
            return None
        parts = urlsplit(os.environ[self.variable])
        return parts.hostname or "", parts.port or 0

    def data(self) -> Path | None:
        """The folder of its server's data, where `.ci/databases` has started that."""
        state = os.environ.get("FRONTDESK_DATABASES")
        return Path(state) / self.name / "data" if state and self.variable else None

    def connect(self, folder: Path) -> Any:
        return connected(self.address(folder))


ENGINES = {
    "sqlite": Engine("sqlite", None, ("disk I/O error", "database or disk is full")),
    "postgres": Engine("postgres", "FRONTDESK_POSTGRES_URL", ("File too large",)),
    # A limit of its files would end the server of MariaDB at the first write to its own log, as a kill does.
    "mariadb": Engine("mariadb", "FRONTDESK_MYSQL_URL", ()),
}


def through(address: str, port: int) -> str:
    """The address by way of a port of this machine."""
    parts = urlsplit(address)
    return parts._replace(netloc=f"{parts.netloc.rpartition('@')[0]}@127.0.0.1:{port}").geturl()


def connected(address: str, *, autocommit: bool = False) -> Any:
    """A new connection, in transactions that the caller ends, or that commits by itself; not encrypted."""
    if address.startswith("sqlite:"):
        path = address.removeprefix("sqlite:")
        connection = sqlite3.connect(path, timeout=60, isolation_level=None if autocommit else "DEFERRED")
        connection.execute("PRAGMA journal_mode = WAL")
        return connection
    parts = urlsplit(address)
    if parts.scheme == "postgresql":
        import psycopg

        return psycopg.connect(address, connect_timeout=10, sslmode="disable", autocommit=autocommit)
    import pymysql

    return pymysql.connect(
        host=parts.hostname or "",
        port=parts.port or 0,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=parts.path.strip("/"),
        charset="utf8mb4",
        autocommit=autocommit,
        ssl_disabled=True,
    )


def failures() -> tuple[type[Exception], ...]:
    """The errors of drivers that a worker bears: the server is gone, the connection cut, the disk full."""
    found: list[type[Exception]] = [sqlite3.Error, OSError]
    try:
        import psycopg
        import pymysql

        found += [psycopg.Error, pymysql.Error]
    except ImportError:
        # Then there is no worker of those engines either.
        pass
    return tuple(found)
