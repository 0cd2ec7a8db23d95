"""How long a call may take."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

_ends: ContextVar[float | None] = ContextVar("frontdesk_deadline", default=None)


@contextmanager
def deadline(length: float | timedelta) -> Iterator[None]:
    """Bounds the time of what is done with desks inside: commands, questions, documents, snapshots, calendars.

    Whatever still runs when the time is up raises ``TimeIsUp``, and has not happened: the desk is as it was. Calls that take
    a few microseconds are not looked at. The call of a strategy written in Python is interrupted by nothing; the time is
    looked at before and after it. Without it nothing is bounded, so that answers do not differ by machine; Ctrl-C is heard in
    every long call all the same.

    :param length: The time from now on, in seconds or as a ``timedelta``. Inside another one, the earlier end counts.

    >>> with deadline(5):
    ...     events = desk.open("c1", inbox="main", channel="chat", at="2026-11-20T09:00:00Z")
    """
    seconds = length.total_seconds() if isinstance(length, timedelta) else float(length)
    ends, outer = time.monotonic() + seconds, _ends.get()
    token = _ends.set(ends if outer is None else min(ends, outer))
    try:
        yield
    finally:
        _ends.reset(token)


def left() -> float | None:
    """The seconds that are left; ``None`` where there is no bound."""
    ends = _ends.get()
    return None if ends is None else ends - time.monotonic()
