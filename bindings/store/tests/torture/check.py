"""What has to be true of the log afterwards."""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

from commands import command, gives_a_turn, is_handed_in
from deaths import noted
from engines import Engine

from frontdesk import Desk, Turn
from frontdesk.problems import Problem
from frontdesk.shared import SharedDesk, migrate

#: The conversations that an agent may have at a time.
CAPACITY = 2

#: The worker whose clock is two minutes ahead.
AHEAD = 2


def create(engine: Engine, folder: Path, desk: str, agents: int) -> None:
    """Creates the desk: agents with tight limits."""
    document: Any = {
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
    """Everything that is wrong with the log, and what should have happened and has not."""
    connection = engine.connect(folder)
    try:
        desk = SharedDesk(connection, name)
        desk.verify()
        turns = [desk.turn_of(turn) for turn in range(1, desk.turn + 1)]
        pending = rows(connection, "SELECT command_id, turn, refused FROM frontdesk_pending WHERE desk = ", name)
        heads = rows(connection, "SELECT last_turn FROM frontdesk_desks WHERE desk = ", name)
    except Problem as problem:
        return [str(problem)]
    finally:
        connection.close()
    found = [f"the last turn of the desk is {head}" for (head,) in heads if head != len(turns)]
    found += ids(turns, folder, arguments)
    found += handed_in(turns, pending, arguments)
    found += clocks(turns, folder)
    found += rebuilt(turns, folder, arguments)
    if not (folder / "forked").exists():
        found.append("nobody forked")
    return found


def rows(connection: Any, query: str, desk: str) -> list[tuple[Any, ...]]:
    """The rows of a desk; texts that a driver gives as bytes are texts."""
    cursor = connection.cursor()
    cursor.execute(query + ("?" if type(connection).__module__ == "sqlite3" else "%s"), (desk,))
    return [tuple(it.decode() if isinstance(it, bytes) else it for it in row) for row in cursor.fetchall()]


def ids(turns: list[Turn], folder: Path, arguments: argparse.Namespace) -> list[str]:
    """Every acknowledged command that gave a turn is there once, and nothing that nobody sent."""
    there = Counter(turn.command_id for turn in turns if turn.command_id)
    found = [f"{id} is there twice" for id, many in there.items() if many > 1]
    sent = {f"{worker}-{number}" for worker in range(arguments.processes) for number in range(arguments.commands)}
    found += [f"{id} was sent by nobody" for id in set(there) - sent]
    for worker in range(arguments.processes):
        acknowledged = set(noted(folder / f"acknowledged-{worker}"))
        if len(acknowledged) != arguments.commands:
            found.append(f"worker {worker} noted {len(acknowledged)} commands")
        wanted = {id for id in acknowledged if gives_a_turn(int(id.partition("-")[2]))}
        found += [f"{id} was acknowledged and is not there" for id in wanted - set(there)]
    return found


def handed_in(turns: list[Turn], pending: list[tuple[Any, ...]], arguments: argparse.Namespace) -> list[str]:
    """Half of the commands were handed in, and each of those has a turn, which is its own, or a refusal."""
    numbers = [number for number in range(arguments.commands) if is_handed_in(number)]
    wanted = {f"{worker}-{number}" for worker in range(arguments.processes) for number in numbers}
    there = Counter(id for id, _, _ in pending)
    found = [
        f"{id} is not as often handed in as it should" for id in wanted | set(there) if there[id] != (id in wanted)
    ]
    for id, turn, refused in pending:
        if (turn is None) == (refused is None):
            found.append(f"{id} has the turn {turn} and the refusal {refused}")
        elif turn is not None and (turn > len(turns) or turns[turn - 1].command_id != id):
            found.append(f"{id} has turn {turn}, which is of another command")
    return found


def clocks(turns: list[Turn], folder: Path) -> list[str]:
    """Time does not go back, though a worker's clock is behind; one that is ahead was refused."""
    instants = [turn.at for turn in turns if turn.at]
    found = [f"time goes back from {before} to {after}" for before, after in pairwise(instants) if after < before]
    if not (folder / f"clock-{AHEAD}").exists():
        found.append("the clock that is ahead was not refused")
    return found


def rebuilt(turns: list[Turn], folder: Path, arguments: argparse.Namespace) -> list[str]:
    """No limit was passed at any turn, and the desks of each worker are those of the log."""
    seen: dict[int, list[tuple[str, str]]] = {}
    for path in [*folder.glob("state-*"), *folder.glob("serving-*")]:
        number, _, snapshot = path.read_text().split("\n", 2)
        seen.setdefault(int(number), []).append((path.name, snapshot))
    found = []
    if sum(map(len, seen.values())) < arguments.processes:
        found.append("a worker did not note its desk")
    document: Any = turns[0].document
    desk = Desk(document)
    for at, turn in enumerate(turns, start=1):
        desk.apply(turn)
        if at % 25 == 0 or at in seen or at == len(turns):
            found += limits(desk, at)
        snapshot = desk.snapshot() if at in seen else ""
        found += [f"{name} is another than turn {at}" for name, its in seen.pop(at, []) if its != snapshot]
    found += [f"{name} is of turn {at}" for at, desks in seen.items() for name, _ in desks]
    return found + conversations(turns, desk)


def limits(desk: Desk, turn: int) -> list[str]:
    """The agents who hold more than they may."""
    held = Counter(it.agent for it in desk.conversations() if it.state == "assigned")
    return [f"{agent} holds {many} at turn {turn}" for agent, many in held.items() if many > CAPACITY or not agent]


def conversations(turns: list[Turn], desk: Desk) -> list[str]:
    """Every conversation that was opened and not closed is there once, in the queue or with an agent, and no other."""
    commands = [of_id(turn.command_id) for turn in turns if turn.command_id]
    of = {kind: {it["conversation"] for it in commands if it["type"] == kind} for kind in ("open", "close")}
    there = Counter(it.conversation for it in desk.conversations() if it.state in ("assigned", "queued"))
    found = [f"{id} is there {there[id]} times" for id in of["open"] - of["close"] if there[id] != 1]
    return found + [
        f"{id} is there, and was not opened or was closed" for id in set(there) - (of["open"] - of["close"])
    ]


def of_id(id: str) -> dict[str, Any]:
    """The command of an id."""
    worker, _, number = id.partition("-")
    return command(int(worker), int(number))
