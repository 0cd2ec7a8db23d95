"""Strategies in Python: what they see, what they answer, how they fail, and where they are kept."""

from __future__ import annotations

import copy
import gc
import pickle
import threading
import weakref
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from asking import AT, STEP, asking, failure, given, opened
from conftest import document

from frontdesk import Code, Desk, InvalidDocument, ScriptProblem, Turn
from frontdesk.strategies import Held
from frontdesk.typing import Strategy


def test_a_function_decides() -> None:
    desk = Desk(asking())

    @desk.strategy("mine")
    def last(candidates: Any, conversation: Any, desk: Any) -> Any:
        return candidates[-1]

    assert desk.strategies == {"mine": last}
    decision = opened(desk, explain=True).decision
    assert decision is not None
    assert (decision.agent, decision.strategy, decision.rule) == ("bo", "strategy:mine", "everyone")
    assert [one.agent for one in decision.considered if one.eligible] == ["anna", "bo"]


@pytest.mark.parametrize(
    "answer",
    [
        lambda candidates, conversation, desk: candidates.named("bo"),
        lambda candidates, conversation, desk: "bo",
        lambda candidates, conversation, desk: {"bo": 1},
        lambda candidates, conversation, desk: {candidates[0]: -1.5, candidates[1]: 2},
        lambda candidates, conversation, desk: {"anna": None, "bo": -(10**300)},
        lambda candidates, *others: candidates[1],
        lambda candidates, conversation, desk: max(candidates, key=str),
        lambda candidates, conversation, desk: desk.agents.named("bo"),
    ],
)
def test_what_it_may_answer(answer: Strategy) -> None:
    decision = opened(given(answer)).decision
    assert decision is not None and (decision.agent, decision.strategy) == ("bo", "strategy:mine")


def test_nobody_is_an_answer_too() -> None:
    answers: list[Strategy] = [lambda *_: None, lambda *_: {}, lambda *_: {"anna": None}]
    for nobody in answers:
        decision = opened(given(nobody)).decision
        assert decision is not None and decision.outcome == "queued"


def test_scores_are_told() -> None:
    desk = given(lambda candidates, conversation, desk: {"bo": 2.5})
    decision = opened(desk, explain=True).decision
    assert decision is not None
    assert [(one.agent, one.score, one.reason) for one in decision.considered] == [
        ("anna", None, "rejected_by_script"),
        ("bo", 2.5, None),
    ]
    assert [one.strategy for one in desk.why("c1")] == []


def test_another_desk_may_be_asked() -> None:
    other = Desk(document())
    desk = given(lambda candidates, conversation, desk: other.available(AT)[-1])
    decision = opened(desk).decision
    assert decision is not None and decision.agent == "bo"


def test_what_it_sees() -> None:
    seen: dict[str, Any] = {}

    def looks(candidates: Any, conversation: Any, desk: Any) -> Any:
        anna, bo = candidates
        seen[conversation.id] = {
            "anna": (anna.id, anna.name, anna.team, anna.teams, anna.is_in("support"), anna.is_in("vip"), anna.load),
            "standing": (anna.holding, anna.capacity, anna.room, bo.capacity, bo.room, anna.status, anna.reason),
            "skills": (anna.skills["billing"], anna.skills["other"], "other" in anna.skills, dict(anna.skills)),
            "attributes": dict(anna.attributes),
            "times": (anna.last_assigned, anna.last_idle, anna.working_until, anna.since),
            "conversation": (conversation.priority, conversation.kind, conversation.rule, conversation.step),
            "asked": (dict(conversation.skills), dict(conversation.attributes), conversation.waiting),
            "opened_at": conversation.opened_at,
            "place": (conversation.inbox, conversation.inbox.time_zone, conversation.channel.weight),
            "contact": (conversation.contact.id, conversation.contact.known, conversation.contact.owner),
            "data": dict(conversation.contact.attributes),
            "history": (conversation.contact.history, conversation.contact.times_with(anna)),
            "last": (conversation.contact.last_agent, conversation.contact.last_with("anna")),
            "desk": (desk.now, desk.queue_length, desk.seed, [str(agent) for agent in desk.agents]),
            "available": len(desk.available),
        }
        assert anna == "anna" and anna != bo and anna in candidates and "zoe" not in candidates
        assert {anna: 1}["anna"] == 1 and candidates.named("zoe") is None and list(candidates[::-1]) == [bo, anna]
        assert conversation.inbox == "main" and conversation.channel == "chat" and conversation.channel != 3
        assert repr(anna).startswith("AgentView('anna', 'available', load=") or repr(anna).startswith(
            'AgentView("anna"'
        )
        assert repr(candidates) == "Agents(anna, bo)" and str(conversation) == conversation.id
        with pytest.raises(IndexError):
            candidates[2]
        return anna

    agents: list[dict[str, Any]] = [
        {"id": "anna", "name": "Anna", "team": "support", "extra_teams": ["vip"], "skills": {"billing": 3}},
        {"id": "bo", "team": "support", "capacity": {"total": 5, "per_kind": {"chat": 2}}},
        {"id": "cleo", "active": False},
    ]
    agents[0]["attributes"] = {"region": "emea", "list": [1, 2.5, None, {"a": True}]}
    desk = given(looks, agents=agents, teams=[{"id": "support"}, {"id": "vip"}], settings={"seed": 7})
    contact = {"id": "x", "known": True, "owner": "bo", "attributes": {"plan": "gold"}}
    opened(desk, contact=contact)
    opened(desk, "c2", contact=contact, priority=2, skills={}, attributes={"vip": True})
    zone = ZoneInfo("Europe/Stockholm")
    at = datetime(2026, 11, 20, 10, tzinfo=zone)
    assert seen["c2"] == {
        "anna": ("anna", "Anna", "support", ("support", "vip"), True, True, 1),
        "standing": (1, None, None, 5, 2, "available", "working_hours"),
        "skills": (3, 0, False, {"billing": 3}),
        "attributes": {"region": "emea", "list": [1, 2.5, None, {"a": True}]},
        "times": (at, None, at.replace(hour=17), at.replace(hour=9)),
        "conversation": (2, "chat", "everyone", 1),
        "asked": ({}, {"vip": True}, timedelta(0)),
        "opened_at": at,
        "place": ("main", zone, 1),
        "contact": ("x", True, "bo"),
        "data": {"plan": "gold"},
        "history": ((Held("anna", 1, at),), 1),
        "last": ("anna", at),
        "desk": (at, 0, 7, ["anna", "bo", "cleo"]),
        "available": 2,
    }
    assert seen["c2"]["desk"][0].tzinfo is zone
    assert seen["c1"]["history"] == ((), 0) and seen["c1"]["last"] == (None, None)


def test_it_can_change_nothing() -> None:
    tried = []

    def changes(candidates: Any, conversation: Any, desk: Any) -> Any:
        anna = candidates[0]
        attempts: list[Callable[[], Any]] = [
            lambda: setattr(anna, "load", 9),
            lambda: setattr(conversation, "priority", 9),
            lambda: setattr(desk, "queue_length", 9),
            lambda: anna.skills.update(billing=5),
            lambda: anna.attributes.__setitem__("region", "us"),
            lambda: candidates.__setitem__(0, candidates[1]),
            lambda: candidates.append(anna),
            lambda: conversation.attributes.clear(),
        ]
        for attempt in attempts:
            with pytest.raises((AttributeError, TypeError)):
                attempt()
            tried.append(attempt)
        # What is nested is a copy.
        anna.attributes["list"].append(3)
        assert anna.attributes["list"] == [1]
        return anna

    desk = given(changes, agents=[{"id": "anna", "team": "support", "attributes": {"list": [1]}}])
    decision = opened(desk).decision
    assert decision is not None and decision.agent == "anna" and len(tried) == 8
    assert desk.document()["agents"][0]["attributes"] == {"list": [1]}


def test_parameters() -> None:
    nothing = object()

    def first(candidates: Any, conversation: Any, desk: Any, *, who: str = "anna", other: Any = nothing) -> Any:
        return who

    def step(**params: Any) -> Any:
        return {**STEP, "strategy": {"script": "mine", "params": params}}

    right: list[tuple[dict[str, Any], str]] = [({"who": "bo"}, "bo"), ({}, "anna"), ({"who": "bo", "other": [1]}, "bo")]
    for params, agent in right:
        decision = opened(Desk(asking(step(**params)), strategies={"mine": first})).decision
        assert decision is not None and decision.agent == agent
    no: list[tuple[dict[str, Any], Code]] = [({"wo": "bo"}, Code.UNKNOWN_PARAMETER), ({"who": 3}, Code.WRONG_TYPE)]
    for wrong, code in no:
        with pytest.raises(InvalidDocument) as caught:
            Desk(asking(step(**wrong)), strategies={"mine": first})
        assert caught.value.code is code and str(caught.value.path).startswith(
            "$.inboxes[0].channels[0].rules[0].steps[0]"
        )
        desk = Desk(asking(step(**wrong)))
        with pytest.raises(InvalidDocument) as caught:
            desk.strategy("mine")(first)
        assert caught.value.code is code and desk.missing_strategies == ["mine"]

    seen: list[dict[str, Any]] = []

    def anything(candidates: Any, conversation: Any, desk: Any, **params: Any) -> Any:
        seen.append(params)

    value: dict[str, Any] = {"a": [1, 2.5, None, True], "b": {"c": "x"}, "d": 2**53}
    opened(Desk(asking(step(**value)), strategies={"mine": anything}))
    assert seen == [value]


def asks(candidates: Any, conversation: Any, desk: Any, *, who: str, boost: int = 1) -> Any:
    return who


def asks_by_place(candidates: Any, conversation: Any, desk: Any, who: str) -> Any:
    return who


def asks_all(candidates: Any, conversation: Any, desk: Any, *, who: str, **more: Any) -> Any:
    return who


async def later(candidates: Any, conversation: Any, desk: Any) -> Any:
    return None


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (3, "a strategy is a callable"),
        (lambda: None, "takes candidates, conversation and desk"),
        (lambda candidates, *, conversation, desk: None, "takes candidates, conversation and desk"),
        (later, "cannot be async"),
        (asks, "sure to set who: give it a default"),
        (asks_by_place, "sure to set who: give it a default"),
        (asks_all, "sure to set who: give it a default"),
    ],
)
def test_what_cannot_be_asked(function: Any, said: str) -> None:
    desk = Desk(asking())
    with pytest.raises(ScriptProblem, match=said) as caught:
        desk.strategy("mine")(function)
    assert (caught.value.code, caught.value.path) == (Code.INVALID_SCRIPT, "mine")
    with pytest.raises(ScriptProblem, match=said):
        Desk(asking(), strategies={"mine": function})
    for wrong in ("mine", 3, [3]):
        with pytest.raises(TypeError):
            Desk(asking(), strategies=wrong)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    hidden = given(lambda *views: later(*views))
    assert "cannot be async" in failure(hidden).message


def test_a_strategy_has_a_name() -> None:
    desk = Desk(asking())
    with pytest.raises(TypeError, match=r'write @desk.strategy\("mine"\)'):

        @desk.strategy  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
        def mine(candidates: Any, conversation: Any, desk: Any) -> Any:
            return None

    for take in (desk.strategy, lambda name: Desk(asking(), strategies=[name])):
        with pytest.raises(ScriptProblem, match="half a character"):
            take("\ud800")


def test_callables_of_all_sorts() -> None:
    class Last:
        def __call__(self, candidates: Any, conversation: Any, desk: Any) -> Any:
            return candidates[-1]

        def method(self, candidates: Any, conversation: Any, desk: Any) -> Any:
            return candidates[-1]

    for function in (Last(), Last().method):
        decision = opened(given(function)).decision
        assert decision is not None and decision.agent == "bo"


def test_beside_scripts() -> None:
    scripts = {"theirs": 'fn pick(agents, conversation, desk) { "bo" }'}
    steps = [{**STEP, "wait": "1m"}, {**STEP, "strategy": {"script": "theirs"}}]
    channel = {"id": "chat", "kind": "chat", "rules": [{"id": "everyone", "steps": steps}]}
    both = document(inboxes=[{"id": "main", "channels": [channel]}])
    with pytest.raises(InvalidDocument, match="announced by its name") as caught:
        Desk(both, scripts=scripts)
    assert caught.value.code is Code.UNKNOWN_SCRIPT
    with pytest.raises(InvalidDocument, match='there is no script "theirs"'):
        Desk(both, strategies=["mine"])
    desk = Desk(both, scripts=scripts, strategies=["mine"])
    assert (desk.missing_strategies, desk.strategies) == (["mine"], {"mine": None})
    desk.strategy("mine")(lambda candidates, conversation, desk: None)
    assert desk.missing_strategies == []
    opened(desk)
    decision = desk.advance("2026-11-20T09:01:00Z").decision
    assert decision is not None and decision.strategy == "script:theirs"
    with pytest.raises(ScriptProblem, match="both a script and a strategy"):
        desk.strategy("theirs")(lambda candidates, conversation, desk: None)
    with pytest.raises(InvalidDocument, match="both a script and a strategy"):
        Desk(both, scripts=scripts, strategies=["mine", "theirs"])


def test_names_may_come_one_by_one() -> None:
    steps = [{**STEP, "strategy": {"script": name}} for name in ("mine", "other")]
    channel = {"id": "chat", "kind": "chat", "rules": [{"id": "everyone", "steps": steps}]}
    desk = Desk(document(inboxes=[{"id": "main", "channels": [channel]}]))
    assert desk.missing_strategies == ["mine", "other"]
    desk.strategy("mine")(lambda candidates, conversation, desk: None)
    assert desk.missing_strategies == ["other"]
    desk.strategy("other")(lambda candidates, conversation, desk: "bo")
    desk.strategy("unused")(lambda candidates, conversation, desk: "bo")
    decision = opened(desk).decision
    assert decision is not None and (decision.agent, decision.step) == ("bo", 2)


def test_a_snapshot_holds_none() -> None:
    def last(candidates: Any, conversation: Any, desk: Any) -> Any:
        return candidates[-1]

    desk = given(last)
    # A desk that was restored does not know that the name is not a script's; one that was pickled does.
    without = ((Desk.restore(desk.snapshot()), "script"), (pickle.loads(pickle.dumps(desk)), "strategy"))
    for restored, told_as in without:
        assert restored.missing_strategies == ["mine"]
        failed = failure(restored, told_as=told_as)
        assert failed.code == "unknown_script" and "given them again" in failed.message
        restored.strategy("mine")(last)
        decision = opened(restored, "c2").decision
        assert decision is not None and decision.strategy == "strategy:mine"
    log = [Turn.first(desk.document())]
    desk.apply(log[0])
    log.append(desk.propose({"type": "open", "at": AT, "conversation": "c1", "inbox": "main", "channel": "chat"}))
    desk.apply(log[1])
    for same in (
        desk.copy(),
        copy.deepcopy(desk),
        Desk.restore(desk.snapshot(), strategies={"mine": last}),
        Desk.rebuild(log, strategies={"mine": last}),
    ):
        assert same == desk and same.strategies == {"mine": last}
        decision = opened(same, "c2").decision
        assert decision is not None and decision.agent == "bo"
    # Each has its own.
    twin = desk.copy()
    twin.strategy("mine")(lambda candidates, conversation, desk: "anna")
    decision = opened(desk, "c3").decision
    assert decision is not None and decision.agent == "bo"


def test_what_it_need_not_see() -> None:
    agents = [{"id": "anna", "team": "support"}, {"id": "zoe"}]
    desk, seen = Desk(asking(agents=agents)), list[Any]()

    @desk.strategy("mine", everyone=False, history=False)
    def narrow(candidates: Any, conversation: Any, desk: Any) -> Any:
        seen.append((len(desk.agents), conversation.contact.history))
        return candidates[0]

    opened(desk, contact={"id": "x"})
    opened(desk, "c2", contact={"id": "x"})
    assert seen == [(1, ()), (1, ())]


def test_the_document_is_checked_with_them() -> None:
    from frontdesk import check

    checked = check(asking(), strategies=["mine"])
    assert checked["inboxes"][0]["channels"][0]["rules"][0]["steps"][0]["strategy"] == {"script": "mine"}
    with pytest.raises(InvalidDocument, match="did you mean mine"):
        check(asking({**STEP, "strategy": {"script": "mien"}}), strategies=["mine"])


def test_a_desk_that_its_strategy_holds_is_collected() -> None:
    class Held:
        pass

    def make() -> weakref.ref[Any]:
        desk, held = Desk(asking()), Held()

        @desk.strategy("mine")
        def mine(candidates: Any, conversation: Any, desk_: Any) -> Any:
            return (desk, held)

        copied = desk.copy()
        opened(copied)
        return weakref.ref(held)

    gone = make()
    gc.collect()
    assert gone() is None


def test_many_threads_ask_and_are_asked() -> None:
    """Neither lock waits for the other: Python's is let go before the desk's is waited for."""
    count = [0]

    def slow(candidates: Any, conversation: Any, desk: Any) -> Any:
        count[0] += sum(agent.load for agent in candidates) * 0 + 1
        threading.Event().wait(0.0002)
        return min(candidates, key=lambda agent: agent.load)

    desk = given(slow)
    desk.advance(AT)

    def tell(number: int) -> None:
        for index in range(60):
            opened(desk, f"{number}/{index}")
            desk.close(f"{number}/{index}", at=AT)

    def ask() -> None:
        for _ in range(200):
            assert desk.status("anna", AT)
            desk.queue  # noqa: B018
            desk.snapshot()

    def register() -> None:
        for index in range(60):
            desk.strategy(f"other{index % 3}")(slow)
            desk.copy()

    workers = [*(lambda number=number: tell(number) for number in range(4)), ask, ask, register, register]
    threads = [threading.Thread(target=worker, daemon=True) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), "a thread has not come back: a deadlock"
    assert count[0] == 240
