"""Whatever is handed to a public function, what is wrong with it is told by a problem of frontdesk's: with a code, and a hint."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from conftest import document

import frontdesk
from frontdesk import Desk, Event, Events, Problem, Scripts, Turn, calendar
from frontdesk.decision import Decision, fared

AT = "2026-11-20T09:00:00Z"
LATER = "2026-11-21T09:00:00Z"
SCRIPT = {"mine": "fn score(agent, conversation, desk) { 1 }"}

#: What may be handed over by mistake.
WRONG: list[Any] = [
    None,
    True,
    5,
    -1,
    10**30,
    0.5,
    float("nan"),
    float("inf"),
    "",
    "no such thing",
    "bussy",
    "\ud800",
    "\0",
    "x" * 300,
    b"bytes",
    (),
    [],
    [None],
    [5],
    ["x"],
    {},
    {"x": None},
    {5: 5},
    {"id": "other"},
    {1, 2},
    object(),
    object,
    len,
    date(2026, 11, 20),
    datetime(2026, 11, 20, 9),
    datetime(2026, 11, 20, 9, tzinfo=timezone.utc),
    datetime.max.replace(tzinfo=timezone.utc),
    timedelta(days=-1),
    timedelta.max,
    timezone.utc,
    Decimal("NaN"),
    Decimal("0.1"),
    UUID(int=1),
    iter(()),
    Events(),
    Problem("invalid_value", "an exception"),
]

#: What is right for a parameter, by its name.
RIGHT: dict[str, Any] = {
    "agent": "anna",
    "agents": ["anna"],
    "at": AT,
    "away": calendar.Away(),
    "by": "anna",
    "calendar": "BEGIN:VCALENDAR\nEND:VCALENDAR\n",
    "channel": "chat",
    "contact": "x",
    "command": {"type": "advance", "at": AT},
    "conversation": "c1",
    "date_hours": [],
    "days": 7,
    "decision": None,
    "document": document(),
    "end": LATER,
    "entry": {},
    "events": [],
    "from_": "visitor",
    "holiday": "xmas",
    "inbox": "main",
    "length": 60,
    "message": "m1",
    "name": "mine",
    "out_of_office": [],
    "question": {"ask": "queue"},
    "script": "mine",
    "sender": "x@example.org",
    "scripts": SCRIPT,
    "source": SCRIPT,
    "start": AT,
    "status": "away",
    "team": "support",
    "time": "1h",
    "turns": [Turn.first(document())],
    "working_hours": [],
    "zone": "UTC",
}

#: Parameters whose right value depends on the function.
OF: dict[str, dict[str, Any]] = {
    "Desk.handle_json": {"command": '{"type": "advance", "at": "2026-11-20T09:00:00Z"}'},
    "Desk.may_json": {"command": '{"type": "advance", "at": "2026-11-20T09:00:00Z"}'},
    "Desk.propose_json": {"command": '{"type": "advance", "at": "2026-11-20T09:00:00Z"}'},
    "Desk.ask_json": {"question": '{"ask": "queue"}'},
    "Turn.from_json": {"text": Turn.first(document()).to_json()},
    "Desk.block": {"sender": "x@example.org"},
    "Desk.put_agent": {"entry": {"id": "anna"}},
    "Desk.put_team": {"entry": {"id": "support"}},
    "Desk.put_inbox": {"entry": {"id": "main", "channels": []}},
    "Desk.put_holiday": {"entry": {"id": "xmas", "dates": []}},
    "Desk.configure": {"document": document()},
    "Desk.working_time": {"agent": "anna"},
    "Desk.after": {"agent": "anna"},
    "Desk.before": {"agent": "anna"},
    "Desk.assign": {"agent": "anna"},
    "calendar.Away": {"shown_as": "busy"},
}


def desk() -> Desk:
    made = Desk(document())
    made.open("c1", inbox="main", channel="chat", at=AT, explain=True)
    return made


def log() -> Events:
    return Desk(document()).open("c1", inbox="main", channel="chat", at=AT, explain=True)


def of(make: Callable[[], Any], name: str) -> Any:
    return getattr(make(), name)


def within(length: Any) -> None:
    with frontdesk.deadline(length):
        pass


def functions() -> Iterator[tuple[str, Callable[[], Callable[..., Any]]]]:
    """Every public function, each of an object of its own."""
    for name in sorted(set(dir(Desk)) - {"apply", "restore", "rebuild"}):
        if not name.startswith("_") and callable(getattr(Desk, name)):
            yield f"Desk.{name}", partial(of, desk, name)
    yield "Desk", lambda: Desk
    yield "Desk.apply", lambda: lambda event: Desk(document()).apply(event)
    yield (
        "Desk.restore",
        lambda: (
            lambda snapshot, scripts=None, strategies=None, explain=False: Desk.restore(
                snapshot, scripts=scripts, strategies=strategies, explain=explain
            )
        ),
    )
    yield (
        "Desk.rebuild",
        lambda: (
            lambda turns, scripts=None, strategies=None, explain=False: Desk.rebuild(
                turns, scripts=scripts, strategies=strategies, explain=explain
            )
        ),
    )
    yield "Turn.first", lambda: lambda document: Turn.first(document)
    yield "Turn.from_json", lambda: lambda text, zone=None: Turn.from_json(text, zone=zone)
    yield "Desk.strategy()", lambda: lambda function: desk().strategy("mine")(function)
    yield (
        "check",
        lambda: (
            lambda document, scripts=None, strategies=None: frontdesk.check(
                document, scripts=scripts, strategies=strategies
            )
        ),
    )
    yield "deadline", lambda: within
    yield "schema", lambda: frontdesk.schema
    yield "find_warnings", lambda: frontdesk.find_warnings
    yield "Scripts", lambda: Scripts
    yield "Scripts.hooks_of", lambda: Scripts(SCRIPT).hooks_of
    yield "Scripts.params_of", lambda: Scripts(SCRIPT).params_of
    yield "Events", lambda: Events
    for name in sorted(dir(Events)):
        if not name.startswith("_") and name not in ("count", "index") and callable(getattr(Events, name)):
            yield f"Events.{name}", partial(of, log, name)
    yield "Event.from_json", lambda: Event.from_json
    yield "Decision", lambda: Decision
    yield "Decision.explain", lambda: Decision(log()[-1]).explain
    yield "fared", lambda: lambda zone: fared(Decision(log()[-1]).considered[0], zone=zone)
    yield "calendar.Away", lambda: calendar.Away
    for name in calendar.__all__:
        function = getattr(calendar, name)
        if inspect.isfunction(function):
            yield f"calendar.{name}", partial(partial, function)
    from frontdesk import plot

    for name in plot.__all__:
        yield f"plot.{name}", partial(getattr, plot, name)


FUNCTIONS = dict(functions())


def parameters(name: str) -> list[inspect.Parameter]:
    found = inspect.signature(FUNCTIONS[name]()).parameters.values()
    return [each for each in found if each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)]


def right(name: str, parameter: inspect.Parameter) -> Any:
    if parameter.name in OF.get(name, {}):
        return OF[name][parameter.name]
    match name, parameter.name:
        case "calendar." | _, "desk":
            return desk()
        case _, "event":
            return log()[0]
        case _, "snapshot":
            return desk().snapshot()
        case _, "text":
            return log()[0].to_json()
        case _, "function":
            return lambda candidates, conversation, desk: None
    return RIGHT[parameter.name]


def called(name: str, which: str | None = None, value: Any = None) -> Any:
    """Calls a function rightly, but for one of its parameters."""
    given, by_place = {}, []
    for parameter in parameters(name):
        if parameter.name == which:
            used = value
        elif parameter.default is inspect.Parameter.empty or parameter.name in OF.get(name, {}):
            used = right(name, parameter)
        else:
            continue
        if parameter.kind is parameter.POSITIONAL_ONLY:
            by_place.append(used)
        else:
            given[parameter.name] = used
    return FUNCTIONS[name]()(*by_place, **given)


#: Parameters that matplotlib understands, and paths of files that are not there, which are Python's to tell.
BEYOND = {("plot.coverage", "axes"), ("plot.week", "axes")}

CASES = [(name, each.name) for name in FUNCTIONS for each in parameters(name) if (name, each.name) not in BEYOND]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_right_is_taken(name: str) -> None:
    if name.startswith("plot"):
        pytest.importorskip("matplotlib")
    called(name)


@pytest.mark.parametrize(("name", "parameter"), CASES, ids=[".".join(case) for case in CASES])
def test_what_is_wrong_is_told_by_a_problem(name: str, parameter: str) -> None:
    if name.startswith("plot"):
        pytest.importorskip("matplotlib")
    for value in WRONG:
        try:
            called(name, parameter, value)
        except Problem as problem:
            said = str(problem)
            assert problem.code and problem.message, value
            # Nothing of the languages it is made of, and no whole page of what was given.
            for inside in ("serde", "unknown variant", "cannot be converted", "cannot be cast", "PyErr", "NoneType"):
                assert inside not in said, f"{value!r:.80}: {said}"
            assert len(said) < 4000, f"{value!r:.80}: {len(said)} letters"
        except OSError:
            assert isinstance(value, str) or value == ["x"], value
        except Exception as error:
            raise AssertionError(f"{name}({parameter}={value!r:.80}) raises {type(error).__name__}: {error}") from error


def test_every_public_function_is_tried() -> None:
    """Those that are left out: classes of answers and problems, enums."""
    tried = {name.partition(".")[0] for name in FUNCTIONS}
    for name in frontdesk.__all__:
        one = getattr(frontdesk, name)
        if not callable(one) or name in tried:
            continue
        is_answer = isinstance(one, type) and one.__module__.rpartition(".")[2] in (
            "results",
            "coverage",
            "schedule",
            "_native",
            "enums",
            "problems",
            "_event",
        )
        assert is_answer or name == "Status", name


def test_the_inputs_that_were_found() -> None:
    anna = desk()
    none: Any = None
    with pytest.raises(frontdesk.WrongType, match="None is not a calendar") as wrong:
        calendar.absences(anna, "anna", none)
    assert isinstance(wrong.value, frontdesk.InvalidCalendar)
    with pytest.raises(frontdesk.InvalidCalendar, match="did you mean busy") as bad:
        calendar.Away(shown_as="bussy")
    assert bad.value.path == "$.away.shown_as"
    with pytest.raises(frontdesk.WrongType, match="give True or False"):
        anna.handle({"type": "advance", "at": AT}, explain=none)
    # The letters of a text are no list.
    agents: Any = "anna"
    with pytest.raises(frontdesk.WrongType, match=r"write it as a list: events=\['anna'\]"):
        anna.story("c1", agents)
