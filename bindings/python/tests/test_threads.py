"""Many threads on one desk; memory that stays flat."""

from __future__ import annotations

import gc
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import document

from frontdesk import Desk, Event, Events

AT = 1795172400.0
SECONDS = float(os.environ.get("FRONTDESK_THREADS_SECONDS", "3"))


def run(workers: list[Callable[[], None]]) -> None:
    """Runs workers at once; what one raises is raised here."""
    wrong: list[BaseException] = []

    def guarded(worker: Callable[[], None]) -> None:
        try:
            worker()
        except BaseException as error:  # noqa: BLE001
            wrong.append(error)

    threads = [threading.Thread(target=guarded, args=(worker,), daemon=True) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS + 60)
        assert not thread.is_alive(), "a thread has not come back: a deadlock"
    if wrong:
        raise wrong[0]


def test_eight_threads_on_one_desk() -> None:
    """No deadlock, no event lost, none twice, and the properties of the specification hold for what came out."""
    names = ["anna", "bo", "cleo", "dan"]
    agents = [{"id": name, "team": "support", "capacity": 3} for name in names]
    desk = Desk(document(agents=agents))
    desk.advance(AT)
    end, logs = time.monotonic() + SECONDS, [list[Event]() for _ in range(5)]

    def tell(number: int) -> None:
        chance, log, mine = random.Random(number), logs[number], list[str]()
        count = 0
        while time.monotonic() < end:
            count += 1
            match chance.randrange(4):
                case 0 | 1:
                    mine.append(f"{number}/{count}")
                    log.extend(desk.open(mine[-1], inbox="main", channel="chat", at=AT))
                case 2 if mine:
                    log.extend(desk.close(mine.pop(chance.randrange(len(mine))), at=AT))
                case _:
                    status = chance.choice(["away", "available"])
                    log.extend(desk.set_status(chance.choice(names), status, at=AT))

    def ask() -> None:
        while time.monotonic() < end:
            assert desk.status("anna", AT).state in ("available", "away")
            assert len(desk.available(AT)) <= 4
            assert all(row.load <= 3 for row in desk.table(AT))
            desk.coverage(AT, AT + 86400)
            assert Desk.restore(desk.snapshot()).now == desk.now

    run([*(lambda number=number: tell(number) for number in range(5)), ask, ask, ask])
    log = sorted((event for log in logs for event in log if event.type != "refused"), key=lambda event: event.seq)
    assert [event.seq for event in log] == list(range(2, len(log) + 2))
    first = Desk(document(agents=agents)).advance(AT)
    rebuilt = Desk(document(agents=agents))
    for event in Events([*first, *log]):
        rebuilt.apply(event)
    rebuilt.check_complete()
    assert rebuilt == desk
    opened = Counter(event.conversation for event in log if event.type == "opened")
    assert set(opened.values()) <= {1}
    # While somebody could take a waiting one, none waits.
    free = [row for row in desk.table(AT, state="available") if row.load < 3]
    assert not (desk.queue and free)


def test_a_desk_is_made_in_many_threads() -> None:
    def make() -> None:
        for _ in range(200):
            assert Desk(document()).status("anna", AT)

    run([make] * 8)


def test_an_event_is_looked_at_by_many_threads() -> None:
    events = Desk(document()).open("c1", inbox="main", channel="chat", at=AT)
    for _ in range(100):
        event = Event.from_json(events[1].to_json())

        def look(event: Event = event) -> None:
            assert len({repr(event) for _ in range(20)}) == 1

        run([look] * 4)


def resident() -> int:
    """Bytes in memory."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="tells how much memory is used on Linux only")
@pytest.mark.parametrize("what", ["ask", "command", "problem", "document", "strategy"])
def test_a_million_calls_leave_memory_flat(what: str) -> None:
    desk = Desk(document())
    desk.open("c1", inbox="main", channel="chat", at=AT)

    def ask() -> None:
        status = desk.status("anna", AT)
        _ = (status.since, status.until, status.reason, desk.available(AT), desk.next_change("bo", AT))

    def command() -> None:
        for status in ("away", "available"):
            for event in desk.set_status("anna", status, at=AT):
                _ = (event.to_dict(), event.agent, event.at)

    def problem() -> None:
        for wrong in (
            lambda: desk.status("x", AT),
            lambda: desk.advance("x"),
            lambda: desk.open("", inbox="", channel="", at=AT),
        ):
            with pytest.raises(Exception):  # noqa: B017, PT011
                wrong()

    def make() -> None:
        again = Desk.restore(desk.snapshot())
        _ = (again.table(AT), again.copy(), repr(again), again.schedule("anna", AT, AT + 86400))

    def strategy() -> None:
        asking = Desk(by_script())
        asked = 0

        @asking.strategy("mine")
        def mine(candidates: Any, conversation: Any, desk: Any) -> Any:
            nonlocal asked
            asked += 1
            if asked % 2:
                raise ValueError(asking)
            return {agent: agent.load for agent in desk.agents if conversation.attributes["plan"]}

        for number in range(10):
            asking.open(f"{number}", inbox="main", channel="chat", at=AT, attributes={"plan": "gold"})
        assert asked == 10

    call, times = {
        "ask": (ask, 200_000),
        "command": (command, 20_000),
        "problem": (problem, 5_000),
        "document": (make, 1_500),
        "strategy": (strategy, 5_000),
    }[what]
    for _ in range(times // 10):
        call()
    before = resident()
    for _ in range(times):
        call()
    assert resident() - before < 4_000_000


def by_script() -> Any:
    """A desk whose step asks a strategy."""
    steps = [{"assign_to": "everyone", "strategy": {"script": "mine"}, "on_error": "in_order"}]
    channel = {"id": "chat", "kind": "chat", "rules": [{"id": "everyone", "steps": steps}]}
    return document(inboxes=[{"id": "main", "channels": [channel]}])
