"""Workers of two versions on one desk: by the words of ``docs/running/sharing.md``. What a later version writes is made by hand here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from typing import Any

import pytest
from sharing_page import DOCUMENT

from frontdesk.problems import LogProblem
from frontdesk.shared import SharedDesk, migrate


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        migrate(made)
        yield made


@pytest.fixture
def desk(connection: sqlite3.Connection) -> SharedDesk:
    """A desk of two turns, as a worker has it."""
    desk = SharedDesk(connection, "support", document=DOCUMENT)
    desk.open("c1", inbox="main", channel="chat")
    return desk


def append(connection: sqlite3.Connection, event: dict[str, Any], **command: Any) -> None:
    """Appends turn 3, which closes ``c1``: with a further event, and other keys of its command."""
    scratch = SharedDesk(connection, "support")
    connection.execute("SAVEPOINT tried")
    scratch.close("c1")
    query = "SELECT at, body FROM frontdesk_turns WHERE turn = 3"
    [(at, text)] = connection.execute(query).fetchall()
    connection.execute("ROLLBACK TO tried")
    connection.execute("RELEASE tried")
    turn = json.loads(text)
    turn["command"] |= command
    if event:
        turn["events"].append({"seq": turn["events"][-1]["seq"] + 1, "at": turn["at"], **event})
    body = json.dumps(turn)
    [(before,)] = connection.execute("SELECT digest FROM frontdesk_turns WHERE turn = 2").fetchall()
    digest = sha256(bytes.fromhex(before) + body.encode()).hexdigest()
    connection.execute("INSERT INTO frontdesk_turns VALUES ('support', 3, NULL, ?, ?, ?)", (at, body, digest))
    connection.execute("UPDATE frontdesk_desks SET last_turn = 3")


@pytest.mark.parametrize(("version", "words"), [(99, "update frontdesk"), (0, "call `migrate` first")])
def test_a_desk_is_not_loaded_from_tables_of_another_version(
    connection: sqlite3.Connection, desk: SharedDesk, version: int, words: str
) -> None:
    connection.execute("UPDATE frontdesk_schema SET version = ?", (version,))
    for name, document in (("support", None), ("new", DOCUMENT)):
        with pytest.raises(LogProblem, match=words) as problem:
            SharedDesk(connection, name, document=document)
        assert problem.value.code == "unsupported_version"
    # A worker that has loaded it goes on: the version is not looked at again.
    assert desk.close("c1").refused is None


def test_an_older_program_leaves_newer_tables_as_they_are(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE frontdesk_schema SET version = 99")
    before = list(connection.iterdump())
    with pytest.raises(LogProblem, match="update frontdesk"):
        migrate(connection)
    assert list(connection.iterdump()) == before


def test_a_command_of_a_later_version_is_applied_by_its_events(
    connection: sqlite3.Connection, desk: SharedDesk
) -> None:
    append(connection, {}, type="close_with_a_smile", smile=3)
    assert desk.follow() == 1
    assert [it.state for it in desk.desk.conversations()] == ["closed"]
    assert desk.verify() == (1, 3, 0)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ({"version": 99, "type": "smiled"}, "version 99 is not read by this build"),
        ({"version": 1, "type": "smiled"}, '"smiled" is none of'),
        ({"version": 1, "type": "desk_changed", "change": "smile"}, '"smile" is none of'),
        ({"version": 1, "type": "desk_changed", "change": "configure", "entry": {"smile": 1}}, 'no key "smile"'),
    ],
)
def test_a_worker_stands_still_before_what_it_does_not_know(
    connection: sqlite3.Connection, desk: SharedDesk, event: dict[str, Any], words: str
) -> None:
    append(connection, event)
    for ask in (desk.follow, desk.advance, lambda: desk.close("c1"), lambda: SharedDesk(connection, "support")):
        with pytest.raises(LogProblem, match=f"turn 3.*{words}") as problem:
            ask()
        assert problem.value.code == "unsupported_version"
    # It is where it was, and has appended nothing.
    assert desk.turn == 2
    assert connection.execute("SELECT MAX(turn) FROM frontdesk_turns").fetchone() == (3,)


def test_a_snapshot_that_cannot_be_read_is_passed_over(connection: sqlite3.Connection, desk: SharedDesk) -> None:
    desk.put_snapshot()
    connection.execute("""UPDATE frontdesk_snapshots SET body = '{"version": 99}'""")
    assert SharedDesk(connection, "support").turn == 2
    with pytest.raises(LogProblem, match="snapshot of turn 2 .* cannot be read"):
        desk.verify()
