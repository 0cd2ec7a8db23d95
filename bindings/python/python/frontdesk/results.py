"""The answers of a desk: frozen values with Python's own types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, ClassVar

from . import _clock
from ._native import Status
from ._result import Result, _instant
from .enums import Code, FilteredBecause, Ineligible, Reason, State, VisitorState, Whereabouts

__all__ = [
    "AgentInboxes",
    "AgentRow",
    "Considered",
    "Contact",
    "Conversation",
    "Line",
    "May",
    "Page",
    "Period",
    "ReplyWindowEnds",
    "Setting",
    "StepConsidered",
    "VisitorView",
    "Whereabouts",
]


@dataclass(frozen=True, repr=False)
class Period(Result):
    """A period of an agent's schedule, from ``start`` up to, but not including, ``end``."""

    start: datetime
    end: datetime
    state: State
    reason: Reason

    @property
    def available(self) -> bool:
        """``True`` if the agent is available."""
        return self.state is State.AVAILABLE


@dataclass(frozen=True, repr=False)
class Contact(Result):
    """The person who writes or calls."""

    id: str | None = None
    """Their id with you; what makes two conversations those of one contact."""
    owner: str | None = None
    """The agent who looks after them."""
    known: bool = False
    """``True`` if they were recognised."""
    attributes: Mapping[str, Any] = field(default_factory=dict[str, Any], hash=False)
    """Your own data."""

    _left_out: ClassVar[Mapping[str, Any]] = {"known": False, "attributes": {}}

    @classmethod
    def _of(cls, data: Mapping[str, Any] | None, _zone: tzinfo) -> Contact | None:
        if data is None:
            return None
        return cls(data.get("id"), data.get("owner"), data.get("known", False), data.get("attributes", {}))


@dataclass(frozen=True, repr=False)
class Setting(Result):
    """A status that was set by hand, or by the desk itself after missed offers."""

    status: State | str
    """Available, away, or the id of a status of the document."""
    until: datetime | None = None
    """When an away for a while ends."""
    missed_offers: bool = False
    """``True`` if the desk set it, because offers were missed."""

    _always: ClassVar[frozenset[str]] = frozenset()
    _left_out: ClassVar[Mapping[str, Any]] = {"missed_offers": False}

    @classmethod
    def _of(cls, data: Mapping[str, Any] | None, zone: tzinfo) -> Setting | None:
        if data is None:
            return None
        name = data["status"]
        status = State(name) if name in ("available", "away") else name
        return cls(status, _instant(data.get("until"), zone), data.get("missed_offers", False))


@dataclass(frozen=True, repr=False)
class VisitorView(Result):
    """The view of a visitor of a channel."""

    state: VisitorState
    message: str | None
    """The message to show."""
    reply_time: str | None
    """How soon someone answers, in your words."""
    language: str | None
    """The language of these texts, where the document gives them by language."""
    until: datetime | None
    """When the state changes next; ``None`` within a year is none in sight."""
    opens_at: datetime | None
    """When someone is there next; ``None`` while someone is, and where that is not in sight."""
    shows: Mapping[str, Any] | None = field(hash=False)
    """Whose faces: ``{"agents": [...]}`` or ``{"name": ...}``."""

    @classmethod
    def _of(cls, data: Mapping[str, Any], zone: tzinfo) -> VisitorView:
        return cls(
            VisitorState(data["state"]),
            data.get("message"),
            data.get("reply_time"),
            data.get("language"),
            _instant(data["until"], zone),
            _instant(data.get("opens_at"), zone),
            data.get("shows"),
        )


@dataclass(frozen=True, repr=False)
class AgentRow(Result):
    """A row of ``Desk.table``: an agent with status, load and capacity."""

    agent: str
    name: str | None
    team: str | None
    state: State
    reason: Reason
    since: datetime | None
    until: datetime | None
    by: str | None
    note: str | None
    load: int
    """Weight of all they hold: conversations, pending offers, wrap-ups."""
    holding: int
    """How many of these there are."""
    capacity: Mapping[str, Any] | None = field(hash=False)
    """How much they take: ``total``, ``per_kind``, ``alone``; ``None`` without a limit."""
    status: str | None = None
    """The status of the document that was set, by its id; ``None`` if it is none of these."""
    inboxes: tuple[str, ...] = ()
    """The inboxes that the agent has access to, in document order."""

    @classmethod
    def _of(cls, data: Mapping[str, Any], zone: tzinfo) -> AgentRow:
        return cls(
            data["agent"],
            data.get("name"),
            data.get("team"),
            State(data["state"]),
            Reason(data["reason"]),
            _instant(data["since"], zone),
            _instant(data["until"], zone),
            data.get("by"),
            data.get("note"),
            data["load"],
            data["holding"],
            data.get("capacity"),
            data.get("status"),
            tuple(data.get("inboxes", ())),
        )


@dataclass(frozen=True, repr=False)
class Conversation(Result):
    """The current state of a conversation."""

    conversation: str
    state: Whereabouts
    agent: str | None
    """The agent who holds it, or was offered it first."""
    opened_at: datetime
    inbox: str
    channel: str
    contact: Contact | None = None
    priority: int = 0
    skills: Mapping[str, int] = field(default_factory=dict[str, int], hash=False)
    attributes: Mapping[str, Any] = field(default_factory=dict[str, Any], hash=False)
    offered_to: tuple[str, ...] = ()
    """The agents who have its offer, the first offered first: several with `offers_at_once`."""
    team: str | None = None
    """The team to which it is given, or among whose members it is distributed."""
    last_message_at: datetime | None = None
    """When its last message was written, by anyone; the opening counts as one."""
    hidden_messages: tuple[str, ...] = ()
    """The hidden messages, in the order in which they were hidden."""
    from_: str | None = None
    """The address of the sender."""
    forwarded_by: str | None = None
    """The address of who forwarded it."""
    last_agent: str | None = None
    """The agent who last held it, also one who was removed since; absent while an agent holds it."""
    bot: str | None = None
    """The bot that has it."""
    filtered_because: FilteredBecause | None = None
    """The reason why it is in the spam; absent elsewhere."""
    matched: str | None = None
    """The entry of a list, as it is written, or the role for which it is in the spam; absent elsewhere."""

    _left_out: ClassVar[Mapping[str, Any]] = {
        "priority": 0,
        "skills": {},
        "attributes": {},
        "offered_to": (),
        "hidden_messages": (),
    }

    @classmethod
    def _of(cls, data: Mapping[str, Any], zone: tzinfo) -> Conversation:
        opened_at = _instant(data["opened_at"], zone)
        assert opened_at is not None
        return cls(
            data["conversation"],
            Whereabouts(data["state"]),
            data.get("agent"),
            opened_at,
            data["inbox"],
            data["channel"],
            Contact._of(data.get("contact"), zone),
            data.get("priority", 0),
            data.get("skills", {}),
            data.get("attributes", {}),
            tuple(data.get("offered_to", ())),
            data.get("team"),
            _instant(data["last_message_at"], zone),
            tuple(data.get("hidden_messages", ())),
            data.get("from"),
            data.get("forwarded_by"),
            data.get("last_agent"),
            data.get("bot"),
            FilteredBecause(data["filtered_because"]) if "filtered_because" in data else None,
            data.get("matched"),
        )


@dataclass(frozen=True, repr=False)
class Page(Result):
    """A page of a view."""

    conversations: tuple[Conversation, ...]
    next: str | None
    """The cursor of the next page; absent on the last."""
    examined: int
    """How many conversations were looked at, which is the cost of the filter."""

    @classmethod
    def _of(cls, data: Mapping[str, Any], zone: tzinfo) -> Page:
        found = tuple(Conversation._of(one, zone) for one in data["conversations"])
        return cls(found, data.get("next"), data["examined"])


@dataclass(frozen=True, repr=False)
class Considered(Result):
    """The result of an agent in a decision: the load, or the first check that failed."""

    agent: str
    load: int
    """Weight of all it held."""
    last_assigned: datetime | None
    """When it was last given or offered a conversation."""
    score: Any = field(hash=False)
    """The score that the strategy compared."""
    reason: Ineligible | None
    """Why it fell out; ``None`` for the eligible."""
    detail: Mapping[str, Any] = field(hash=False)
    """The details of the reason: ``status`` of an agent who is away, ``ends``, ``limit``, ``skill``, ``level`` …"""
    extra_skills: int | None = None
    """The number of skills beyond the required ones, where these break ties."""
    substitute_for: str | None = None
    """The agent out of office for whom this one stands in."""

    @property
    def eligible(self) -> bool:
        """``True`` if the agent could have taken the conversation."""
        return self.reason is None

    def to_dict(self) -> dict[str, Any]:
        """The result as in JSON: the details are keys beside the reason."""
        data = super().to_dict()
        data |= data.pop("detail")
        return data

    @classmethod
    def _of(cls, data: Mapping[str, Any], zone: tzinfo) -> Considered:
        usual = ("agent", "load", "last_assigned", "score", "extra_skills", "substitute_for", "reason")
        reason = data.get("reason")
        return cls(
            data["agent"],
            data["load"],
            _instant(data.get("last_assigned"), zone),
            data.get("score"),
            None if reason is None else Ineligible(reason),
            {key: _detail(key, value, zone) for key, value in data.items() if key not in usual},
            data.get("extra_skills"),
            data.get("substitute_for"),
        )


def _detail(key: str, value: Any, zone: tzinfo) -> Any:
    """Converts a detail of a reason: instants and statuses to Python's types."""
    match key:
        case "status":
            return Status._from_json(json.dumps(value), zone)
        case "ends":
            return _instant(value, zone)
        case _:
            return value


@dataclass(frozen=True, repr=False)
class StepConsidered(Result):
    """A step that may take a conversation, or a team in which it is distributed, with the result of every agent of its target."""

    rule: str | None
    """The rule; ``None`` for a team."""
    step: int | None
    """The step, from 1; ``None`` for a team."""
    strategy: str
    considered: tuple[Considered, ...]
    """The agents whom the step names, or the members of the team, in document order."""
    team: str | None = None
    """The team in which it is distributed."""
    not_in_target: int = 0
    """The number of the desk's other agents."""

    _left_out: ClassVar[Mapping[str, Any]] = {"not_in_target": 0}

    @classmethod
    def _of(cls, data: Mapping[str, Any], zone: tzinfo) -> StepConsidered:
        considered = tuple(Considered._of(one, zone) for one in data["considered"])
        team, others = data.get("team"), data.get("not_in_target", 0)
        return cls(data.get("rule"), data.get("step"), data["strategy"], considered, team, others)


@dataclass(frozen=True, repr=False)
class AgentInboxes(Result):
    """The inboxes of an agent, in document order."""

    access: tuple[str, ...]
    """Those that the agent has access to. A deactivated agent may act in none of them."""
    sees: tuple[str, ...]
    """Those that the agent sees: all of them with ``account_access`` or ``super_admin``, else those of ``access``."""


@dataclass(frozen=True, repr=False)
class PlaceInQueue(Result):
    """The place of a waiting conversation among those that it competes with."""

    place: int
    """From 1: how many are served before it, and itself."""
    of: int
    """How many they are, and itself."""


@dataclass(frozen=True, repr=False)
class ReplyWindowEnds(Result):
    """When the windows for replies close; one that is not after the command has closed already."""

    automated: datetime | None = None
    """For messages of a bot or a program; ``None`` without a limit."""
    person: datetime | None = None
    """For messages that a person writes; ``None`` without a limit."""

    @classmethod
    def _of(cls, data: Mapping[str, Any] | None, zone: tzinfo) -> ReplyWindowEnds | None:
        if data is None:
            return None
        return cls(_instant(data.get("automated"), zone), _instant(data.get("person"), zone))


@dataclass(frozen=True, repr=False)
class May(Result):
    """Whether a command is allowed: true where it is."""

    allowed: bool
    code: Code | None = None
    """The code of the refusal; ``None`` where it is allowed."""
    message: str | None = None
    """The reason in a sentence."""
    until: datetime | None = None
    """When the command would be possible, if waiting helps; of a leap that is too long, the instant to advance to."""
    agent: str | None = None
    """The substitute to whom an ``assign`` with ``or_substitute`` goes; ``None`` if nobody stands in."""
    substitute_for: str | None = None
    """The agent out of office for whom ``agent`` stands in."""
    reply_window: ReplyWindowEnds | None = None
    """When the windows for replies close, for a reply or a message in a channel that has some."""

    _always: ClassVar[frozenset[str]] = frozenset()

    def __bool__(self) -> bool:
        return self.allowed

    @classmethod
    def _of(cls, data: Mapping[str, Any], zone: tzinfo) -> May:
        code = data.get("code")
        return cls(
            data["allowed"],
            None if code is None else Code(code),
            data.get("message"),
            _instant(data.get("until"), zone),
            data.get("agent"),
            data.get("substitute_for"),
            ReplyWindowEnds._of(data.get("reply_window"), zone),
        )


@dataclass(frozen=True, repr=False)
class Line(Result):
    """A sentence of the story of a conversation."""

    at: datetime
    day: str
    """The date on the wall, in the zone of the story: ``Fri 20 Nov 2026``."""
    clock: str
    """The clock on the wall: ``09:00:00``."""
    text: str

    @classmethod
    def _of(cls, data: Mapping[str, Any], zone: tzinfo) -> Line:
        at = _instant(data["at"], zone)
        assert at is not None
        return cls(at, data["day"], data["clock"], data["text"])

    @property
    def zone(self) -> str:
        """The name of the zone of ``day`` and ``clock``."""
        return _clock.name(self.at.tzinfo)

    def __str__(self) -> str:
        return f"{self.day} {self.clock} {self.zone}  {self.text}"
