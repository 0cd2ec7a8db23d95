"""A decision about a conversation, with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import Any, cast

from . import _clock, _input
from ._event import Event
from ._native import Status
from .events import Assigned, HandedToBot, Offered, OwnerNotified, Queued, SentToVoicemail, Unassigned
from .problems import InvalidValue, WrongType
from .results import Considered

NOT_IN_TARGET = "not in target"
"""What is said of the agents outside of a target."""


class Decision:
    """The decision on a conversation: the agent, if any, with rule, step and strategy.

    >>> decision = desk.open("c1", inbox="main", channel="chat", at="2026-11-20T09:00:00Z", explain=True).decision
    >>> decision
    Decision('c1', 'assigned', agent='anna', rule='everyone', step=1, strategy='least_busy')
    >>> print(decision.explain())
    It went to anna, by step 1 of the rule everyone (least_busy).
      anna: could take it (load 0)
      bo: could take it (load 0)
    """

    __slots__ = ("event",)
    __match_args__ = ("conversation", "outcome", "agent", "rule", "step", "strategy")

    event: Event
    """The event that says so."""

    def __init__(self, event: Event) -> None:
        if not isinstance(event, Event):
            raise WrongType.single("wrong_type", f"a decision is made of an event, not of {_input.kind(event)}")
        object.__setattr__(self, "event", event)

    def __setattr__(self, name: str, _: object) -> None:
        raise AttributeError(f"a decision cannot be changed: {name}")

    @property
    def conversation(self) -> str:
        """The conversation."""
        return self.event.conversation or ""

    @property
    def outcome(self) -> str:
        """The outcome: the type of the event, ``assigned``, ``offered``, ``queued``, ``unassigned`` …"""
        return self.event.type

    @property
    def agent(self) -> str | None:
        """The agent who got it, or has the offer; ``None`` if nobody did."""
        return self.event.agent if self.event.type in ("assigned", "offered") else None

    @property
    def rule(self) -> str | None:
        """The rule; ``None`` if no rule decided."""
        return cast("str | None", self._key("rule"))

    @property
    def step(self) -> int | None:
        """The step, from 1."""
        return cast("int | None", self._key("step"))

    @property
    def team(self) -> str | None:
        """The team to which it was given, or among whose members it is distributed."""
        return cast("str | None", self._key("team"))

    @property
    def strategy(self) -> str | None:
        """The strategy."""
        return cast("str | None", self._key("strategy"))

    @property
    def considered(self) -> tuple[Considered, ...]:
        """The agents whom the step names, or the members of the team, with their results, in document order. If nobody can
        take the conversation, those whom any step names that it has reached.

        They are recorded only if asked for: with ``explain=True`` on the command, or ``Desk(…, explain=True)``.

        :raises InvalidValue: They were not recorded.
        """
        considered = self.event.considered
        if considered is None:
            hint = "give the command explain=True, or make the desk with it"
            raise InvalidValue.single("invalid_value", "who was considered was not noted", hint=hint)
        return considered

    @property
    def not_in_target(self) -> int:
        """The number of the desk's other agents; 0 unless ``considered`` was recorded.

        >>> decision = desk.open("c1", inbox="main", channel="chat", at="2026-11-20T09:00:00Z", explain=True).decision
        >>> len(decision.considered), decision.not_in_target
        (2, 0)
        """
        return self.event.not_in_target

    @property
    def trace(self) -> tuple[str, ...]:
        """The log of the script that decided, if the command asked for it."""
        return self.event.trace

    @property
    def is_explained(self) -> bool:
        """``True`` if the agents considered were recorded."""
        return self.event.considered is not None

    def explain(self, *, zone: tzinfo | str | None = None, names: Mapping[str, str] | None = None) -> str:
        """The decision in plain text: the agent and the reasons, and with ``explain=True`` the result of every agent of the target, and
        the number of the others.

        Every time is given with its zone.

        :param zone: The zone of the times; that of the desk if absent. An event that was read from JSON has no desk: there
            it is the zone it was read with, or UTC.
        :param names: The names of agents and teams by id; the id is used if there is no name.
        :raises InvalidTime: No such zone.
        """
        speaks = self.zone if zone is None else _clock.zone(zone)
        if names is not None and not isinstance(names, Mapping):
            hint = 'give a dict such as {"anna": "Anna Berg"}'
            raise WrongType.single("wrong_type", f"names are not {_input.kind(names)}", hint=hint)
        called: Callable[[str], str] = str if names is None else lambda id: str(names.get(id, id))
        lines = [self._summary(speaks, called)]
        if self.is_explained:
            lines += [f"  {_whose(one, called)}: {fared(one, zone=speaks)}" for one in self.considered]
            lines += [f"  {others}: {NOT_IN_TARGET}" for others in self._others()]
        return "\n".join(lines)

    @property
    def zone(self) -> tzinfo:
        """The default zone of explanations: that of the desk."""
        return self.event._home

    def _others(self) -> list[str]:
        """The number of the agents outside of the target, in words; empty if there are none."""
        count = self.not_in_target
        whom = "other" if self.event.considered else "agent"
        return [f"{count} {whom}{'' if count == 1 else 's'}"] if count else []

    def _summary(self, zone: tzinfo, called: Callable[[str], str] = str) -> str:
        step = f"by step {self.step} of the rule {self.rule}" if self.rule and self.step else ""
        team = f" of the team {called(self.team)}" if self.team else ""
        by = (f", {step}" if step else "") + (f" ({self.strategy})" if self.strategy else "")
        match self.event:
            case Assigned(agent=agent, team=of_team, substitute_for=absent, reason=reason):
                whom = f"the team {called(of_team or '')}" if agent is None else called(agent) + team
                return f"It went to {whom}{_in_place_of(absent, called)}{by}" + (f" ({reason})" if reason else "") + "."
            case Offered(agent=agent, substitute_for=absent):
                return f"It is offered to {called(agent)}{team}{_in_place_of(absent, called)}{by}."
            case Queued(until=until):
                until_when = f" until {_clock.on(until, zone)}" if until else ""
                if team:
                    return f"It waits for a member{team}."
                return f"Nobody could take it{f' {step}' if step else ''}, so it waits{until_when}."
            case Unassigned(reason=reason):
                return f"It stays with nobody ({reason})."
            case HandedToBot(bot=bot):
                return f"The bot {bot} takes it."
            case OwnerNotified(agent=agent):
                return f"{called(agent)}, who looks after the contact, is notified."
            case SentToVoicemail(voicemail=voicemail):
                return f"The contact hears {voicemail}."
            case _:
                return self.outcome

    @property
    def __dict__(self) -> dict[str, Any]:  # type: ignore[override]
        """The event as in JSON: used by ``vars``, and by FastAPI for responses."""
        return self.to_dict()

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        from ._pydantic import of_decision

        return of_decision(cls)

    def to_dict(self) -> dict[str, Any]:
        """The event of the decision, as in JSON."""
        return self.event.to_dict()

    def _key(self, key: str) -> Any:
        return self.event._data().get(key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decision) and self.event == other.event

    def __hash__(self) -> int:
        return hash(self.event)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Decision, (self.event,))

    def __repr__(self) -> str:
        said = [(key, getattr(self, key)) for key in ("agent", "rule", "step", "strategy")]
        shown = [
            repr(self.conversation),
            repr(self.outcome),
            *(f"{key}={value!r}" for key, value in said if value is not None),
        ]
        return f"Decision({', '.join(shown)})"

    def _repr_html_(self) -> str:
        from .html import decision

        return decision(self)


def _whose(one: Considered, called: Callable[[str], str]) -> str:
    """An agent considered, and the one for whom the agent stands in."""
    return called(one.agent) + ("" if one.substitute_for is None else f" (for {called(one.substitute_for)})")


def _in_place_of(absent: str | None, called: Callable[[str], str]) -> str:
    """The agent out of office for whom another stands in."""
    return "" if absent is None else f" for {called(absent)}, who is out of office"


def fared(one: Considered, *, zone: tzinfo | str | None = None) -> str:
    """The result of an agent, in words.

    :param zone: The zone of the times, each given with it; that of ``one`` if absent.
    """
    zone = None if zone is None else _clock.zone(zone)
    detail = one.detail
    match one.reason:
        case None:
            score = f", score {one.score}" if one.score is not None else ""
            return f"could take it (load {one.load}{score})"
        case "away":
            status: Status = detail["status"]
            until = f" until {_clock.on(status.until, zone)}" if status.until else ""
            note = f" ({status.note})" if status.note else ""
            own = f"{status.status}, " if status.status else ""
            return f"away, {own}{str(status.reason).replace('_', ' ')}{note}{until}"
        case "not_taking_kind":
            own_status: Status = detail["status"]
            until = f" until {_clock.on(own_status.until, zone)}" if own_status.until else ""
            return f"takes no {detail['kind']}, {own_status.status}{until}"
        case "at_capacity":
            if "alone" in detail:
                return f"takes {detail['alone']} only alone"
            if "kind" in detail:
                return f"full: {detail['kind_load']} of {detail['limit']} {detail['kind']}"
            return f"full: {one.load} of {detail['limit']}"
        case "missing_skill":
            return f"has level {detail['level']} of {detail['skill']}, {detail['asked']} is asked"
        case "ending_soon":
            ends: datetime = detail["ends"]
            return f"leaves at {_clock.on(ends, zone)}"
        case reason:
            return str(reason).replace("_", " ")
