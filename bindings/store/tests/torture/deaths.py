"""The moments at which a worker kills itself, as a crash would do, where it hurts most."""

from __future__ import annotations

import os
import random
import signal
from collections import Counter
from pathlib import Path

#: Between proposing a turn and appending it, between append and commit, between commit and acknowledgment, and with the lease.
MOMENTS = ("proposed", "appended", "committed", "leased")

#: The words of the statement with which an append begins.
APPEND = "UPDATE frontdesk_desks SET last_turn"


class Deaths:
    """The next death of a worker: at the moment at which it died least often. Notes outlive it, so that the run can count."""

    def __init__(self, folder: Path, worker: int, commands: int) -> None:
        self.notes = folder / f"deaths-{worker}"
        died = Counter(noted(self.notes))
        # A lease that is lost holds up what was handed in until it ends: each worker loses one.
        moments = [moment for moment in MOMENTS if moment != "leased" or not died[moment]]
        self.next = min(moments, key=lambda moment: (died[moment], (MOMENTS.index(moment) + worker) % len(MOMENTS)))
        self.left = 1 if self.next == "leased" else random.randint(1, max(1, commands // 8))

    def may_die(self, moment: str) -> None:
        """Kills this process if its time has come."""
        if moment != self.next:
            return
        self.left -= 1
        if self.left <= 0:
            with self.notes.open("a") as file:
                file.write(f"{moment}\n")
            os.kill(os.getpid(), signal.SIGKILL)


def noted(path: Path) -> list[str]:
    """The words of a note; none if there is none."""
    return path.read_text().split() if path.exists() else []
