"""A worker in Python: sends its commands, each until it is acknowledged, and notes those that were.

python worker.py ADDRESS DESK NUMBER COMMANDS FOLDER
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from commands import BURST, command, is_handed_in
from engines import connected

from frontdesk import _connections
from frontdesk.problems import LogProblem, RetryTransaction
from frontdesk.shared import SharedDesk

#: How often a worker kills itself at a place where it would hurt most.
DIES = 0.01


def main() -> None:
    address, desk, worker, commands, folder = sys.argv[1:]
    plant(os.environ.get("FRONTDESK_PLANT", ""))
    Torture(address, desk, int(worker), Path(folder)).run(int(commands))


class Torture:
    """The work of a worker."""

    def __init__(self, address: str, desk: str, worker: int, folder: Path) -> None:
        self.address, self.desk_name, self.worker = address, desk, worker
        self.noted = folder / f"acknowledged-{worker}"
        self.state = folder / f"state-{worker}"
        self.off = timedelta(seconds=float(os.environ.get("FRONTDESK_CLOCK_OFF", "0")))
        self.connection: Any = None
        self.desk: SharedDesk | None = None

    def run(self, commands: int) -> None:
        done = set(self.noted.read_text().split()) if self.noted.exists() else set()
        left = [number for number in range(commands) if f"{self.worker}-{number}" not in done]
        if self.worker == 3 and len(left) == commands:
            self.fork(left[: commands // 2])
            left = left[commands // 2 :]
        self.send_all(left)
        self.finish()

    def fork(self, numbers: list[int]) -> None:
        """Lets a child send some, with the desk of its parent and a connection of its own."""
        self.patiently(lambda: self.opened().follow())
        child = os.fork()
        if child == 0:
            self.connection = None
            self.send_all(numbers)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            os.kill(os.getpid(), signal.SIGKILL)

    def send_all(self, numbers: list[int]) -> None:
        for start in range(0, len(numbers), BURST):
            self.burst(numbers[start : start + BURST])

    def burst(self, numbers: list[int]) -> None:
        handed = [number for number in numbers if is_handed_in(number)]
        for number in handed:
            self.patiently(lambda number=number: self.within(lambda desk: desk.hand_in(command(self.worker, number))))
        for number in numbers:
            id = f"{self.worker}-{number}"
            if number in handed:
                self.patiently(lambda id=id: self.answered(id))
            else:
                self.patiently(
                    lambda number=number: self.within(lambda desk: desk.handle(command(self.worker, number)))
                )
            self.note(id)

    def within(self, work: Callable[[SharedDesk], Any]) -> None:
        """Works in a transaction, and may die before and after its commit."""
        work(self.opened())
        self.may_die()
        self.connection.commit()
        self.may_die()

    def answered(self, id: str) -> None:
        """Looks for an answer, and serves the desk if there is none.

        :raises RetryTransaction: There is none yet.
        """
        answer = self.opened().answer(id)
        self.connection.commit()
        if answer is None:
            self.serve()
            raise RetryTransaction("retry_transaction", "not decided yet")

    def serve(self) -> None:
        """Serves the desk with a connection that commits by itself; it may die with the lease."""
        self.opened().serve()
        self.may_die()
        self.connection.commit()

    def may_die(self) -> None:
        if random.random() < DIES:
            os.kill(os.getpid(), signal.SIGKILL)

    def note(self, id: str) -> None:
        with self.noted.open("a") as file:
            file.write(f"{id}\n")

    def patiently(self, work: Callable[[], Any]) -> None:
        """Works until it succeeds: a server that is gone comes back."""
        until = time.monotonic() + 120
        while True:
            try:
                work()
                return
            except RetryTransaction:
                self.roll_back()
            except LogProblem as problem:
                # A clock that is ahead is refused; its owner sets it.
                if problem.code != "clock_ahead" or self.off <= timedelta():
                    raise
                (self.noted.parent / f"clock-{self.worker}").write_text(str(problem))
                self.off = timedelta()
                self.roll_back()
            except Exception as error:
                if time.monotonic() > until:
                    raise
                print(f"{type(error).__name__}: {error}", flush=True)
                self.connection = None
            time.sleep(random.uniform(0, 0.02))

    def roll_back(self) -> None:
        try:
            self.connection.rollback()
        except Exception:
            self.connection = None

    def opened(self) -> SharedDesk:
        if self.connection is None:
            self.connection = connected(self.address)
        if self.desk is None:
            self.desk = SharedDesk(lambda: self.connection, self.desk_name, clock=self.now)
        return self.desk

    def now(self) -> datetime:
        return datetime.now(timezone.utc) + self.off

    def finish(self) -> None:
        """Notes the desk as it is at the end of this worker, for a comparison with the log at that turn."""

        def look() -> None:
            desk = self.opened()
            snapshot = desk.desk.snapshot()
            self.connection.commit()
            self.state.write_text(f"{desk.turn}\n{desk.digest}\n{snapshot}")

        self.patiently(look)


def plant(bug: str) -> None:
    """Builds a bug in: turns are written over those that are there."""
    if bug != "overwrite":
        return
    plain = _connections.DbApi.execute

    def execute(self: Any, statement: str, values: Any) -> int:
        if "frontdesk_turns" in statement and statement.startswith("INSERT"):
            statement = statement.replace("ON CONFLICT DO NOTHING", "").replace("INSERT IGNORE INTO", "REPLACE INTO")
            over = "ON CONFLICT (desk, turn) DO UPDATE SET command_id = excluded.command_id, body = excluded.body"
            statement += f" {over}, digest = excluded.digest" if self.dialect != "mysql" else ""
            plain(self, statement, values)
            return 1
        return plain(self, statement, values)

    _connections.DbApi.execute = execute  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
