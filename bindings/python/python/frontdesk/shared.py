"""One desk, many workers: a desk whose turns are in the application's database.

It needs no server and no broker: the log of the desk's turns is kept in SQLite, PostgreSQL, MariaDB or MySQL, over the connection that
the application has anyway, in its transactions. A ticket and its assignment are there together, or not at all.

>>> import sqlite3
>>> from frontdesk.shared import SharedDesk, migrate
>>> connection = sqlite3.connect(":memory:")
>>> migrate(connection)
>>> desk = SharedDesk(connection, "support", document={"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}],
...     "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat",
...         "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]})
>>> with connection:
...     events = desk.open("c1", inbox="main", channel="chat")
>>> events.decision.agent
'anna'

The connection is one of ``sqlite3``, ``psycopg`` (3), ``MySQLdb`` (mysqlclient) or ``pymysql``, a connection or session of SQLAlchemy, or
``django.db.connection``; a function that returns one, called for each statement; or the address of a database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from time import sleep
from typing import Any, NamedTuple

from . import _input, _native
from ._connections import sql_of
from ._shared_commands import SharedCommands
from .desk import Desk
from .events import Events
from .problems import RetryTransaction
from .results import Contact
from .typing import At, Document, Entry, Id, ScriptSource

__all__ = ["SharedDesk", "Verified", "due", "migrate"]


class Verified(NamedTuple):
    """What was found whole in a log."""

    first: int
    """The first turn that is there."""
    last: int
    """The last turn."""
    snapshots: int
    """The number of snapshots, each equal to what the turns give."""


def migrate(connection: Any) -> None:
    """Creates the tables, or brings those of an earlier version up to this one.

    :raises LogProblem: They are of a later version; nothing is changed then.
    """
    _native.migrate(sql_of(connection))


def due(connection: Any, at: At, *, most: int = 1000) -> list[str]:
    """The desks of a database that have to be advanced by an instant, or have commands to be decided; the longest due first."""
    return _native.due(sql_of(connection), at, most)


class SharedDesk(SharedCommands):
    """A desk in a database, as a worker sees it.

    Its commands are those of a ``Desk``, without an instant: that is the later of the worker's clock and the log's last one. Each is
    decided on the newest state and appended to the log in the transaction that the connection is in; on a connection that commits by
    itself each is a transaction of its own. A command with an ``id`` is carried out once: repeated, it returns the events of the first
    time. Nothing has to be said of a transaction that was rolled back.

    :param connection: The connection: see the module.
    :param name: The name of the desk in the database.
    :param document: The document of a new desk. Without it the desk is loaded.
    :param scripts: Routing scripts that its steps may name: a log has none.
    :param explain: Record with every command the agents considered, with the reasons against them.
    :param clock: Returns the present instant; that of the system if absent.
    :param skew: The most seconds that the clock may be ahead of the database's; 60 if absent.
    :raises UnknownDesk: There is no desk of this name.
    :raises LogProblem: There is one already (``desk_exists``), or its log is damaged.
    """

    __slots__ = ()

    def __new__(
        cls,
        connection: Any,
        name: str,
        *,
        document: Document | None = None,
        scripts: ScriptSource | None = None,
        explain: bool = False,
        clock: Callable[[], At] | None = None,
        skew: float | None = None,
    ) -> SharedDesk:
        return super().__new__(cls, sql_of(connection), name, document, scripts, explain, clock, skew)

    # Commands with a friendlier signature than a generated one; the others are in `SharedCommands`.

    def open(
        self,
        conversation: Id,
        *,
        inbox: Id,
        channel: Id,
        contact: Contact | Mapping[str, Any] | None = None,
        priority: int | None = None,
        skills: Mapping[str, int] | None = None,
        attributes: Mapping[str, Any] | None = None,
        from_: str | None = None,
        forwarded_by: str | None = None,
        outbound: bool = False,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Opens a conversation: see ``Desk.open``.

        :raises InvalidCommand: The command cannot be read; nothing has changed.
        """
        keys = {
            "conversation": conversation, "inbox": inbox, "channel": channel, "contact": contact, "priority": priority,
            "skills": skills, "attributes": attributes, "from": from_, "forwarded_by": forwarded_by,
        }  # fmt: skip
        fields = {key: value for key, value in keys.items() if value is not None}
        if outbound is not False:
            fields["outbound"] = outbound
        return self._command("open", fields, by, id)

    def assign(
        self,
        conversation: Id,
        *,
        agent: Id | None = None,
        team: Id | None = None,
        to: Mapping[str, Id] | None = None,
        or_substitute: bool = False,
        distribute: bool = False,
        by: Id | None = None,
        id: Id | None = None,
    ) -> Events:
        """Assigns a conversation by hand to an agent or a team: see ``Desk.assign``.

        :raises InvalidCommand: The command cannot be read; nothing has changed.
        """
        return self._command(
            "assign", _input.assignment(conversation, agent, team, to, or_substitute, distribute), by, id
        )

    def handle(self, command: Entry) -> Events:
        """Carries out a command given as a dict with its ``type``, as in JSON, without ``at``.

        :raises InvalidCommand: The command cannot be read; nothing has changed.
        """
        return self.handle_json(_native.json(command, "command"))

    # Handed in.

    def hand_in(self, command: Entry) -> None:
        """Writes a command down, to be decided by whoever serves the desk: for a desk with so many commands that workers would be in
        each other's way. A command that was handed in before is left as it is. It is read first, and decided later.

        :param command: The command as for ``handle``, with an ``id`` by which its answer is found.
        :raises InvalidCommand: It has no ``id``, or cannot be read.
        """
        self.hand_in_all([command])

    def hand_in_all(self, commands: Iterable[Entry]) -> None:
        """Writes commands down together, in one statement: all of them, or none if one cannot be read. See ``hand_in``.

        :raises InvalidCommand: One has no ``id``, or cannot be read.
        """
        self._hand_in([_native.json(command, "command") for command in commands])

    def wait_for(self, command_id: str, timeout: float = 10.0) -> Events | None:
        """Waits for the events of a command that was handed in, and serves the desk meanwhile if nobody else does. Called outside of a
        transaction, which might not see the answer.

        :param timeout: The longest wait, in seconds.
        :returns: The events; ``None`` if it is not decided by then.
        """
        return self.wait_for_all([command_id], timeout)[0]

    def wait_for_all(self, command_ids: Iterable[str], timeout: float = 10.0) -> list[Events | None]:
        """Waits for the events of commands that were handed in, as ``wait_for`` for one.

        :param timeout: The longest wait, in seconds.
        :returns: The events of each, in the order of the ids; ``None`` for those that are not decided by then.
        """
        return self._wait_for(list(command_ids), timeout)

    # Questions.

    @property
    def desk(self) -> Desk:
        """The desk as it is in the log now, for questions: a copy, on which commands can be tried as well."""
        return Desk(self._desk())

    def at_turn(self, turn: int) -> Desk:
        """The desk as it was after a turn.

        :raises LogProblem: The turns before it were removed.
        """
        return Desk(self._at_turn(turn))

    def at(self, at: At) -> Desk:
        """The desk as it was at an instant.

        :raises LogProblem: The turns before it were removed.
        """
        return Desk(self._at(at))

    def verify(self) -> Verified:
        """Checks the whole log: no turn is missing or changed, each can be applied, and each snapshot is what they give.

        :raises LogProblem: It is damaged; the message has the first turn that is not whole.
        """
        return Verified(*super().verify())

    def follow_on(self, every: float = 1.0) -> Iterator[int]:
        """Follows the log for ever, for a program that shows the desk: yields how many turns came in.

        :param every: The pause between two looks, in seconds.
        """
        while True:
            yield self.follow()
            sleep(every)

    def run(self, work: Callable[[], Any], *, times: int = 10) -> Any:
        """Runs work that begins and ends a transaction, and again if it has to be: ``RetryTransaction``."""
        for _ in range(times - 1):
            try:
                return work()
            except RetryTransaction:
                continue
        return work()

    def __repr__(self) -> str:
        return f"<SharedDesk {self.name!r}: turn {self.turn}>"
