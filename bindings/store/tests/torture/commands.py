"""The commands of a worker: they depend on its number alone, so that a worker that was killed sends the same again."""

from __future__ import annotations

from typing import Any

#: The conversations that a worker has open at a time.
OPEN = 21

#: The commands of a burst, which are all direct or all handed in.
BURST = 10


def command(worker: int, number: int) -> dict[str, Any]:
    """The command of a number: conversations are opened, and closed later; agents are away for a moment."""
    id = f"{worker}-{number}"
    if number % 7 == 3:
        agent = f"agent-{(worker * 31 + number) % 50}"
        return {"type": "set_status", "agent": agent, "status": "available" if number % 2 else "away", "id": id}
    if number % 2 == 1 and number > OPEN:
        return {"type": "close", "conversation": f"c{worker}-{number - OPEN}", "id": id}
    conversation = f"c{worker}-{number + number % 2}"
    if number % 2 == 1:
        conversation = f"d{worker}-{number}"
    return {"type": "open", "conversation": conversation, "inbox": "main", "channel": "chat", "id": id}


def is_handed_in(number: int) -> bool:
    """Half of the bursts are handed in."""
    return number // BURST % 2 == 1


def gives_a_turn(number: int) -> bool:
    """Whether a command changes the desk for certain: not a status that the agent has, and no closing of what was never opened."""
    if number % 7 == 3:
        return False
    closes = number % 2 == 1 and number > OPEN
    return not closes or (number - OPEN) % 7 != 3


def is_repeated(number: int) -> bool:
    """The first of a burst is sent twice, where it opens a conversation."""
    return number % BURST == 0 and number % 7 != 3
