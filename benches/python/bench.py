"""How fast the Python package is, beside what a user would pick instead: in one run, on the same answers.

    pip install ./bindings/python -r benches/python/requirements.txt
    python benches/python/bench.py

Goals: a status in at most a quarter of the time of opening-hours-py's ``is_open`` and at most 1.5 times that of a check
written by hand with zoneinfo; a decision in 6 µs and a fiftieth of the time of zen-engine's decision table; who of 10,000
is available in 150 µs. ``--check`` fails when one is not reached.
"""

from __future__ import annotations

import itertools
import json
import sys
import timeit
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import opening_hours
import zen

from frontdesk import Desk

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=STOCKHOLM)
ZONES = ["Europe/Stockholm", "America/New_York", "Asia/Kolkata", "Australia/Sydney"]
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]
MORNING, NOON, ONE, EVENING = time(9), time(12), time(13), time(17, 30)


def nanoseconds(call: Callable[[], Any], times: int) -> float:
    """The time of a call: the best of several runs, less that of calling nothing."""
    nothing = min(timeit.repeat(lambda: None, number=times, repeat=5))
    return max(min(timeit.repeat(call, number=times, repeat=7)) - nothing, 0.0) / times * 1e9


def spoken(nanos: float) -> str:
    return f"{nanos:,.0f} ns" if nanos < 10_000 else f"{nanos / 1000:,.1f} µs"


class Report:
    """Lines of what was measured, and whether all goals are reached."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def line(self, what: str, nanos: float, note: str = "") -> None:
        print(f"{what:<62}{spoken(nanos):>12}  {note}")

    def goal(self, what: str, reached: bool) -> None:
        print(f"    {'reached' if reached else 'MISSED '}: {what}")
        if not reached:
            self.missed.append(what)


def by_hand(at: datetime) -> bool:
    """What is written where nobody thought of a library: no reason, no bounds, no holidays, no absences."""
    local = at.astimezone(STOCKHOLM)
    clock = local.time()
    return local.weekday() < 5 and (MORNING <= clock < NOON or ONE <= clock < EVENING)


def status(report: Report) -> None:
    hours = [{"days": WEEKDAYS, "start": "09:00", "end": "12:00"}, {"days": WEEKDAYS, "start": "13:00", "end": "17:30"}]
    agents = [{"id": "anna", "working_hours": hours}]
    desk = Desk({"version": 1, "time_zone": "Europe/Stockholm", "agents": agents})
    osm = opening_hours.OpeningHours("Mo-Fr 09:00-12:00,13:00-17:30", timezone=STOCKHOLM)
    for step in range(7 * 24 * 4):
        at = FRIDAY + timedelta(minutes=15) * step
        assert desk.status("anna", at).available == osm.is_open(at) == by_hand(at), at

    # As servers have it; and in the very zone of the agent, where by hand there is nothing to convert.
    utc, epoch = FRIDAY.astimezone(ZoneInfo("UTC")), FRIDAY.timestamp()
    ours = nanoseconds(lambda: desk.status("anna", utc).available, 200_000)
    theirs = nanoseconds(lambda: osm.is_open(utc), 50_000)
    hand = nanoseconds(lambda: by_hand(utc), 200_000)
    report.line("status, a datetime in UTC", ours)
    report.line("opening-hours-py: is_open", theirs, f"{theirs / ours:.1f} × ours")
    report.line("zoneinfo, written by hand", hand, f"{hand / ours:.1f} × ours")
    there = nanoseconds(lambda: desk.status("anna", FRIDAY).available, 200_000)
    report.line("status, a datetime in the agent's zone", there)
    report.line("opening-hours-py: is_open", nanoseconds(lambda: osm.is_open(FRIDAY), 50_000))
    report.line("zoneinfo, written by hand", nanoseconds(lambda: by_hand(FRIDAY), 200_000))
    report.line("status, an epoch number", nanoseconds(lambda: desk.status("anna", epoch).available, 200_000))
    report.line("status, its reason looked at", nanoseconds(lambda: desk.status("anna", utc).reason, 200_000))
    report.line("status, its until as a datetime", nanoseconds(lambda: desk.status("anna", utc).until, 200_000))
    report.goal("a status ≥ 4 × as fast as opening-hours-py", theirs / ours >= 4)
    report.goal("a status ≤ 1.5 × the time of one written by hand", ours / hand <= 1.5)
    report.goal("a status ≤ 0.4 µs", ours <= 400)


def routed(agents: int) -> dict[str, Any]:
    """A desk of agents in four zones, and a channel of 20 rules."""
    people = [
        {
            "id": f"agent-{index}", "team": f"team-{index // 50}", "time_zone": ZONES[index % 4],
            "working_hours": [{"days": WEEKDAYS, "start": f"{7 + index // 4 % 4:02}:00", "end": "17:30"}],
            "capacity": {"total": 5, "per_kind": {"chat": 3}}, "skills": {"billing": index % 5 + 1},
        }
        for index in range(agents)
    ]  # fmt: skip
    teams = [f"team-{index}" for index in range(-(-agents // 50))]
    steps = [{"assign_to": {"teams": teams}, "strategy": "least_busy", "only_available": False}]
    rules: list[dict[str, Any]] = [
        {
            "id": f"rule-{index}",
            "match": {"attributes.plan": f"plan-{index}", "priority": {"at_least": 1}},
            "steps": steps,
        }
        for index in range(19)
    ]
    return {
        "version": 1, "time_zone": "Europe/Stockholm", "teams": [{"id": team} for team in teams], "agents": people,
        "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [*rules, {"id": "rest", "steps": steps}]}]}],
    }  # fmt: skip


def table() -> dict[str, Any]:
    """The same 20 rules as a decision table of zen-engine's: it names the rule, and knows no agents."""
    rows = [
        {"_id": str(index), "plan": f'"plan-{index}"', "priority": ">= 1", "rule": f'"rule-{index}"'}
        for index in range(19)
    ]
    rows.append({"_id": "rest", "plan": "", "priority": "", "rule": '"rest"'})
    content = {
        "hitPolicy": "first",
        "inputs": [
            {"id": "plan", "name": "plan", "field": "plan"},
            {"id": "priority", "name": "priority", "field": "priority"},
        ],
        "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
        "rules": rows,
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "content": {}},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": content},
        {"id": "out", "name": "out", "type": "outputNode", "content": {}},
    ]
    edges = [
        {"id": "a", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "b", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    return {"nodes": nodes, "edges": edges}


def decision(report: Report) -> None:
    desk, count = Desk(routed(100)), itertools.count()
    decided = zen.ZenEngine().create_decision(json.dumps(table()))
    epoch = FRIDAY.timestamp()
    for plan, rule in [("plan-0", "rule-0"), ("plan-18", "rule-18"), ("none", "rest")]:
        made = desk.open(
            f"c{next(count)}", inbox="main", channel="chat", at=epoch, priority=1, attributes={"plan": plan}
        ).decision
        assert made is not None and made.rule == rule and made.agent
        assert decided.evaluate({"plan": plan, "priority": 1})["result"]["rule"] == rule

    def arrives() -> str:
        """A conversation arrives, and we are told who gets it."""
        conversation = f"c{next(count)}"
        attributes = {"plan": "plan-18"}
        events = desk.open(conversation, inbox="main", channel="chat", at=FRIDAY, priority=1, attributes=attributes)
        assert events[-1].agent
        return conversation

    def arrives_and_is_closed() -> None:
        desk.close(arrives(), at=FRIDAY)

    # An agent takes three chats: what arrives must be closed, which is measured, too, and taken off.
    both = nanoseconds(arrives_and_is_closed, 20_000)
    closing = [f"k{next(count)}" for _ in range(200)]
    for conversation in closing:
        desk.open(conversation, inbox="main", channel="chat", at=FRIDAY)
    some = iter(closing)
    close = timeit.timeit(lambda: desk.close(next(some), at=FRIDAY), number=200) / 200 * 1e9
    ours = both - close
    theirs = nanoseconds(lambda: decided.evaluate({"plan": "plan-18", "priority": 1}), 2_000)
    report.line("a conversation arrives and is given to someone, 20 rules, 100 agents", ours)
    report.line("and is closed", both)
    report.line("zen-engine: a decision table of the 20 rules, no agents", theirs, f"{theirs / ours:.0f} × ours")
    report.goal("a decision ≤ 6 µs", ours <= 6_000)
    report.goal("a decision ≥ 50 × as fast as zen-engine", theirs / ours >= 50)


def available(report: Report) -> None:
    desk, epoch = Desk(routed(10_000)), FRIDAY.timestamp()
    assert desk.available(epoch) == [row.agent for row in desk.table(epoch, state="available")]
    asked = itertools.count()
    again = nanoseconds(lambda: desk.available(epoch), 500)
    cold = nanoseconds(lambda: desk.available(epoch + 7200 * (next(asked) % 40)), 500)
    report.line(f"who of 10,000 is available ({len(desk.available(epoch)):,} are)", again)
    report.line("at an instant far from the last", cold)
    report.goal("who of 10,000 is available ≤ 150 µs", again <= 150_000)


def main() -> int:
    report = Report()
    for part in (status, decision, available):
        part(report)
        print()
    return bool(report.missed) and "--check" in sys.argv


if __name__ == "__main__":
    sys.exit(main())
