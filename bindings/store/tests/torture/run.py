"""Torture of a shared desk: workers in Rust and Python decide on one desk while they, and the server, are killed.

    bash .ci/databases python bindings/store/tests/torture/run.py --rust target/debug/examples/worker

Every engine has so many processes with so many commands each, half direct and half handed in, in bursts. Workers are killed at random,
and by themselves at the moments of `deaths.py`; the server is killed and started again; the connections go through a proxy that cuts
them; the disk is full for a while; one worker's clock is two minutes behind, another's ahead; one forks. Each notes the commands that
were acknowledged, and when it is started again sends the others again; the first of a burst is sent twice in any case. Afterwards
`check.py` looks at the log, and that all this has happened. With `--plant` a bug is built into the workers, which has to be found.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import check
from deaths import MOMENTS, noted
from engines import ENGINES, Engine, through
from plants import BUGS
from proxy import CUTS, Proxy
from troubles import Troubles, Victim

HERE = Path(__file__).parent


class Failed(Exception):
    """A worker ended, and was not killed."""


class Worker:
    """A process that is started again until it is done."""

    def __init__(self, command: list[str], number: int, folder: Path, environment: dict[str, str]) -> None:
        self.command = command
        self.number = number
        self.log = folder / f"worker-{number}.log"
        self.environment = environment
        self.starts = 0
        self.start()

    def start(self) -> None:
        self.starts += 1
        with self.log.open("ab") as log:
            # Signals as they are here, where Python ignores that of a full disk.
            self.process = subprocess.Popen(
                self.command, stdout=log, stderr=log, env=self.environment, restore_signals=False
            )

    def is_done(self) -> bool:
        """Starts it again if it was killed; returns whether it is done.

        :raises Failed: It ended in another way.
        """
        status = self.process.poll()
        if status is None or status == 0:
            return status == 0
        if status != -signal.SIGKILL:
            text = self.log.read_text(errors="replace").strip()
            raise Failed(f"worker {self.number} ended with {status}:\n{text[-3000:]}")
        self.start()
        return False

    def kill(self) -> None:
        self.process.kill()

    def pid(self) -> int:
        return self.process.pid


class Run:
    """The torture of one engine."""

    def __init__(self, engine: Engine, folder: Path, arguments: argparse.Namespace) -> None:
        self.engine, self.folder, self.arguments = engine, folder, arguments
        self.desk = f"torture {os.getpid()}-{engine.name}"
        numbers = range(arguments.commands)
        self.whole = sum(len(f"{worker}-{number}\n") for worker in range(arguments.processes) for number in numbers)
        check.create(engine, folder, self.desk, arguments.agents)
        server = engine.server()
        self.proxy = Proxy(server) if server else None
        self.workers = [self.started(number) for number in range(arguments.processes)]
        victims: list[Victim] = [*self.workers]
        self.troubles = Troubles(engine, folder, victims, self.proxy, self.whole)

    def started(self, number: int) -> Worker:
        """Starts a worker: every other one is in Rust."""
        in_rust = self.arguments.rust and number % 2 == 0
        program = [self.arguments.rust] if in_rust else [sys.executable, str(HERE / "worker.py")]
        address = self.engine.address(self.folder)
        if self.proxy:
            address = through(address, self.proxy.port)
        command = [*program, address, self.desk, str(number), str(self.arguments.commands), str(self.folder)]
        # Seconds that the clock of a worker is off.
        off = {1: "-120", check.AHEAD: "120"}.get(number, "0")
        environment = {**os.environ, "FRONTDESK_CLOCK_OFF": off, "FRONTDESK_PLANT": self.arguments.plant or ""}
        return Worker(command, number, self.folder, environment)

    def problems(self) -> list[str]:
        """Everything that is wrong afterwards."""
        try:
            while [worker for worker in self.workers if not worker.is_done()]:
                self.troubles.come(self.share())
                time.sleep(0.02)
        except Failed as failed:
            return [str(failed)]
        finally:
            for worker in self.workers:
                worker.kill()
        found = check.problems(self.engine, self.folder, self.desk, self.arguments)
        return found + [f"this never happened: {trouble}" for trouble, many in self.met().items() if not many]

    def share(self) -> float:
        """The share of the commands that were acknowledged, by the size of the notes."""
        notes = [self.folder / f"acknowledged-{worker.number}" for worker in self.workers]
        return sum(note.stat().st_size for note in notes if note.exists()) / self.whole

    def met(self) -> Counter[str]:
        """The troubles that have to be met at least once, and how often they were."""
        met = Counter(self.troubles.met)
        if self.proxy:
            met.update({f"cut {moment}": self.proxy.cuts[moment] for moment in CUTS})
        deaths = Counter(died for worker in self.workers for died in noted(self.folder / f"deaths-{worker.number}"))
        met.update({f"dead when {moment}": deaths[moment] for moment in MOMENTS})
        return met


def main() -> None:
    arguments = parsed()
    random.seed(arguments.seed)
    for name in arguments.engines:
        engine = ENGINES[name]
        if not engine.is_there():
            print(f"-- {name} is not there and was not tested", flush=True)
            continue
        with tempfile.TemporaryDirectory() as folder:
            tortured(engine, Path(folder), arguments)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engines", nargs="*", default=list(ENGINES), help="those to test; all if absent")
    parser.add_argument("--rust", help="the worker in Rust; without it all are in Python")
    parser.add_argument("--processes", type=int, default=4, help="at least 4: one of them forks")
    parser.add_argument("--commands", type=int, default=250, help="of each process")
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--plant", choices=list(BUGS), help="build a bug in, which has to be found")
    arguments = parser.parse_args()
    if arguments.processes < 4:
        parser.error("there are at least 4 processes")
    return arguments


def tortured(engine: Engine, folder: Path, arguments: argparse.Namespace) -> None:
    start = time.monotonic()
    run = Run(engine, folder, arguments)
    found = run.problems()
    took = time.monotonic() - start
    if arguments.plant:
        if not found:
            sys.exit(f"FAILED: {engine.name}: the bug {arguments.plant!r} was not found (seed {arguments.seed})")
        last = found[0].splitlines()[-1]
        print(f"{engine.name}: the bug {arguments.plant!r} is found: {last}", flush=True)
        return
    if found:
        sys.exit(f"FAILED: {engine.name}, seed {arguments.seed}:\n" + "\n".join(found[:20]))
    count = arguments.processes * arguments.commands
    print(
        f"{engine.name}: the log of {count} commands of {arguments.processes} processes is whole ({took:.0f} s, "
        f"seed {arguments.seed})"
    )
    print("  " + ", ".join(f"{trouble}: {many}" for trouble, many in run.met().items()), flush=True)


if __name__ == "__main__":
    main()
