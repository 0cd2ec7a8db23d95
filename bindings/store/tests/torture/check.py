"""What has to be true of the log afterwards."""

from __future__ import annotations

import argparse
from pathlib import Path

from commands import command
from engines import Engine

from frontdesk import Desk, Turn
from frontdesk.problems import Problem
from frontdesk.shared import SharedDesk, migrate

#: The conversations that an agent may have at a time.
CAPACITY = 2


def create(engine: Engine, folder: Path, desk: str, agents: int) -> None:
    """Creates the desk: agents with tight limits."""
    document = {
        "version": 1,
        "time_zone": "UTC",
        "agents": [{"id": f"agent-{number}", "capacity": CAPACITY} for number in range(agents)],
        "inboxes": [
            {
                "id": "main",
                "channels": [
                    {"id": "chat", "kind": "chat", "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}
                ],
            }
        ],
    }
    connection = engine.connect(folder)
    migrate(connection)
    SharedDesk(connection, desk, document=document)
    connection.commit()
    connection.close()


def problems(engine: Engine, folder: Path, name: str, arguments: argparse.Namespace) -> list[str]:
    """Everything that is wrong with the log."""
    connection = engine.connect(folder)
    try:
        desk = SharedDesk(connection, name)
        desk.verify()
        turns = [desk.turn_of(turn) for turn in range(1, desk.turn + 1)]
    except Problem as problem:
        return [str(problem)]
    finally:
        connection.close()
    found = ids(turns, folder, arguments)
    found += rebuilt(turns, folder, arguments)
    return found


def ids(turns: list[Turn], folder: Path, arguments: argparse.Namespace) -> list[str]:
    """Every acknowledged command that gave a turn is there once, and nothing that nobody sent."""
    there = [turn.command_id for turn in turns if turn.command_id]
    found = [f"{id} is there twice" for id in set(there) if there.count(id) > 1]
    sent = {f"{worker}-{number}" for worker in range(arguments.processes) for number in range(arguments.commands)}
    found += [f"{id} was sent by nobody" for id in set(there) - sent]
    for worker in range(arguments.processes):
        noted = (folder / f"acknowledged-{worker}").read_text().split()
        if len(set(noted)) != arguments.commands:
            found.append(f"worker {worker} noted {len(set(noted))} commands")
        for id in set(noted) - set(there):
            # What was refused gives no turn: an opening is never refused here.
            if command(worker, int(id.partition("-")[2]))["type"] == "open":
                found.append(f"{id} was acknowledged and is not there")
    return found


def rebuilt(turns: list[Turn], folder: Path, arguments: argparse.Namespace) -> list[str]:
    """No limit was passed at any turn, and the desk of each worker is that of the log."""
    seen = {}
    for worker in range(arguments.processes):
        turn, digest, snapshot = (folder / f"state-{worker}").read_text().split("\n", 2)
        seen[worker] = (int(turn), digest, snapshot)
    found = []
    first, *others = turns
    desk = Desk(first.document or {})
    desk.apply(first)
    for turn in [first, *others]:
        if turn is not first:
            desk.apply(turn)
        held: dict[str, int] = {}
        if turn is turns[-1] or turn.turn in {it[0] for it in seen.values()} or (turn.turn or 0) % 25 == 0:
            for conversation in desk.conversations():
                if conversation.agent and conversation.state == "assigned":
                    held[conversation.agent] = held.get(conversation.agent, 0) + 1
        found += [f"{agent} has {many} at turn {turn.turn}" for agent, many in held.items() if many > CAPACITY]
        for worker, (at, _, snapshot) in seen.items():
            if at == turn.turn and snapshot != desk.snapshot():
                found.append(f"the desk of worker {worker} is another than that of turn {at}")
    return found
