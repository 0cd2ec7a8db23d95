"""The rights that a worker's role needs, and desks that do not see each other: by the SQL of ``docs/running/sharing.md``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from shared_connections import mysql_arguments, url
from sharing_page import DOCUMENT, a_whole_life, at_database, mariadb, postgres, sql

from frontdesk.problems import UnknownDesk
from frontdesk.shared import SharedDesk, due, migrate


def connect(address: str, user: str | None = None) -> Any:
    psycopg = pytest.importorskip("psycopg")
    return psycopg.connect(at_database(address, address.rpartition("/")[2], user=user), autocommit=True)


def test_rights_on_the_tables_are_enough_in_postgresql() -> None:
    psycopg = pytest.importorskip("psycopg")
    with postgres("helpdesk") as address:
        with closing(connect(address)) as owner:
            [grants] = sql("Rights in PostgreSQL")
            owner.execute(grants)
        with closing(connect(address, "helpdesk")) as worker:
            a_whole_life(worker, "acme")
            for statement in ("DELETE FROM frontdesk_schema", "TRUNCATE frontdesk_turns", "DROP TABLE frontdesk_turns"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    worker.execute(statement)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                migrate(worker)


def test_rights_on_the_tables_are_enough_in_mariadb() -> None:
    pymysql = pytest.importorskip("pymysql")
    with mariadb("helpdesk") as name:
        with closing(pymysql.connect(**{**mysql_arguments(), "database": name}, autocommit=True)) as owner:
            [grants] = sql("Rights in MariaDB and MySQL")
            for statement in grants.split(";\n"):
                if statement:
                    owner.cursor().execute(statement)
        arguments = {**mysql_arguments(), "database": name, "user": "helpdesk", "password": "secret"}
        with closing(pymysql.connect(**arguments, autocommit=True)) as worker:
            a_whole_life(worker, "acme")
            for statement in ("DELETE FROM frontdesk_schema", "DROP TABLE frontdesk_turns"):
                with pytest.raises(pymysql.err.OperationalError, match="denied"):
                    worker.cursor().execute(statement)


@pytest.fixture
def secured() -> Iterator[str]:
    """A database with a role for each of two desks."""
    with postgres("acme", "globex", "timekeeper", "helpdesk") as address, closing(connect(address)) as owner:
        policies, timekeeper, _ = sql("Desks that do not see each other")
        for statements in (*sql("Rights in PostgreSQL"), policies, timekeeper):
            owner.execute(statements)
        owner.execute("CREATE ROLE globex LOGIN PASSWORD 'secret' IN ROLE helpdesk")
        yield address


def with_all_rows(connection: Any, name: str) -> SharedDesk:
    """A desk with rows in each table, of turns 3 on."""
    desk = SharedDesk(connection, name, document=DOCUMENT)
    desk.open("c1", inbox="main", channel="chat", contact={"id": "x", "attributes": {"name": "X"}}, id="b7")
    desk.hand_in({"type": "snooze", "conversation": "c1", "id": "b8", "duration": "1h"})
    assert desk.serve() == 1
    desk.put_snapshot()
    assert desk.compact(datetime.now(timezone.utc) + timedelta(days=1)) == 2
    desk.hand_in({"type": "close", "conversation": "c1", "id": "b9"})
    return desk


def tables(connection: Any) -> list[str]:
    """All tables that there are with rows of a desk, also those that the page may have forgotten."""
    query = "SELECT table_name FROM information_schema.columns WHERE column_name = 'desk' AND table_schema = 'public'"
    found = [table for (table,) in connection.execute(query).fetchall()]
    assert len(found) >= 8
    return sorted(found)


def rows(connection: Any) -> dict[str, list[str]]:
    """The desks that have rows in each table."""
    query = "SELECT DISTINCT desk FROM {} ORDER BY desk"
    return {
        table: [desk for (desk,) in connection.execute(query.format(table)).fetchall()] for table in tables(connection)
    }


def only(names: list[str], connection: Any) -> dict[str, list[str]]:
    """These desks alone, in each table."""
    return dict.fromkeys(tables(connection), names)


def test_a_role_of_a_desk_does_all_with_it(secured: str) -> None:
    with closing(connect(secured, "acme")) as acme, closing(connect(secured, "globex")) as globex:
        a_whole_life(acme, "acme")
        a_whole_life(globex, "globex")


def test_a_role_of_a_desk_does_all_with_it_behind_a_pooler(secured: str) -> None:
    pooled = at_database(url("FRONTDESK_PGBOUNCER_URL"), secured.rpartition("/")[2])
    with closing(connect(pooled, "acme")) as acme, closing(connect(pooled, "globex")) as globex:
        a_whole_life(acme, "acme")
        with_all_rows(globex, "globex")
        assert set(rows(acme)["frontdesk_turns"]) == {"acme"}
        assert set(rows(globex)["frontdesk_turns"]) == {"globex"}


def test_another_desk_is_not_read(secured: str) -> None:
    with closing(connect(secured, "acme")) as acme, closing(connect(secured, "globex")) as globex:
        with_all_rows(globex, "globex")
        assert rows(acme) == only([], acme)
        with_all_rows(acme, "acme")
        assert rows(acme) == only(["acme"], acme)
        assert due(acme, datetime(2099, 1, 1, tzinfo=timezone.utc)) == ["acme"]
        for name in ("globex", "nobody"):
            with pytest.raises(UnknownDesk, match="there is no desk"):
                SharedDesk(acme, name)


def test_another_desk_is_not_written(secured: str) -> None:
    with closing(connect(secured, "acme")) as acme, closing(connect(secured, "globex")) as globex:
        desk = with_all_rows(globex, "globex")
        with_all_rows(acme, "acme")
        for table in tables(acme):
            assert acme.execute(f"DELETE FROM {table} WHERE desk = 'globex'").rowcount == 0
            assert acme.execute(f"UPDATE {table} SET desk = desk WHERE desk = 'globex'").rowcount == 0
            refused(acme, f"UPDATE {table} SET desk = 'globex'")
        assert rows(globex) == only(["globex"], globex)
        assert desk.verify() == (3, 3, 1)


def test_a_key_does_not_tell_whether_another_desk_is_there(secured: str) -> None:
    with closing(connect(secured, "acme")) as acme, closing(connect(secured, "globex")) as globex:
        with_all_rows(globex, "globex")
        told = set()
        for name in ("globex", "nobody"):
            told.add(refused(acme, f"INSERT INTO frontdesk_desks VALUES ('{name}', 1, 0, 0)"))
            told.add(refused(acme, f"INSERT INTO frontdesk_desks VALUES ('{name}', 1, 0, 0) ON CONFLICT DO NOTHING"))
            with pytest.raises(pytest.importorskip("psycopg").Error) as error:
                SharedDesk(acme, name, document=DOCUMENT)
            told.add(str(error.value))
        assert told == {'new row violates row-level security policy for table "frontdesk_desks"'}


def refused(connection: Any, statement: str) -> str:
    """The message with which a statement is refused for its policy."""
    with pytest.raises(pytest.importorskip("psycopg").errors.InsufficientPrivilege) as error:
        connection.execute(statement)
    return str(error.value)


def test_the_timekeeper_sees_when_all_desks_are_due_and_nothing_else(secured: str) -> None:
    with closing(connect(secured, "acme")) as acme, closing(connect(secured, "globex")) as globex:
        with_all_rows(globex, "globex")
        with_all_rows(acme, "acme")
    with closing(connect(secured, "timekeeper")) as timekeeper:
        assert sorted(due(timekeeper, datetime(2099, 1, 1, tzinfo=timezone.utc))) == ["acme", "globex"]
        for statement in (
            "SELECT body FROM frontdesk_turns",
            "SELECT command FROM frontdesk_pending",
            "UPDATE frontdesk_desks SET wakes_at = 0",
        ):
            refused(timekeeper, statement)


def test_a_setting_ends_with_its_transaction(secured: str) -> None:
    with closing(connect(secured)) as owner:
        for table in tables(owner):
            owner.execute(f"DROP POLICY own_desk ON {table}")
            owner.execute(f"CREATE POLICY own_desk ON {table} USING (desk = current_setting('frontdesk.desk', true))")
    pooled = at_database(url("FRONTDESK_PGBOUNCER_URL"), secured.rpartition("/")[2])
    setting = sql("Desks that do not see each other")[2]
    with closing(connect(pooled, "helpdesk")) as one, closing(connect(pooled, "helpdesk")) as other:
        with one.transaction():
            one.execute(setting)
            a_whole_life(one, "acme")
        assert rows(one) == rows(other) == only([], one)
        refused(one, "INSERT INTO frontdesk_desks VALUES ('acme', 1, 0, 0)")
        # As the page warns: a setting of the session is one of whoever has the connection next.
        one.execute("SET frontdesk.desk = 'acme'")
        assert rows(other)["frontdesk_turns"] == ["acme"]
