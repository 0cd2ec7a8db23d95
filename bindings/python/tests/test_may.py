"""``Desk.may``: whether a command is allowed, in Python's types."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from conftest import document

from frontdesk import Code, Desk, InvalidCommand, May, ReplyWindowEnds

AT = "2026-11-20T09:00:00Z"
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def messenger() -> Desk:
    """A desk with a conversation in a channel with windows for replies, and a bot."""
    rules = [{"id": "all", "steps": [{"assign_to": {"bot": "robo"}}]}]
    windows = {"automated": "24h", "person": "7d"}
    channel = {"id": "fb", "kind": "messenger", "reply_window": windows, "rules": rules}
    out = [{"first_day": "2026-11-20", "last_day": "2026-11-20"}]
    agents = [{"id": "anna", "substitute": "bo", "out_of_office": out}, {"id": "bo"}]
    desk = Desk(document(agents=agents, inboxes=[{"id": "main", "channels": [channel]}]))
    desk.open("c1", inbox="main", channel="fb", at=AT)
    return desk


def test_a_refusal_has_a_reason_and_is_false() -> None:
    desk = messenger()
    before = desk.snapshot()
    may = desk.may({"type": "close", "at": AT, "conversation": "c1", "by": "anna"})
    assert not may and not may.allowed
    assert (may.code, may.until) == (Code.BOT_ACTIVE, datetime(2026, 11, 20, 9, 30, tzinfo=timezone.utc))
    assert may.message is not None and may.message.startswith("a bot has the conversation")
    assert desk.may({"type": "close", "at": AT, "conversation": "c1"})
    assert desk.snapshot() == before


def test_windows_are_in_the_zone_of_the_command_or_that_asked_for() -> None:
    desk = messenger()
    reply: dict[str, Any] = {"type": "reply", "at": datetime(2026, 11, 20, 10, tzinfo=STOCKHOLM), "conversation": "c1"}
    may = desk.may(reply | {"by": "anna"})
    ends = ReplyWindowEnds(datetime(2026, 11, 21, 10, tzinfo=STOCKHOLM), datetime(2026, 11, 27, 10, tzinfo=STOCKHOLM))
    assert may == May(True, reply_window=ends)
    assert may.reply_window is not None and may.reply_window.person is not None
    assert may.reply_window.person.tzinfo == STOCKHOLM
    told = desk.may(reply | {"by": "anna"}, zone="Asia/Kolkata").reply_window
    assert told == ends and told is not None and told.person is not None
    assert told.person.hour == 14
    assert may.to_dict() == {
        "allowed": True,
        "reply_window": {"automated": "2026-11-21T09:00:00.000Z", "person": "2026-11-27T09:00:00.000Z"},
    }


def test_who_stands_in() -> None:
    desk = messenger()
    assign = {"type": "assign", "at": AT, "conversation": "c1", "to": {"agent": "anna"}}
    assert desk.may(assign) == May(True)
    assert desk.may(assign | {"or_substitute": True}) == May(True, agent="bo", substitute_for="anna")


def test_it_is_what_happens(desk: Desk) -> None:
    commands: list[dict[str, Any]] = [
        {"type": "open", "at": AT, "conversation": "c1", "inbox": "main", "channel": "chat"},
        {"type": "close", "at": AT, "conversation": "c2"},
        {"type": "set_status", "at": AT, "agent": "bo", "status": "away", "by": "anna"},
        {"type": "close", "at": AT, "conversation": "c1", "by": "anna"},
        {"type": "close", "at": "2026-11-20T08:00:00Z", "conversation": "c1"},
    ]
    for command in commands:
        may = desk.may(command)
        refused = desk.handle(command).refused
        assert bool(may) is (refused is None)
        assert (may.code, may.message) == (None if refused is None else refused.code, refused and refused.message)


def test_a_command_that_cannot_be_read_is_raised(desk: Desk) -> None:
    with pytest.raises(InvalidCommand) as caught:
        desk.may({"type": "close", "at": AT})
    assert caught.value.code == Code.MISSING_KEY
