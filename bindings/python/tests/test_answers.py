"""What answers are beside their values: frozen, taken by FastAPI and pydantic, written as JSON."""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from conftest import document

from frontdesk import (
    AgentRow,
    Conversation,
    Coverage,
    Decision,
    Desk,
    Event,
    Events,
    InvalidCommand,
    InvalidDocument,
    InvalidEvent,
    InvalidQuestion,
    InvalidTime,
    NotFound,
    Period,
    Schedule,
    Status,
    StepConsidered,
    Stretch,
    VisitorView,
    WrongType,
)
from frontdesk.events import Assigned, Opened

AT = "2026-11-20T09:00:00Z"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
FRIDAY = datetime(2026, 11, 20, tzinfo=STOCKHOLM)
SATURDAY = datetime(2026, 11, 21, tzinfo=STOCKHOLM)


def opened(desk: Desk, conversation: str = "c1", **more: Any) -> Events:
    return desk.open(conversation, inbox="main", channel="chat", at=AT, explain=True, **more)


# Coverage


def shifts() -> Desk:
    hours = [{"days": ["fri"], "start": "09:00", "end": "13:00"}]
    later = [{"days": ["fri"], "start": "13:00", "end": "17:00"}]
    agents = [
        {"id": "anna", "team": "support", "working_hours": hours},
        {"id": "bo", "team": "support", "working_hours": later},
    ]
    return Desk(document(agents=agents))


def test_coverage_says_who() -> None:
    desk = shifts()
    counted = desk.coverage(FRIDAY, SATURDAY)
    assert (counted.available, counted.agents) == ((0, 1, 0), None)
    named = desk.coverage(FRIDAY, SATURDAY, who=True)
    assert named.agents == ((), ("anna",), ("bo",), ()) and named.available == (0, 1, 1, 0)
    assert [row.start.hour for row in named] == [0, 9, 13, 17] and named[1].agents == ("anna",)
    assert named.columns["agents"] == [(), ("anna",), ("bo",), ()]
    assert named[1:3].agents == (("anna",), ("bo",))
    steps = desk.coverage(FRIDAY, SATURDAY, who=True, step="12h", team="support")
    assert steps.agents == ((), ("anna",)) and steps.least == (0, 0)
    for row in named:
        assert list(row.agents or ()) == desk.available(row.start)
    with pytest.raises(NotFound):
        desk.coverage(FRIDAY, SATURDAY, who=True, team="suport")
    assert "09:00–13:00 1 available: anna" in named._repr_html_()


def test_a_coverage_cannot_be_changed(desk: Desk) -> None:
    coverage: Any = desk.coverage(FRIDAY, SATURDAY, who=True)
    for name in ("available", "start", "end", "least", "agents", "new"):
        with pytest.raises(AttributeError, match="cannot be changed"):
            setattr(coverage, name, ())
    with pytest.raises(AttributeError):
        del coverage.available
    with pytest.raises(TypeError):
        coverage.available[0] = 5
    coverage.columns["available"][0] = 5
    assert coverage.available[0] == 0
    assert hash(coverage) == hash(desk.coverage(FRIDAY, SATURDAY, who=True)) and coverage[:] == coverage


# Conversations


def test_conversations_are_filtered(desk: Desk) -> None:
    for number in range(4):
        opened(desk, f"c{number}", contact={"id": "kim" if number % 2 else "lee"})
    desk.close("c0", at=AT)

    def ids(**asked: Any) -> list[str]:
        return [one.conversation for one in desk.conversations(**asked)]

    assert ids() == ["c0", "c1", "c2", "c3"]
    assert ids(state="closed") == ["c0"] and ids(state=["assigned", "queued"]) == ["c1", "c2", "c3"]
    holder = desk.conversation("c1")
    assert holder is not None and ids(agent=holder.agent, contact="kim") == ["c1", "c3"]
    assert ids(contact="kim") == ["c1", "c3"] and ids(contact="nobody") == []
    assert ids(inbox="main", channel="chat") == ids(channel="chat") == ids()
    for unknown in ({"agent": "ana"}, {"inbox": "mian"}, {"channel": "caht"}, {"inbox": "main", "channel": "caht"}):
        with pytest.raises(NotFound, match="did you mean"):
            ids(**unknown)
    for state in ("qeued", [], ["closed", "qeued"]):
        with pytest.raises(InvalidQuestion.__mro__[1]):
            ids(state=state)


# JSON


def test_events_as_one_text_and_as_lines(desk: Desk) -> None:
    events = opened(desk)
    assert json.loads(events.to_json()) == events.to_dict() == [event.to_dict() for event in events]
    lines = events.to_json_lines()
    assert [json.loads(line) for line in lines.splitlines()] == events.to_dict() and lines.endswith("}\n")
    assert Events.from_json(events.to_json()) == Events.from_json(lines) == events
    assert Events.from_json("") == Events.from_json("[]") == Events()
    assert Events.from_json(lines + "\n\n" + lines) == Events([*events, *events])


@pytest.mark.parametrize(
    ("text", "line", "path"),
    [
        ('{{"seq": 1}}\n', 1, None),
        ("{good}\n\n{good}\n{{\n", 4, None),
        ('{good}\n{{"type": "opened", "seq": "x"}}', 2, None),
        ('[{good}, {{"type": "opened", "seq": "x"}}]', None, "$[1]"),
        ("[{good}", None, None),
        ("[5]", None, "$[0]"),
    ],
)
def test_where_an_event_is_wrong(desk: Desk, text: str, line: int | None, path: str | None) -> None:
    good = opened(desk)[0].to_json()
    with pytest.raises(InvalidEvent) as wrong:
        Events.from_json(text.format(good=good))
    found = wrong.value.position
    assert (found.line if found else None) == line
    assert path is None or any(problem.path == path for problem in wrong.value.problems)


def test_reading_events_lets_other_threads_run(desk: Desk) -> None:
    """With a switch interval without end, another thread runs only while this one has let go of Python."""
    text = opened(desk).to_json_lines() * 3000
    before = sys.getswitchinterval()
    may_run, has_run = threading.Event(), threading.Event()

    def other() -> None:
        may_run.wait()
        has_run.set()

    thread = threading.Thread(target=other)
    thread.start()
    sys.setswitchinterval(1e6)
    try:
        may_run.set()
        for _ in range(20):
            Events.from_json(text)
            if has_run.is_set():
                break
        ran = has_run.is_set()
    finally:
        sys.setswitchinterval(before)
        thread.join()
    assert ran


# Ids and numbers of other libraries


def test_a_uuid_stands_for_its_text() -> None:
    anna, ticket, team = UUID(int=1), UUID(int=2), UUID(int=3)
    skills: Any = {team: 3}
    desk = Desk(
        {
            "version": 1,
            "time_zone": "UTC",
            "teams": [{"id": team}],
            "agents": [{"id": anna, "team": team, "skills": skills}],
            "inboxes": [
                {
                    "id": "main",
                    "channels": [
                        {
                            "id": "chat",
                            "kind": "chat",
                            "rules": [{"id": "all", "steps": [{"assign_to": {"agents": [anna]}}]}],
                        }
                    ],
                }
            ],
        }
    )
    events = desk.open(
        ticket, inbox="main", channel="chat", at=AT, contact={"id": ticket}, attributes={"order": ticket}
    )
    assert events.decision is not None and events.decision.agent == str(anna)
    assert desk.status(anna, AT).available and desk.available(AT, team=team) == [str(anna)]
    found = desk.conversation(ticket)
    assert found is not None and found.attributes == {"order": str(ticket)}
    assert [one.conversation for one in desk.conversations(agent=anna, contact=ticket)] == [str(ticket)]
    assert desk.why(ticket) == [] and desk.zone_of(anna) == ZoneInfo("UTC")
    assert len(desk.story(ticket, events)) == 2 and len(events.of_conversation(ticket)) == 2
    assert desk.close(ticket, at=AT, by=anna, id=UUID(int=4))[-1].id == str(UUID(int=4))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (Decimal("19.99"), 19.99),
        (Decimal("20.00"), 20),
        (Decimal("-0.5"), -0.5),
        (Decimal("1e3"), 1000),
        (Decimal(2**53), 2**53),
        (Decimal("0.1"), 0.1),
    ],
)
def test_a_decimal_is_the_number_it_spells(desk: Desk, given: Decimal, kept: float) -> None:
    opened(desk, attributes={"amount": given})
    found = desk.conversation("c1")
    assert found is not None and found.attributes == {"amount": kept} and type(found.attributes["amount"]) is type(kept)


@pytest.mark.parametrize(
    "given", ["0.10000000000000000555", "1e400", "123456789012345678901234567890", "NaN", "Infinity"]
)
def test_a_decimal_that_would_lose_digits_is_a_problem(desk: Desk, given: str) -> None:
    with pytest.raises(InvalidCommand) as wrong:
        opened(desk, attributes={"amount": Decimal(given)})
    assert wrong.value.path == "$.attributes.amount"
    assert desk.conversations() == []


def test_whole_numbers_of_other_libraries(desk: Desk) -> None:
    class Whole:
        def __index__(self) -> int:
            return 3

    opened(desk, skills={"billing": Whole()}, attributes={"n": Whole()})
    found = desk.conversation("c1")
    assert found is not None and (found.skills, found.attributes) == ({"billing": 3}, {"n": 3})
    with pytest.raises(InvalidDocument):
        Desk(document(agents=[{"id": Whole()}]))


# FastAPI and pydantic


def test_vars_are_fields(desk: Desk) -> None:
    status = desk.status("anna", AT, zone=STOCKHOLM)
    assert list(vars(status)) == ["state", "reason", "since", "until", "by", "note", "status"]
    assert vars(status)["until"] == status.until
    events = opened(desk)
    assert vars(events[0]) == events[0].to_dict()
    assert events.decision is not None and vars(events.decision) == events.decision.to_dict()
    coverage = desk.coverage(FRIDAY, SATURDAY)
    assert vars(coverage) == coverage.columns


def test_pydantic_holds_answers(desk: Desk) -> None:
    pydantic = pytest.importorskip("pydantic")

    class Held(pydantic.BaseModel):  # type: ignore[name-defined, misc]
        status: Status
        coverage: Coverage
        schedule: Schedule
        events: Events
        event: Event
        opened: Opened
        decision: Decision
        rows: list[AgentRow]
        period: Period
        conversation: Conversation
        visitor: VisitorView
        why: list[StepConsidered]
        stretch: Stretch

    status = desk.set_status("bo", "away", at=AT, note="Lunch")
    assert status.refused is None
    events = opened(desk)
    decision = events.decision
    conversation = desk.conversation("c1", zone=STOCKHOLM)
    assert decision is not None and conversation is not None
    for who in (False, True):
        coverage = desk.coverage(FRIDAY, SATURDAY, who=who, step="6h" if who else None)
        held: Any = Held(
            status=desk.status("bo", AT, zone=STOCKHOLM),
            coverage=coverage,
            schedule=desk.schedule("anna", FRIDAY, SATURDAY),
            events=events,
            event=events[-1],
            opened=events[0] if isinstance(events[0], Opened) else events.of_conversation("c1")[0],
            decision=decision,
            rows=desk.table(AT, zone=STOCKHOLM),
            period=desk.schedule("anna", FRIDAY, SATURDAY)[0],
            conversation=conversation,
            visitor=desk.visitor("main", "chat", AT, zone=STOCKHOLM),
            why=desk.why("c1"),
            stretch=coverage[0],
        )
        text = held.model_dump_json()
        told = json.loads(text)
        assert told["status"]["state"] == "away" and told["status"]["note"] == "Lunch"
        assert told["events"] == events.to_dict() and told["decision"] == decision.to_dict()
        assert len(told["coverage"]) == len(coverage) and len(told["schedule"]) == 3
        again: Any = Held.model_validate_json(text)
        assert again.events == events and again.decision == decision and again.status == held.status
        assert again.coverage == coverage and again.schedule == held.schedule and again.rows == held.rows
        assert type(again.coverage) is Coverage and type(again.schedule) is Schedule
        assert again.model_dump_json() == Held.model_validate_json(again.model_dump_json()).model_dump_json()
    for mode in ("validation", "serialization"):
        assert set(Held.model_json_schema(mode=mode)["properties"]["status"]) >= {"$ref"} or Held.model_json_schema(
            mode=mode
        )
    for wrong in (5, "text", {"state": "busy"}, {"state": "away", "reason": "set_away", "since": "x", "until": None}):
        with pytest.raises(pydantic.ValidationError):
            pydantic.TypeAdapter(Status).validate_python(wrong)
    with pytest.raises(pydantic.ValidationError):
        pydantic.TypeAdapter(Assigned).validate_python(held.opened)
    with pytest.raises(pydantic.ValidationError):
        pydantic.TypeAdapter(Assigned).validate_python(held.opened.to_dict())


def test_fastapi_answers_with_them(desk: Desk) -> None:
    fastapi = pytest.importorskip("fastapi")
    pytest.importorskip("httpx2")
    from fastapi.testclient import TestClient

    events = opened(desk)
    assert events.decision is not None
    answers: dict[str, tuple[Any, Any]] = {
        "status": (Status, desk.status("anna", AT, zone=STOCKHOLM)),
        "coverage": (Coverage, desk.coverage(FRIDAY, SATURDAY, who=True)),
        "schedule": (Schedule, desk.schedule("anna", FRIDAY, SATURDAY)),
        "table": (list[AgentRow], desk.table(AT, zone=STOCKHOLM)),
        "events": (Events, events),
        "event": (Event, events[-1]),
        "decision": (Decision, events.decision),
        "visitor": (VisitorView, desk.visitor("main", "chat", AT)),
        "why": (list[StepConsidered], desk.why("c1")),
        "conversations": (list[Conversation], desk.conversations()),
        "problem": (dict[str, Any], NotFound("unknown_agent", "there is no agent").to_dict()),
    }
    app = fastapi.FastAPI()
    for name, (kind, answer) in answers.items():

        def answering(answer: Any = answer) -> Any:
            return lambda: answer

        app.get(f"/typed/{name}", response_model=kind)(answering())
        app.get(f"/plain/{name}", response_model=None)(answering())
    client = TestClient(app)
    for name in answers:
        typed, plain = client.get(f"/typed/{name}"), client.get(f"/plain/{name}")
        assert (typed.status_code, plain.status_code) == (200, 200), name
        # What is not an object: a coverage without a type is its columns, events stand under a name.
        if name == "events":
            assert plain.json() == {"events": typed.json()}
        elif name != "coverage":
            # UTC is spelled in two ways.
            assert typed.json() == json.loads(plain.text.replace("+00:00", "Z")), name
    assert client.get("/typed/status").json() == {
        "state": "available",
        "reason": "working_hours",
        "since": "2026-11-20T09:00:00+01:00",
        "until": "2026-11-20T17:00:00+01:00",
        "by": None,
        "note": None,
        "status": None,
    }
    assert client.get("/typed/events").json() == events.to_dict()
    assert client.get("/openapi.json").status_code == 200


@dataclass
class Entry:
    id: str


def test_types_that_are_no_document() -> None:
    for wrong in (42, None, object(), 4.5, [1]):
        given: Any = wrong
        with pytest.raises((InvalidDocument, WrongType)):
            Desk(given)
    assert Desk({"version": 1, "time_zone": "UTC", "agents": [Entry("anna")]}).available(AT) == ["anna"]


def test_how_many_an_answer_names(desk: Desk) -> None:
    many = Desk(document(agents=[{"id": f"a{number}", "working_hours": None} for number in range(0)]))
    assert many.coverage(FRIDAY, SATURDAY, who=True).agents == ((),)
    crowd = Desk({"version": 1, "time_zone": "UTC", "agents": [{"id": f"a{number}"} for number in range(200)]})
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    with pytest.raises(InvalidTime, match="1,000,000"):
        crowd.coverage(start, datetime(2027, 1, 1, tzinfo=timezone.utc), step="1h", who=True)
