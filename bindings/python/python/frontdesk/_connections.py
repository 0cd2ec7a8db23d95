"""Connections of the application, each as the native half uses it: an object that runs one statement.

It has ``dialect`` (``sqlite``, ``postgresql`` or ``mysql``), ``is_format`` (``True`` where a value is ``%s`` and not ``?``), ``execute``,
which returns the number of rows, ``query``, which returns the rows, ``begin``, which begins a transaction and returns ``True``, or
returns ``False`` where the application's goes on, ``commit``, ``roll_back`` and ``is_retry``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

Values = Sequence[Any]

#: The states of PostgreSQL, and the numbers of MariaDB, after which the same transaction may succeed when it is run again.
_STATES = {"40001", "40P01", "25P02", "55P03"}
_NUMBERS = {1020, 1205, 1213}

#: The dialects, by Django's names as well.
DIALECTS = ("sqlite", "postgresql", "mysql")


class DbApi:
    """A connection of the DB-API: ``sqlite3``, ``psycopg``, ``MySQLdb`` or ``pymysql``."""

    is_format = True

    def __init__(self, connection: Any, dialect: str) -> None:
        self.connection = connection
        self.dialect = dialect

    #: Arguments of ``Cursor.execute`` beside the statement and its values.
    options: Mapping[str, Any] = {}

    def execute(self, statement: str, values: Values) -> int:
        cursor = self.connection.cursor()
        try:
            cursor.execute(statement, values, **self.options)
            return int(cursor.rowcount)
        finally:
            cursor.close()

    def query(self, statement: str, values: Values) -> list[Values]:
        cursor = self.connection.cursor()
        try:
            cursor.execute(statement, values, **self.options)
            return list(cursor.fetchall())
        finally:
            cursor.close()

    def begin(self) -> bool:
        return False

    def commit(self) -> None:
        self.execute("COMMIT", ())

    def roll_back(self) -> None:
        self.execute("ROLLBACK", ())

    def is_retry(self, error: BaseException) -> bool:
        return is_retry(error)


class Sqlite(DbApi):
    """A connection of ``sqlite3``. Where that begins transactions by itself, the application commits."""

    is_format = False

    def __init__(self, connection: Any) -> None:
        super().__init__(connection, "sqlite")

    def begin(self) -> bool:
        if self.connection.in_transaction:
            return False
        # As a writer from the start, so that nobody else can write between its reading and its writing.
        self.execute("BEGIN IMMEDIATE", ())
        return self.connection.isolation_level is None and getattr(self.connection, "autocommit", -1) is not False


class Psycopg(DbApi):
    """A connection of ``psycopg``. A statement is not prepared, which it else is the sixth time: behind a pooler the next
    transaction may be on another connection of the server."""

    options = {"prepare": False}

    def __init__(self, connection: Any) -> None:
        super().__init__(connection, "postgresql")

    def begin(self) -> bool:
        is_free = self.connection.autocommit and self.connection.info.transaction_status.name == "IDLE"
        if is_free:
            self.execute("BEGIN", ())
        return bool(is_free)


class Mysql(DbApi):
    """A connection of ``MySQLdb`` (mysqlclient) or ``pymysql``."""

    def __init__(self, connection: Any) -> None:
        super().__init__(connection, "mysql")

    def begin(self) -> bool:
        is_free = bool(self.connection.get_autocommit()) and not self._is_within()
        if is_free:
            self.execute("START TRANSACTION", ())
        return is_free

    def _is_within(self) -> bool:
        """``True`` in a transaction that was begun by hand, though the connection commits by itself."""
        status = getattr(self.connection, "server_status", None)
        if status is not None:
            return bool(status & 1)
        return bool(self.query("SELECT @@in_transaction", ())[0][0])


class Django(DbApi):
    """A connection of Django: ``django.db.connection``, or that of another alias. Each thread has its own."""

    def __init__(self, connection: Any) -> None:
        if connection.vendor not in DIALECTS:
            raise TypeError(f"a database of SQLite, PostgreSQL, MariaDB or MySQL, not of {connection.vendor}")
        super().__init__(connection, connection.vendor)

    def begin(self) -> bool:
        if self.connection.in_atomic_block:
            return False
        if not self.connection.get_autocommit():
            if self.dialect == "sqlite":
                _begin_sqlite(self.connection.connection)
            return False
        self._atomic().__enter__()
        return True

    def commit(self) -> None:
        self._atomic().__exit__(None, None, None)

    def roll_back(self) -> None:
        error = RuntimeError("rolled back")
        self._atomic().__exit__(type(error), error, None)

    def _atomic(self) -> Any:
        """Django's own block, so that its `on_commit` holds. It keeps its state in the connection: any block ends the last begun."""
        return import_module("django.db.transaction").atomic(using=self.connection.alias)

    def is_retry(self, error: BaseException) -> bool:
        return is_retry(error.__cause__ or error)


class Alchemy:
    """A connection or session of SQLAlchemy, whose transaction the application ends."""

    def __init__(self, connection: Any) -> None:
        self._given = connection
        driver = self._connection().dialect
        self.dialect = {"postgresql": "postgresql", "mysql": "mysql", "mariadb": "mysql"}.get(driver.name, "sqlite")
        self.is_format = driver.paramstyle != "qmark"

    def _connection(self) -> Any:
        return self._given.connection() if hasattr(self._given, "get_bind") else self._given

    def execute(self, statement: str, values: Values) -> int:
        return int(self._connection().exec_driver_sql(statement, tuple(values)).rowcount)

    def query(self, statement: str, values: Values) -> list[Values]:
        return list(self._connection().exec_driver_sql(statement, tuple(values)).fetchall())

    def begin(self) -> bool:
        if self.dialect == "sqlite":
            _begin_sqlite(self._connection().connection.dbapi_connection)
        return False

    def commit(self) -> None:
        raise RuntimeError("the application commits")

    def roll_back(self) -> None:
        raise RuntimeError("the application rolls back")

    def is_retry(self, error: BaseException) -> bool:
        return is_retry(getattr(error, "orig", None) or error)


def _begin_sqlite(connection: Any) -> None:
    """Begins the transaction of a connection of ``sqlite3`` that begins by itself, but only before it writes: a savepoint before that
    would be the whole transaction, and commit when it is released."""
    if not connection.in_transaction:
        connection.execute("BEGIN IMMEDIATE")


class Found:
    """Finds the connection anew for each statement: that of a thread, or of a pool."""

    def __init__(self, find: Callable[[], Any]) -> None:
        self._find = find

    def __getattr__(self, name: str) -> Any:
        return getattr(sql_of(self._find()), name)


def is_retry(error: BaseException) -> bool:
    """``True`` if the transaction that an error ended may succeed when it is run again."""
    # psycopg 2, which Django may use, has another name for it.
    state = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
    if state is not None:
        return state in _STATES
    if type(error).__module__ == "sqlite3":
        return "locked" in str(error)
    return bool(error.args) and error.args[0] in _NUMBERS


def sql_of(connection: Any) -> Any:
    """The object for a connection; a callable returns the connection each time.

    :raises TypeError: It is no connection that is known.
    """
    modules = {base.__module__.partition(".")[0] for base in type(connection).__mro__}
    if "sqlite3" in modules:
        return Sqlite(connection)
    if "psycopg" in modules:
        return Psycopg(connection)
    if modules & {"MySQLdb", "pymysql"}:
        return Mysql(connection)
    if "sqlalchemy" in modules:
        return Alchemy(connection)
    if "django" in modules:
        return Django(connection)
    if isinstance(connection, str):
        return sql_of(_opened(connection))
    if callable(connection):
        return Found(connection)
    raise TypeError(f"a connection, or a function that returns one, not {connection!r}")


def _opened(url: str) -> Any:
    """A new connection for an address, which commits by itself."""
    scheme, _, rest = url.partition(":")
    if scheme == "sqlite":
        import sqlite3

        connection = sqlite3.connect(
            rest.removeprefix("///"), isolation_level=None, timeout=30, check_same_thread=False
        )
        connection.execute("PRAGMA journal_mode = WAL")
        return connection
    if scheme in ("postgresql", "postgres"):
        import psycopg

        return psycopg.connect(url, autocommit=True)
    if scheme == "mysql":
        return _opened_mysql(url)
    raise ValueError("an address begins with sqlite:, postgresql:// or mysql://")


def _opened_mysql(url: str) -> Any:
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(url)
    try:
        driver = import_module("MySQLdb")
    except ImportError:
        driver = import_module("pymysql")
    connection = driver.connect(
        host=parts.hostname or "localhost",
        port=parts.port or 3306,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=parts.path.strip("/"),
        charset="utf8mb4",
    )
    connection.autocommit(True)
    return connection
