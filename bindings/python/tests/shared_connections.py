"""The connections that a shared desk works over: a row for each driver, and each way to reach it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import pytest
from django_project import configured


class Engine(NamedTuple):
    """A way to reach a database."""

    connect: Callable[[], Any]
    """Returns a new connection."""
    transaction: Callable[[Any], AbstractContextManager[Any]]
    """Returns a transaction on a connection, that an exception rolls back."""


def url(variable: str) -> str:
    """The address of a server, which ``bash .ci/databases`` starts."""
    address = os.environ.get(variable)
    if not address:
        pytest.skip(f"{variable} is not set: run it by bash .ci/databases")
    return address


@contextmanager
def committed(connection: Any) -> Iterator[Any]:
    """A transaction of the DB-API."""
    try:
        yield connection
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def sqlite(folder: Path) -> Engine:
    return Engine(lambda: sqlite3.connect(folder / "desk.db", timeout=30), lambda it: it)


def sqlite_by_hand(folder: Path) -> Engine:
    @contextmanager
    def transaction(connection: Any) -> Iterator[Any]:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def connect() -> Any:
        return sqlite3.connect(folder / "desk.db", timeout=30, isolation_level=None)

    return Engine(connect, transaction)


def psycopg(_folder: Path) -> Engine:
    driver = pytest.importorskip("psycopg")
    return Engine(lambda: driver.connect(url("FRONTDESK_POSTGRES_URL")), committed)


def psycopg_by_itself(_folder: Path) -> Engine:
    driver = pytest.importorskip("psycopg")
    return Engine(
        lambda: driver.connect(url("FRONTDESK_POSTGRES_URL"), autocommit=True),
        lambda connection: connection.transaction(),
    )


def psycopg_pooled(_folder: Path) -> Engine:
    """Behind a pooler, each transaction may be on another connection of the server."""
    driver = pytest.importorskip("psycopg")
    return Engine(lambda: driver.connect(url("FRONTDESK_PGBOUNCER_URL")), committed)


def psycopg_pooled_by_itself(_folder: Path) -> Engine:
    driver = pytest.importorskip("psycopg")
    return Engine(
        lambda: driver.connect(url("FRONTDESK_PGBOUNCER_URL"), autocommit=True),
        lambda connection: connection.transaction(),
    )


def pymysql(_folder: Path) -> Engine:
    driver = pytest.importorskip("pymysql")
    return Engine(lambda: driver.connect(**mysql_arguments()), committed)


def pymysql_by_itself(_folder: Path) -> Engine:
    driver = pytest.importorskip("pymysql")

    @contextmanager
    def transaction(connection: Any) -> Iterator[Any]:
        connection.begin()
        with committed(connection):
            yield connection

    return Engine(lambda: driver.connect(**mysql_arguments(), autocommit=True), transaction)


def mysqlclient(_folder: Path) -> Engine:
    driver = pytest.importorskip("MySQLdb")
    return Engine(lambda: driver.connect(**mysql_arguments()), committed)


def mysqlclient_by_itself(_folder: Path) -> Engine:
    driver = pytest.importorskip("MySQLdb")

    @contextmanager
    def transaction(connection: Any) -> Iterator[Any]:
        connection.begin()
        with committed(connection):
            yield connection

    return Engine(lambda: driver.connect(**mysql_arguments(), autocommit=True), transaction)


def mysql_arguments() -> dict[str, Any]:
    parts = urlsplit(url("FRONTDESK_MYSQL_URL"))
    return {
        "host": parts.hostname,
        "port": parts.port,
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "database": parts.path.strip("/"),
        "charset": "utf8mb4",
    }


def alchemy(address: Callable[[Path], str]) -> Callable[[Path], Engine]:
    """A connection of SQLAlchemy."""

    def engine(folder: Path) -> Engine:
        sqlalchemy = pytest.importorskip("sqlalchemy")
        made = sqlalchemy.create_engine(address(folder), poolclass=sqlalchemy.NullPool)
        return Engine(made.connect, committed)

    return engine


def alchemy_mysqlclient(folder: Path) -> Engine:
    pytest.importorskip("MySQLdb")
    return alchemy(lambda _: with_driver("FRONTDESK_MYSQL_URL", "mysql+mysqldb"))(folder)


def alchemy_pooled(_folder: Path) -> Engine:
    sqlalchemy = pytest.importorskip("sqlalchemy")
    address = with_driver("FRONTDESK_PGBOUNCER_URL", "postgresql+psycopg")
    made = sqlalchemy.create_engine(address, poolclass=sqlalchemy.NullPool, connect_args={"prepare_threshold": None})
    return Engine(made.connect, committed)


def alchemy_session(folder: Path) -> Engine:
    orm = pytest.importorskip("sqlalchemy.orm")
    sqlalchemy = pytest.importorskip("sqlalchemy")
    made = sqlalchemy.create_engine(f"sqlite:///{folder / 'desk.db'}", poolclass=sqlalchemy.NullPool)
    return Engine(orm.sessionmaker(made), committed)


def with_driver(variable: str, driver: str) -> str:
    return f"{driver}://{url(variable).partition('://')[2]}"


def django(alias: str) -> Callable[[Path], Engine]:
    """A connection of Django, in the settings of this process."""

    def engine(folder: Path) -> Engine:
        databases = pytest.importorskip("django.db")
        configured()
        if alias not in databases.connections.databases:
            pytest.skip(f"there is no database {alias}: run it by bash .ci/databases")
        if alias == "sqlite":
            databases.connections[alias].close()
            databases.connections[alias].settings_dict["NAME"] = str(folder / "desk.db")

        def transaction(_connection: Any) -> AbstractContextManager[Any]:
            atomic: AbstractContextManager[Any] = databases.transaction.atomic(using=alias)
            return atomic

        return Engine(lambda: databases.connections[alias], transaction)

    return engine


ENGINES: dict[str, Callable[[Path], Engine]] = {
    "sqlite3": sqlite,
    "sqlite3, by hand": sqlite_by_hand,
    "psycopg": psycopg,
    "psycopg, by itself": psycopg_by_itself,
    "psycopg, pooled": psycopg_pooled,
    "psycopg, pooled, by itself": psycopg_pooled_by_itself,
    "pymysql": pymysql,
    "pymysql, by itself": pymysql_by_itself,
    "mysqlclient": mysqlclient,
    "mysqlclient, by itself": mysqlclient_by_itself,
    "SQLAlchemy, sqlite3": alchemy(lambda folder: f"sqlite:///{folder / 'desk.db'}"),
    "SQLAlchemy, psycopg": alchemy(lambda _: with_driver("FRONTDESK_POSTGRES_URL", "postgresql+psycopg")),
    "SQLAlchemy, psycopg, pooled": alchemy_pooled,
    "SQLAlchemy, pymysql": alchemy(lambda _: with_driver("FRONTDESK_MYSQL_URL", "mysql+pymysql")),
    "SQLAlchemy, mysqlclient": alchemy_mysqlclient,
    "SQLAlchemy, session": alchemy_session,
    "Django, sqlite3": django("sqlite"),
    "Django, psycopg": django("postgres"),
    "Django, psycopg, pooled": django("pooled"),
    "Django, mysql": django("mysql"),
}

_NUMBERS = count()


def new_name() -> str:
    """The name of a desk that no other test has."""
    return f"python {os.getpid()}-{next(_NUMBERS)}"
