"""Time limits of calls."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from . import _native
from .problems import InvalidValue, WrongType
from .typing import Length

_LONGEST = 1e12
_ends: ContextVar[float | None] = ContextVar("frontdesk_deadline", default=None)


@contextmanager
def deadline(length: float | Length) -> Iterator[None]:
    """Limits the time of calls inside: commands, questions, documents, snapshots and calendars.

    A call that still runs when the time is up raises ``TimeIsUp`` and has no effect: the desk is as it was. Calls that take
    a few microseconds are not checked. A strategy written in Python is not interrupted; the time is checked before and after
    it. By default there is no limit, so that answers do not depend on the machine; Ctrl-C always interrupts a long call.

    :param length: The time from now on, in seconds, as a ``timedelta``, or text such as ``"1m30s"``. Of nested limits, the
        earlier end counts.
    :raises WrongType: ``length`` is not a length of time.
    :raises InvalidValue: ``length`` is not a number.

    >>> with deadline(5):
    ...     events = desk.open("c1", inbox="main", channel="chat", at="2026-11-20T09:00:00Z")
    """
    ends, outer = time.monotonic() + _seconds(length), _ends.get()
    token = _ends.set(ends if outer is None else min(ends, outer))
    try:
        yield
    finally:
        _ends.reset(token)


def left() -> float | None:
    """The seconds left; ``None`` if there is no limit."""
    ends = _ends.get()
    return None if ends is None else ends - time.monotonic()


def _seconds(length: float | Length) -> float:
    if isinstance(length, timedelta):
        return length.total_seconds()
    if isinstance(length, str):
        return _native.length(length) / 1000
    if isinstance(length, bool) or not isinstance(length, (int, float)):
        hint = "give seconds, a timedelta, or text such as 1m30s"
        raise WrongType("wrong_type", f"{length!r:.80} is not a length of time", "$.length", None, hint)
    if math.isnan(length):
        raise InvalidValue("invalid_value", "nan is not a length of time", "$.length")
    # Longer than anyone waits, and short enough for arithmetic.
    return float(min(max(length, -_LONGEST), _LONGEST))
