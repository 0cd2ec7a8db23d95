"""Backups of shared desks, taken while workers write, and what a restored one is: by the words of ``docs/running/sharing.md``."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from shared_connections import committed, mysql_arguments
from sharing_page import DOCUMENT, at_database, mariadb, postgres

from frontdesk.shared import SharedDesk, migrate

#: What an application has beside the desk: a row for each conversation that was opened.
TICKETS = "CREATE TABLE tickets (id VARCHAR(100) PRIMARY KEY)"


@contextmanager
def writing(connect: Callable[[], Any]) -> Iterator[None]:
    """A worker opens conversations, each with a ticket in one transaction. It has opened some at the beginning, and does not end before
    the backup does."""
    started, over, failures = threading.Event(), threading.Event(), list[BaseException]()

    def work() -> None:
        try:
            with closing(connect()) as connection:
                with committed(connection):
                    connection.cursor().execute(TICKETS)
                    desk = SharedDesk(connection, "support", document=DOCUMENT)
                for number in count():
                    with committed(connection):
                        connection.cursor().execute(f"INSERT INTO tickets VALUES ('c{number}')")
                        desk.open(f"c{number}", inbox="main", channel="chat")
                    if number == 20:
                        started.set()
                    if over.is_set():
                        return
        except BaseException as error:
            failures.append(error)
            started.set()

    worker = threading.Thread(target=work)
    worker.start()
    started.wait()
    try:
        yield
    finally:
        over.set()
        worker.join()
        assert not failures, failures


def check(connection: Any) -> None:
    """A backup is whole: each ticket has its conversation, and the log nothing beside them."""
    desk = SharedDesk(connection, "support")
    first, last, _ = desk.verify()
    cursor = connection.cursor()
    cursor.execute("SELECT id FROM tickets")
    tickets = {ticket for (ticket,) in cursor.fetchall()}
    assert {it.conversation for it in desk.desk.conversations()} == tickets
    assert (first, last) == (1, 1 + len(tickets)) and last > 20


def sqlite(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    connection.execute("PRAGMA journal_mode = WAL")
    return connection


@pytest.mark.parametrize("way", ["VACUUM INTO", "backup"])
def test_sqlite(tmp_path: Path, way: str) -> None:
    file, backup = tmp_path / "desk.db", tmp_path / "backup.db"
    with closing(sqlite(file)) as connection:
        migrate(connection)
        connection.commit()
        with writing(lambda: sqlite(file)):
            if way == "backup":
                with closing(sqlite3.connect(backup)) as target:
                    connection.backup(target)
            else:
                connection.execute(f"VACUUM INTO '{backup}'")
    with closing(sqlite3.connect(backup)) as restored:
        check(restored)


def test_a_copy_of_a_file_of_sqlite_is_no_backup(tmp_path: Path) -> None:
    """What was committed last is in another file."""
    with closing(sqlite(tmp_path / "desk.db")) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        migrate(connection)
        SharedDesk(connection, "support", document=DOCUMENT)
        connection.commit()
        shutil.copy(tmp_path / "desk.db", tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy, pytest.raises(Exception, match="no tables"):
        SharedDesk(copy, "support")


def program(*names: str) -> str:
    """A program of a server, from its folder or the path."""
    folders = [os.environ.get("FRONTDESK_POSTGRES_BIN", ""), os.environ.get("PATH", "")]
    for name in names:
        found = shutil.which(name, path=os.pathsep.join(folders))
        if found:
            return found
    pytest.skip(f"{names[0]} is missing")


def test_pg_dump() -> None:
    psycopg = pytest.importorskip("psycopg")
    dump, psql = program("pg_dump"), program("psql")
    with postgres() as address, closing(psycopg.connect(address, autocommit=True)) as connection:
        restored = f"{address.rpartition('/')[2]}_restored"
        with writing(lambda: psycopg.connect(address)):
            text = subprocess.run([dump, address], check=True, capture_output=True).stdout
        connection.execute(f"CREATE DATABASE {restored}")
        try:
            there = at_database(address, restored)
            subprocess.run([psql, "-qX", "-v", "ON_ERROR_STOP=1", there], input=text, check=True, capture_output=True)
            with closing(psycopg.connect(there)) as back:
                check(back)
                # The numbers of what is handed in go on.
                desk = SharedDesk(back, "support")
                desk.hand_in({"type": "close", "conversation": "c1", "id": "b7"})
                assert desk.serve() == 1
        finally:
            connection.execute(f"DROP DATABASE {restored} WITH (FORCE)")


def test_mariadb_dump(tmp_path: Path) -> None:
    pymysql = pytest.importorskip("pymysql")
    dump, client = program("mariadb-dump", "mysqldump"), program("mariadb", "mysql")
    arguments = mysql_arguments()
    settings = tmp_path / "my.cnf"
    keys = ("host", "port", "user", "password")
    settings.write_text("[client]\nprotocol=tcp\n" + "".join(f"{key}={arguments[key]}\n" for key in keys))
    with mariadb() as name, mariadb() as restored:

        def connect(database: str) -> Any:
            return pymysql.connect(**{**arguments, "database": database})

        with writing(lambda: connect(name)):
            command = [dump, f"--defaults-file={settings}", "--single-transaction", name]
            text = subprocess.run(command, check=True, capture_output=True).stdout
        subprocess.run([client, f"--defaults-file={settings}", restored], input=text, check=True, capture_output=True)
        with closing(connect(restored)) as back:
            check(back)


def test_workers_go_back_with_a_restored_database(tmp_path: Path) -> None:
    """A worker that runs through it needs no restart; what was lost is unknown again, and can be sent again."""
    with closing(sqlite(tmp_path / "desk.db")) as connection, closing(sqlite3.connect(":memory:")) as backup:
        migrate(connection)
        desk = SharedDesk(connection, "support", document=DOCUMENT)
        desk.open("c1", inbox="main", channel="chat", id="b1")
        connection.commit()
        connection.backup(backup)
        lost = desk.open("c2", inbox="main", channel="chat", id="b2")
        connection.commit()
        backup.backup(connection)
        assert desk.follow() > 0
        assert desk.turn == 2 and desk.digest == SharedDesk(connection, "support").digest
        assert [event.type for event in desk.open("c2", inbox="main", channel="chat", id="b2")] == [
            event.type for event in lost
        ]
        assert desk.verify() == (1, 3, 0)


def test_who_was_erased_since_is_erased_again(tmp_path: Path) -> None:
    with closing(sqlite(tmp_path / "desk.db")) as connection, closing(sqlite3.connect(":memory:")) as backup:
        migrate(connection)
        desk = SharedDesk(connection, "support", document=DOCUMENT)
        desk.open("c1", inbox="main", channel="chat", contact={"id": "x", "attributes": {"name": "Xaver"}})
        connection.commit()
        connection.backup(backup)
        desk.erase("x")
        connection.commit()
        backup.backup(connection)
        assert "Xaver" in "".join(connection.iterdump())
        desk.erase("x")
        connection.commit()
        assert "Xaver" not in "".join(connection.iterdump())
        assert desk.verify() == (1, 3, 0)


def test_a_replica_is_read_and_not_written() -> None:
    """A session that may only read stands for one: what it sees is of an earlier moment, and whole."""
    psycopg = pytest.importorskip("psycopg")
    with (
        postgres() as address,
        closing(psycopg.connect(address, autocommit=True)) as primary,
        closing(psycopg.connect(address)) as replica,
    ):
        desk = SharedDesk(primary, "support", document=DOCUMENT)
        replica.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        reader = SharedDesk(replica, "support")
        desk.open("c1", inbox="main", channel="chat")
        assert reader.follow() == 0 and reader.verify() == (1, 1, 0)
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            reader.open("c2", inbox="main", channel="chat")
        replica.rollback()
        assert reader.follow() == 1 and reader.digest == desk.digest
