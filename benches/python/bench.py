"""The speed of the Python package, beside other packages for the same work: in one run, with the same answers.

    pip install ./bindings/python -r benches/python/requirements.txt
    python benches/python/bench.py

Prints rows of the table that ``benches/run`` prints. zen-engine is given the same rules and the same agents, and chooses the
same.
"""

from __future__ import annotations

import itertools
import json
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
    """The time of a call: the best of many short runs, less that of calling nothing. Short ones find a quiet moment."""
    number = max(times // 40, 5)
    nothing = min(timeit.repeat(lambda: None, number=number, repeat=40))
    return max(min(timeit.repeat(call, number=number, repeat=40)) - nothing, 0.0) / number * 1e9


def digits(number: float) -> str:
    return f"{number:.{2 if number < 10 else 1 if number < 100 else 0}f}"


def spoken(nanos: float) -> str:
    return f"{digits(nanos)} ns" if nanos < 1000 else f"{digits(nanos / 1000)} µs"


class Report:
    """The rows of the measurements."""

    def __init__(self) -> None:
        print("| work | size | measured | goal | | allocations | peak |\n|---|---|---|---|---|---|---|")

    def row(self, what: str, nanos: float, at_most: float | None = None) -> None:
        """A time in nanoseconds, with the most that it is to be."""
        goal = "" if at_most is None else f"≤ {spoken(at_most)}"
        verdict = "" if at_most is None else "met" if nanos <= at_most else "missed"
        print(f"| {what} | Python | {spoken(nanos)} | {goal} | {verdict} | | |")

    def beside(self, rival: str, theirs: float, ours: float, at_least: float | None = None) -> None:
        """The time of something else for the same work, and how many times ours it is, and is to be at least."""
        self.row(rival, theirs)
        goal = "" if at_least is None else f"≥ {digits(at_least)} ×"
        verdict = "" if at_least is None else "met" if theirs / ours >= at_least else "missed"
        print(f"| {rival}, beside it | Python | {digits(theirs / ours)} × | {goal} | {verdict} | | |")


def by_hand(at: datetime) -> bool:
    """Code without a library: no reason, no bounds, no holidays, no absences."""
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
    report.row("status, a datetime in UTC", ours)
    report.beside("opening-hours-py: is_open, a datetime in UTC", theirs, ours, at_least=4)
    report.beside("zoneinfo by hand, a datetime in UTC", hand, ours)
    there = nanoseconds(lambda: desk.status("anna", FRIDAY).available, 200_000)
    hand_there = nanoseconds(lambda: by_hand(FRIDAY), 200_000)
    report.row("status, a datetime in the agent's zone", there, at_most=140)
    report.beside(
        "opening-hours-py: is_open, in the agent's zone", nanoseconds(lambda: osm.is_open(FRIDAY), 50_000), there
    )
    report.beside("zoneinfo by hand, in the agent's zone", hand_there, there)
    report.row("status, an epoch number", nanoseconds(lambda: desk.status("anna", epoch).available, 200_000))
    report.row("status, its reason looked at", nanoseconds(lambda: desk.status("anna", utc).reason, 200_000))
    report.row("status, its until as a datetime", nanoseconds(lambda: desk.status("anna", utc).until, 200_000))


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
    steps = [{"assign_to": {"teams": teams}, "strategy": "least_busy"}]
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


def rival(agents: bool) -> Any:
    """The same 20 rules as a decision table of zen-engine's, first hit; with agents also the choice among those handed in.

    The engine keeps no state: whoever uses it hands in all agents with what they hold and whether they are available, and
    an expression filters by team, status and capacity and takes the least busy, least recently assigned.
    """
    teams = '["team-0", "team-1"]'
    rows = [
        {"_id": str(index), "plan": f'"plan-{index}"', "priority": ">= 1", "rule": f'"rule-{index}"', "teams": teams}
        for index in range(19)
    ]
    rows.append({"_id": "rest", "plan": "", "priority": "", "rule": '"rest"', "teams": teams})
    content = {
        "hitPolicy": "first",
        "passThrough": agents,
        "inputs": [
            {"id": "plan", "name": "plan", "field": "plan"},
            {"id": "priority", "name": "priority", "field": "priority"},
        ],
        "outputs": [
            {"id": "rule", "name": "rule", "field": "rule"},
            {"id": "teams", "name": "teams", "field": "teams"},
        ],
        "rules": rows,
    }
    fits = "#.available and #.team in teams and #.load < #.total and #.chats < #.per_chat"
    steps = [
        ("fit", f"filter(agents, {fits})"),
        ("load", "min(map($.fit, #.load))"),
        ("least", "filter($.fit, #.load == $.load)"),
        ("last", "min(map($.least, #.last))"),
        ("agent", "filter($.least, #.last == $.last)[0].id"),
        ("chosen_by", "rule"),
    ]
    chooses = {"expressions": [{"id": key, "key": key, "value": value} for key, value in steps], "passThrough": False}
    nodes: list[dict[str, Any]] = [
        {"id": "in", "name": "in", "type": "inputNode", "content": {}},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": content},
        {"id": "choice", "name": "choice", "type": "expressionNode", "content": chooses},
        {"id": "out", "name": "out", "type": "outputNode", "content": {}},
    ]
    if not agents:
        del nodes[2]
    names = [node["id"] for node in nodes]
    edges = [
        {"id": f"{one}-{next_one}", "sourceId": one, "targetId": next_one, "type": "edge"}
        for one, next_one in itertools.pairwise(names)
    ]
    return zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))


def handed_in(desk: Desk, document: dict[str, Any]) -> list[dict[str, Any]]:
    """The agents as the rival wants them."""
    here = set(desk.available(FRIDAY))
    return [
        {
            "id": agent["id"], "team": agent["team"], "available": agent["id"] in here,
            "load": 0, "chats": 0, "total": 5, "per_chat": 3, "last": 0,
        }
        for agent in document["agents"]
    ]  # fmt: skip


def agreed(document: dict[str, Any], decided: Any) -> int:
    """Both give a hundred conversations to the same agents, by the same rules."""
    desk = Desk(document)
    agents = handed_in(desk, document)
    by_id = {agent["id"]: agent for agent in agents}
    for number in range(1, 101):
        plan = f"plan-{number % 25}"
        made = desk.open(
            f"c{number}", inbox="main", channel="chat", at=FRIDAY, priority=1, attributes={"plan": plan}
        ).decision
        theirs = decided.evaluate({"plan": plan, "priority": 1, "agents": agents})["result"]
        assert made is not None and made.agent, number
        assert (made.agent, made.rule) == (theirs["agent"], theirs["chosen_by"]), (number, made, theirs)
        chosen = by_id[made.agent]
        chosen |= {"load": chosen["load"] + 1, "chats": chosen["chats"] + 1, "last": number}
    return len(agents)


def decision(report: Report) -> None:
    document = routed(100)
    table, whole = rival(agents=False), rival(agents=True)
    assert agreed(document, whole) == 100
    desk, count = Desk(document), itertools.count()

    def arrives() -> str:
        """A conversation arrives and is assigned."""
        conversation = f"c{next(count)}"
        attributes = {"plan": "plan-18"}
        events = desk.open(conversation, inbox="main", channel="chat", at=FRIDAY, priority=1, attributes=attributes)
        assert events[-1].agent
        return conversation

    def arrives_and_is_closed() -> None:
        desk.close(arrives(), at=FRIDAY)

    # An agent takes three chats: what arrives must be closed, which is measured, too, and taken off.
    both = nanoseconds(arrives_and_is_closed, 5_000)
    closing = [f"k{next(count)}" for _ in range(100)]
    for conversation in closing:
        desk.open(conversation, inbox="main", channel="chat", at=FRIDAY)
    some = iter(closing)
    close = timeit.timeit(lambda: desk.close(next(some), at=FRIDAY), number=100) / 100 * 1e9
    ours = both - close
    agents = handed_in(desk, document)
    alone = nanoseconds(lambda: table.evaluate({"plan": "plan-18", "priority": 1}), 2_000)
    theirs = nanoseconds(lambda: whole.evaluate({"plan": "plan-18", "priority": 1, "agents": agents}), 500)
    report.row("a decision: 20 rules, 100 agents, and the desk remembers", ours, at_most=3_500)
    report.row("the same, and it is closed", both)
    report.beside("zen-engine: the 20 rules, then the least busy of 100 agents", theirs, ours, at_least=50)
    report.beside("zen-engine: the decision table of the 20 rules, and no agents", alone, ours)


def available(report: Report) -> None:
    desk, epoch = Desk(routed(10_000)), FRIDAY.timestamp()
    assert desk.available(epoch) == [row.agent for row in desk.table(epoch, state="available")]
    asked = itertools.count()
    again = nanoseconds(lambda: desk.available(epoch), 500)
    cold = nanoseconds(lambda: desk.available(epoch + 7200 * (next(asked) % 40)), 1_600)
    report.row(f"who of 10,000 is available ({len(desk.available(epoch)):,} are)", again)
    report.row("who of 10,000 is available, at an instant far from the last", cold)


if __name__ == "__main__":
    measured = Report()
    for part in (status, decision, available):
        part(measured)
