"""Bugs that are built into the workers on purpose, so that the check has something to find."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deaths import APPEND

from frontdesk import _connections


def plant(bug: str, worker: Any) -> None:
    """Builds a bug into the class of the workers, or into the connections below it."""
    if bug:
        BUGS[bug](worker)


def overwrite(_: Any) -> None:
    """A turn is written over that of another worker."""

    def change(statement: str, values: Any) -> tuple[str, Any]:
        over = "ON CONFLICT (desk, turn) DO UPDATE SET command_id = excluded.command_id, body = excluded.body"
        if INSERT in statement:
            return f"{statement.replace('ON CONFLICT DO NOTHING', '')} {over}, digest = excluded.digest", values
        if APPEND in statement:
            return statement.replace("AND last_turn = ?", "AND ? IS NOT NULL"), values
        return statement, values

    change_statements(change)


def early(worker: Any) -> None:
    """A command is acknowledged before its transaction commits."""
    plain = worker.handle

    def handle(self: Any, number: int) -> None:
        self.note(self.id(number))
        plain(self, number)

    worker.handle = handle


def nameless(_: Any) -> None:
    """The ids of commands are not kept, so that one that is sent again is not known."""

    def change(statement: str, values: Any) -> tuple[str, Any]:
        if INSERT in statement:
            values = tuple(None if index % 6 == 2 else value for index, value in enumerate(values))
        return statement, values

    change_statements(change)


def change_statements(change: Callable[[str, Any], tuple[str, Any]]) -> None:
    """Changes statements that write on their way to the database."""
    plain = _connections.DbApi.execute

    def execute(self: Any, statement: str, values: Any) -> int:
        return plain(self, *change(statement, values))

    _connections.DbApi.execute = execute  # type: ignore[method-assign]


#: The words of the statement that adds turns.
INSERT = "INTO frontdesk_turns"

BUGS: dict[str, Callable[[Any], None]] = {"overwrite": overwrite, "early": early, "nameless": nameless}
