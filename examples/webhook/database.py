"""The database by its address, with a connection for each thread, which commits by itself."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, local
from typing import Any

#: A number that names the lock of those who prepare the database, among the locks of PostgreSQL.
PREPARING = 0x77656268


class Database:
    """A file of SQLite, or PostgreSQL by an address that begins with ``postgresql://``. Called, it returns the thread's connection."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.is_postgresql = address.startswith(("postgresql://", "postgres://"))
        self._of_thread = local()
        self._lock = Lock()
        self._connections: list[Any] = []

    def __call__(self) -> Any:
        connection = getattr(self._of_thread, "connection", None)
        # One that the server has ended is replaced: its transaction has failed, and the next one need not.
        if connection is None or getattr(connection, "closed", False):
            connection = self._of_thread.connection = self._opened()
            with self._lock:
                self._connections.append(connection)
        return connection

    def close(self) -> None:
        """Closes the connections of all threads, none of which may use them any more."""
        with self._lock:
            while self._connections:
                self._connections.pop().close()
        self._of_thread = local()

    def _opened(self) -> Any:
        if self.is_postgresql:
            import psycopg

            return psycopg.connect(self.address, autocommit=True)
        # Used by its thread alone, and closed by another.
        connection = sqlite3.connect(self.address, isolation_level=None, timeout=30, check_same_thread=False)
        connection.execute("PRAGMA busy_timeout = 30000")
        return connection

    def execute(self, statement: str, *values: object) -> Any:
        """Runs a statement whose values are ``?``."""
        return self().execute(statement.replace("?", "%s") if self.is_postgresql else statement, values)

    @contextmanager
    def preparing(self) -> Iterator[Any]:
        """A transaction that only one process is in, on a connection: those that start at once prepare one after the other."""
        if not self.is_postgresql:
            self.execute("PRAGMA journal_mode = WAL")
        self.execute("BEGIN" if self.is_postgresql else "BEGIN IMMEDIATE")
        try:
            if self.is_postgresql:
                self.execute("SELECT pg_advisory_xact_lock(?)", PREPARING)
            yield self()
        except BaseException:
            self.execute("ROLLBACK")
            raise
        self.execute("COMMIT")
