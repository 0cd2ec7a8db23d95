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
from functools import partial
from pathlib import Path
from typing import Any

from commands import BURST, command, is_handed_in, is_repeated
from deaths import APPEND, Deaths, noted
from engines import connected, failures
from plants import plant

from frontdesk import _connections
from frontdesk.problems import LogProblem, RetryTransaction
from frontdesk.shared import SharedDesk

#: The worker that forks.
FORKS = 3

#: A worker puts a snapshot after so many of its commands.
SNAPSHOT = 100


def main() -> None:
    address, desk, worker, commands, folder = sys.argv[1:]
    plant(os.environ.get("FRONTDESK_PLANT", ""), Torture)
    torture = Torture(address, desk, int(worker), int(commands), Path(folder))
    torture.die_at_appends()
    torture.run()


class View:
    """A desk and its connection, which is opened again after a failure: the desk stays."""

    def __init__(self, torture: Torture, *, autocommit: bool) -> None:
        self.torture = torture
        self.autocommit = autocommit
        self.connection: Any = None
        self._desk: SharedDesk | None = None

    @property
    def desk(self) -> SharedDesk:
        if self.connection is None:
            self.connection = connected(self.torture.address, autocommit=self.autocommit)
        if self._desk is None:
            self._desk = SharedDesk(lambda: self.connection, self.torture.desk_name, clock=self.torture.now)
        return self._desk

    def roll_back(self) -> None:
        try:
            self.connection.rollback()
        except Exception:
            self.connection = None


class Torture:
    """The work of a worker."""

    def __init__(self, address: str, desk: str, worker: int, commands: int, folder: Path) -> None:
        self.address, self.desk_name, self.worker, self.commands, self.folder = address, desk, worker, commands, folder
        self.off = timedelta(seconds=float(os.environ.get("FRONTDESK_CLOCK_OFF", "0")))
        self.deaths = Deaths(folder, worker, commands)
        # What is decided now is in transactions; what was handed in is decided on a connection that commits by itself.
        self.direct = View(self, autocommit=False)
        self.serving = View(self, autocommit=True)
        self.moment = "proposed"

    def run(self) -> None:
        done = set(noted(self.folder / f"acknowledged-{self.worker}"))
        left = [number for number in range(self.commands) if self.id(number) not in done]
        if self.worker == FORKS and not (self.folder / "forked").exists():
            self.fork(left[: self.commands // 4])
            left = left[self.commands // 4 :]
        self.send_all(left)
        self.finish()

    def fork(self, numbers: list[int]) -> None:
        """Lets a child send some, with the desks of its parent and connections of its own."""
        self.patiently(lambda: self.direct.desk.follow())
        self.patiently(lambda: self.serving.desk.follow())
        child = os.fork()
        if child == 0:
            self.direct.connection = self.serving.connection = None
            self.send_all(numbers)
            (self.folder / "forked").write_text(str(len(numbers)))
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
            self.patiently(partial(self.hand_in, number))
        for number in numbers:
            work = self.wait_for if number in handed else self.handle
            self.patiently(partial(work, number))
            self.note(self.id(number))
            if is_repeated(number):
                self.patiently(partial(self.repeat, number))
            if number % SNAPSHOT == SNAPSHOT - 1:
                self.patiently(lambda: self.serving.desk.put_snapshot())

    def hand_in(self, number: int) -> None:
        self.direct.desk.hand_in(command(self.worker, number))
        self.direct.connection.commit()

    def handle(self, number: int) -> None:
        """Decides a command in a transaction, and may die before and after its commit."""
        self.direct.desk.handle(command(self.worker, number))
        self.deaths.may_die("appended")
        self.direct.connection.commit()
        self.deaths.may_die("committed")

    def repeat(self, number: int) -> None:
        """Sends a command again, as one does whose answer was lost: it is not decided a second time.

        :raises RuntimeError: It is refused now, and it was not before.
        """
        events = self.direct.desk.handle(command(self.worker, number))
        self.direct.connection.commit()
        if any(event.type == "refused" for event in events):
            raise RuntimeError(f"{self.id(number)} was decided again: {events}")

    def wait_for(self, number: int) -> None:
        """Waits for the answer, and serves the desk meanwhile; it may die with the lease.

        :raises RetryTransaction: There is none yet.
        """
        desk = self.serving.desk
        self.moment = "leased"
        try:
            answer = desk.wait_for(self.id(number), 5)
        except failures() as error:
            if _connections.is_retry(error):
                raise RuntimeError("a conflict ended a wait") from error
            raise
        finally:
            self.moment = "proposed"
        if answer is None:
            raise RetryTransaction("retry_transaction", "not decided yet")

    def die_at_appends(self) -> None:
        """Has this worker die between proposing and appending, or with the lease."""
        for name in ("execute", "query"):
            setattr(_connections.DbApi, name, self.deadly(getattr(_connections.DbApi, name)))

    def deadly(self, plain: Callable[..., Any]) -> Callable[..., Any]:
        """Runs statements as before, but one with which an append begins may be too late."""

        def run(connection: Any, statement: str, values: Any) -> Any:
            if APPEND in statement:
                self.deaths.may_die(self.moment)
            return plain(connection, statement, values)

        return run

    def id(self, number: int) -> str:
        return f"{self.worker}-{number}"

    def note(self, id: str) -> None:
        with (self.folder / f"acknowledged-{self.worker}").open("a") as file:
            file.write(f"{id}\n")

    def patiently(self, work: Callable[[], Any]) -> None:
        """Works until it succeeds: a server that is gone comes back, and a disk that is full has room again.

        :raises RetryTransaction: It does not, nor does anything else fail.
        """
        until = time.monotonic() + 120
        while True:
            try:
                work()
                return
            except RetryTransaction:
                if time.monotonic() > until:
                    raise
                self.roll_back()
            except LogProblem as problem:
                # A clock that is ahead is refused; its owner sets it.
                if problem.code != "clock_ahead" or self.off <= timedelta():
                    raise
                (self.folder / f"clock-{self.worker}").write_text(str(problem))
                self.off = timedelta()
                self.roll_back()
            except failures() as error:
                if time.monotonic() > until:
                    raise
                print(f"{type(error).__name__}: {error}", flush=True)
                self.direct.connection = self.serving.connection = None
            time.sleep(random.uniform(0, 0.02))

    def roll_back(self) -> None:
        for view in (self.direct, self.serving):
            view.roll_back()

    def now(self) -> datetime:
        return datetime.now(timezone.utc) + self.off

    def finish(self) -> None:
        """Notes both desks as they are at the end of this worker, for a comparison with the log at those turns."""

        def look(view: View, name: str) -> None:
            desk = view.desk
            snapshot = desk.desk.snapshot()
            text = f"{desk.turn}\n{desk.digest}\n{snapshot}"
            view.connection.commit()
            (self.folder / f"{name}-{self.worker}").write_text(text)

        self.patiently(lambda: look(self.direct, "state"))
        self.patiently(lambda: look(self.serving, "serving"))


if __name__ == "__main__":
    main()
