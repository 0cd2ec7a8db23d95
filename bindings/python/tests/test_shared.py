"""Shared desks over the connections of an application."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from shared_connections import ENGINES, Engine, new_name

from frontdesk import Desk, Events, InvalidCommand, Turn
from frontdesk._connections import sql_of
from frontdesk.problems import LogProblem, UnknownDesk
from frontdesk.shared import SharedDesk, due, migrate

DOCUMENT: Any = {
    "version": 1,
    "time_zone": "UTC",
    "agents": [{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 1}],
    "inboxes": [
        {
            "id": "main",
            "channels": [
                {"id": "chat", "kind": "chat", "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}
            ],
        }
    ],
}


@pytest.fixture(params=ENGINES.values(), ids=list(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    made: Engine = request.param(tmp_path)
    opened: list[Any] = []

    def connect() -> Any:
        opened.append(made.connect())
        return opened[-1]

    with closing_all(opened):
        connection = connect()
        with made.transaction(connection):
            migrate(connection)
            migrate(connection)
        yield Engine(connect, made.transaction)


@contextmanager
def closing_all(connections: list[Any]) -> Iterator[None]:
    """Closes connections at the end."""
    try:
        yield
    finally:
        for connection in connections:
            connection.close()


def ticking() -> Callable[[], datetime]:
    """A clock that says a second more each time."""
    now = datetime(2026, 11, 20, 9, tzinfo=timezone.utc)

    def tick() -> datetime:
        nonlocal now
        now += timedelta(seconds=1)
        return now

    return tick


def created(engine: Engine, connection: Any) -> SharedDesk:
    with engine.transaction(connection):
        return SharedDesk(connection, new_name(), document=DOCUMENT, clock=ticking())


def holder(events: Events | None) -> str | None:
    """The agent to whom a command gave a conversation."""
    return events.decision.agent if events and events.decision else None


class OnPurpose(Exception):
    """An exception of the application."""


def test_workers_follow_each_other(engine: Engine) -> None:
    a, b = engine.connect(), engine.connect()
    one = created(engine, a)
    with engine.transaction(b):
        other = SharedDesk(b, one.name, clock=ticking())
    with engine.transaction(a):
        assert holder(one.open("c1", inbox="main", channel="chat")) == "anna"
    with engine.transaction(b):
        assert holder(other.open("c2", inbox="main", channel="chat")) == "bo"
    with engine.transaction(a):
        assert one.close("c2", by="bo").refused is None
        assert one.turn == 4
    with engine.transaction(b):
        assert other.desk == one.desk
        assert other.digest == one.digest
        assert other.verify() == (1, 4, 0)


def test_a_transaction_that_is_rolled_back_leaves_nothing(engine: Engine) -> None:
    connection = engine.connect()
    desk = created(engine, connection)
    with engine.transaction(connection):
        desk.open("c1", inbox="main", channel="chat")
    with pytest.raises(OnPurpose), engine.transaction(connection):
        desk.open("c2", inbox="main", channel="chat")
        desk.open("c3", inbox="main", channel="chat")
        desk.hand_in({"type": "close", "conversation": "c1", "id": "b7"})
        raise OnPurpose
    with engine.transaction(connection):
        assert [it.conversation for it in desk.desk.conversations()] == ["c1"]
        assert desk.serve() == 0
        assert holder(desk.open("c4", inbox="main", channel="chat")) == "bo"
        assert desk.verify().last == 3


def test_a_command_with_an_id_is_carried_out_once(engine: Engine) -> None:
    connection = engine.connect()
    desk = created(engine, connection)
    with engine.transaction(connection):
        first = desk.open("c1", inbox="main", channel="chat", id="b7")
    with engine.transaction(connection):
        assert desk.open("c1", inbox="main", channel="chat", id="b7") == first
        assert desk.turn == 2
        assert desk.open("c1", inbox="main", channel="chat").refused is not None
        assert desk.turn == 2


def test_commands_are_handed_in(engine: Engine) -> None:
    a, b = engine.connect(), engine.connect()
    one = created(engine, a)
    with engine.transaction(b):
        other = SharedDesk(b, one.name, clock=ticking())
    with engine.transaction(a):
        one.hand_in_all(
            {"type": "open", "conversation": f"c{number}", "inbox": "main", "channel": "chat", "id": str(number)}
            for number in range(5)
        )
        one.hand_in({"type": "close", "conversation": "nobody", "id": "refused"})
        with pytest.raises(InvalidCommand):
            one.hand_in_all([{"type": "close", "conversation": "c1", "id": "b7"}, {"type": "close"}])
    with engine.transaction(b):
        assert other.serve() == 6
    with engine.transaction(a):
        answers = one.wait_for_all(str(number) for number in range(5))
        assert one.wait_for_all(["0", "b7"], timeout=0) == [answers[0], None]
        assert [holder(answer) for answer in answers][:2] == [
            "anna",
            "bo",
        ]
        refused = one.wait_for("refused")
        assert refused is not None and refused.refused is not None
        assert one.answer("unknown") is None


def test_a_wait_bears_a_conflict(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "desk.db", isolation_level=None)) as holder:
        holder.execute("PRAGMA journal_mode = WAL")
        migrate(holder)
        desk = SharedDesk(holder, "support", document=DOCUMENT)
        desk.hand_in({"type": "open", "conversation": "c1", "inbox": "main", "channel": "chat", "id": "b7"})
        with closing(sqlite3.connect(tmp_path / "desk.db", isolation_level=None, timeout=0)) as waiter:
            uses = 0

            def connection() -> sqlite3.Connection:
                """Another worker writes until the desk has met that more than once."""
                nonlocal uses
                uses += 1
                if uses == 40:
                    holder.execute("ROLLBACK")
                return waiter

            desk = SharedDesk(connection, "support")
            uses = 0
            holder.execute("BEGIN IMMEDIATE")
            answer = desk.wait_for("b7")
            assert answer is not None
            assert answer.decision is not None


def test_a_command_is_read_when_it_is_handed_in(engine: Engine) -> None:
    connection = engine.connect()
    desk = created(engine, connection)
    with engine.transaction(connection):
        with pytest.raises(InvalidCommand, match="ponder"):
            desk.hand_in({"type": "ponder", "id": "b7"})
        assert desk.serve() == 0


def test_a_command_that_only_a_newer_program_reads_is_left(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "desk.db")) as connection:
        migrate(connection)
        desk = SharedDesk(connection, "support", document=DOCUMENT)
        row = ("support", "newer", '{"type": "ponder", "id": "newer"}', time.time_ns() // 1_000_000)
        connection.execute(
            "INSERT INTO frontdesk_pending (desk, command_id, command, handed_in_at) VALUES (?, ?, ?, ?)", row
        )
        desk.hand_in({"type": "open", "conversation": "c1", "inbox": "main", "channel": "chat", "id": "behind"})
        with pytest.warns(RuntimeWarning, match='"newer" that waits at the desk "support" cannot be read by frontdesk'):
            assert desk.serve() == 0
        assert desk.wait_for("behind", 0.01) is None
        connection.execute("UPDATE frontdesk_pending SET handed_in_at = handed_in_at - 61000")
        with pytest.warns(RuntimeWarning, match="newer"):
            assert desk.serve() == 1
        assert desk.answer("behind") is not None


@pytest.mark.parametrize(
    "kind", ["sqlite3", "sqlite3, by hand", "SQLAlchemy, sqlite3", "SQLAlchemy, session", "Django, sqlite3"]
)
def test_a_call_that_fails_leaves_nothing_though_its_transaction_is_committed(kind: str, tmp_path: Path) -> None:
    made = ENGINES[kind](tmp_path)
    connection = made.connect()
    with closing_all([connection]):
        with made.transaction(connection):
            migrate(connection)
        desk = created(made, connection)
        fail = (
            "CREATE TRIGGER fails BEFORE INSERT ON frontdesk_conversations BEGIN SELECT RAISE(FAIL, 'on purpose'); END"
        )
        with made.transaction(connection):
            sql_of(connection).execute(fail, ())
        with made.transaction(connection):
            with pytest.raises(Exception, match="on purpose"):
                desk.open("c1", inbox="main", channel="chat")
            sql_of(connection).execute("DROP TRIGGER fails", ())
        with made.transaction(connection):
            assert desk.verify() == (1, 1, 0)
            assert sql_of(connection).query("SELECT turn FROM frontdesk_turns WHERE turn > 1", ()) == []
            assert sql_of(connection).query("SELECT name FROM sqlite_master WHERE name = 'fails'", ()) == []


def test_a_removed_command_is_not_carried_out_again(engine: Engine) -> None:
    connection = engine.connect()
    desk = created(engine, connection)
    with engine.transaction(connection):
        desk.open("c1", inbox="main", channel="chat", id="b7")
        desk.open("c2", inbox="main", channel="chat", id="b8")
        desk.put_snapshot()
        assert desk.compact(datetime(2027, 1, 1, tzinfo=timezone.utc)) == 2
    with engine.transaction(connection):
        with pytest.raises(LogProblem, match='"b7" was carried out in turn 2, which was removed') as caught:
            desk.open("c1", inbox="main", channel="chat", id="b7")
        assert caught.value.code == "compacted"
        assert desk.turn == 3


def test_the_past(engine: Engine) -> None:
    connection = engine.connect()
    desk = created(engine, connection)
    with engine.transaction(connection):
        desk.open("c1", inbox="main", channel="chat", contact={"id": "x", "attributes": {"name": "Xaver"}})
        before = desk.desk
        assert desk.put_snapshot() == 2
        desk.close("c1")
    with engine.transaction(connection):
        assert desk.at_turn(2) == before
        turn = desk.turn_of(2)
        assert isinstance(turn, Turn) and turn.at is not None
        assert desk.at(turn.at) == before
        assert [event.type for event in desk.events_about("c1")] == ["opened", "assigned", "closed"]
        decision = desk.why(2).events.decision
        assert decision is not None and decision.considered
        assert desk.verify() == (1, 3, 1)
        assert [event.type for event in desk.erase("x")] == ["erased"]
        assert "Xaver" not in desk.desk.snapshot()
        assert desk.compact(datetime(2027, 1, 1, tzinfo=timezone.utc)) == 1
    with engine.transaction(connection):
        with pytest.raises(LogProblem) as compacted:
            desk.at_turn(1)
        assert compacted.value.code == "compacted"
        assert isinstance(desk.at_turn(3), Desk)


def test_problems(engine: Engine) -> None:
    connection = engine.connect()
    desk = created(engine, connection)
    with engine.transaction(connection), pytest.raises(UnknownDesk, match="there is no desk"):
        SharedDesk(connection, "nobody's")
    with engine.transaction(connection), pytest.raises(LogProblem, match="is in the database already"):
        SharedDesk(connection, desk.name, document=DOCUMENT)
    with engine.transaction(connection):
        with pytest.raises(InvalidCommand, match="conversation"):
            desk.handle({"type": "close"})
        with pytest.raises(InvalidCommand, match="sets the instant"):
            desk.handle({"type": "close", "conversation": "c1", "at": "2026-11-20T09:00:00Z"})
        with pytest.raises(InvalidCommand, match="needs an id"):
            desk.hand_in({"type": "close", "conversation": "c1"})


def test_a_clock_that_is_ahead(engine: Engine) -> None:
    connection = engine.connect()
    with engine.transaction(connection):
        desk = SharedDesk(
            connection, new_name(), document=DOCUMENT, clock=lambda: datetime(2199, 1, 1, tzinfo=timezone.utc)
        )
        with pytest.raises(LogProblem) as ahead:
            desk.open("c1", inbox="main", channel="chat")
        assert ahead.value.code == "clock_ahead"
        assert desk.desk.now is None


def test_exceptions_of_the_application_are_raised_as_they_are(engine: Engine) -> None:
    connection = engine.connect()

    def broken() -> datetime:
        raise OnPurpose

    with engine.transaction(connection):
        desk = SharedDesk(connection, new_name(), document=DOCUMENT, clock=broken)
        with pytest.raises(OnPurpose):
            desk.open("c1", inbox="main", channel="chat")


def test_what_is_due(engine: Engine) -> None:
    connection = engine.connect()
    desk = created(engine, connection)
    with engine.transaction(connection):
        desk.open("c1", inbox="main", channel="chat")
        desk.snooze("c1", duration="1h")
        then = datetime(2026, 11, 20, 11, tzinfo=timezone.utc)
        assert desk.name in due(connection, then, most=100_000)
        assert desk.name not in due(connection, then - timedelta(hours=2), most=100_000)


def test_threads_share_a_desk_over_a_connection_each(tmp_path: Path) -> None:
    engine = ENGINES["sqlite3, by hand"](tmp_path)
    local = threading.local()

    def connection() -> Any:
        if not hasattr(local, "connection"):
            local.connection = engine.connect()
        return local.connection

    migrate(connection)
    document: Any = {**DOCUMENT, "agents": [{"id": "anna", "capacity": 7}]}
    desk = SharedDesk(connection, "support", document=document, clock=ticking())

    def work(worker: int) -> None:
        with closing(connection()):
            for number in range(10):
                desk.open(f"c{worker}-{number}", inbox="main", channel="chat")

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with closing(connection()):
        assert desk.verify().last == 41
        assert len(desk.desk.queue) == 33


def test_a_thread_that_waits_in_the_database_holds_nobody_up(tmp_path: Path) -> None:
    engine = ENGINES["psycopg, by itself"](tmp_path)
    connections = [engine.connect() for _ in range(2)]
    current = threading.local()
    current.connection = connections[0]
    has_opened = threading.Event()
    done: list[str] = []

    def opens_two(desk: SharedDesk) -> None:
        current.connection = connections[0]
        with engine.transaction(connections[0]):
            desk.open("c1", inbox="main", channel="chat")
            has_opened.set()
            while connections[0].execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone() == (0,):
                time.sleep(0.01)
            # The other one waits for this commit.
            desk.open("c2", inbox="main", channel="chat")
        done.append("two")

    def opens_one(desk: SharedDesk) -> None:
        current.connection = connections[1]
        has_opened.wait()
        with engine.transaction(connections[1]):
            desk.open("c3", inbox="main", channel="chat")
        done.append("one")

    with closing_all(connections):
        for connection in connections:
            # Else it would wait for ever.
            connection.execute("SET lock_timeout = '20s'")
        migrate(lambda: current.connection)
        desk = SharedDesk(lambda: current.connection, new_name(), document=DOCUMENT)
        threads = [threading.Thread(target=work, args=(desk,), daemon=True) for work in (opens_two, opens_one)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert sorted(done) == ["one", "two"]
        assert desk.verify().last == 4


@pytest.mark.parametrize("name", ["Django, sqlite3", "Django, psycopg", "Django, mysql"])
def test_a_function_that_finds_the_connection_of_django(name: str, tmp_path: Path) -> None:
    engine = ENGINES[name](tmp_path)
    with closing_all([engine.connect()]):
        migrate(engine.connect)
        # Outside of a transaction each command is one of its own, in which the connection is found several times.
        desk = SharedDesk(engine.connect, new_name(), document=DOCUMENT, clock=ticking())
        assert holder(desk.open("c1", inbox="main", channel="chat")) == "anna"
        with engine.transaction(None):
            assert holder(desk.open("c2", inbox="main", channel="chat")) == "bo"
        assert desk.verify().last == 3


def test_addresses(tmp_path: Path) -> None:
    address = f"sqlite:{tmp_path / 'desk.db'}"
    migrate(address)
    desk = SharedDesk(address, "support", document=DOCUMENT)
    assert desk.open("c1", inbox="main", channel="chat").decision is not None
    assert SharedDesk(address, "support").turn == 2
    with pytest.raises(ValueError, match="begins with"):
        migrate("mongodb://localhost")
    with pytest.raises(TypeError, match="a connection"):
        migrate(5)
