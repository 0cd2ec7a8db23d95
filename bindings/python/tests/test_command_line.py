"""The binding beside the core's command line, on random desks and commands."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk import Desk, Events, InvalidDocument

#: The binary; without it there is nothing to compare with.
FRONTDESK = os.environ.get("FRONTDESK_CLI", "")
pytestmark = pytest.mark.skipif(not FRONTDESK, reason="FRONTDESK_CLI names no binary")

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ZONES = ["Europe/Stockholm", "America/Vancouver", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"]
AGENTS = ["anna", "bo", "cleo", "dan"]
FIRST = datetime(2026, 10, 20, tzinfo=timezone.utc)

minutes = st.integers(0, 24 * 12 - 1).map(lambda five: f"{five // 12:02}:{five % 12 * 5:02}")
hours = st.fixed_dictionaries(
    {"days": st.lists(st.sampled_from(DAYS), min_size=1, unique=True), "start": minutes, "end": minutes}
)
dates = st.integers(0, 40).map(lambda days: f"{FIRST + timedelta(days=days):%Y-%m-%d}")


@st.composite
def absences(draw: st.DrawFn) -> dict[str, Any]:
    """An absence, perhaps one that repeats."""
    start = FIRST + timedelta(minutes=draw(st.integers(0, 40 * 24 * 60)))
    end = start + timedelta(minutes=draw(st.integers(1, 2000)))
    absence: dict[str, Any] = {"start": f"{start:%Y-%m-%dT%H:%M}", "end": f"{end:%Y-%m-%dT%H:%M}"}
    if draw(st.booleans()):
        absence["repeat"] = draw(st.sampled_from(["FREQ=WEEKLY", "FREQ=DAILY;INTERVAL=3", "FREQ=MONTHLY;COUNT=3"]))
    return absence


@st.composite
def agents(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """An agent, now and then with something wrong."""
    optional = {
        "time_zone": st.sampled_from([*ZONES, "Nowhere/Land"] if draw(st.integers(0, 20)) == 0 else ZONES),
        "active": st.booleans(),
        "team": st.sampled_from(["support", "vip"]),
        "working_hours": st.lists(hours, max_size=3),
        "date_hours": st.lists(
            st.fixed_dictionaries({"date": dates, "hours": st.just([{"start": "10:00", "end": "12:00"}])}), max_size=2
        ),
        "out_of_office": st.lists(absences(), max_size=2),
        "capacity": st.integers(0, 3),
        "skills": st.dictionaries(st.sampled_from(["billing", "lang:sv"]), st.integers(1, 5)),
    }
    return {"id": name, **draw(st.fixed_dictionaries({}, optional=optional))}


STRATEGIES = ["least_busy", "most_capacity", "round_robin", "longest_idle", "best_skill", "in_order", "random"]


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A desk document."""
    steps = st.fixed_dictionaries(
        {
            "assign_to": st.sampled_from(
                ["everyone", {"teams": ["support"]}, {"teams": ["vip"], "extra": True}, "contact_owner"]
            )
        },
        optional={
            "strategy": st.sampled_from(STRATEGIES),
            "wait": st.sampled_from(["30s", "1h"]),
            "skills": st.just({"billing": 2}),
        },
    )
    rule = {"id": "rule", "steps": draw(st.lists(steps, min_size=1, max_size=3))}
    chat: dict[str, Any] = {"id": "chat", "kind": "chat", "rules": [rule]}
    if draw(st.booleans()):
        chat["accept_within"] = "1m"
    return {
        "version": 1,
        "time_zone": draw(st.sampled_from(ZONES)),
        "working_hours": draw(st.lists(hours, max_size=2)),
        "teams": [{"id": "support"}, {"id": "vip"}],
        "agents": [draw(agents(name)) for name in AGENTS],
        "holidays": [{"id": "day", "dates": draw(st.lists(dates, max_size=2, unique=True))}],
        "inboxes": [{"id": "main", "channels": [chat]}],
    }


@st.composite
def commands(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Commands in their order, of which some are refused."""
    at, given = FIRST, list[dict[str, Any]]()
    for number in range(draw(st.integers(0, 12))):
        at += timedelta(minutes=draw(st.sampled_from([0, 0, 1, 7, 300, 2000])))
        conversation = f"c{draw(st.integers(0, 4))}"
        agent = draw(st.sampled_from(AGENTS))
        one: dict[str, Any] = draw(
            st.sampled_from(
                [
                    {
                        "type": "open",
                        "conversation": f"c{number}",
                        "inbox": "main",
                        "channel": "chat",
                        "priority": number % 3,
                    },
                    {
                        "type": "open",
                        "conversation": f"c{number}",
                        "inbox": "main",
                        "channel": "chat",
                        "contact": {"id": "x", "owner": agent, "known": True},
                    },
                    {"type": "close", "conversation": conversation},
                    {"type": "reopen", "conversation": conversation},
                    {"type": "accept", "conversation": conversation, "agent": agent},
                    {"type": "decline", "conversation": conversation, "agent": agent},
                    {"type": "snooze", "conversation": conversation, "duration": "2h"},
                    {"type": "assign", "conversation": conversation, "to": {"agent": agent}},
                    {"type": "set_status", "agent": agent, "status": "away", "duration": "1h"},
                    {"type": "set_status", "agent": agent, "status": "available", "by": agent},
                    {"type": "remove_agent", "agent": agent},
                    {"type": "advance"},
                ]
            )
        )
        given.append(one | {"at": f"{at:%Y-%m-%dT%H:%M:%SZ}"})
    return given


def frontdesk(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([FRONTDESK, *map(str, arguments)], capture_output=True, text=True, check=False)


EXAMPLES = int(os.environ.get("FRONTDESK_EXAMPLES", "60"))
# The usual run draws the same examples every time; a longer one draws its own.
usual = settings(
    max_examples=EXAMPLES,
    derandomize="FRONTDESK_EXAMPLES" not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@usual
@given(documents(), commands())
def test_replay(tmp_path: Path, document: Any, told: list[dict[str, Any]]) -> None:
    """The same document and commands give the same events, or the same problems, byte for byte."""
    desk_file, lines = tmp_path / "desk.json", tmp_path / "commands.jsonl"
    desk_file.write_text(json.dumps(document), encoding="utf-8")
    lines.write_text("".join(json.dumps(command) + "\n" for command in told), encoding="utf-8")
    ran = frontdesk("replay", desk_file, lines, "--json")
    try:
        desk = Desk(document)
    except InvalidDocument as wrong:
        assert ran.returncode == 1
        assert all(problem.message in ran.stderr for problem in wrong.problems)
        return
    assert ran.returncode == 0, ran.stderr
    events = [event for command in told for event in desk.handle(command)]
    assert Events(events).to_json_lines() == ran.stdout
    typed = Desk(desk_file)
    assert [event for command in told for event in call(typed, command)] == events


def call(desk: Desk, command: dict[str, Any]) -> Events:
    """A command by its method."""
    keys = dict(command)
    events: Events = getattr(desk, keys.pop("type"))(**keys)
    return events


@usual
@given(documents(), st.integers(0, 40 * 24 * 60), st.sampled_from(AGENTS))
def test_status_and_schedule(tmp_path: Path, document: Any, minute: int, agent: str) -> None:
    """Statuses and schedules, as objects and as the command line prints them."""
    try:
        desk = Desk(document)
    except InvalidDocument:
        return
    file, at = tmp_path / "desk.json", FIRST + timedelta(minutes=minute)
    file.write_text(json.dumps(document), encoding="utf-8")
    printed = frontdesk("status", file, "--at", at.isoformat(), "--json").stdout.splitlines()
    for line in map(json.loads, printed):
        status = desk.status(line.pop("agent"), at)
        assert status.to_dict() == line
        assert (str(status.state), str(status.reason)) == (line["state"], line["reason"])
        for bound, inside in ((status.since, 0), (status.until, -1)):
            if bound is not None:
                assert (bound <= at) if inside == 0 else (bound > at)
    end = at + timedelta(days=9)
    printed = frontdesk(
        "schedule", file, "--agent", agent, "--start", at.isoformat(), "--end", end.isoformat(), "--json"
    ).stdout.splitlines()
    assert desk.schedule(agent, at, end).to_dict() == [json.loads(line) for line in printed]
