"""Torture of a shared desk: workers in Rust and Python decide on one desk while they, and the server, are killed.

    bash .ci/databases python bindings/store/tests/torture/run.py --rust target/debug/examples/worker

Every engine has so many processes with so many commands each, half direct and half handed in, in bursts. Workers are killed at random,
and by themselves before and after a commit; the server is killed and started again; connections are cut; one worker's clock is two
minutes behind, another's ahead; one forks. Each notes the commands that were acknowledged, and when it is started again sends the others
again. Afterwards `check.py` looks at the log. With `--plant` a bug is built into the workers, which the check has to find.
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
from pathlib import Path

import check
from engines import ENGINES, Engine

HERE = Path(__file__).parent
ROOT = HERE.parents[3]


class Failed(Exception):
    """A worker ended, and was not killed."""


class Worker:
    """A process that is started again until it is done."""

    def __init__(self, command: list[str], number: int, folder: Path, environment: dict[str, str]) -> None:
        self.command = command
        self.number = number
        self.log = (folder / f"worker-{number}.log").open("ab")
        self.environment = environment
        self.starts = 0
        self.start()

    def start(self) -> None:
        self.starts += 1
        environment = {**self.environment, "FRONTDESK_START": str(self.starts)}
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=self.log, env=environment)

    def is_done(self) -> bool:
        """Starts it again if it was killed; returns whether it is done.

        :raises Failed: It ended in another way.
        """
        status = self.process.poll()
        if status is None or status == 0:
            return status == 0
        if status != -signal.SIGKILL:
            self.log.flush()
            text = Path(self.log.name).read_text(errors="replace").strip()
            raise Failed(f"worker {self.number} ended with {status}:\n{text[-3000:]}")
        self.start()
        return False

    def kill(self) -> None:
        self.process.kill()


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
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--commands", type=int, default=250, help="of each process")
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--plant", choices=["overwrite"], help="build a bug in, which has to be found")
    return parser.parse_args()


def tortured(engine: Engine, folder: Path, arguments: argparse.Namespace) -> None:
    start = time.monotonic()
    desk = f"torture {os.getpid()}-{engine.name}"
    check.create(engine, folder, desk, arguments.agents)
    workers = [started(engine, folder, desk, number, arguments) for number in range(arguments.processes)]
    try:
        kills, server_kills = until_done(engine, workers)
        found = check.problems(engine, folder, desk, arguments)
    except Failed as failed:
        kills = server_kills = 0
        found = [str(failed)]
    finally:
        for worker in workers:
            worker.kill()
    took = time.monotonic() - start
    if arguments.plant:
        if not found:
            sys.exit(f"FAILED: {engine.name}: the bug {arguments.plant!r} was not found (seed {arguments.seed})")
        last = found[0].splitlines()[-1]
        print(f"{engine.name}: the bug {arguments.plant!r} is found: {last}", flush=True)
        return
    if found:
        sys.exit(f"FAILED: {engine.name}, seed {arguments.seed}:\n" + "\n".join(found[:20]))
    starts = sum(worker.starts for worker in workers)
    count = arguments.processes * arguments.commands
    print(
        f"{engine.name}: {count} commands of {arguments.processes} processes, {starts} starts, {kills} kills from outside, "
        f"the server killed {server_kills} times: the log is whole ({took:.0f} s, seed {arguments.seed})",
        flush=True,
    )


def until_done(engine: Engine, workers: list[Worker]) -> tuple[int, int]:
    """Kills workers and the server at random until all is done; returns how often."""
    kills = server_kills = 0
    next_server_kill = time.monotonic() + random.uniform(1, 4)
    while [worker for worker in workers if not worker.is_done()]:
        time.sleep(random.uniform(0.02, 0.3))
        if random.random() < 0.35:
            random.choice(workers).kill()
            kills += 1
        if engine.restart and server_kills < 3 and time.monotonic() > next_server_kill:
            subprocess.run([*engine.restart, "--kill"], check=True, cwd=ROOT)
            server_kills += 1
            next_server_kill = time.monotonic() + random.uniform(2, 6)
    return kills, server_kills


def started(engine: Engine, folder: Path, desk: str, number: int, arguments: argparse.Namespace) -> Worker:
    """Starts a worker: every other one is in Rust."""
    in_rust = arguments.rust and number % 2 == 0
    program = [arguments.rust] if in_rust else [sys.executable, str(HERE / "worker.py")]
    command = [*program, engine.address(folder), desk, str(number), str(arguments.commands), str(folder)]
    # Seconds that the clock of a worker is off.
    off = {1: "-120", 2: "120"}.get(number, "0")
    environment = {**os.environ, "FRONTDESK_CLOCK_OFF": off, "FRONTDESK_PLANT": arguments.plant or ""}
    return Worker(command, number, folder, environment)


if __name__ == "__main__":
    main()
