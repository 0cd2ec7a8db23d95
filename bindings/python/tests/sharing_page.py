"""The page on shared desks, ``docs/running/sharing.md``, whose SQL is run as it is printed, and what its tests share."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from shared_connections import mysql_arguments, url

from frontdesk.shared import SharedDesk, due, migrate

PAGE = Path(__file__).parents[3] / "docs" / "running" / "sharing.md"

DOCUMENT: Any = {
    "version": 1,
    "time_zone": "UTC",
    "agents": [{"id": "anna"}, {"id": "bo"}],
    "inboxes": [
        {
            "id": "main",
            "channels": [
                {"id": "chat", "kind": "chat", "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}
            ],
        }
    ],
}

_NUMBERS = count()


def sql(heading: str) -> list[str]:
    """The blocks of SQL below a heading of the page."""
    sections = re.split(r"^#+ ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    [section] = [it for it in sections if it.startswith(heading + "\n")]
    return re.findall(r"^```sql\n(.*?)^```$", section, flags=re.MULTILINE | re.DOTALL)


def _name() -> str:
    return f"page_{os.getpid()}_{next(_NUMBERS)}"


def at_database(address: str, database: str, *, user: str | None = None) -> str:
    """The address of another database of a server, for a user of the page."""
    parts = urlsplit(address)
    login = parts.netloc if user is None else f"{user}:secret@{parts.hostname}:{parts.port}"
    return parts._replace(netloc=login, path=f"/{database}").geturl()


@contextmanager
def postgres(*roles: str) -> Iterator[str]:
    """The address of a database of its own, with the tables; its roles are gone at the end."""
    psycopg = pytest.importorskip("psycopg")
    address, name = url("FRONTDESK_POSTGRES_URL"), _name()
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        of_others(roles, connection.execute("SELECT rolname FROM pg_roles").fetchall())
        connection.execute(f"CREATE DATABASE {name}")
        try:
            own = at_database(address, name)
            with closing(psycopg.connect(own, autocommit=True)) as inside:
                migrate(inside)
            yield own
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
            for role in roles:
                connection.execute(f"DROP ROLE IF EXISTS {role}")


@contextmanager
def mariadb(*users: str) -> Iterator[str]:
    """The name of a database of its own, with the tables; its users are gone at the end."""
    pymysql = pytest.importorskip("pymysql")
    name = _name()
    with closing(pymysql.connect(**mysql_arguments(), autocommit=True)) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT user FROM mysql.user")
        of_others(users, cursor.fetchall())
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            cursor.execute(f"USE {name}")
            migrate(connection)
            yield name
        finally:
            cursor.execute(f"DROP DATABASE {name}")
            for user in users:
                cursor.execute(f"DROP USER IF EXISTS {user}")


def of_others(names: tuple[str, ...], there: Iterable[Sequence[Any]]) -> None:
    """Leaves a server alone that has the users of the page already."""
    taken = sorted({name for (name,) in there} & set(names))
    if taken:
        pytest.skip(f"the server has a user {taken[0]}: run it by bash .ci/databases")


def a_whole_life(connection: Any, name: str) -> SharedDesk:
    """All that a worker does with a desk, each by itself; returns the desk, which then has a snapshot and a turn after it."""
    desk = SharedDesk(connection, name, document=DOCUMENT)
    assert desk.open("c1", inbox="main", channel="chat", contact={"id": "x", "attributes": {"name": "X"}}).decision
    assert desk.assign("c1", agent="bo", id="b7").refused is None
    assert desk.assign("c1", agent="bo", id="b7").refused is None
    desk.hand_in({"type": "open", "conversation": "c2", "inbox": "main", "channel": "chat", "id": "b8"})
    desk.hand_in({"type": "close", "conversation": "nobody", "id": "b9"})
    assert name in due(connection, datetime(2020, 1, 1, tzinfo=timezone.utc), most=100_000)
    assert desk.serve() == 2
    answer = desk.wait_for("b8")
    assert answer is not None and answer.decision is not None
    desk.snooze("c2", duration="1s")
    assert name in due(connection, datetime.now(timezone.utc) + timedelta(days=1), most=100_000)
    desk.advance()
    assert desk.put_snapshot() == desk.turn
    assert [event.type for event in desk.erase("x")] == ["erased"]
    assert desk.at_turn(2).conversations() and desk.events_about("c1")
    other = SharedDesk(connection, name)
    assert other.follow() == 0 and other.digest == desk.digest
    assert other.verify().snapshots == 1
    assert other.compact(datetime.now(timezone.utc) + timedelta(days=1)) > 0
    assert other.verify().first > 1
    return other
