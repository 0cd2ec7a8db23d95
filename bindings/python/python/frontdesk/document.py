"""The types of a desk document: ``DeskDocument`` and its parts, as dicts.

Written by ``bindings/generate`` from the core's JSON Schemas: change those.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, Literal, TypedDict, Union

from .typing import Dataclass, Id, Length, Model

__all__ = [
    "Absence",
    "Access",
    "AccessKeys",
    "Agent",
    "Capacity",
    "CapacityKeys",
    "Channel",
    "Chooser",
    "DateHours",
    "DeskDocument",
    "Entitlements",
    "Faces",
    "FacesKeys",
    "Holiday",
    "Inbox",
    "Instead",
    "Interval",
    "LocalizedText",
    "OnAway",
    "OnError",
    "OnRemoved",
    "Otherwise",
    "OtherwiseBot",
    "OtherwiseVoicemail",
    "Permission",
    "Rule",
    "ScriptCall",
    "Settings",
    "Step",
    "Strategy",
    "Target",
    "TargetBot",
    "TargetKeys",
    "Team",
    "Tie",
    "VisitorAvailability",
    "VisitorSettings",
    "Weekday",
    "WeeklyHours",
]

#: What stands for a dict: a model of pydantic's, a dataclass.
Described = Union[Model, Dataclass]


class CapacityKeys(TypedDict, total=False):
    """A part of the document."""

    alone: Collection[Id]
    """Kinds that are taken only with nothing else."""

    per_kind: Mapping[str, int]
    """The most of a channel kind."""

    total: int
    """The most of all kinds together."""


class _IntervalAlways(TypedDict):
    end: str | dt.time
    """When it ends."""
    start: str | dt.time
    """When it starts, at most `23:59`."""


class Interval(_IntervalAlways, total=False):
    """From one time of day to another; an end that is not after the start lies on the next day."""


class _DateHoursAlways(TypedDict):
    date: str | dt.date
    """The date, in the zone of whoever has the hours."""
    hours: Collection[Interval | Described]
    """Its hours; none means away."""


class DateHours(_DateHoursAlways, total=False):
    """The hours of one date, which replace its weekly hours."""


_AbsenceMore = TypedDict("_AbsenceMore", {"except": "Collection[str | dt.date | dt.datetime]"}, total=False)


class Absence(_AbsenceMore, total=False):
    """A time out of office: from one moment on the wall clock up to another, or whole days; once, or repeated."""

    also: Collection[str | dt.date | dt.datetime]
    """Further dates or moments at which it starts."""

    end: str | dt.datetime
    """The first moment after it."""

    first_day: str | dt.date
    """The first day off."""

    last_day: str | dt.date
    """The last day off."""

    note: str
    """What to tell about it."""

    repeat: str
    """How it repeats: a rule of RFC 5545."""

    sequence: int
    """Which version of it this is, in that calendar."""

    start: str | dt.datetime
    """Its first moment."""

    time_zone: str | dt.tzinfo
    """The zone of its times; the agent's when absent."""

    uid: str
    """Its id in the calendar it comes from."""


class _WeeklyHoursAlways(TypedDict):
    days: Collection[Weekday]
    """The weekdays on which the interval starts."""
    end: str | dt.time
    """When it ends."""
    start: str | dt.time
    """When it starts, at most `23:59`."""


class WeeklyHours(_WeeklyHoursAlways, total=False):
    """Hours that repeat weekly on some weekdays, read off the wall clock."""

    every: int
    """Every how many weeks, counted from the week of `first_day`; every week when absent."""

    first_day: str | dt.date
    """The first date on which it may start."""

    last_day: str | dt.date
    """The last date on which it may start."""


class _AgentAlways(TypedDict):
    id: Id
    """Its id."""


class Agent(_AgentAlways, total=False):
    """A person who answers conversations."""

    active: bool
    """Whether they work here still; a deactivated agent keeps what it holds and gets nothing."""

    attributes: Mapping[str, Any]
    """The embedder's own data."""

    capacity: Capacity
    """How much they take at a time; no limit when absent."""

    date_hours: Collection[DateHours | Described]
    """Dates with hours of their own."""

    extra_teams: Collection[Id]
    """Further teams they help out in."""

    name: str
    """What people call them."""

    out_of_office: Collection[Absence | Described]
    """Absences: at most 100 start on a date, and at most 1,000 repeat."""

    permissions: Collection[Permission]
    """What they may do to others."""

    seat: Id
    """Their seat, a name of the embedder's."""

    skills: Mapping[str, int]
    """What they know, by level."""

    team: Id
    """Their main team."""

    time_zone: str | dt.tzinfo
    """The zone of their hours; the desk's when absent."""

    working_hours: Collection[WeeklyHours | Described]
    """Their weekly hours; their main team's, else the desk's, when absent."""


class _HolidayAlways(TypedDict):
    dates: Collection[str | dt.date]
    """The dates, in the zone of whoever observes them."""
    id: Id
    """Its id."""


class Holiday(_HolidayAlways, total=False):
    """Dates on which some people are away and some offices closed."""

    inboxes: Collection[Id]
    """The inboxes whose office hours observe it."""

    name: str
    """What people call it."""

    teams: Collection[Id]
    """The teams whose main and extra members observe it."""


class AccessKeys(TypedDict, total=False):
    """The main and extra members of some teams, and some agents."""

    agents: Collection[Id]

    teams: Collection[Id]


class _OtherwiseVoicemailAlways(TypedDict):
    voicemail: Id


class OtherwiseVoicemail(_OtherwiseVoicemailAlways, total=False):
    """Hear a message."""


class _OtherwiseBotAlways(TypedDict):
    bot: Id


class OtherwiseBot(_OtherwiseBotAlways, total=False):
    """A bot takes it."""


class TargetKeys(TypedDict, total=False):
    """Named agents and the members of teams."""

    agents: Collection[Id]

    extra: bool
    """Whether extra members count."""

    teams: Collection[Id]


class _TargetBotAlways(TypedDict):
    bot: Id


class TargetBot(_TargetBotAlways, total=False):
    """A bot, which takes it at once."""


class _ScriptCallAlways(TypedDict):
    script: Id
    """Its name."""


class ScriptCall(_ScriptCallAlways, total=False):
    """A script as a step names it."""

    params: Mapping[str, Any]
    """Its parameters; those that are absent have their defaults."""


class _StepAlways(TypedDict):
    assign_to: Target
    """Whom to ask."""


class Step(_StepAlways, total=False):
    """One attempt to find someone."""

    on_error: OnError
    """What holds when a script that chooses fails."""

    only_available: bool
    """Whether only those who are available are asked."""

    skills: Mapping[str, int]
    """The levels asked, beside those the conversation asks."""

    strategy: Chooser
    """How to choose among them."""

    tie: Tie
    """How `least_busy` breaks a tie."""

    wait: Length
    """How long to wait here before the next step is added."""


class _RuleAlways(TypedDict):
    id: Id
    """Its id, unique in the channel."""
    steps: Collection[Step | Described]
    """What is tried, in order."""


class Rule(_RuleAlways, total=False):
    """A rule of a channel: the first whose conditions hold is used."""

    match: Mapping[str, Any]
    """What must hold of the conversation."""

    otherwise: Otherwise
    """What happens after the last step."""

    when: str
    """What must hold besides: a script expression over `conversation`, `contact`, `channel`, `inbox` and `now`."""


class FacesKeys(TypedDict, total=False):
    """At most three of some agents and members of teams; or the contact's owner; or a given name."""

    agents: Collection[Id]

    contact_owner: bool
    """Whether the contact's owner is shown."""

    name: str
    """A given name, such as the company's."""

    otherwise: Faces
    """Who is shown to a visitor without an owner."""

    teams: Collection[Id]


class Instead(TypedDict, total=False):
    """What is shown instead of the usual."""

    hide: bool
    """Whether to show nothing at all."""

    message: LocalizedText
    """The text to show."""

    reply_time: LocalizedText
    """How soon someone answers then."""


class VisitorSettings(TypedDict, total=False):
    """What a visitor of a channel is shown."""

    availability: VisitorAvailability
    """What decides whether someone is there."""

    reply_time: LocalizedText
    """How soon someone usually answers, in the embedder's words; told only while someone is there."""

    shows: Faces
    """Whose faces are shown."""

    when_away: Instead | Described
    """What is shown instead when nobody is there."""

    when_closed: Instead | Described
    """What is shown instead outside office hours."""


class _ChannelAlways(TypedDict):
    id: Id
    """Its id, unique in the inbox."""
    kind: Id
    """Its kind: `email`, `chat`, `form`, `call`, `messenger` or one of the document's `kinds`."""


class Channel(_ChannelAlways, total=False):
    """A way into an inbox, such as a chat widget or a phone number."""

    accept_within: Length
    """How long an offer is open; without it, conversations are assigned at once."""

    after_hours: Otherwise
    """Where what arrives outside office hours goes."""

    name: str
    """What people call it."""

    office_hours: Collection[WeeklyHours | Described]
    """Its office hours; the inbox's when absent."""

    rules: Collection[Rule | Described]
    """Who gets what arrives; without rules everything stays unassigned."""

    visitor: VisitorSettings | Described
    """What a visitor sees."""

    weight: int
    """How much of an agent's capacity one conversation takes."""

    wrap_up: Length
    """How long an agent is kept busy after closing one."""


class _InboxAlways(TypedDict):
    id: Id
    """Its id."""


class Inbox(_InboxAlways, total=False):
    """A shared inbox."""

    access: Access
    """Who may work in it."""

    channels: Collection[Channel | Described]
    """The ways in."""

    name: str
    """What people call it."""

    office_hours: Collection[WeeklyHours | Described]
    """Its office hours; always open when absent."""

    time_zone: str | dt.tzinfo
    """The zone of its office hours; the desk's when absent."""


class Entitlements(TypedDict, total=False):
    """Which seats have which feature; a feature that is absent has every seat, and everyone without one."""

    auto_assign: Collection[Id]
    """Getting conversations by routing."""

    out_of_office: Collection[Id]
    """Entering absences."""

    temporarily_away: Collection[Id]
    """Setting oneself away for a while."""


class Settings(TypedDict, total=False):
    """Settings of a whole desk; what is absent is off."""

    away_ends_at_shift_start: bool
    """An away without an end also ends when the schedule next turns available."""

    entitlements: Entitlements | Described
    """Which seats have which feature."""

    last_assignment_before_end: Length
    """How long before the end of their availability agents get nothing new."""

    missed_offers_before_away: int
    """How many expired offers in a row set an agent away."""

    on_away: OnAway
    """What becomes of the open conversations of someone who sets themself away."""

    on_removed: OnRemoved
    """What becomes of the conversations of a removed agent."""

    requires_seat: bool
    """Routing gives conversations only to agents with a seat."""

    seed: int
    """The seed of everything random."""


class _TeamAlways(TypedDict):
    id: Id
    """Its id."""


class Team(_TeamAlways, total=False):
    """A team."""

    name: str
    """What people call it."""

    working_hours: Collection[WeeklyHours | Described]
    """The hours of its main members who have none of their own; the desk's when absent."""


class _DeskDocumentAlways(TypedDict):
    time_zone: str | dt.tzinfo
    """The zone of all who have none of their own."""
    version: Literal[1]
    """The version of the format, 1."""


_DeskDocumentMore = TypedDict("_DeskDocumentMore", {"$schema": "str"}, total=False)


class DeskDocument(_DeskDocumentAlways, _DeskDocumentMore, total=False):
    """A desk document."""

    agents: Collection[Agent | Described]
    """Agents; their order decides the last tie."""

    holidays: Collection[Holiday | Described]
    """Holidays."""

    inboxes: Collection[Inbox | Described]
    """Inboxes."""

    kinds: Collection[Id]
    """Channel kinds beside the usual."""

    settings: Settings | Described
    """Settings."""

    teams: Collection[Team | Described]
    """Teams."""

    working_hours: Collection[WeeklyHours | Described]
    """The hours of all who have none of their own; always on when absent."""


#: How much an agent takes at a time, in units of channel weight; a bare number is the total.
Capacity = Union["int", "CapacityKeys", "Described"]


#: What an agent may do to others.
Permission = Literal["manage_availability", "super_admin"]


#: A day of the week, written `mon` to `sun`.
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


#: Who may work in an inbox.
Access = Union[Literal["everyone"], "AccessKeys", "Described"]


#: What happens when no step found anyone.
Otherwise = Union[Literal["queue", "unassigned", "notify_owner"], "OtherwiseVoicemail", "Described", "OtherwiseBot"]


#: Whom a step asks.
Target = Union[Literal["everyone", "contact_owner", "last_agent"], "TargetKeys", "Described", "TargetBot"]


#: What holds when the script of a step fails: the step finds nobody, or a strategy chooses.
OnError = Literal[
    "skip_step",
    "least_busy",
    "most_capacity",
    "round_robin",
    "weighted_round_robin",
    "longest_idle",
    "best_skill",
    "in_order",
    "random",
]


#: How to choose among the eligible. All are deterministic.
Strategy = Literal[
    "least_busy",
    "most_capacity",
    "round_robin",
    "weighted_round_robin",
    "longest_idle",
    "best_skill",
    "in_order",
    "random",
]


#: How a step chooses among the eligible.
Chooser = Union["Strategy", "ScriptCall", "Described"]


#: How `least_busy` breaks a tie.
Tie = Literal["least_recently_assigned", "most_recently_assigned"]


#: What decides whether a visitor finds someone.
VisitorAvailability = Literal["team_status", "office_hours", "always"]


#: A text for visitors: one for all, or one a language, the first for whoever speaks none of them.
LocalizedText = Union["str", Mapping[str, str]]


#: Whose faces a visitor sees.
Faces = Union[Literal["contact_owner"], "FacesKeys", "Described"]


#: What becomes of the open conversations of someone who sets themself away.
OnAway = Literal["keep", "requeue"]


#: What becomes of the conversations of a removed agent.
OnRemoved = Literal["route", "unassign"]
