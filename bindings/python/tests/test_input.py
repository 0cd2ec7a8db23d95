"""Documents and commands from Python's own values; those that are none."""

from __future__ import annotations

import json
import math
import pickle
from collections import OrderedDict, UserDict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pydantic
import pytest
from conftest import document

from frontdesk import (
    Code,
    Desk,
    Event,
    InvalidCommand,
    InvalidDocument,
    InvalidEvent,
    InvalidSnapshot,
    InvalidTime,
    InvalidValue,
    Position,
    Severity,
    check,
    find_warnings,
)
from frontdesk.problems import InvalidTimeOfCommand

AT = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)


class Team(str, Enum):
    SUPPORT = "support"


@dataclass
class Hours:
    days: list[str]
    start: time
    end: str


@dataclass(frozen=True)
class Agent:
    id: str
    team: Team | None = None
    working_hours: list[Hours] | None = None
    capacity: dict[str, Any] | None = None


@dataclass
class Document:
    version: int
    time_zone: ZoneInfo
    teams: tuple[dict[str, Any], ...] = ()
    agents: list[Agent] = field(default_factory=list[Agent])


class PydanticAgent(pydantic.BaseModel):
    id: str
    team: str | None = None
    hours: list[dict[str, Any]] | None = pydantic.Field(default=None, alias="working_hours")
    attributes: dict[str, Any] = {}


class PydanticDocument(pydantic.BaseModel):
    version: int = 1
    time_zone: str
    agents: list[PydanticAgent] = []


def test_a_document_may_be_many_things(tmp_path: Path) -> None:
    whole = document()
    text = json.dumps(whole)
    path = tmp_path / "desk.json"
    path.write_text(text, encoding="utf-8")
    same = [whole, text, text.encode(), path, str(path), OrderedDict(whole), MappingProxyType(whole), UserDict(whole)]
    assert {Desk(one).snapshot() for one in same} == {Desk(whole).snapshot()}
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert Desk(path) == Desk(whole)


def test_dataclasses_enums_times_and_zones() -> None:
    agents = [Agent("anna", Team.SUPPORT, [Hours(["mon"], time(9), "17:00")]), Agent("bo", capacity={"total": 3})]
    desk = Desk(Document(1, ZoneInfo("Europe/Stockholm"), ({"id": Team.SUPPORT},), agents))
    same: Any = {
        "version": 1,
        "time_zone": "Europe/Stockholm",
        "teams": [{"id": "support"}],
        "agents": [
            {"id": "anna", "team": "support", "working_hours": [{"days": ["mon"], "start": "09:00", "end": "17:00"}]},
            {"id": "bo", "capacity": {"total": 3}},
        ],
    }
    assert desk == Desk(same)


def test_models_of_pydantic() -> None:
    agents = [
        PydanticAgent(id="anna", working_hours=[{"days": ["mon"], "start": "09:00", "end": "17:00"}]),
        PydanticAgent(id="bo", attributes={"note": None}),
    ]
    desk = Desk(PydanticDocument(time_zone="UTC", agents=agents))
    agents_as_json: Any = [
        {"id": "anna", "working_hours": [{"days": ["mon"], "start": "09:00", "end": "17:00"}]},
        {"id": "bo", "attributes": {"note": None}},
    ]
    assert desk == Desk({"version": 1, "time_zone": "UTC", "agents": agents_as_json})


@pytest.mark.parametrize("wrong", [time(9, 0, 30), time(9, 0, 0, 1)])
def test_a_time_with_seconds_is_told(wrong: time) -> None:
    hours = [{"days": ["mon"], "start": wrong, "end": "17:00"}]
    with pytest.raises(InvalidDocument, match="has seconds") as caught:
        Desk(document(agents=[{"id": "anna", "working_hours": hours}]))
    assert (caught.value.code, caught.value.path) == (Code.INVALID_TIME, "$.agents[0].working_hours[0].start")
    with pytest.raises(InvalidDocument, match="has seconds"):
        Desk(Whole(time_zone="UTC", agents=[Someone(id="anna", working_hours=[Span(start=wrong)])]))


@dataclass
class Note:
    text: str
    by: str | None = None


class Span(pydantic.BaseModel):
    days: list[str] = ["mon"]
    start: time
    end: time | None = time(17)


class Spans(pydantic.RootModel[list[Span]]):
    pass


class Someone(pydantic.BaseModel, extra="allow"):
    id: str
    working_hours: list[Span] | Spans | None = None
    note: Note | None = pydantic.Field(default=None, alias="x-note")

    @pydantic.computed_field  # type: ignore[prop-decorator]
    @property
    def name(self) -> str | None:
        return None if self.id == "bo" else self.id.title()


class Whole(pydantic.BaseModel):
    version: int = 1
    time_zone: str
    agents: list[Someone] = []


def test_none_is_absent_wherever_it_stands_in_a_model() -> None:
    more: Any = {"team": None, "skills": None, "x-note": Note("early")}
    agents = [
        Someone(id="anna", working_hours=[Span(start=time(9))], **more),
        Someone(id="bo", working_hours=Spans([Span(start=time(10), end=time(16))])),
    ]
    monday = {"days": ["mon"], "start": "09:00", "end": "17:00"}
    same: Any = [
        {"id": "anna", "name": "Anna", "working_hours": [monday], "x-note": {"text": "early"}},
        {"id": "bo", "working_hours": [{**monday, "start": "10:00", "end": "16:00"}]},
    ]
    assert Desk(Whole(time_zone="UTC", agents=agents)) == Desk({"version": 1, "time_zone": "UTC", "agents": same})


def test_civil_times_dates_and_sets_in_a_document() -> None:
    away = [
        {"start": datetime(2026, 11, 20, 14), "end": datetime(2026, 11, 20, 17)},
        {"first_day": date(2026, 12, 1), "last_day": date(2026, 12, 2)},
    ]
    desk = Desk(document(agents=[{"id": "anna", "out_of_office": away, "extra_teams": {"support"}}]))
    anna = desk.document()["agents"][0]
    assert anna["out_of_office"] == [
        {"start": "2026-11-20T14:00", "end": "2026-11-20T17:00"},
        {"first_day": "2026-12-01", "last_day": "2026-12-02"},
    ]


def test_all_problems_of_a_document_at_once() -> None:
    with pytest.raises(InvalidDocument) as caught:
        Desk('{"version": 1,\n "time_zone": "Europe/Stokholm",\n "agents": [{"id": "a", "team": "x"}, {"id": "a"}]}')
    told = [(one.code, one.path, one.position) for one in caught.value.problems]
    assert told == [
        (Code.UNKNOWN_ZONE, "$.time_zone", (2, 15)),
        (Code.UNKNOWN_REFERENCE, "$.agents[0].team", (3, 33)),
        (Code.DUPLICATE_ID, "$.agents[1].id", (3, 46)),
    ]
    assert str(caught.value).count("\n") == 2


def test_problems_of_a_dict_have_no_lines() -> None:
    with pytest.raises(InvalidDocument) as caught:
        Desk({"version": 1})  # type: ignore[arg-type]
    assert caught.value.position is None


def cyclic() -> Any:
    whole: dict[str, Any] = document()
    whole["agents"][0]["attributes"] = {"desk": whole}
    return whole


def deep() -> Any:
    inner: Any = []
    for _ in range(5000):
        inner = [inner]
    return document(**{"x-deep": inner})


def within(value: Any) -> Any:
    return document(agents=[{"id": "anna", "attributes": {"deep": [{"inside": value}]}}])


BAD_VALUES = {
    "nan": (math.nan, Code.INVALID_VALUE),
    "infinity": (-math.inf, Code.INVALID_VALUE),
    "huge": (10**400, Code.OUT_OF_RANGE),
    "beyond 2^53": (2**53 + 1, Code.OUT_OF_RANGE),
    "beyond 64 bits": (2**64, Code.OUT_OF_RANGE),
    "surrogate": ("\ud800", Code.INVALID_VALUE),
    "bytes": (b"x", Code.WRONG_TYPE),
    "object": (object(), Code.WRONG_TYPE),
    "class": (dict, Code.WRONG_TYPE),
    "function": (len, Code.WRONG_TYPE),
    "complex": (1j, Code.WRONG_TYPE),
    "number as key": ({1: 2}, Code.WRONG_TYPE),
    "surrogate as key": ({"\udfff": 2}, Code.INVALID_VALUE),
    "generator": ((n for n in [1]), Code.WRONG_TYPE),
    "negative length": (timedelta(-1), Code.OUT_OF_RANGE),
}


@pytest.mark.parametrize(("value", "code"), BAD_VALUES.values(), ids=BAD_VALUES.keys())
def test_wrong_values_deep_inside(value: Any, code: Code) -> None:
    with pytest.raises(InvalidDocument) as caught:
        Desk(within(value))
    assert caught.value.code is code
    assert caught.value.path is not None and caught.value.path.startswith("$.agents[0].attributes.deep[0].inside")


@pytest.mark.parametrize("make", [cyclic, deep])
def test_what_has_no_end_is_told(make: Any) -> None:
    with pytest.raises(InvalidDocument) as caught:
        Desk(make())
    assert caught.value.code is Code.INVALID_JSON


def test_several_wrong_values_are_told_at_once() -> None:
    with pytest.raises(InvalidDocument) as caught:
        Desk(document(agents=[{"id": math.nan}, {"id": b"bo"}]))
    assert [one.path for one in caught.value.problems] == ["$.agents[0].id", "$.agents[1].id"]


@pytest.mark.parametrize(
    "given",
    ["", "nonsense", "[", "[]", "{", "null", b"\xff\xfe", None, 3, [], "/no/such/file.json", "a\0b", "x" * 10000],
)
def test_what_is_no_document(given: Any) -> None:
    with pytest.raises(InvalidDocument):
        Desk(given)


def test_a_path_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        Desk(Path("/no/such/file.json"))


def test_what_a_value_raises_is_handed_on() -> None:
    class Broken(UserDict[str, Any]):
        def items(self) -> Any:
            raise ZeroDivisionError("broken")

    with pytest.raises(ZeroDivisionError, match="broken"):
        Desk(document(agents=[Broken()]))


def test_a_dict_that_changes_while_it_is_read() -> None:
    whole = document()

    class Meddling(Enum):
        A = "anna"

        @property
        def value(self) -> str:
            whole["x-more"] = len(whole)
            return "anna"

    whole["agents"] = [{"id": Meddling.A}]
    assert Desk(whole).document()["agents"][0]["id"] == "anna"


BAD_COMMANDS: dict[str, dict[str, Any]] = {
    "wrong type": {"conversation": 3},
    "empty id": {"conversation": ""},
    "control character": {"conversation": "a\nb"},
    "long id": {"conversation": "x" * 300},
    "surrogate": {"conversation": "\ud800"},
    "skills": {"skills": {"billing": 9}},
    "skills of text": {"skills": {"billing": "much"}},
    "attributes": {"attributes": {"x": math.nan}},
    "attributes no dict": {"attributes": [1]},
    "cyclic attributes": {"attributes": cyclic()},
    "contact": {"contact": {"id": "x", "wrong": 1}},
    "contact known": {"contact": {"known": 1}},
    "huge priority": {"priority": 2**60},
    "fraction": {"priority": 0.5},
    "truth": {"priority": True},
    "by": {"by": ""},
    "id": {"id": 7},
}


@pytest.mark.parametrize("wrong", BAD_COMMANDS.values(), ids=BAD_COMMANDS.keys())
def test_commands_that_cannot_be_read_change_nothing(desk: Desk, wrong: dict[str, Any]) -> None:
    desk.advance(AT)
    before = desk.snapshot()
    good: dict[str, Any] = {"conversation": "c1", "inbox": "main", "channel": "chat", "at": AT}
    with pytest.raises(InvalidCommand) as caught:
        desk.open(**(good | wrong))
    assert caught.value.path is not None and caught.value.path.startswith("$." + next(iter(wrong)))
    assert desk.snapshot() == before


def test_quick_and_slow_ways_of_a_command_are_the_same() -> None:
    given: dict[str, Any] = {
        "conversation": "c1", "inbox": "main", "channel": "chat", "priority": 3, "skills": {"billing": 2},
        "attributes": {"plan": "enterprise", "seats": 12, "trial": False},
        "contact": {"id": "x", "owner": "anna", "known": True, "attributes": {"spend": 10}}, "by": "anna", "id": "k1",
    }  # fmt: skip
    quick, slow = Desk(document()), Desk(document())
    # What is not a plain dict goes as JSON.
    others: dict[str, Any] = {
        key: MappingProxyType(value) if isinstance(value, dict) else value for key, value in given.items()
    }
    assert quick.open(at=AT, **given) == slow.open(at=AT, **others)
    assert quick.snapshot() == slow.snapshot()
    assert quick.handle({"type": "close", "at": AT, "conversation": "c1"}) == slow.close("c1", at=AT)


def test_events_and_snapshots_that_cannot_be_read(desk: Desk) -> None:
    for text in ("", "{}", "[]", '{"version":9}', "null"):
        with pytest.raises(InvalidEvent):
            Event.from_json(text)
        with pytest.raises(InvalidSnapshot):
            Desk.restore(text)
    event = Desk(document()).advance(AT)[0]
    desk.apply(event)
    with pytest.raises(InvalidEvent):
        desk.apply(event)


def test_check() -> None:
    assert check(document(agents=[{"id": "anna", "capacity": {"total": 3}}]))["agents"][0]["id"] == "anna"
    with pytest.raises(InvalidDocument):
        check({})  # type: ignore[arg-type]


IDLE = document(
    agents=[{"id": "anna", "team": "support"}],
    inboxes=[
        {
            "id": "main",
            "channels": [
                {
                    "id": "chat",
                    "kind": "chat",
                    "rules": [{"id": "r", "match": {"attributes.plan": []}, "steps": [{"assign_to": "everyone"}]}],
                }
            ],
        }
    ],
)


def test_warnings_are_handed_over() -> None:
    [warning] = find_warnings(IDLE)
    assert (warning.code, warning.severity) == (Code.NEVER_MATCHES, Severity.WARNING)
    assert warning.path == '$.inboxes[0].channels[0].rules[0].match["attributes.plan"]'
    assert warning.position is None
    assert warning.hint
    assert str(warning).startswith("warning: never_matches: ")
    assert warning.to_dict()["severity"] == "warning"
    told = [it.to_dict() for it in Desk(IDLE).warnings()]
    assert told == [warning.to_dict()] == json.loads(Desk(IDLE).ask_json('{"ask": "warnings"}'))
    text = json.dumps(IDLE)
    [placed] = find_warnings(text)
    assert placed.position == Position(1, text.index("[]") + 1)
    assert pickle.loads(pickle.dumps(placed)).to_dict() == placed.to_dict()
    assert find_warnings(document(agents=[{"id": "anna", "team": "support"}])) == []
    with pytest.raises(InvalidDocument) as caught:
        find_warnings({})  # type: ignore[arg-type]
    assert {it.severity for it in caught.value.problems} == {Severity.ERROR}


def test_a_number_out_of_range_is_no_time() -> None:
    desk = Desk(IDLE)
    beyond: list[dict[str, Any]] = [
        {"priority": 2**60},
        {"priority": -(2**53) - 1},
        {"priority": 2**70},
        {"skills": {"billing": 2**60}},
        {"attributes": {"spent": 2**60}},
        {"contact": {"attributes": {"spent": 2**60}}},
    ]
    for more in beyond:
        with pytest.raises(InvalidCommand) as caught:
            desk.open("c1", inbox="main", channel="chat", at=AT, **more)
        assert caught.value.code == Code.OUT_OF_RANGE, more
        assert not isinstance(caught.value, InvalidTime), more
    with pytest.raises(InvalidValue) as wrong:
        desk.publish("main", AT, days=0)
    assert (wrong.value.code, wrong.value.path) == (Code.OUT_OF_RANGE, "$.days")
    # What is out of range in time stays a problem of time.
    with pytest.raises(InvalidTimeOfCommand):
        desk.advance("2300-01-01T00:00:00Z")
    with pytest.raises(InvalidTimeOfCommand):
        desk.snooze("c1", at=AT, until=datetime(2300, 1, 1, tzinfo=timezone.utc))
    with pytest.raises(InvalidTime):
        desk.status("anna", "2300-01-01T00:00:00Z")


def test_the_schema_is_read_over() -> None:
    assert "$schema" not in check(document(agents=[{"id": "anna"}], **{"$schema": "https://example.org/desk.json"}))
