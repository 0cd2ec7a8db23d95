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
    "AddressList",
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
    "Filter",
    "Holiday",
    "Inbox",
    "Instead",
    "Interval",
    "LocalizedText",
    "OnAway",
    "OnError",
    "OnLeaving",
    "OnLeavingKeys",
    "OnRemoved",
    "Otherwise",
    "OtherwiseBot",
    "OtherwiseVoicemail",
    "OwnStatus",
    "Pace",
    "PacePer",
    "Permission",
    "RaisePriority",
    "ReplyWindow",
    "RoleAddresses",
    "Rule",
    "ScriptCall",
    "SenderFilters",
    "Settings",
    "SkipIf",
    "State",
    "Step",
    "Strategy",
    "TableFilter",
    "Target",
    "TargetBot",
    "TargetKeys",
    "Team",
    "Tie",
    "Travel",
    "VisitorAvailability",
    "VisitorSettings",
    "Wait",
    "WaitKeys",
    "WaitingLimit",
    "Weekday",
    "WeeklyHours",
    "Where",
]

#: Values accepted in place of a dict: a model of pydantic, a dataclass.
Described = Union[Model, Dataclass]


class _PaceAlways(TypedDict):
    at_most: int
    """The number of conversations."""
    per: PacePer
    """The time in which they are counted."""


class Pace(_PaceAlways, total=False):
    """The most conversations that routing gives an agent in a time, or on a day."""


class CapacityKeys(TypedDict, total=False):
    """A part of the document."""

    alone: Collection[Id]
    """Kinds that are taken only with nothing else."""

    pace: Collection[Pace | Described]
    """The limits on the conversations that routing gives in a time."""

    per_inbox: Mapping[str, int]
    """The most of an inbox."""

    per_kind: Mapping[str, int]
    """The most of a channel kind."""

    total: int
    """The most of all kinds together."""


class _IntervalAlways(TypedDict):
    end: str | dt.time
    """The end."""
    start: str | dt.time
    """The start, at most `23:59`."""


class Interval(_IntervalAlways, total=False):
    """A span between two times of day; an end that is not after the start lies on the next day."""


class _DateHoursAlways(TypedDict):
    date: str | dt.date
    """The date, in the zone of the agent."""
    hours: Collection[Interval | Described]
    """The hours of the date; an empty list means away."""


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


class _TravelAlways(TypedDict):
    first_day: str | dt.date
    """The first date."""
    last_day: str | dt.date
    """The last date."""
    time_zone: str | dt.tzinfo
    """The zone of the dates."""


class Travel(_TravelAlways, total=False):
    """Dates on which an agent's hours, dates and holidays are read in another zone."""


class _WeeklyHoursAlways(TypedDict):
    days: Collection[Weekday]
    """The weekdays on which the interval starts."""
    end: str | dt.time
    """The end."""
    start: str | dt.time
    """The start, at most `23:59`."""


class WeeklyHours(_WeeklyHoursAlways, total=False):
    """Hours that repeat weekly on some weekdays, by the wall clock."""

    every: int
    """The number of weeks from one to the next, counted from the week of `first_day`; every week when absent."""

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
    """`false` for a deactivated agent, who keeps conversations but gets no more."""

    attributes: Mapping[str, Any]
    """The embedder's own data."""

    capacity: Capacity
    """The most they hold at a time; no limit when absent."""

    date_hours: Collection[DateHours | Described]
    """Dates with hours of their own."""

    extra_teams: Collection[Id]
    """Further teams they help out in."""

    name: str
    """The display name."""

    out_of_office: Collection[Absence | Described]
    """Absences: at most 100 start on a date, and at most 1,000 repeat."""

    permissions: Collection[Permission]
    """Rights to change other agents and the desk."""

    seat: Id
    """Their seat, a name of the embedder's."""

    skills: Mapping[str, int]
    """Skills with their levels."""

    substitute: Id
    """The agent who stands in for them while they are out of office, wherever a rule names them by id, or as the
    owner or last agent of a contact. Of absent ones, theirs in turn: at most ten.
    """

    team: Id
    """Their main team."""

    time_zone: str | dt.tzinfo
    """The zone of their hours; the desk's when absent."""

    travel: Collection[Travel | Described]
    """Dates on which their hours, dates and holidays are read in another zone."""

    working_hours: Collection[WeeklyHours | Described]
    """Their weekly hours; their main team's, else the desk's, when absent."""


class _HolidayAlways(TypedDict):
    dates: Collection[str | dt.date]
    """The dates, in the zone of the agent or inbox that observes them."""
    id: Id
    """Its id."""


class Holiday(_HolidayAlways, total=False):
    """Dates on which some people are away and some offices closed."""

    inboxes: Collection[Id]
    """The inboxes whose office hours observe it."""

    name: str
    """The display name."""

    teams: Collection[Id]
    """The teams whose main and extra members observe it."""


class AccessKeys(TypedDict, total=False):
    """The main and extra members of some teams, and some agents."""

    agents: Collection[Id]
    """Agents who may work in it, too."""

    teams: Collection[Id]
    """The teams, whose main and extra members may work in it."""


class _OtherwiseVoicemailAlways(TypedDict):
    voicemail: Id
    """The message that the contact hears, by the embedder's name."""


class OtherwiseVoicemail(_OtherwiseVoicemailAlways, total=False):
    """The contact hears a message."""


class _OtherwiseBotAlways(TypedDict):
    bot: Id
    """The name of the bot."""


class OtherwiseBot(_OtherwiseBotAlways, total=False):
    """A bot takes the conversation."""


class ReplyWindow(TypedDict, total=False):
    """The windows for replies, counted from the contact's last message."""

    automated: Length
    """The time in which anything may be sent; without a limit when absent."""

    person: Length
    """The time in which a person may write, no shorter; without a limit when absent."""


class _RaisePriorityAlways(TypedDict):
    by: int
    """The priority that is added each time."""
    every: Length
    """The time after which the priority is raised, again and again, counted from the place in the queue."""


class RaisePriority(_RaisePriorityAlways, total=False):
    """The priority that a rule adds to its conversations as they wait."""

    at_most: int
    """The most that is added in all; no limit when absent."""


class TargetKeys(TypedDict, total=False):
    """Agents and members of teams, by id."""

    agents: Collection[Id]
    """The agents."""

    extra: bool
    """`true` if extra members are considered, too."""

    teams: Collection[Id]
    """The teams, whose main members are considered."""

    where: Where
    """The conditions on the agents, all of which have to hold."""


class _TargetBotAlways(TypedDict):
    bot: Id
    """The name of the bot."""


class TargetBot(_TargetBotAlways, total=False):
    """A bot, which takes the conversation at once."""


class _ScriptCallAlways(TypedDict):
    script: Id
    """The name of the script."""


class ScriptCall(_ScriptCallAlways, total=False):
    """A script with its parameters, as a step names it."""

    params: Mapping[str, Any]
    """The parameters; absent ones have their defaults."""


class _WaitKeysAlways(TypedDict):
    office_hours: Length
    """The length of time that the channel is open."""


class WaitKeys(_WaitKeysAlways, total=False):
    """Time within the office hours of the channel."""


class _StepAlways(TypedDict):
    assign_to: Target
    """The agents to consider."""


class Step(_StepAlways, total=False):
    """An attempt to find an agent."""

    on_error: OnError
    """The fallback if the script fails."""

    only_available: bool
    """`true` if only available agents are eligible."""

    priority: int
    """The priority that it adds to that of a conversation which has reached it."""

    relax_skills: Collection[Id]
    """The skills of the conversation that this step and those after it do not require."""

    skills: Mapping[str, int]
    """The required levels of skills, beside those that the conversation requires."""

    skip_if: SkipIf
    """When the step is passed at once, although it has a wait."""

    strategy: Chooser
    """The strategy or script that chooses among the eligible ones."""

    tie: Tie
    """The tie-break of the strategy."""

    wait: Wait
    """The time to wait before the next step is added."""


class _RuleAlways(TypedDict):
    id: Id
    """Its id, unique in the channel."""
    steps: Collection[Step | Described]
    """The steps, in order."""


class Rule(_RuleAlways, total=False):
    """A rule of a channel. The first rule whose conditions hold is used."""

    match: Mapping[str, Any]
    """The conditions on the conversation, all of which have to hold."""

    otherwise: Otherwise
    """The outcome if no step finds an agent; that of the desk's settings when absent, or else `queue`."""

    priority: int
    """The priority that it adds to that of a conversation."""

    raise_priority: RaisePriority | Described
    """The priority that it adds as a conversation waits."""

    when: str
    """A further condition: a script expression over `conversation`, `contact`, `channel`, `inbox` and `now`."""


class FacesKeys(TypedDict, total=False):
    """At most three of some agents and members of teams; or the contact's owner; or a given name."""

    agents: Collection[Id]
    """Agents who may be shown."""

    contact_owner: bool
    """`true` if the contact's owner is shown."""

    name: str
    """A given name, such as the company's."""

    otherwise: Faces
    """The setting for visitors without an owner."""

    teams: Collection[Id]
    """Teams whose main members may be shown."""


class Instead(TypedDict, total=False):
    """The texts for a state other than online."""

    hide: bool
    """`true` to hide the channel."""

    message: LocalizedText
    """The text to show."""

    reply_time: LocalizedText
    """The time until an answer, in the embedder's words."""


class VisitorSettings(TypedDict, total=False):
    """The settings of a channel for its visitors."""

    availability: VisitorAvailability
    """The rule that decides if the channel is online."""

    reply_time: LocalizedText
    """The usual time until an answer, in the embedder's words; shown only while the channel is online."""

    shows: Faces
    """The agents or the name shown to visitors."""

    when_away: Instead | Described
    """The texts while the channel is away."""

    when_closed: Instead | Described
    """The texts outside office hours."""


class _WaitingLimitAlways(TypedDict):
    otherwise: Otherwise
    """The outcome for a conversation beyond the limit; it is not `queue`."""


class WaitingLimit(_WaitingLimitAlways, total=False):
    """The most that wait in a channel, the longest that one waits, and the outcome for a conversation beyond that."""

    at_most: int
    """The number of others that may wait when a conversation arrives or is reopened, and would wait."""

    longest: Length
    """The time for which a conversation waits, counted from its place in the queue."""


class _ChannelAlways(TypedDict):
    id: Id
    """Its id, unique in the inbox."""
    kind: Id
    """Its kind: `email`, `chat`, `form`, `call`, `messenger` or one of the document's `kinds`."""


class Channel(_ChannelAlways, total=False):
    """A way into an inbox, such as a chat widget or a phone number."""

    accept_within: Length
    """The time for which an offer is open; conversations are assigned without an offer when absent."""

    after_hours: Otherwise
    """The outcome for conversations that arrive outside office hours; they are routed as usual when absent."""

    close_idle_bots: bool
    """`true` if a conversation that a bot has is closed once the contact has not written for `bot_inactivity`."""

    name: str
    """The display name."""

    offer_again_after: Length
    """The time after which an agent who declined a conversation, or missed its offer, may be offered it again;
    only when the agent next turns available, when absent.
    """

    offers_at_once: int
    """The number of agents to whom a conversation is offered at once, 1 when absent."""

    office_hours: Collection[WeeklyHours | Described]
    """Its office hours; the inbox's when absent."""

    original_sender: bool
    """`false` if the sender of forwarded mail is who forwarded it, instead of who wrote it first."""

    priority: int
    """The priority that it adds to that of its conversations."""

    reopen_on_message: bool
    """`true` if a message of the contact reopens a closed conversation; when absent, it does in `email` and
    `messenger`.
    """

    reply_window: ReplyWindow | Described
    """The time after the contact's last message in which replies may be sent; without a limit when absent."""

    rules: Collection[Rule | Described]
    """The rules that choose agents for conversations; without rules all conversations stay unassigned."""

    visitor: VisitorSettings | Described
    """The settings for visitors."""

    waiting_limit: WaitingLimit | Described
    """The limit on those who wait; none when absent."""

    weight: int
    """The part of an agent's capacity that one conversation takes."""

    wrap_up: Length
    """The time for which an agent stays busy after closing a conversation."""


class SenderFilters(TypedDict, total=False):
    """The senders whose conversations are filtered as spam."""

    allow: AddressList
    """The addresses and domains that are let in all the same."""

    block: AddressList
    """The addresses and domains (`@example.net`) that are filtered."""

    role_addresses: RoleAddresses
    """`true` to filter addresses that name a role instead of a person, such as `noreply@`; a list names more of
    these.
    """


class _InboxAlways(TypedDict):
    id: Id
    """Its id."""


class Inbox(_InboxAlways, total=False):
    """A shared inbox."""

    access: Access
    """The agents who may work in it."""

    channels: Collection[Channel | Described]
    """The channels by which conversations arrive."""

    filters: SenderFilters | Described
    """The senders whose conversations are filtered as spam; none when absent."""

    name: str
    """The display name."""

    office_hours: Collection[WeeklyHours | Described]
    """Its office hours; always open when absent."""

    time_zone: str | dt.tzinfo
    """The zone of its office hours; the desk's when absent."""


class Entitlements(TypedDict, total=False):
    """The seats that have each feature. An absent feature is available with every seat, and without one."""

    auto_assign: Collection[Id]
    """Getting conversations by routing."""

    hidden_messages: Collection[Id]
    """Hiding messages."""

    out_of_office: Collection[Id]
    """Entering absences."""

    routing_rules: Collection[Id]
    """Changing rules, and getting conversations by them."""

    temporarily_away: Collection[Id]
    """Setting oneself away for a while."""


class _OnLeavingKeysAlways(TypedDict):
    requeue_after: Length
    """The time after which they are given back."""


class OnLeavingKeys(_OnLeavingKeysAlways, total=False):
    """They are unassigned and routed again after a time, unless the agent replies or returns before."""


class Settings(TypedDict, total=False):
    """Settings of a whole desk; absent ones are off."""

    away_ends_at_shift_start: bool
    """`true` if an away status without an end also ends when the schedule next becomes available."""

    bot_inactivity: Length
    """The time after the contact's last message in which agents may not close a conversation that a bot has; 30
    minutes when absent.
    """

    entitlements: Entitlements | Described
    """The seats that have each feature."""

    forget_closed_after: Length
    """The time after which a closed conversation is forgotten; absent if it is remembered for good."""

    forget_trash_after: Length
    """The time after which a conversation in the trash is forgotten; 30 days when absent."""

    last_assignment_before_end: Length
    """The time before the end of an agent's availability in which the agent gets no new conversations."""

    missed_offers_before_away: int
    """The number of consecutive expired offers after which an agent is set away."""

    on_absence: OnLeaving
    """The outcome for the open conversations of an agent who goes out of office."""

    on_away: OnAway
    """The outcome for the open conversations of an agent who sets their own status to away."""

    on_removed: OnRemoved
    """The outcome for the conversations of a removed agent."""

    on_shift_end: OnLeaving
    """The outcome for the open conversations of an agent whose working hours end, or for whom a holiday begins."""

    otherwise: Otherwise
    """The outcome of rules that have none of their own, if no step finds an agent; absent if it is `queue`."""

    own_away_ends_at_shift_start: bool
    """`true` if that holds for an away status that agents set themselves."""

    requires_seat: bool
    """`true` if routing gives conversations only to agents with a seat."""

    seed: int
    """The seed of all random choices."""


class _OwnStatusAlways(TypedDict):
    id: Id
    """Its id, which is neither `available` nor `away`."""
    state: State
    """The state of an agent who has it."""


class OwnStatus(_OwnStatusAlways, total=False):
    """A status that an agent can be set to beside available and away: one of these under a name of its own."""

    kinds: Collection[Id]
    """The channel kinds for which an agent who has it is available; all when absent."""

    name: str
    """The display name."""


class Filter(TypedDict, total=False):
    """A filter of agents: an agent has to match all fields that are set. The default matches all."""

    inbox: Id
    """The inbox that the agent has access to."""

    skill: Id
    """The skill that the agent has, at any level."""

    state: State
    """The state of the agent."""

    team: Id
    """The team of which the agent is a main or extra member."""


class _TableFilterAlways(TypedDict):
    filter: Filter | Described
    """The agents that it shows."""
    id: Id
    """Its id."""


class TableFilter(_TableFilterAlways, total=False):
    """A filter of the table of agents that the document saves, for everyone. It goes with its team or its inbox
    when that is removed: without it, the filter would show agents whom it is to hide.
    """

    name: str
    """The display name."""


class _TeamAlways(TypedDict):
    id: Id
    """Its id."""


class Team(_TeamAlways, total=False):
    """A team."""

    name: str
    """The display name."""

    working_hours: Collection[WeeklyHours | Described]
    """The hours of main members without their own; the desk's when absent."""


class _DeskDocumentAlways(TypedDict):
    time_zone: str | dt.tzinfo
    """The zone of agents and inboxes without their own."""
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
    """Channel kinds beside the built-in ones."""

    settings: Settings | Described
    """Settings."""

    statuses: Collection[OwnStatus | Described]
    """Statuses beside available and away."""

    table_filters: Collection[TableFilter | Described]
    """Filters of the table of agents, for everyone."""

    teams: Collection[Team | Described]
    """Teams."""

    working_hours: Collection[WeeklyHours | Described]
    """The hours of agents whose team, too, has none; they are always on when absent."""


#: The time in which a pace counts.
PacePer = Union[Literal["day"], "Length"]


#: How much an agent takes at a time, in units of channel weight; a bare number is the total.
Capacity = Union["int", "CapacityKeys", "Described"]


#: A right to change other agents or the desk.
Permission = Literal["manage_availability", "account_access", "super_admin"]


#: A day of the week, written `mon` to `sun`.
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


#: The agents who may work in an inbox.
Access = Union[Literal["everyone"], "AccessKeys", "Described"]


#: The outcome if no step finds an agent.
Otherwise = Union[Literal["queue", "unassigned", "notify_owner"], "OtherwiseVoicemail", "Described", "OtherwiseBot"]


#: What must hold of an agent: every entry, by what it looks at.
Where = Mapping[str, Any]


#: The agents that a step considers.
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
    "fewest_skills",
    "in_order",
    "random",
]


#: When a step is passed at once, although it has a wait.
SkipIf = Literal["nobody_available"]


#: A built-in strategy that chooses among eligible agents. All are deterministic.
Strategy = Literal[
    "least_busy",
    "most_capacity",
    "round_robin",
    "weighted_round_robin",
    "longest_idle",
    "best_skill",
    "fewest_skills",
    "in_order",
    "random",
]


#: The strategy or script by which a step chooses among eligible agents.
Chooser = Union["Strategy", "ScriptCall", "Described"]


#: The tie-break of a strategy.
Tie = Literal["least_recently_assigned", "most_recently_assigned", "fewest_skills"]


#: The time that a conversation waits at a step before the next one is added.
Wait = Union["Length", "WaitKeys", "Described"]


#: The rule that decides if a channel is online.
VisitorAvailability = Literal["team_status", "office_hours", "always"]


#: A text for visitors: one for all, or one a language, the first for whoever speaks none of them.
LocalizedText = Union["str", Mapping[str, str]]


#: The agents or the name shown to a visitor.
Faces = Union[Literal["contact_owner"], "FacesKeys", "Described"]


#: Addresses and domains, such as `@example.net`.
AddressList = Collection[Id]


#: Whether addresses that name a role are filtered, or which local parts are beside the usual ones.
RoleAddresses = Union["bool", Collection[Id]]


#: The outcome for the open conversations of an agent whose working hours end, or who goes out of office.
OnLeaving = Union[Literal["keep", "requeue"], "OnLeavingKeys", "Described"]


#: The outcome for the open conversations of an agent who sets their own status to away.
OnAway = Literal["keep", "requeue"]


#: The outcome for the conversations of a removed agent.
OnRemoved = Literal["route", "unassign"]


#: The state of an agent.
State = Literal["available", "away"]
