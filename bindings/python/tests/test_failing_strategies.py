"""Strategies in Python that fail: nonsense, exceptions, coming back to the desk, the wish to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from asking import AT, failure, given, opened

from frontdesk import Desk, Reentered, ScriptProblem
from frontdesk.strategies import AgentView

NONSENSE: dict[str, tuple[Any, str]] = {
    "a stranger": ("nobody", "who is not among the candidates"),
    "one who is away": ("cleo", "who is not among the candidates"),
    "one who is deactivated": ("dan", "who is not among the candidates"),
    "no id": ("", "who is not among the candidates"),
    "half a character": ("\ud800", "half a character"),
    "a number": (3, "not an int"),
    "a list": (["anna"], "not a list"),
    "itself": (object(), "not an object"),
    "true": (True, "not a bool"),
    "not a number": ({"anna": float("nan")}, "not a number to compare"),
    "endless": ({"anna": float("inf")}, "not a number to compare"),
    "huge": ({"anna": 10**400}, "too large"),
    "a score that is text": ({"anna": "1"}, "not a str"),
    "a score that is true": ({"anna": True}, "not a bool"),
    "a score of nobody": ({3: 1}, "not of an int"),
    "a score of a stranger": ({"anna": 1, "nobody": 2}, "who is not among the candidates"),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_what_is_no_answer(name: str) -> None:
    answer, said = NONSENSE[name]
    agents: list[dict[str, Any]] = [
        {"id": "anna", "team": "support"},
        {"id": "bo", "team": "support"},
        {"id": "cleo", "team": "support", "working_hours": []},
        {"id": "dan", "team": "support", "active": False},
    ]
    failed = failure(given(lambda candidates, conversation, desk: answer, agents=agents))
    assert (failed.code, failed.hook) == ("invalid_result", "pick") and said in failed.message


def test_an_agent_of_another_desk_is_no_answer() -> None:
    kept: list[AgentView] = []
    opened(
        given(lambda candidates, conversation, desk: kept.extend(candidates), agents=[{"id": "x", "team": "support"}])
    )
    assert "is not among the candidates" in failure(given(lambda candidates, conversation, desk: kept[0])).message
    # What was kept shows what it showed.
    assert (kept[0].id, kept[0].load) == ("x", 0)


def test_what_it_raises_is_told() -> None:
    def wrong(candidates: Any, conversation: Any, desk: Any) -> Any:
        def deeper() -> Any:
            raise LookupError("no such thing")

        return deeper()

    failed = failure(given(wrong))
    assert (failed.code, failed.message, failed.hook) == ("script_error", "LookupError: no such thing", "pick")
    assert failed.file == "test_failing_strategies.py" and isinstance(failed.line, int)
    assert [call.partition(" ")[0] for call in failed.calls] == ["wrong", "deeper"]


class Unspeakable(Exception):
    def __str__(self) -> str:
        raise ValueError


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Unspeakable(), "Unspeakable: it cannot be described"),
        (ValueError("\ud800"), "ValueError: ?"),
        (ValueError("x" * 5000), "ValueError: xxx"),
        (RecursionError(), "RecursionError"),
        (MemoryError(), "MemoryError"),
        (StopIteration(3), "StopIteration: 3"),
        (ScriptProblem("invalid_value", "it knows no region"), "ScriptProblem: it knows no region"),
    ],
)
def test_whatever_it_raises(error: Exception, said: str) -> None:
    def raises(candidates: Any, conversation: Any, desk: Any) -> Any:
        raise error

    message = failure(given(raises)).message
    assert message.startswith(said) and len(message) <= 500


def test_one_that_never_ends_its_calls() -> None:
    def endless(candidates: Any, conversation: Any, desk: Any) -> Any:
        return endless(candidates, conversation, desk)

    failed = failure(given(endless))
    assert failed.message.startswith("RecursionError") and len(failed.calls) == 16


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("explain", [False, True])
def test_the_wish_to_stop_goes_through(stop: type[BaseException], explain: bool) -> None:
    asked = []

    def stops(candidates: Any, conversation: Any, desk: Any) -> Any:
        asked.append(conversation.id)
        if len(asked) == 1:
            raise stop
        return None

    desk = given(stops)
    desk.advance(AT)
    before = desk.snapshot()
    with pytest.raises(stop):
        opened(desk, explain=explain)
    assert desk.snapshot() == before and asked == ["c1"]
    opened(desk)
    asked.clear()
    with pytest.raises(stop):
        desk.why("c1")


REENTRIES: dict[str, Callable[[Desk], Any]] = {
    "status": lambda desk: desk.status("anna", AT),
    "available": lambda desk: desk.available(AT),
    "open": lambda desk: opened(desk, "c2"),
    "advance": lambda desk: desk.advance(AT),
    "handle_json": lambda desk: desk.handle_json('{"type": "advance", "at": "2026-11-20T09:00:00Z"}'),
    "propose": lambda desk: desk.propose({"type": "advance", "at": "2026-11-20T09:00:00Z"}),
    "may": lambda desk: desk.may({"type": "advance", "at": "2026-11-20T09:00:00Z"}),
    "why": lambda desk: desk.why("c1"),
    "snapshot": lambda desk: desk.snapshot(),
    "copy": lambda desk: desk.copy(),
    "strategy": lambda desk: desk.strategy("mine")(lambda candidates, conversation, desk: None),
    "scripts": lambda desk: desk.set_scripts({}),
    "now": lambda desk: desk.now,
    "missing": lambda desk: desk.missing_strategies,
}


@pytest.mark.parametrize("how", REENTRIES)
def test_it_may_not_come_back_to_its_desk(how: str) -> None:
    outer: list[Desk] = []
    raised: list[BaseException] = []

    def comes_back(candidates: Any, conversation: Any, desk: Any) -> Any:
        try:
            REENTRIES[how](outer[0])
        except Reentered as error:
            raised.append(error)
            raise
        return None

    desk = given(comes_back)
    outer.append(desk)
    failed = failure(desk)
    assert failed.message == "Reentered: a strategy may not use the desk that is asking it" and len(raised) == 1
    # A question asks it, too.
    steps = given(lambda candidates, conversation, desk: None)
    opened(steps)
    outer[0] = steps
    steps.strategy("mine")(comes_back)
    assert steps.why("c1")[0].strategy == "in_order" and len(raised) == 2
    # And the desk is fine.
    assert desk.status("anna", AT).available and desk.conversation("c1") is not None
