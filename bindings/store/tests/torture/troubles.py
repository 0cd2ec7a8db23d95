"""The troubles that befall the workers and their server from outside, each when so much of the work is done."""

from __future__ import annotations

import random
import subprocess
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

import disk
from engines import Engine
from proxy import CUTS, Proxy

ROOT = Path(__file__).parents[4]

#: The kills of each worker from outside, those of the server, and the cuts at each moment.
KILLS, SERVER_KILLS, CUTS_EACH = 3, 3, 10

#: The bytes below which files may still grow when the disk is full, beside those of the notes: for what workers print.
PRINTED = 1 << 16

#: The longest that a disk is full, in seconds; the seconds after somebody has met it, for others to meet it as well.
FULL, LONGER = 20, 1


class Victim(Protocol):
    """A worker, as far as it can be harmed."""

    number: int
    log: Path

    def kill(self) -> None: ...

    def pid(self) -> int: ...


class Troubles:
    """Those that are left, each with the share of the work after which it comes; and how often each kind came."""

    def __init__(self, engine: Engine, folder: Path, workers: list[Victim], proxy: Proxy | None, notes: int) -> None:
        self.engine, self.folder, self.workers = engine, folder, workers
        #: The bytes of the workers' notes, which are no part of the test.
        self.notes = notes
        #: What has to be met at least once is there from the start.
        self.met: Counter[str] = Counter({"kills from outside": 0})
        spread: list[tuple[float, Callable[[], None]]] = []
        for worker in workers:
            spread += [(random.uniform(0.02, 0.95), partial(self.kill, worker)) for _ in range(KILLS)]
        if engine.data():
            self.met["kills of the server"] = 0
            spread += [(random.uniform(0.05, 0.9), self.kill_server) for _ in range(SERVER_KILLS)]
        if proxy:
            cuts = [moment for moment in CUTS for _ in range(CUTS_EACH)]
            spread += [(random.uniform(0.02, 0.95), partial(proxy.cut, moment)) for moment in cuts]
        if engine.full and (engine.data() or not engine.variable):
            self.met["logs with a full disk"] = 0
            spread.append((random.uniform(0.3, 0.7), self.fill_disk))
        self.left = sorted(spread, key=lambda trouble: trouble[0])

    def come(self, share: float) -> None:
        """Lets those come whose time it is, by the share of the commands that were acknowledged."""
        while self.left and self.left[0][0] <= share:
            _, befall = self.left.pop(0)
            befall()

    def kill(self, worker: Victim) -> None:
        worker.kill()
        self.met["kills from outside"] += 1

    def kill_server(self) -> None:
        self.start_server_anew()
        self.met["kills of the server"] += 1

    def start_server_anew(self) -> None:
        command = ["bash", ".ci/databases", "--restart", self.engine.name, "--kill"]
        subprocess.run(command, check=True, cwd=ROOT)

    def fill_disk(self) -> None:
        """Has the files of those who write not grow, until that was met: by workers, or by their server."""
        data = self.engine.data()
        logs = [data.parents[1] / f"{self.engine.name}.log"] if data else [worker.log for worker in self.workers]
        before = [self.meetings(log) for log in logs]

        def writers() -> list[int]:
            return disk.server(data) if data else [worker.pid() for worker in self.workers]

        def met() -> int:
            return sum(self.meetings(log) > old for log, old in zip(logs, before, strict=True))

        with disk.full(writers, self.notes + PRINTED) as fill:

            def is_met() -> bool:
                fill()
                return met() > 0

            if disk.wait(FULL, is_met):
                disk.wait(LONGER, lambda: met() == len(logs))
        self.met["logs with a full disk"] += met()
        # A server that finds no room while it recovers gives up: whoever has made room starts it.
        if data and disk.wait(LONGER, lambda: not disk.is_up(data)):
            self.start_server_anew()

    def meetings(self, log: Path) -> int:
        """How often a log tells of a full disk."""
        text = log.read_text(errors="replace")
        return sum(text.count(words) for words in self.engine.full)
