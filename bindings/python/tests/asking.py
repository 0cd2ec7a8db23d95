"""A desk that asks a strategy in Python, called ``mine``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conftest import document

from frontdesk import Desk, events
from frontdesk.typing import Strategy

AT = "2026-11-20T09:00:00Z"
STEP = {"assign_to": {"teams": ["support"]}, "strategy": {"script": "mine"}, "on_error": "in_order"}


def asking(step: Mapping[str, Any] = STEP, **more: Any) -> Any:
    """A desk whose step asks ``mine``."""
    steps = [dict(step)]
    channel = {"id": "chat", "kind": "chat", "rules": [{"id": "everyone", "steps": steps}]}
    return document(inboxes=[{"id": "main", "channels": [channel]}], **more)


def given(answer: Strategy, **more: Any) -> Desk:
    return Desk(asking(**more), strategies={"mine": answer})


def opened(desk: Desk, conversation: str = "c1", **more: Any) -> Any:
    return desk.open(conversation, inbox="main", channel="chat", at=AT, **more)


def failure(desk: Desk, *, told_as: str = "strategy") -> events.ScriptFailed:
    """How the strategy fails; the conversation goes to the first all the same."""
    happened = opened(desk)
    failed = [event for event in happened if isinstance(event, events.ScriptFailed)]
    assert len(failed) == 1 and getattr(failed[0], told_as) == "mine" and failed[0].on_error == "in_order"
    assert happened.decision is not None and (happened.decision.agent, happened.decision.strategy) == (
        "anna",
        "in_order",
    )
    return failed[0]
