"""Long calls end when they are told to, with the desk as it was."""

from __future__ import annotations

import os
import signal
import threading
from datetime import timedelta

import pytest

import frontdesk
from frontdesk import Desk, TimeIsUp, deadline
from frontdesk.document import Agent, DeskDocument, Weekday, WeeklyHours

DAYS: list[Weekday] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def commuters(count: int) -> DeskDocument:
    """As many who come and go twice a day, each by hours of their own."""
    agents: list[Agent] = []
    for index in range(count):
        hours: list[WeeklyHours] = [{"days": DAYS, "start": f"09:{index % 60:02}", "end": f"17:{index // 60 % 60:02}"}]
        agents.append({"id": f"a{index}", "working_hours": hours})
    return {
        "version": 1,
        "time_zone": "UTC",
        "agents": agents,
        "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat"}]}],
    }


def test_time_that_is_up_stops_whatever_is_long() -> None:
    document = commuters(300)
    desk = Desk(document)
    desk.advance(at="2026-01-01T00:00:00Z")
    before = desk.snapshot()
    with deadline(0):
        for call in (
            lambda: desk.advance(at="2026-02-01T00:00:00Z"),
            lambda: desk.coverage("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
            lambda: desk.schedule("a1", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
            lambda: Desk(document),
            lambda: Desk.restore(before),
            lambda: frontdesk.check(document),
        ):
            with pytest.raises(TimeIsUp) as raised:
                call()
            assert raised.value.code == "time_is_up" and isinstance(raised.value, TimeoutError)
    assert desk.snapshot() == before
    with deadline(timedelta(hours=1)):
        assert desk.advance(at="2026-02-01T00:00:00Z")


def test_of_two_deadlines_the_earlier_counts() -> None:
    desk = Desk(commuters(1))
    with deadline(0), deadline(3600), pytest.raises(TimeIsUp):
        desk.coverage("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
    desk.coverage("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")


@pytest.mark.parametrize("call", ["question", "command"])
def test_ctrl_c_is_heard(call: str) -> None:
    desk = Desk(commuters(300))
    desk.advance(at="2026-01-01T00:00:00Z")
    before = desk.snapshot()

    def go_on() -> None:
        # Until somebody stops it, however quick the machine is.
        while True:
            if call == "question":
                desk.coverage("2026-01-01T00:00:00Z", "2042-01-01T00:00:00Z", step="7d")
            else:
                desk.copy().advance(at="2026-06-01T00:00:00Z")

    # Whoever runs the tests in the background may have told the process not to hear it.
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        stop = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
        stop.start()
        with pytest.raises(KeyboardInterrupt):
            go_on()
        stop.join()
    finally:
        signal.signal(signal.SIGINT, heard)
    assert desk.snapshot() == before


def test_a_leap_that_is_too_long_is_told() -> None:
    desk = Desk(commuters(1000))
    desk.advance(at="2026-01-01T00:00:00Z")
    far = "2026-03-01T00:00:00Z"
    refused = desk.open("c1", inbox="main", channel="chat", at=far).refused
    assert refused is not None and refused.code == "leap_too_long" and refused.until is not None
    assert refused.message.endswith(f"advance to {refused.until.strftime('%Y-%m-%dT%H:%M:%S.000Z')} first")
    events = [*desk.advance(at=far)]
    assert len(events) <= 100_000 and desk.now == refused.until and desk.is_due(far)
    while desk.is_due(far):
        events += desk.advance(at=far)
    assert desk.open("c1", inbox="main", channel="chat", at=far).refused is None
