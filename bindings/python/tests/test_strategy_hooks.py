"""Strategies in Python with hooks: who is eligible, the place in the queue, and what follows when nobody is found."""

from __future__ import annotations

from typing import Any

import pytest
from asking import AT, STEP, asking, given, opened

from frontdesk import Desk, InvalidDocument, ScriptProblem, events

AGENTS: list[dict[str, Any]] = [
    {"id": "anna", "team": "support", "capacity": 1},
    {"id": "bo", "team": "support", "capacity": 1, "skills": {"billing": 3}},
]


class BySkill:
    """Refuses who lacks a skill, and knows who pays more."""

    def eligible(self, agent: Any, conversation: Any, desk: Any, *, skill: str = "billing") -> Any:
        return skill in agent.skills or f"knows nothing of {skill}"

    def priority(self, conversation: Any, desk: Any) -> Any:
        return conversation.attributes.get("priority")

    def fallback(self, conversation: Any, desk: Any) -> Any:
        return conversation.attributes.get("then")

    def choose(self, candidates: Any, conversation: Any, desk: Any) -> Any:
        return candidates[0], "comes first"


@pytest.mark.parametrize("strategy", [BySkill, BySkill()])
def test_who_is_refused_is_told_why(strategy: Any) -> None:
    decision = opened(given(strategy, agents=AGENTS), explain=True).decision
    assert decision is not None and (decision.agent, decision.strategy) == ("bo", "strategy:mine")
    assert [(one.agent, one.reason, one.detail.get("because")) for one in decision.considered] == [
        ("anna", "rejected_by_script", "knows nothing of billing"),
        ("bo", None, None),
    ]


def test_a_class_is_registered_as_an_object_of_it() -> None:
    desk = Desk(asking(agents=AGENTS))
    assert desk.strategy("mine")(BySkill) is BySkill
    assert isinstance(desk.strategies["mine"], BySkill)
    decision = opened(desk).decision
    assert decision is not None and decision.agent == "bo"


def test_each_hook_takes_the_parameters_that_it_names() -> None:
    step = {**STEP, "strategy": {"script": "mine", "params": {"skill": "magic"}}}
    desk = Desk(asking(step, agents=AGENTS), strategies={"mine": BySkill()})
    decision = opened(desk, explain=True).decision
    assert decision is not None and decision.outcome == "queued"
    with pytest.raises(InvalidDocument):
        wrong = {**STEP, "strategy": {"script": "mine", "params": {"skil": "magic"}}}
        Desk(asking(wrong, agents=AGENTS), strategies={"mine": BySkill()})


def test_a_priority_is_a_place_in_the_queue() -> None:
    desk = given(BySkill(), agents=AGENTS)
    opened(desk, "held")
    opened(desk, "first")
    happened = opened(desk, "second", attributes={"priority": 5})
    prioritized = [event for event in happened if isinstance(event, events.Prioritized)]
    assert [(event.strategy, event.script, event.priority) for event in prioritized] == [("mine", None, 5)]
    assert [decision.conversation for decision in desk.close("held", at=AT).decisions] == ["second"]


@pytest.mark.parametrize(
    ("then", "outcome"),
    [
        (None, "queued"),
        ("next", "queued"),
        ("unassigned", "unassigned"),
        ({"voicemail": "busy"}, "sent_to_voicemail"),
        ({"bot": "robo"}, "handed_to_bot"),
    ],
)
def test_what_follows_when_nobody_is_found(then: Any, outcome: str) -> None:
    desk = given(BySkill(), agents=AGENTS[:1])
    decision = opened(desk, attributes={"then": then}).decision
    assert decision is not None and decision.outcome == outcome


@pytest.mark.parametrize(
    ("hook", "answer", "said"),
    [
        ("eligible", 3, "eligible gives True, False or a text"),
        ("eligible", None, "eligible gives True, False or a text"),
        ("priority", "high", "priority gives a whole number or None"),
        ("priority", True, "priority gives a whole number or None"),
        ("priority", 10**40, "not within"),
        ("fallback", "somewhere", "fallback gives None"),
        ("fallback", 0, "not after step 1"),
        ("fallback", {"voicemail": ""}, "which is no id"),
        ("fallback", {"voicemail": "a", "bot": "b"}, "fallback gives None"),
    ],
)
def test_what_is_no_answer(hook: str, answer: Any, said: str) -> None:
    strategy = BySkill()
    setattr(strategy, hook, lambda *views: answer)
    agents = AGENTS[:1] if hook == "fallback" else AGENTS
    failed = [event for event in opened(given(strategy, agents=agents)) if isinstance(event, events.ScriptFailed)]
    assert [(event.strategy, event.hook, event.code) for event in failed] == [("mine", hook, "invalid_result")]
    assert said in failed[0].message


def test_what_it_raises_is_told() -> None:
    strategy = BySkill()

    def broken(conversation: Any, desk: Any) -> Any:
        raise LookupError("no plan")

    strategy.priority = broken  # type: ignore[method-assign]
    failed = [event for event in opened(given(strategy, agents=AGENTS)) if isinstance(event, events.ScriptFailed)]
    assert [(event.hook, event.message) for event in failed] == [("priority", "LookupError: no plan")]


def test_a_hook_that_cannot_be_called() -> None:
    class Wrong(BySkill):
        priority = 3  # type: ignore[assignment] # pyright: ignore[reportAssignmentType]

    class Short(BySkill):
        def fallback(self, conversation: Any) -> Any:  # type: ignore[override] # pyright: ignore[reportIncompatibleMethodOverride]
            return None

    for strategy, said in ((Wrong, "priority of a strategy is a callable"), (Short, "takes conversation and desk")):
        with pytest.raises(ScriptProblem, match=said):
            given(strategy)
