"""Texts that are none: half characters and bytes are problems with a hint, wherever they are given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import document

from frontdesk import (
    Desk,
    Event,
    Events,
    InvalidCalendar,
    InvalidCommand,
    InvalidDocument,
    InvalidEvent,
    InvalidSnapshot,
    InvalidTurn,
    InvalidValue,
    Problem,
    ScriptProblem,
    Scripts,
    Turn,
    WrongType,
    calendar,
    check,
)

AT = "2026-11-20T09:00:00Z"
HALF = "\ud800"
Take = Callable[[Desk, Any], Any]

QUESTIONS: dict[str, Take] = {
    "status": lambda desk, text: desk.status(text, AT),
    "next_change": lambda desk, text: desk.next_change(text, AT),
    "schedule": lambda desk, text: desk.schedule(text, AT, AT),
    "available": lambda desk, text: desk.available(AT, team=text),
    "coverage": lambda desk, text: desk.coverage(AT, AT, inbox=text),
    "working_time": lambda desk, text: desk.working_time(AT, AT, agent=text),
    "after": lambda desk, text: desk.after(AT, "1h", inbox="main", channel=text),
    "of_conversation": lambda desk, text: desk.advance(AT).of_conversation(text),
    "write_hours": lambda desk, text: calendar.write_hours(desk, text, at=AT),
}

READ: dict[str, tuple[Take, type[Problem]]] = {
    "document": (lambda _, text: Desk("{" + text), InvalidDocument),
    "check": (lambda _, text: check("{" + text), InvalidDocument),
    "path": (lambda _, text: Desk(text), InvalidDocument),
    "command": (lambda desk, text: desk.handle_json(text), InvalidCommand),
    "proposal": (lambda desk, text: desk.propose_json(text), InvalidCommand),
    "permission": (lambda desk, text: desk.may_json(text), InvalidCommand),
    "snapshot": (lambda _, text: Desk.restore(text), InvalidSnapshot),
    "event": (lambda _, text: Event.from_json(text), InvalidEvent),
    "events": (lambda _, text: Events.from_json(text), InvalidEvent),
    "turn": (lambda _, text: Turn.from_json(text), InvalidTurn),
    "first turn": (lambda _, text: Turn.first("{" + text), InvalidDocument),
    "question": (lambda desk, text: desk.ask_json(text), InvalidValue),
    "script": (lambda _, text: Scripts({"mine": text}), ScriptProblem),
    "name of a script": (lambda _, text: Scripts({text: "fn score(agent, conversation, desk) { 1 }"}), ScriptProblem),
    "scripts": (lambda desk, text: desk.set_scripts({"mine": text}), ScriptProblem),
    "calendar": (lambda desk, text: calendar.absences(desk, "anna", "BEGIN:VCALENDAR\n" + text), InvalidCalendar),
    "conversation": (lambda desk, text: desk.close(text, at=AT), InvalidCommand),
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_ids_that_are_no_text(desk: Desk, ask: Take) -> None:
    with pytest.raises(InvalidValue, match="half a character") as caught:
        ask(desk, HALF)
    assert caught.value.hint is not None
    for wrong in (b"anna", 3):
        with pytest.raises(WrongType, match="not (a )?text") as told:
            ask(desk, wrong)
        assert told.value.hint is not None


@pytest.mark.parametrize(("read", "error"), READ.values(), ids=READ.keys())
def test_half_a_character(desk: Desk, read: Take, error: type[Problem]) -> None:
    with pytest.raises(error) as caught:
        read(desk, HALF)
    assert not isinstance(caught.value, UnicodeError) and caught.value.code


def test_where_half_a_character_stands_in_a_calendar(desk: Desk) -> None:
    with pytest.raises(InvalidCalendar) as caught:
        calendar.absences(desk, "anna", "BEGIN:VCALENDAR\nX\ud800")
    assert caught.value.position == (2, 2)


@pytest.mark.parametrize("text", ["no-such-desk.json", "folder/desk"])
def test_a_path_that_is_not_there_is_named(text: str) -> None:
    with pytest.raises(InvalidDocument, match=text) as caught:
        Desk(text)
    assert caught.value.hint is not None and "no such file" in caught.value.hint


def test_the_begin_of_what_is_no_document_is_told() -> None:
    with pytest.raises(InvalidDocument, match="'version: 1") as caught:
        Desk("version: 1\n" + "agents: []\n" * 50)
    assert len(caught.value.message) < 200 and caught.value.hint == "a document begins with {"
    assert Desk(document()) == Desk(document())
