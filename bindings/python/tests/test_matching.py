"""Answers in `match`, by place and by name: this file is type-checked strictly, and it runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from conftest import document
from typing_extensions import assert_type

from frontdesk import Desk, Reason, State, Status, events

FRIDAY = "2026-11-20T{}:00:00Z"


def said(status: Status) -> str:
    match status:
        case Status(State.AVAILABLE, Reason.WORKING_HOURS, _, until):
            assert_type(until, datetime | None)
            return f"until {until:%H:%M}" if until else "always"
        case Status(State.AVAILABLE):
            return "available"
        case Status(State.AWAY, reason, since, until, by, note):
            assert_type(reason, Reason)
            assert_type(since, datetime | None)
            assert_type(by, str | None)
            assert_type(note, str | None)
            return f"{reason}, back {until:%a %H:%M}" if until else str(reason)
        case _:
            raise AssertionError(status)


@pytest.mark.parametrize(("hour", "what"), [("10", "until 16:00"), ("17", "outside_working_hours, back Mon 08:00")])
def test_a_status_by_its_places(desk: Desk, hour: str, what: str) -> None:
    assert said(desk.status("anna", FRIDAY.format(hour))) == what


def test_an_event_by_its_places(desk: Desk) -> None:
    [*_, assigned] = desk.open("c1", inbox="main", channel="chat", at=FRIDAY.format("10"))
    match assigned:
        case events.Assigned(conversation, agent):
            assert_type(conversation, str)
            assert (conversation, agent) == ("c1", "anna")
        case _:
            raise AssertionError(assigned)


def test_agents_are_a_sequence_of_views(desk: Desk) -> None:
    def first(candidates: Any, conversation: Any, desk: Any) -> Any:
        assert [agent.id for agent in candidates[:1]] == [candidates[0].id]
        return candidates[0]

    step = {"assign_to": "everyone", "strategy": {"script": "first"}}
    rules = [{"id": "all", "steps": [step]}]
    inboxes = [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": rules}]}]
    asked = Desk(document(inboxes=inboxes), strategies={"first": first})
    decision = asked.open("c1", inbox="main", channel="chat", at=FRIDAY.format("10")).decision
    assert decision is not None and decision.agent == "anna"
