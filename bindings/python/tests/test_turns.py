"""Turns: what is stored of a desk, and applied."""

from __future__ import annotations

import json
import pickle
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from conftest import document

from frontdesk import Desk, Events, InvalidDocument, InvalidTurn, Turn, WrongType, schema

AT = "2026-11-20T09:00:00Z"
OPEN = {"type": "open", "at": AT, "id": "k1", "conversation": "c1", "inbox": "main", "channel": "chat"}
COMMANDS: list[dict[str, Any]] = [
    OPEN,
    {"type": "close", "at": AT, "conversation": "nobody"},
    {"type": "advance", "at": AT},
    {"type": "close", "at": "2026-11-20T09:05:00Z", "conversation": "c1"},
    {"type": "put_agent", "at": "2026-11-20T09:06:00Z", "agent": "cy", "entry": {"id": "cy"}},
]


def at_work() -> tuple[Desk, list[Turn]]:
    desk = Desk(document())
    log = [Turn.first(document())]
    desk.apply(log[0])
    for command in COMMANDS:
        turn = desk.propose(command)
        if turn.turn is not None:
            log.append(turn)
        desk.apply(turn)
    return desk, log


def test_turns_are_numbered_from_the_document() -> None:
    desk, log = at_work()
    assert [turn.turn for turn in log] == [1, 2, 3, 4]
    assert desk.turn == 4 and Desk(document()).turn == 0
    first, opened, *_ = log
    assert first.document == desk_document() and (first.at, first.command, first.command_id) == (None, None, None)
    assert len(first.events) == 0 and opened.document is None
    assert opened.at is not None and opened.at.isoformat() == "2026-11-20T09:00:00+00:00"
    assert opened.command_id == "k1" and opened.version == 1
    assert opened.command == {**OPEN, "at": "2026-11-20T09:00:00.000Z"}
    assert isinstance(opened.events, Events) and opened.events.decision is not None
    assert opened.command is not None
    assert Desk(document()).handle(opened.command) == opened.events


def desk_document() -> Any:
    return Desk(document()).document()


def test_a_turn_is_written_and_read() -> None:
    _, log = at_work()
    for turn in log:
        again = Turn.from_json(turn.to_json())
        assert again == turn and hash(again) == hash(turn) and again.to_json() == turn.to_json()
        assert pickle.loads(pickle.dumps(turn)) == turn
        assert list(turn.to_dict()) == [
            "version",
            "turn",
            *(["document"] if turn.at is None else ["at", "command", "events"]),
        ]
        assert vars(turn) == turn.to_dict()
        assert json.loads(turn.to_json()) == turn.to_dict()
    assert log[0] != log[1] and log[0] != "turn"
    zone = ZoneInfo("Europe/Stockholm")
    read = Turn.from_json(log[1].to_json(), zone=zone)
    assert read.at == datetime(2026, 11, 20, 10, tzinfo=zone) and str(read.at).endswith("+01:00")
    assert str(read.events[0].at).endswith("+01:00")
    assert repr(log[0]) == "<Turn 1: the document>"
    assert repr(log[1]) == "<Turn 2: at 2026-11-20T09:00:00.000Z, 2 events>"


def test_a_command_with_nothing_to_store_has_no_number() -> None:
    desk = Desk(document())
    desk.apply(desk.propose(OPEN))
    before = desk.snapshot()
    refused = desk.propose({"type": "close", "at": AT, "conversation": "nobody"})
    assert refused.turn is None and refused.events.refused is not None and "turn" not in refused.to_dict()
    nothing = desk.propose({"type": "advance", "at": AT})
    assert nothing.turn is None and len(nothing.events) == 0
    assert repr(nothing).startswith("<Turn without a number:")
    for turn in (refused, nothing):
        desk.apply(turn)
        assert desk.snapshot() == before


def test_turns_rebuild_the_desk_at_every_prefix() -> None:
    _, log = at_work()
    desk = Desk(document())
    for index, turn in enumerate(log):
        desk.apply(turn)
        rebuilt = Desk.rebuild(log[: index + 1])
        assert rebuilt == desk and rebuilt.turn == index + 1
        assert Desk.rebuild(Turn.from_json(one.to_json()) for one in log[: index + 1]) == desk
        assert Desk.restore(desk.snapshot()).turn == desk.turn

    class Mine(Desk):
        pass

    assert type(Mine.rebuild(log, explain=True)) is Mine and Mine.rebuild(log, explain=True).explains


def test_what_does_not_fit_leaves_the_desk_as_it_was() -> None:
    desk, log = at_work()

    def told(desk: Desk, turn: Turn) -> tuple[str, str | None]:
        before = desk.snapshot()
        with pytest.raises(InvalidTurn) as caught:
            desk.apply(turn)
        assert desk.snapshot() == before and caught.value.hint
        return str(caught.value.code), caught.value.path

    assert [told(desk, turn) for turn in log] == [("invalid_value", "$.turn")] * 4
    assert told(Desk(document()), log[2]) == ("invalid_value", "$.turn")
    half = Turn.from_json(json.dumps({**log[1].to_dict(), "events": log[1].to_dict()["events"][:1]}))
    assert told(Desk(document()), half) == ("invalid_value", "$.events")
    other = Turn.first(document(holidays=[{"id": "x", "dates": ["2026-12-25"]}]))
    assert told(Desk(document()), other)[0] == "conflict"
    for wrong, path in (
        ([], "$[0].turn"),
        (log[1:], "$[0].turn"),
        ([log[0], log[2]], "$[1].turn"),
        ([*log[:2], log[1]], "$[2].turn"),
    ):
        with pytest.raises(InvalidTurn) as caught:
            Desk.rebuild(wrong)
        assert caught.value.path == path


def test_a_turn_that_cannot_be_read() -> None:
    _, log = at_work()
    text = log[1].to_json()
    for wrong in ("", "[]", "{}", text[:-1], text[: len(text) // 2], text.replace('"seq":2', '"seq":3')):
        with pytest.raises(InvalidTurn) as caught:
            Turn.from_json(wrong)
        assert caught.value.position is not None
    with pytest.raises(InvalidDocument):
        Turn.first('{"version": 1}')
    with pytest.raises(WrongType):
        Desk.rebuild([log[0], "turn"])  # type: ignore[list-item]


def test_pydantic_takes_turns() -> None:
    pydantic = pytest.importorskip("pydantic")
    adapter = pydantic.TypeAdapter(Turn)
    for turn in at_work()[1]:
        assert adapter.validate_json(turn.to_json()) == turn and adapter.validate_python(turn) is turn
        assert json.loads(adapter.dump_json(turn)) == turn.to_dict()


def test_the_schema_is_that_of_turns() -> None:
    assert schema("turn")["title"] == "frontdesk turn"
