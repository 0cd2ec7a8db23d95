"""A full disk: the files of those who write cannot grow any more.

A limit of the size of files (``RLIMIT_FSIZE``) is set on running processes from outside, and lifted again; it takes no rights but those of
their user. Processes that ignore SIGXFSZ, as the workers here and PostgreSQL do, are told that a file is too large.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def full(writers: Callable[[], Iterable[int]], size: int) -> Iterator[Callable[[], None]]:
    """Limits the files of those who write to some bytes, and lifts that in the end, also from their children. Gives a function that
    limits those who have come since."""
    limited: set[int] = set()

    def fill() -> None:
        for process in set(writers()) - limited:
            limit(process, str(size))
            limited.add(process)

    fill()
    try:
        yield fill
    finally:
        for process in limited:
            for it in [process, *children(process)]:
                limit(it, "unlimited")


def limit(process: int, size: str) -> None:
    """Sets a limit, as the user whose process it is. One that has ended needs none."""
    command = ["prlimit", f"--pid={process}", f"--fsize={size}:"]
    try:
        owner = os.stat(f"/proc/{process}")
        if os.getuid() == 0:
            subprocess.run(
                command, user=owner.st_uid, group=owner.st_gid, extra_groups=[], check=True, capture_output=True
            )
        else:
            subprocess.run(command, check=True, capture_output=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        if Path(f"/proc/{process}").exists():
            raise


def children(process: int) -> list[int]:
    """The processes that a process has started and that are still there."""
    found = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=False).stdout
    return [int(it) for it in found.split()]


def server(data: Path) -> list[int]:
    """The processes of a PostgreSQL server that write for its clients, by the folder of its data. The first is not among them: it
    starts the others anew when they end."""
    return children(postmaster(data)) if is_up(data) else []


def postmaster(data: Path) -> int:
    """The first process of a PostgreSQL server, by the folder of its data."""
    return int((data / "postmaster.pid").read_text().split()[0])


def is_up(data: Path) -> bool:
    """Whether a PostgreSQL server runs."""
    try:
        return Path(f"/proc/{postmaster(data)}").exists()
    except (FileNotFoundError, IndexError):
        return False


def wait(seconds: float, is_over: Callable[[], bool]) -> bool:
    """Waits, but not for ever; returns whether it is over."""
    until = time.monotonic() + seconds
    while not is_over():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
